"""What the raw tables say about the job's health, and the status made of it."""

import os
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job import config
from job.commands import status
from job.config import Config
from job.store.reading import health
from job.store.reading.health import Counts, Failure, ServedModel
from tests.postgres.conftest import add_model, value

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def settings(database: psycopg.Connection) -> Config:
    """Healthy for ten minutes, an hour to catch up with, a day on an empty ledger."""
    return config.parse(os.environ | {"UNHEALTHY_AFTER": "10", "CATCH_UP_HOURS": "1", "FIRST_RUN_DAYS": "1"})


def add_run(database: psycopg.Connection, finished_at: datetime, status: str = "succeeded", **columns: object) -> int:
    """A scoring run of a minute that ended then."""
    values = {
        "command": "score", "source": "simulator", "started_at": finished_at - MINUTE, "status": status,
        "finished_at": None if status == "running" else finished_at, "code_version": "test",
    } | columns  # fmt: skip
    added = value(
        database,
        f"insert into raw.runs ({', '.join(values)}) values ({', '.join(['%s'] * len(values))}) returning run_id",
        *values.values(),
    )
    assert isinstance(added, int)
    return added


def test_before_the_first_run_there_is_nothing_to_say(writer: psycopg.Connection, settings: Config) -> None:
    """Unhealthy, since nothing has succeeded; everything is owed."""
    found = status.gather(writer, settings, NOW)
    assert found == status.Status(
        healthy=False, last_success=None, last_success_age_minutes=None, last_marts_refresh=None, windows_owed=719,
        windows_skipped=0, last_24_hours=Counts(0, 0, 0, 0, 0), model=None, last_failure=None,
        quality=None, alerts=None, warnings=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("age", "healthy"),
    [
        (timedelta(0), True),
        (10 * MINUTE, True),
        (10 * MINUTE + timedelta(seconds=1), False),
        (timedelta(days=9), False),
    ],
)
def test_healthy_is_a_success_within_unhealthy_after(
    writer: psycopg.Connection, settings: Config, age: timedelta, healthy: bool
) -> None:
    """Up to and including that many minutes."""
    add_run(writer, NOW - age)
    found = status.gather(writer, settings, NOW)
    assert (found.healthy, found.last_success) == (healthy, NOW - age)


def test_only_a_scoring_run_that_succeeded_makes_it_healthy(writer: psycopg.Connection, settings: Config) -> None:
    """Neither dbt's nor a failed one nor one under way."""
    add_run(writer, NOW - 60 * MINUTE)
    add_run(writer, NOW - 3 * MINUTE, command="dbt")
    add_run(writer, NOW - 2 * MINUTE, "failed", error="no")
    add_run(writer, NOW - MINUTE, "running")
    found = status.gather(writer, settings, NOW)
    assert (found.healthy, found.last_success_age_minutes) == (False, 60.0)
    assert found.last_marts_refresh == NOW - 3 * MINUTE


def test_the_last_success_is_the_one_that_ended_last(writer: psycopg.Connection) -> None:
    """Not the one that was started last."""
    add_run(writer, NOW - MINUTE, started_at=NOW - 60 * MINUTE)
    add_run(writer, NOW - 5 * MINUTE)
    assert health.last_scored(writer, NOW) == NOW - MINUTE
    assert health.last_refreshed(writer) is None


def test_records_scored_by_hand_do_not_hide_a_dead_cron(writer: psycopg.Connection) -> None:
    """Where windows were scored within a day only their runs count; where none were, any scoring run does."""
    add_run(writer, NOW, source="city")
    assert health.last_scored(writer, NOW) == NOW
    add_run(writer, NOW - 60 * MINUTE)
    assert health.last_scored(writer, NOW) == NOW - 60 * MINUTE
    assert health.last_scored(writer, NOW + timedelta(days=1)) == NOW


