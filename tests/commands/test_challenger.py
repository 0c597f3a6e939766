"""Scoring with a challenger: it is asked beside the champion, and what is wrong with it stops nothing."""

import json
from pathlib import Path

import mlflow
import numpy as np
import psycopg
import pytest
from sklearn.linear_model import LinearRegression

from job.registry import versions
from job.registry.cache import Cache
from tests.commands.conftest import (
    API_CSV,
    NO_REGISTRY,
    Ended,
    Job,
    counts,
    in_a_process,
    last_run,
    point_at_nothing,
    predictions,
    scalar,
)
from tests.conftest import on_newest
from tests.models import register_constant, settings

pytestmark = on_newest

WINDOWS = ("--window", "2026-01-31T08:02Z..2026-01-31T09:00Z")
SHADOWS = "select trip_id::text, predicted_duration, predicted_low from raw.shadow_predictions order by 1"


@pytest.fixture
def client(home: Path) -> mlflow.MlflowClient:
    """The registry, whose version 1 is in production."""
    return mlflow.MlflowClient(settings().tracking_uri)


@pytest.fixture
def challenger(client: mlflow.MlflowClient) -> str:
    """Version 2, which says 12 minutes whatever the ride."""
    version = register_constant(client, 12.0)
    versions.challenge(settings(), version)
    return version


def test_both_score_the_same_rides(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """Each ride has the champion's prediction and the challenger's beside it, of one run and one batch, each once."""
    done = job("score", *WINDOWS)
    assert (done.code, done.said) == (0, [])
    assert done.named("score.completed")[0]["challenger"] == challenger
    shadows = {trip_id: figures for trip_id, *figures in database.execute(SHADOWS)}
    assert shadows == {trip_id: [12.0, None] for trip_id in predictions(database)}
    assert shadows
    apart = """
    select count(*)
    from raw.shadow_predictions as shadow
    inner join raw.ride_predictions as rides using (trip_id)
    where (shadow.run_id, shadow.batch_id) <> (rides.run_id, rides.batch_id) or shadow.model_id = rides.model_id
    """
    assert scalar(database, apart) == 0
    assert (
        scalar(database, "select distinct version from raw.shadow_predictions inner join raw.models using (model_id)")
        == challenger
    )
    assert last_run(database)["challenger_error"] is None

    before = counts(database)
    assert job("score", *WINDOWS).code == 0
    assert counts(database) == before | {"runs": before["runs"] + 1}


def test_records_of_the_city_too(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """Known rides are asked of neither."""
    job("score", "--trips", API_CSV)
    job("score", "--trips", API_CSV)
    assert (counts(database)["ride_predictions"], counts(database)["shadow_predictions"]) == (2, 2)


def assert_only_the_champion_scored(database: psycopg.Connection, done: Ended, error: str) -> None:
    """The run succeeded, and its record and the log say what became of the challenger."""
    assert (done.code, done.said) == (0, [])
    run = last_run(database)
    assert (run["status"], run["rides_scored"]) == ("succeeded", 2)
    assert error in run["challenger_error"]
    assert done.named("score.completed")[0]["challenger_error"] == run["challenger_error"]
    assert (counts(database)["ride_predictions"], counts(database)["shadow_predictions"]) == (2, 0)


def test_one_that_cannot_be_loaded_stops_nothing(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job
) -> None:
    """A pickle is refused, and the champion scores alone."""
    versions.challenge(settings(), register_constant(client, 12.0, serialization_format="cloudpickle"))
    done = job("score", "--trips", API_CSV)
    assert_only_the_champion_scored(database, done, "ALLOW_MODEL_FORMATS=cloudpickle")
    assert len(done.named("challenger.not_loaded")) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [(lambda *_: np.full(2, np.nan), "not finite"), (lambda *_: {}["nothing"], "nothing")],
    ids=["nan", "crash"],
)
def test_one_that_gives_no_minutes_stops_nothing(
    database: psycopg.Connection,
    challenger: str,
    job: Job,
    monkeypatch: pytest.MonkeyPatch,
    answer: object,
    error: str,
) -> None:
    """Whether it answers with what no table takes, or raises what nobody expects."""
    monkeypatch.setattr(LinearRegression, "predict", answer)
    done = job("score", "--trips", API_CSV)
    assert_only_the_champion_scored(database, done, error)
    assert len(done.named("challenger.dropped")) == 1


def test_while_the_registry_is_away_nobody_is_looked_for(
    database: psycopg.Connection, challenger: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cached champion serves; whether there is a challenger nobody can say, and that is no fault of it."""
    job("score", "--trips", API_CSV)
    cache = Cache(settings().model_cache)
    champion = cache.last_served(f"{settings().tracking_uri} {settings().model_uri}")
    assert champion
    cache.note_served(f"{NO_REGISTRY} {settings().model_uri}", champion)  # as if it had been there
    point_at_nothing(monkeypatch)
    assert job("score", *WINDOWS).named("score.completed")[0]["challenger"] is None
    run = last_run(database)
    assert (run["status"], run["model_stale"], run["challenger_error"]) == ("succeeded", True, None)
    assert counts(database)["shadow_predictions"] == 2


def test_somebody_elses_model_has_no_challenger(
    database: psycopg.Connection, client: mlflow.MlflowClient, challenger: str, job: Job,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """MODEL_URI names another registered model: our challenger is not its rival."""
    register_constant(client, 9.0, name="own")
    monkeypatch.setenv("MODEL_URI", "models:/own/1")
    assert job("score", "--trips", API_CSV).named("score.completed")[0]["challenger"] is None
    assert counts(database)["shadow_predictions"] == 0


def test_a_promoted_challenger_challenges_nobody(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """It is production now, and scores alone."""
    assert job("promote", challenger).code == 0
    assert versions.challenger_version(settings()) is None
    done = job("score", "--trips", API_CSV)
    (event,) = done.named("score.completed")
    assert (event["version"], event["challenger"]) == (challenger, None)


def test_what_comes_true_says_which_is_better(
    database: psycopg.Connection, client: mlflow.MlflowClient, challenger: str, job: Job
) -> None:
    """Scored, observed, refreshed: the mart holds both against the same rides; `status` tells the champion's errors."""
    job("score", "--window", "2026-01-31T12:00Z..2026-01-31T23:58Z")
    assert job("observe").code == 0
    assert in_a_process("dbt", "--quiet", "run").code == 0
    compared = database.execute(
        "select min(champion_version), min(challenger_version), sum(rides)::int, sum(rides_with_outcome)::int, "
        "sum(sum_champion_absolute_error)::float, sum(sum_challenger_absolute_error)::float, "
        "sum(sum_difference)::float from marts.model_comparison"
    ).fetchone()
    assert compared
    champion, other, rides, known, champion_error, other_error, difference = compared
    assert (champion, other, rides) == ("1", challenger, counts(database)["ride_predictions"])
    assert known == counts(database)["ride_outcomes"] > 300
    assert champion_error < other_error
    assert difference == pytest.approx(other_error - champion_error)

    found = json.loads(job("status", "--json").out)
    (quality,) = found["quality"]
    assert (quality["source"], quality["rides"]) == ("simulator", known)
    assert quality["mae"] == pytest.approx(champion_error / known)
    assert 0.8 < quality["coverage"] < 1
    assert (found["alerts"], found["warnings"]) == ([], [])
