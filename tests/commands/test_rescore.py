"""`rescore`: another version predicts past rides, in batches; running it again is a no-op."""

from pathlib import Path

import mlflow
import psycopg
import pytest

from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, Job, counts, last_run, scalar
from tests.models import register_constant, settings

WINDOWS = ("--window", "2026-01-31T08:00Z..2026-01-31T09:58Z")
PERIOD = ("--from", "2026-01-31T08:00Z", "--to", "2026-01-31T09:00Z")
WITHIN = "trip_start_timestamp >= '2026-01-31T08:00Z' and trip_start_timestamp < '2026-01-31T09:00Z'"


@pytest.fixture
def second(home: Path) -> str:
    """Version 2, which says 12 minutes whatever the ride; neither production nor challenger."""
    return register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0)


def run_counts(database: psycopg.Connection) -> tuple[int, int, int]:
    """Of the last run: rides of the period, those scored now, those known before."""
    run = last_run(database)
    assert (run["command"], run["status"], run["records_rejected"]) == ("rescore", "succeeded", 0)
    return run["records_read"], run["rides_scored"], run["rides_known"]


def test_the_version_predicts_the_past_rides_of_the_period(
    database: psycopg.Connection, second: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches with numbers of their own, each ride once; a second run finds every prediction already there."""
    job("score", *WINDOWS)
    job("score", "--trips", API_CSV)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    newest = scalar(database, "select max(batch_id) from raw.ride_predictions")
    assert rides > 30
    monkeypatch.setattr("job.store.raw.rides.BATCH_RIDES", 13)

    done = job("rescore", second, *PERIOD)
    assert (done.code, done.said) == (0, [])
    assert done.out == (
        f"{rides} of {rides} rides scored again by chicago-taxi-duration version 2; 0 had its prediction already\n"
    )
    assert run_counts(database) == (rides, rides, 0)
    assert (
        scalar(database, "select version from raw.models where model_id = " + str(last_run(database)["model_id"]))
        == "2"
    )
    shadows = database.execute(
        f"select count(*), min(shadow.predicted_duration), max(shadow.predicted_duration), "
        f"count(distinct shadow.batch_id), min(shadow.batch_id) > %s from raw.shadow_predictions as shadow "
        f"inner join raw.ride_predictions using (trip_id) where {WITHIN}", [newest],
    ).fetchone()  # fmt: skip
    assert shadows == (rides, 12.0, 12.0, -(-rides // 13), True)
    assert counts(database)["shadow_predictions"] == rides
    assert [event["rides_scored"] for event in done.named("rescore.completed")] == [rides]

    before = counts(database)
    again = job("rescore", second, *PERIOD)
    assert again.code == 0
    assert run_counts(database) == (rides, 0, rides)
    assert counts(database) == before | {"runs": before["runs"] + 1}


def test_predictions_the_version_made_before_are_not_repeated(
    database: psycopg.Connection, second: str, job: Job
) -> None:
    """Whether it made them as production model or as challenger."""
    Registry(settings()).challenge(second)
    job("score", *WINDOWS)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    for version in ("1", second):
        assert job("rescore", version, *PERIOD).code == 0
        assert run_counts(database) == (rides, 0, rides)


def test_a_period_without_rides(database: psycopg.Connection, second: str, job: Job) -> None:
    """Nothing to do is a success."""
    done = job("rescore", second, *PERIOD)
    assert done.code == 0
    assert run_counts(database) == (0, 0, 0)


def test_a_version_that_is_not_there(database: psycopg.Connection, second: str, job: Job) -> None:
    """One sentence, a failed run, nothing written."""
    job("score", "--trips", API_CSV)
    failed = job("rescore", "99", "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z")
    assert failed.code == 1
    assert "99" in failed.error
    assert (last_run(database)["status"], counts(database)["shadow_predictions"]) == ("failed", 0)


def test_a_rescoring_does_not_count_as_scoring(database: psycopg.Connection, second: str, job: Job) -> None:
    """`status` counts what was scored and names the model that serves, whatever was rescored since."""
    job("score", "--trips", API_CSV)
    before = job("status").out
    job("rescore", second, "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z")
    assert last_run(database)["rides_scored"] == 2
    assert job("status").out == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["two", *PERIOD], "version 'two' cannot be used"),
        (["2", "--from", "today", "--to", "2026-01-31T09:00Z"], "--from 'today' cannot be read"),
        (["2", "--from", "2026-01-31T09:00", "--to", "2026-01-31T10:00Z"], "has no offset"),
        (["2", "--from", "2026-01-31T09:00Z", "--to", "2026-01-31T09:00Z"], "is not after"),
    ],
)
def test_wrong_usage(database: psycopg.Connection, job: Job, arguments: list[str], said: str) -> None:
    """One sentence, exit code 2, no run."""
    refused = job("rescore", *arguments)
    assert refused.code == 2
    assert said in refused.error
    assert counts(database)["runs"] == 0