def test_where_no_windows_are_to_be_scored_records_are_what_counts(writer: psycopg.Connection) -> None:
    """CATCH_UP_HOURS=0: nothing is owed or skipped, and a window of today does not hide that records were scored."""
    settings = config.parse(os.environ | {"CATCH_UP_HOURS": "0"})
    assert status.gather(writer, settings, NOW).windows_owed == 0
    add_run(writer, NOW - timedelta(hours=3), windows=719)
    add_run(writer, NOW - 2 * MINUTE, source="city")
    found = status.gather(writer, settings, NOW)
    assert (found.healthy, found.windows_owed, found.windows_skipped) == (True, 0, 0)


def test_the_areas_alone_are_no_refresh_of_the_marts(writer: psycopg.Connection) -> None:
    """`dbt seed`, as `init-db` runs it, is recorded by its own name."""
    add_run(writer, NOW, command="dbt seed", source=None)
    assert health.last_refreshed(writer) is None


def test_the_last_failure_is_of_any_command(writer: psycopg.Connection) -> None:
    """With its run, its command, its time and its words; a success after it does not hide it."""
    assert health.last_failure(writer) is None
    add_run(writer, NOW - 9 * MINUTE, "failed", error="older")
    run_id = add_run(writer, NOW - 5 * MINUTE, "failed", command="dbt", error="dbt run ended with exit code 1")
    add_run(writer, NOW)
    assert health.last_failure(writer) == Failure(run_id, "dbt", NOW - 5 * MINUTE, "dbt run ended with exit code 1")


def test_a_command_fails_until_it_succeeds(writer: psycopg.Connection) -> None:
    """Its latest run within a day counts, and each command by itself."""
    add_run(writer, NOW - 9 * MINUTE, "failed", error="older")
    dbt = add_run(writer, NOW - 5 * MINUTE, "failed", command="dbt", error="exit code 1")
    add_run(writer, NOW - timedelta(days=1), "failed", command="train", error="yesterday's")
    add_run(writer, NOW - MINUTE)
    add_run(writer, NOW, "running", command="dbt")
    assert health.failing(writer, NOW) == [Failure(dbt, "dbt", NOW - 5 * MINUTE, "exit code 1")]


def test_the_model_is_stale_since_the_first_run_without_registry(writer: psycopg.Connection) -> None:
    """A scoring run that reached it ends that; one that failed says nothing."""
    assert health.stale_since(writer) is None
    add_run(writer, NOW - 9 * MINUTE, model_stale=True)
    add_run(writer, NOW - 8 * MINUTE)
    assert health.stale_since(writer) is None
    add_run(writer, NOW - 5 * MINUTE, model_stale=True)
    add_run(writer, NOW - 4 * MINUTE, "failed", error="no")
    add_run(writer, NOW - 3 * MINUTE, model_stale=True)
    assert health.stale_since(writer) == NOW - 5 * MINUTE


def test_the_challengers_fault_is_the_latest_scorings(writer: psycopg.Connection) -> None:
    """Once it scores again there is none."""
    assert health.challenger_error(writer) is None
    add_run(writer, NOW - 2 * MINUTE, challenger_error="it is a pickle")
    add_run(writer, NOW, command="dbt")
    assert health.challenger_error(writer) == "it is a pickle"
    add_run(writer, NOW - MINUTE)
    assert health.challenger_error(writer) is None


