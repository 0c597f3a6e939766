"""`score --rescore`: past rides, asked of another version, in batches; again changes nothing."""

from pathlib import Path

import mlflow
import psycopg
import pytest

from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, Job, counts, last_run, scalar
from tests.conftest import on_newest
from tests.models import register_constant, settings

pytestmark = on_newest

WINDOWS = ("--window", "2026-01-31T08:00Z..2026-01-31T09:58Z")
PERIOD = ("--from", "2026-01-31T08:00Z", "--to", "2026-01-31T09:00Z")
WITHIN = "trip_start_timestamp >= '2026-01-31T08:00Z' and trip_start_timestamp < '2026-01-31T09:00Z'"


@pytest.fixture
def second(home: Path) -> str:
    """Version 2, which says 12 minutes whatever the ride; neither production nor challenger."""
    return register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0)


def figures(database: psycopg.Connection) -> tuple[int, int, int]:
    """Of the last run: rides of the period, asked about now, known before."""
    run = last_run(database)
    assert (run["command"], run["status"], run["records_rejected"]) == ("rescore", "succeeded", 0)
    return run["records_read"], run["rides_scored"], run["rides_known"]


def test_past_rides_of_the_period_are_asked_of_the_version(
    database: psycopg.Connection, second: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches with numbers of their own, each ride once; again finds everything known."""
    job("score", *WINDOWS)
    job("score", "--trips", API_CSV)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    newest = scalar(database, "select max(batch_id) from raw.ride_predictions")
    assert rides > 30
    monkeypatch.setattr("job.store.raw.rides.BATCH_RIDES", 13)

    done = job("score", "--rescore", *PERIOD, "--model", second)
    assert (done.code, done.said) == (0, [])
    assert done.out == (
        f"{rides} of {rides} rides scored again by chicago-taxi-duration version 2; of 0 its prediction was known\n"
    )
    assert figures(database) == (rides, rides, 0)
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
    again = job("score", "--rescore", *PERIOD, "--model", second)
    assert again.code == 0
    assert figures(database) == (rides, 0, rides)
    assert counts(database) == before | {"runs": before["runs"] + 1}


def test_what_the_version_said_itself_is_known(database: psycopg.Connection, second: str, job: Job) -> None:
    """As production, or as the challenger of the run."""
    Registry(settings()).challenge(second)
    job("score", *WINDOWS)
    rides = scalar(database, f"select count(*) from raw.ride_predictions where {WITHIN}")
    for version in ("1", second):
        assert job("score", "--rescore", *PERIOD, "--model", version).code == 0
        assert figures(database) == (rides, 0, rides)


def test_a_period_without_rides(database: psycopg.Connection, second: str, job: Job) -> None:
    """Nothing to do is a success."""
    done = job("score", "--rescore", *PERIOD, "--model", second)
    assert done.code == 0
    assert figures(database) == (0, 0, 0)


def test_a_version_that_is_not_there(database: psycopg.Connection, second: str, job: Job) -> None:
    """One sentence, a failed run, nothing written."""
    job("score", "--trips", API_CSV)
    failed = job("score", "--rescore", "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z", "--model", "99")
    assert failed.code == 1
    assert "99" in failed.error
    assert (last_run(database)["status"], counts(database)["shadow_predictions"]) == ("failed", 0)


def test_a_rescoring_is_no_sign_of_life(database: psycopg.Connection, second: str, job: Job) -> None:
    """`status` counts what was scored and names the model that serves, whatever was asked again since."""
    job("score", "--trips", API_CSV)
    before = job("status").out
    job("score", "--rescore", "--from", "2020-01-01T00:00Z", "--to", "2026-01-01T00:00Z", "--model", second)
    assert last_run(database)["rides_scored"] == 2
    assert job("status").out == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rescore"], "--from START --to END --model VERSION"),
        (["--rescore", *PERIOD], "--from START --to END --model VERSION"),
        (["--rescore", *PERIOD, "--model", "two"], "version 'two' cannot be used"),
        (["--rescore", *PERIOD, "--model", "2", "--output", "x.csv"], "takes neither --output nor --scenario"),
        (["--rescore", *PERIOD, "--model", "2", "--scenario", "snow"], "takes neither --output nor --scenario"),
        (
            ["--rescore", "--from", "today", "--to", "2026-01-31T09:00Z", "--model", "2"],
            "--from 'today' cannot be read",
        ),
        (["--rescore", "--from", "2026-01-31T09:00", "--to", "2026-01-31T10:00Z", "--model", "2"], "has no offset"),
        (["--rescore", "--from", "2026-01-31T09:00Z", "--to", "2026-01-31T09:00Z", "--model", "2"], "is not after"),
        (["--model", "2"], "belong to --rescore"),
        ([*PERIOD], "belong to --rescore"),
    ],
)
def test_wrong_usage(database: psycopg.Connection, job: Job, arguments: list[str], said: str) -> None:
    """One sentence, exit code 2, no run."""
    refused = job("score", *arguments)
    assert refused.code == 2
    assert said in refused.error
    assert counts(database)["runs"] == 0
