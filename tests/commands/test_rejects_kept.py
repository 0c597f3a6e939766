"""What is kept of rejected records, and the statement in docs/retention.md that deletes them."""

import re
from pathlib import Path

import psycopg
import pytest

from job.config import ROOT
from tests.commands.conftest import Job, last_run, scalar

pytestmark = pytest.mark.usefixtures("home")

SECTION = (ROOT / "docs" / "retention.md").read_text().split("What is kept of rejected records")[1].split("\n## ")[0]
HEADER = (
    "trip_id,taxi_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area,"
    "fare,trip_total,company,note"
)
GOOD = "good,cab-1,2022-03-01T08:15:00,600,2.5,8,32,10.25,13.25,acme,private"
NO_MILES = "bad,cab-2,2022-03-01T08:15:00,600,0,8,32,10.25,13.25,acme,private"
CONFLICTING = "good,cab-3,2022-03-01T08:15:00,900,3.5,8,32,10.25,13.25,acme,private"
MALFORMED = "torn,cab-4,private"


def rejected(job: Job, folder: Path, name: str = "trips.csv", rows: tuple[str, ...] = ()) -> None:
    """Score a file of these records, by default one of each kind."""
    file = folder / name
    file.write_text("\n".join([HEADER, *(rows or (GOOD, NO_MILES, CONFLICTING, MALFORMED))]) + "\n")
    assert job("score", "--trips", file).code == 0


def test_payloads_have_only_the_columns_that_scoring_reads(
    database: psycopg.Connection, job: Job, tmp_path: Path
) -> None:
    """No taxi, company or further column is stored, except in the text of a line that cannot be split."""
    rejected(job, tmp_path)
    rows = database.execute("select reason, payload from raw.rejected_records order by position").fetchall()
    (bad, conflicting, malformed) = (payload for _, payload in rows)
    assert [reason for reason, _ in rows] == ["nonpositive_miles", "conflicting_record", "malformed_record"]
    assert set(bad) == set(conflicting) == set(HEADER.split(",")) - {"taxi_id", "company", "note"}
    assert malformed == {"malformed_record": MALFORMED}
    assert set(HEADER.split(",")) & set(re.findall(r"`(\w+)`", SECTION.split("Other columns")[0])) <= set(bad)


def delete(database: psycopg.Connection, day: str = "2026-01-01", source: str = "city") -> int:
    """Run the documented statement as the owner; return how many records it deleted."""
    (statement,) = re.findall(r"```sql\n(.*?)```", SECTION, re.DOTALL)
    assert "'2026-01-01'" in statement
    database.execute("set role taxi_owner")
    deleted = database.execute(statement.replace("2026-01-01", day).replace("'city'", f"'{source}'").encode())
    database.execute("reset role")
    return deleted.rowcount


def test_records_are_deleted_by_date_and_source(database: psycopg.Connection, job: Job, tmp_path: Path) -> None:
    """The runs' counts stay, the mart keeps its counts until it is rebuilt, and replay reads only what is left."""
    rejected(job, tmp_path)
    database.execute("update raw.runs set started_at = '2025-12-31T12:00Z', finished_at = '2025-12-31T12:01Z'")
    rejected(job, tmp_path, "newer.csv", (GOOD, NO_MILES.replace("bad", "newer")))
    assert job("dbt", "run", "--select", "+rejects").code == 0
    mart = "select coalesce(sum(records), 0)::int from marts.rejects"
    assert scalar(database, mart) == 4
    assert delete(database, source="simulator") == delete(database, "2025-12-31") == 0
    assert delete(database) == 3
    assert scalar(database, "select string_agg(source_trip_id, ',') from raw.rejected_records") == "newer"
    assert scalar(database, "select sum(records_rejected)::int from raw.runs") == 4
    assert job("dbt", "run", "--select", "+rejects").code == 0
    assert scalar(database, mart) == 4
    assert job("dbt", "run", "--full-refresh", "--select", "rejects").code == 0
    assert scalar(database, mart) == 1
    assert job("replay").code == 0
    assert last_run(database)["records_read"] == 1
    rejected(job, tmp_path)
    assert scalar(database, "select count(*) from raw.rejected_records") == 1 + 3