def test_the_model_is_that_of_the_latest_success(writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """With its error when validated, and whether the registry was away; a failed run's does not count."""
    first, second = add_model(database), add_model(database)
    database.execute("update raw.models set version = '2', metrics = '{}' where model_id = %s", [second])
    add_run(writer, NOW - 9 * MINUTE, model_id=first)
    add_run(writer, NOW - 5 * MINUTE, "failed", model_id=second)
    add_run(writer, NOW, command="dbt", source=None)
    assert health.served_model(writer) == ServedModel("taxi", "1", stale=False, mae=3.5, promoted_since=None)
    add_run(writer, NOW, model_id=second, model_stale=True)
    assert health.served_model(writer) == ServedModel("taxi", "2", stale=True, mae=None, promoted_since=None)


def test_a_promotion_since_the_latest_success_is_told(writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """The newest one, of the same registered model, unless it is to the version that scored."""
    add_run(writer, NOW, model_id=add_model(database))
    note = "insert into raw.model_promotions (promoted_at, name, to_version, why) values (%s, %s, %s, 'test')"
    for after, name, version, told in [
        (-MINUTE, "taxi", "2", None), (MINUTE, "other", "9", None), (MINUTE, "taxi", "3", "3"),
        (2 * MINUTE, "taxi", "1", None),
    ]:  # fmt: skip
        writer.execute(note, [NOW + after, name, version])
        found = health.served_model(writer)
        assert found
        assert found.promoted_since == told


def test_the_counts_are_of_the_runs_that_began_within_a_day(writer: psycopg.Connection) -> None:
    """All commands, failed ones too: what a failed run committed is there."""
    day = timedelta(days=1)
    add_run(writer, NOW, started_at=NOW - day, records_read=1000, rides_scored=1000)
    add_run(writer, NOW, "failed", started_at=NOW - 2 * day)
    add_run(writer, NOW, records_read=6, rides_scored=3, rides_known=2, records_rejected=1)
    add_run(writer, NOW, "failed", records_read=4, rides_scored=3, records_rejected=1)
    add_run(writer, NOW, "failed", command="dbt")
    assert health.counts(writer, NOW) == Counts(10, 6, 2, 2, 2)


def test_what_is_owed_and_skipped_is_the_ledgers(writer: psycopg.Connection, settings: Config) -> None:
    """An hour to catch up with; the two before are lost."""
    add_run(writer, NOW - timedelta(hours=3), started_at=NOW - timedelta(hours=3), windows=719)
    writer.execute(
        "insert into raw.windows select start, 1, 1 from generate_series(%s, %s, interval '2 minutes') as start",
        [datetime(2026, 1, 30, 5, 4, tzinfo=UTC), datetime(2026, 1, 31, 5, 0, tzinfo=UTC)],
    )
    found = status.gather(writer, settings, NOW)
    assert (found.windows_owed, found.windows_skipped) == (29, 61)


def test_a_person_reads_it_line_by_line(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """Each fact with its name; never a Python word for what is not there."""
    empty = status.described(status.gather(writer, settings, NOW), settings)
    assert "UNHEALTHY: no success within 10 minutes" in empty
    assert "none has scored yet" in empty
    assert "windows:         719 owed; none was skipped\n" in empty
    run_id = add_run(writer, NOW - 5 * MINUTE, "failed", error="the registry is away")
    add_run(writer, NOW - MINUTE, model_id=add_model(database), model_stale=True, records_read=1234, rides_scored=1234)
    writer.execute("insert into raw.model_promotions (name, to_version, why) values ('taxi', '2', 'better')")
    full = status.described(status.gather(writer, settings, NOW), settings)
    assert "health:          healthy" in full
    assert "last success:    2026-01-31 08:01:03 UTC" in full
    assert "1,234 rides scored" in full
    assert "taxi version 1 (3.50 min off on average when validated), from the cache: the registry was away" in full
    assert "away; since then version 2 was promoted\n" in full
    assert f"2026-01-31 07:57:03 UTC, run {run_id} (score): the registry is away" in full
    assert "quality:         unknown: the mart prediction_quality cannot be read" in full
    assert "alerts:          unknown: the mart alerts_by_day cannot be read" in full
    assert "warning:" not in full
    add_run(writer, NOW, "failed", command="dbt", error="exit code 1")
    warned = status.described(status.gather(writer, settings, NOW), settings)
    assert "warning:         `dbt` failed when it last ran (run 3): exit code 1" in warned
    assert "health:          healthy" in warned
    assert "None" not in empty + full + warned
