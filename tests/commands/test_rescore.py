"""`rescore`: another version predicts past rides, in batches; running it again is a no-op."""

from pathlib import Path

import mlflow
import psycopg
import pytest

from job.config import MODEL_NAME
from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, Job, counts, last_run, scalar
from tests.models import register_constant, settings

WINDOWS = ("--window", "2026-01-31T08:00Z..2026-01-31T09:58Z")
PERIOD = ("--from", "2026-01-31T08:00Z", "--to", "2026-01-31T09:00Z")
WITHIN = "trip_start_timestamp >= '2026-01-31T08:00Z' and trip_start_timestamp < '2026-01-31T09:00Z'"


@pytest.fixture
def second(home: Path) -> str:
    """Version 2, which predicts 12 minutes for every ride and is neither production nor challenger."""
    return register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0)


def run_counts(database: psycopg.Connection) -> tuple[int, int, int]:
    """The last run's counts: rides in the period, rides scored, rides already scored."""
    run = last_run(database)
    assert (run["command"], run["status"], run["records_rejected"]) == ("rescore", "succeeded", 0)
    return run["records_read"], run["rides_scored"], run["rides_known"]


def test_the_version_predicts_the_past_rides_of_the_period(
    database: psycopg.Connection, second: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each ride of the period gets one prediction, in batches with new numbers; a second run adds none."""
    job("score", *WINDOWS)
    job("score", "--trips", API_CSV)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    newest = scalar(database, "select max(batch_id) from raw.ride_predictions")
    assert rides > 30
    monkeypatch.setattr("job.store.raw.rides.BATCH_RIDES", 13)

    done = job("rescore", second, *PERIOD)
    assert (done.code, done.messages) == (0, [])
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


def test_rides_that_the_version_has_predicted_are_skipped(database: psycopg.Connection, second: str, job: Job) -> None:
    """This holds for predictions made as production model and as challenger."""
    Registry(settings()).challenge(second)
    job("score", *WINDOWS)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    for version in ("1", second):
        assert job("rescore", version, *PERIOD).code == 0
        assert run_counts(database) == (rides, 0, rides)


def test_a_period_without_rides_is_a_success(database: psycopg.Connection, second: str, job: Job) -> None:
    """The run's counts are zero."""
    done = job("rescore", second, *PERIOD)
    assert done.code == 0
    assert run_counts(database) == (0, 0, 0)


def test_an_unknown_version_is_no_failed_run(database: psycopg.Connection, second: str, job: Job) -> None:
    """The error names the versions that there are; `status` would warn of a failed run until a rescoring succeeds."""
    job("score", "--trips", API_CSV)
    failed = job("rescore", "99", "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z")
    assert failed.code == 1
    assert failed.error == f"{MODEL_NAME} has no version 99; it has 1, 2"
    assert (last_run(database)["command"], counts(database)["shadow_predictions"]) == ("score", 0)


def test_a_rescoring_does_not_count_as_scoring(database: psycopg.Connection, second: str, job: Job) -> None:
    """`status` prints the same before and after it."""
    job("score", "--trips", API_CSV)
    before = job("status").out
    job("rescore", second, "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z")
    assert last_run(database)["rides_scored"] == 2
    assert job("status").out == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["two", *PERIOD], "version 'two' cannot be used"),
        (["2", "--from", "today", "--to", "2026-01-31T09:00Z"], "--from 'today' cannot be read"),
        (["2", "--from", "2026-01-31T09:00", "--to", "2026-01-31T10:00Z"], "is not after"),  # local: 15:00Z
        (["2", "--from", "2026-01-31T09:00Z", "--to", "2026-01-31T09:00Z"], "is not after"),
    ],
)
def test_wrong_usage_records_no_run(database: psycopg.Connection, job: Job, arguments: list[str], words: str) -> None:
    """An invalid version or period is one sentence with exit code 2."""
    refused = job("rescore", *arguments)
    assert refused.code == 2
    assert words in refused.error
    assert counts(database)["runs"] == 0
