"""Scoring with a challenger: it predicts the champion's rides, too, and its errors never fail a run."""

import json
from pathlib import Path

import mlflow
import numpy as np
import psycopg
import pytest
from sklearn.linear_model import LinearRegression

from job.registry.cache import Cache
from job.registry.registry import Registry
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
from tests.models import register_constant, settings

WINDOWS = ("--window", "2026-01-31T08:02Z..2026-01-31T09:00Z")
SHADOWS = "select trip_id::text, predicted_duration, predicted_low from raw.shadow_predictions order by 1"


@pytest.fixture
def client(home: Path) -> mlflow.MlflowClient:
    """A client of a registry whose version 1 is in production."""
    return mlflow.MlflowClient(settings().tracking_uri)


@pytest.fixture
def challenger(client: mlflow.MlflowClient) -> str:
    """Register version 2, which always predicts 12 minutes, as the challenger."""
    version = register_constant(client, 12.0)
    Registry(settings()).challenge(version)
    return version


def test_both_score_the_same_rides(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """Each ride has one prediction by each model, written in the same batch; a second run adds none."""
    done = job("score", *WINDOWS)
    assert (done.code, done.messages) == (0, [])
    assert done.named("score.completed")[0]["challenger"] == challenger
    shadows = {trip_id: values for trip_id, *values in database.execute(SHADOWS)}
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


def test_city_records_are_scored_once_by_each_model(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """Rides that are scored already get no second prediction from either model."""
    job("score", "--trips", API_CSV)
    job("score", "--trips", API_CSV)
    assert (counts(database)["ride_predictions"], counts(database)["shadow_predictions"]) == (2, 2)


def assert_only_the_champion_scored(database: psycopg.Connection, done: Ended, error: str) -> None:
    """Check that the run succeeded, and that its record and the log have the challenger's error."""
    assert (done.code, done.messages) == (0, [])
    run = last_run(database)
    assert (run["status"], run["rides_scored"]) == ("succeeded", 2)
    assert error in run["challenger_error"]
    assert done.named("score.completed")[0]["challenger_error"] == run["challenger_error"]
    assert (counts(database)["ride_predictions"], counts(database)["shadow_predictions"]) == (2, 0)


def test_a_challenger_that_cannot_be_loaded_does_not_fail_the_run(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job
) -> None:
    """A pickled challenger is refused, and the champion scores alone."""
    Registry(settings()).challenge(register_constant(client, 12.0, serialization_format="cloudpickle"))
    done = job("score", "--trips", API_CSV)
    assert_only_the_champion_scored(database, done, "ALLOW_MODEL_FORMATS=cloudpickle")
    assert len(done.named("challenger.not_loaded")) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [(lambda *_: np.full(2, np.nan), "not finite"), (lambda *_: {}["nothing"], "nothing")],
    ids=["nan", "crash"],
)
def test_a_challenger_that_cannot_predict_does_not_fail_the_run(
    database: psycopg.Connection,
    challenger: str,
    job: Job,
    monkeypatch: pytest.MonkeyPatch,
    answer: object,
    error: str,
) -> None:
    """The challenger is dropped if its predictions are not finite or if it raises."""
    monkeypatch.setattr(LinearRegression, "predict", answer)
    done = job("score", "--trips", API_CSV)
    assert_only_the_champion_scored(database, done, error)
    assert len(done.named("challenger.dropped")) == 1


def test_no_challenger_scores_while_the_registry_is_away(
    database: psycopg.Connection, challenger: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cached champion scores alone, and this is not recorded as an error of the challenger."""
    job("score", "--trips", API_CSV)
    cache = Cache(settings().model_cache)
    champion = cache.last_served(f"{settings().tracking_uri} {settings().model_uri}")
    assert champion
    cache.note_served(f"{NO_REGISTRY} {settings().model_uri}", champion)  # as if that registry had served it
    point_at_nothing(monkeypatch)
    assert "challenger" not in job("score", *WINDOWS).named("score.completed")[0]
    run = last_run(database)
    assert (run["status"], run["model_stale"], run["challenger_error"]) == ("succeeded", True, None)
    assert counts(database)["shadow_predictions"] == 2


def test_another_registered_model_has_no_challenger(
    database: psycopg.Connection, client: mlflow.MlflowClient, challenger: str, job: Job,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """If MODEL_URI names another registered model, our challenger does not score."""
    register_constant(client, 9.0, name="own")
    monkeypatch.setenv("MODEL_URI", "models:/own/1")
    assert "challenger" not in job("score", "--trips", API_CSV).named("score.completed")[0]
    assert counts(database)["shadow_predictions"] == 0


def test_a_promoted_challenger_scores_as_the_champion(database: psycopg.Connection, challenger: str, job: Job) -> None:
    """After its promotion it scores alone, as the champion."""
    assert job("promote", challenger).code == 0
    assert Registry(settings()).challenger_version() is None
    done = job("score", "--trips", API_CSV)
    (event,) = done.named("score.completed")
    assert (event["version"], "challenger" in event) == (challenger, False)


def test_outcomes_show_which_model_is_better(
    database: psycopg.Connection, client: mlflow.MlflowClient, challenger: str, job: Job
) -> None:
    """The mart compares both models on the same rides, and `status` has the champion's mean error."""
    job("score", "--window", "2026-01-31T12:00Z..2026-01-31T23:58Z")
    assert job("observe").code == 0
    assert in_a_process("dbt", "--quiet", "run").code == 0
    compared = database.execute(
        "select min(champion_model_version), min(challenger_model_version), "
        "sum(rides)::int, sum(rides_with_outcome)::int, "
        "sum(sum_champion_absolute_error)::float, sum(sum_challenger_absolute_error)::float, "
        "sum(sum_difference)::float from marts.model_comparison"
    ).fetchone()
    assert compared
    champion, other, rides, with_outcome, champion_error, other_error, difference = compared
    assert (champion, other, rides) == ("1", challenger, counts(database)["ride_predictions"])
    assert with_outcome == counts(database)["ride_outcomes"] > 300
    assert champion_error < other_error
    assert difference == pytest.approx(other_error - champion_error)

    report = json.loads(job("status", "--json").out)
    (quality,) = report["quality"]
    assert (quality["source"], quality["rides"]) == ("simulator", with_outcome)
    assert quality["mae"] == pytest.approx(champion_error / with_outcome)
    assert 0.8 < quality["coverage"] < 1
    assert (report["alerts"], report["warnings"]) == ([], [])
