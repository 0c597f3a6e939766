"""The statements in docs/retention.md that delete old days, run word for word as an administrator runs them."""

import re
from pathlib import Path

import psycopg
import pytest

from job.__main__ import main
from job.config import ROOT
from tests.conftest import on_newest
from tests.postgres.conftest import value

pytestmark = on_newest

DOCUMENT = (ROOT / "docs" / "retention.md").read_text()
SECTION = DOCUMENT.split("how are old days deleted?\n")[1].split("\n## ")[0]

# One run per source, and of each source a ride in the last minute of 2025 in Chicago and one in the first of 2026.
ROWS = """
insert into raw.models (name, version, digest) values ('taxi', '1', 'first'), ('taxi', '2', 'second');

insert into raw.runs (command, source, status, finished_at, code_version)
values ('score', 'city', 'succeeded', now(), 'test'), ('score', 'simulator', 'succeeded', now(), 'test');

insert into raw.windows (window_start, run_id, rides) values ('2026-01-01T05:58Z', 2, 1), ('2026-01-01T06:00Z', 2, 1);

create temporary table added as
select gen_random_uuid() as trip_id, runs.run_id, runs.source, start
from raw.runs cross join (values ('2026-01-01T05:59Z'::timestamptz), ('2026-01-01T06:00Z')) as starts (start);

insert into raw.ride_predictions
    (trip_id, run_id, batch_id, trip_start_timestamp, trip_miles, predicted_duration, model_id, source)
select trip_id, run_id, 1, start, 2, 10, 1, source from added;

insert into raw.shadow_predictions (trip_id, model_id, run_id, batch_id, predicted_duration)
select trip_id, 2, run_id, 1, 11 from added;

insert into raw.ride_outcomes (trip_id, actual_duration, batch_id) select trip_id, 12, 1 from added;

insert into raw.pending_outcomes (trip_id, actual_duration, due_at) select trip_id, 12, start from added;

insert into raw.input_counts (run_id, batch_id, day, feature, bin, rides)
select run_id, run_id, raw.local_day(start), 'miles', 1, 1 from added;
"""
LEFT = [("city", "2026-01-01"), ("simulator", "2025-12-31"), ("simulator", "2026-01-01")]


@pytest.fixture
def deleted(database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> psycopg.Connection:
    """A small database after the documented statements, which delete the City's days before 2026."""
    database.execute(ROWS.encode())
    (block,) = re.findall(r"```sql\n(.*?)```", SECTION, re.DOTALL)
    assert "source = 'city'" in block
    assert "'2026-01-01'" in block
    statements = tmp_path / "delete.sql"
    statements.write_text(block)
    monkeypatch.setenv("PGUSER", "postgres")
    assert main(["psql", "--write", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={statements}"]) == 0
    return database


@pytest.mark.parametrize("table", ["ride_predictions", "ride_outcomes", "pending_outcomes", "shadow_predictions"])
def test_the_old_rides_of_the_source_are_deleted_with_all_that_belongs_to_them(
    deleted: psycopg.Connection, table: str
) -> None:
    """Later days and the other source keep every row."""
    left = f"select added.source, raw.local_day(start)::text from added join raw.{table} using (trip_id) order by 1, 2"
    assert deleted.execute(left.encode()).fetchall() == LEFT
    assert value(deleted, f"select count(*) from raw.{table}") == len(LEFT)


def test_the_old_input_counts_of_the_source_are_deleted(deleted: psycopg.Connection) -> None:
    """Later days and the other source keep theirs."""
    left = "select source, day::text from raw.input_counts join raw.runs using (run_id) order by 1, 2"
    assert deleted.execute(left.encode()).fetchall() == LEFT


@pytest.mark.parametrize("table", ["runs", "windows", "models"])
def test_runs_models_and_the_ledger_of_windows_stay(deleted: psycopg.Connection, table: str) -> None:
    """Without its row in the ledger, a window might be owed again."""
    assert value(deleted, f"select count(*) from raw.{table}") == 2
