"""`observe`: outcomes of rides that have ended."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from job.store.raw import outcomes
from tests.commands.conftest import Clock, Job, counts, last_run, records_of_runs, scalar

RANGE = "2026-01-31T08:00Z..2026-01-31T08:58Z"
HEADER = "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area,fare\n"


def test_every_ride_that_has_ended_is_observed_once(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Each true duration is written once, in a batch after its ride's, and a second run finds nothing to do."""
    job("score", "--window", RANGE)
    rides = counts(database)["ride_predictions"]
    assert counts(database)["ride_outcomes"] == 0

    first = job("observe")
    assert (first.code, first.out) == (0, f"{rides} outcomes observed\n")
    assert first.named("observe.completed")[0]["observed"] == rides
    assert (last_run(database)["command"], last_run(database)["status"]) == ("observe", "succeeded")
    differing = """
        select count(*) from raw.pending_outcomes full join raw.ride_outcomes using (trip_id, actual_duration)
        where due_at is null or outcome_id is null
    """
    assert scalar(database, differing) == 0
    assert scalar(database, "select min(ride_outcomes.batch_id) > max(p.batch_id) from raw.ride_outcomes, "
                            "raw.ride_predictions as p")  # fmt: skip

    assert job("observe").out == "0 outcomes observed\n"
    assert counts(database)["ride_outcomes"] == rides


def test_an_outcome_is_observed_only_once_it_is_due(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]
) -> None:
    """Few rides of the last hour have an outcome now, and almost all have one three hours later."""
    job("score")
    rides = counts(database)["ride_predictions"]
    job("observe")
    soon = counts(database)["ride_outcomes"]
    assert 0 < soon < rides
    last_hour = """
        select avg((outcome_id is not null)::int)::float8 from raw.ride_predictions left join raw.ride_outcomes
        using (trip_id) where trip_start_timestamp > '2026-03-02 17:30Z'
    """
    assert scalar(database, last_hour) < 0.5
    clock.at += timedelta(hours=3)
    job("observe")
    assert 0.9 * rides < counts(database)["ride_outcomes"] <= rides  # a ride of many hours may still be under way


def test_many_outcomes_are_written_in_batches(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches written before an interruption stay, and the next run writes the rest."""
    job("score", "--window", RANGE)
    rides = counts(database)["ride_predictions"]
    monkeypatch.setattr("job.commands.observe.OUTCOMES_PER_BATCH", rides // 3)
    with monkeypatch.context() as patch:
        observe, calls = outcomes.observe, []

        def interrupted(*arguments: Any) -> int:
            calls.append(arguments)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return observe(*arguments)

        patch.setattr(outcomes, "observe", interrupted)
        assert job("observe").code == 130
    assert counts(database)["ride_outcomes"] == 2 * (rides // 3)
    assert last_run(database)["status"] == "failed"
    assert job("observe").code == 0
    assert scalar(database, "select count(distinct trip_id) from raw.ride_outcomes") == rides
    assert counts(database)["ride_outcomes"] == rides


def test_observe_skips_if_another_run_holds_the_lock(
    database: psycopg.Connection, home: Path, job: Job, locked_by_another: psycopg.Connection
) -> None:
    """It writes nothing, exits with 0 and logs the reason."""
    done = job("observe")
    assert (done.code, len(done.named("observe.not_run"))) == (0, 1)
    assert records_of_runs(database) == []


def test_a_later_record_adds_or_corrects_an_outcome(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """For a known ride, a first or a different duration is appended; an equal or unusable one is not."""
    path = tmp_path / "trips.csv"
    for seconds, minutes in [("", []), ("600", [10]), ("600", [10]), ("90000", [10]), ("630", [10, 10.5])]:
        path.write_text(f"{HEADER}a1,2022-03-01T00:15:00.000,{seconds},2.5,8,32,9.25\n")
        assert job("score", "--trips", path).code == 0
        rows = database.execute("select actual_duration from raw.ride_outcomes order by outcome_id").fetchall()
        assert [value for (value,) in rows] == minutes
    assert counts(database)["ride_predictions"] == 1
    assert last_run(database)["rides_known"] == 1
