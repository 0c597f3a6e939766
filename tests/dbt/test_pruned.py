"""What the marts keep of days that `prune` took out of raw."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job import config
from job.commands import prune
from tests.conftest import Server, on_newest, use
from tests.dbt.conftest import (
    CHANGES_OF_CLOCKS,
    Dbt,
    add_first_history,
    add_late_history,
    add_rejects,
    add_rides,
    add_run,
    contents,
)

pytestmark = on_newest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RAW_DAYS = """
select source, min(trip_start_timestamp at time zone 'America/Chicago')::date::text, count(*)::int
from raw.ride_predictions group by 1 order by 1
"""
LEFT = """
select count(*)
from raw.{table}
where not exists (select from raw.ride_predictions where ride_predictions.trip_id = {table}.trip_id)
"""


@dataclass(frozen=True)
class Pruned:
    """A database before and after a prune of all but three days, and what its marts held at each step."""

    connection: psycopg.Connection
    removed: list[prune.Removed]
    raw_before: list[tuple[str, str, int]]
    raw_after: list[tuple[str, str, int]]
    before: dict[str, list[str]]
    after: dict[str, list[str]]
    rebuilt: dict[str, list[str]]
    later: dict[str, list[str]]
    later_rebuilt: dict[str, list[str]]


def marts(connection: psycopg.Connection) -> dict[str, list[str]]:
    """All but the record of runs, which a prune adds to."""
    return {name: rows for name, rows in contents(connection).items() if name != "job_runs"}


def closed(row: str) -> bool:
    """Whether it is of the simulator's rides in the nights when clocks change."""
    return row.startswith('("2022-') and ",simulator," in row


@pytest.fixture(scope="module")
def history(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pruned]:
    """Two sources; in the nights when clocks change rides of both, of which the simulator's are old, the City's new."""
    name = f"test_pruned_{server.version}"
    with server.connect() as admin:
        admin.execute(f"create database {name} template template_taxi")
    with pytest.MonkeyPatch.context() as patch, server.connect(name) as connection:
        use(patch, server, name, "taxi_writer")
        dbt = Dbt(tmp_path_factory.mktemp("dbt"))
        add_first_history(connection)
        add_late_history(connection)
        nights = [start + timedelta(minutes=10 + 60 * hour) for start in CHANGES_OF_CLOCKS for hour in range(4)]
        add_rides(connection, 10, nights, "city")
        add_rejects(connection, add_run(connection, NOW - timedelta(days=1)), ["bad_area"])
        dbt("build", "--exclude-resource-type", "unit_test")
        before, raw_before = marts(connection), connection.execute(RAW_DAYS).fetchall()
        removed = prune.once(3, config.parse(os.environ), {}, NOW)
        raw_after = connection.execute(RAW_DAYS).fetchall()
        dbt("run")
        after = marts(connection)
        assert "WARN=0 ERROR=0 SKIP=0" in dbt("build", "--full-refresh")
        rebuilt = marts(connection)
        add_rides(connection, 11, [start + timedelta(minutes=20) for start in nights[4:]], "city")
        dbt("run")
        later = marts(connection)
        dbt("run", "--full-refresh")
        yield Pruned(
            connection, removed, raw_before, raw_after, before, after, rebuilt, later,
            marts(connection),
        )  # fmt: skip
    with server.connect() as admin:
        admin.execute(f"drop database {name} with (force)")


def test_old_days_leave_raw_with_all_that_hangs_on_them(history: Pruned) -> None:
    """Three days before the newest ride's stay, of each source by its own; no outcome or shadow outlives its ride."""
    assert [(source, first) for source, first, _ in history.raw_after] == [
        ("city", "2022-11-05"), ("simulator", "2026-01-28"),
    ]  # fmt: skip
    gone = {source: count for source, _, count in history.raw_before}
    for source, _, count in history.raw_after:
        gone[source] -= count
    assert {removed.source: removed.rides for removed in history.removed} == gone
    assert all(gone.values())
    for table in ("ride_outcomes", "pending_outcomes", "shadow_predictions"):
        assert history.connection.execute(LEFT.format(table=table)).fetchone() == (0,), table
    days = history.connection.execute("select distinct day::text from raw.input_counts").fetchall()
    assert days == []  # all of the City's and older than its newest ride


def test_only_old_rejects_leave_raw(history: Pruned) -> None:
    """By the day of the run that rejected them."""
    assert {removed.source: removed.rejected_records for removed in history.removed} == {"simulator": 0, "city": 5}
    assert history.connection.execute("select count(*) from raw.rejected_records").fetchone() == (1,)


@pytest.mark.parametrize("step", ["after", "rebuilt"])
def test_the_marts_say_what_they_said(history: Pruned, step: str) -> None:
    """Every row of every mart, after a refresh and after a full one."""
    for mart, rows in getattr(history, step).items():
        assert rows == history.before[mart], mart


def test_another_sources_newer_rides_leave_closed_rows_alone(history: Pruned) -> None:
    """The City's rides came into hours of which the simulator's are closed; a full refresh gives the same."""
    for mart in ("rides_per_interval", "rides_per_hour", "fare_per_mile", "prediction_quality"):
        kept = {step: [row for row in getattr(history, step)[mart] if closed(row)] for step in ("before", "later")}
        assert kept["before"], mart
        assert kept["later"] == kept["before"], mart
        assert history.later[mart] != history.before[mart], mart
    assert history.later_rebuilt == history.later
