"""Which model scores: the registry's, the last good one during an outage, your own, or none."""

import os
import warnings
from pathlib import Path

import mlflow
import numpy as np
import psycopg
import pytest
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression

from job import config
from job.config import MODEL_NAME
from job.model.features import inputs
from job.registry.cache import Cache
from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, NO_REGISTRY, Job, counts, last_run, point_at_nothing
from tests.rides import CHICAGO, ride

WINDOW = ("--window", "2026-01-31T08:02Z")


def own_model(home: Path, estimator: object, **options: object) -> str:
    """Log and register a model with MLflow alone; its inputs are miles and hour. Return its MODEL_URI."""
    example = inputs(ride(), CHICAGO)[["trip_miles", "hour"]]
    mlflow.set_tracking_uri(config.parse(os.environ).tracking_uri)
    experiment = mlflow.create_experiment("own", artifact_location=(home / "own").as_uri())
    with warnings.catch_warnings(), mlflow.start_run(experiment_id=experiment):
        warnings.simplefilter("ignore")
        logged = mlflow.sklearn.log_model(
            estimator, name="model", pip_requirements=["scikit-learn"],
            **{"signature": infer_signature(example, np.array([1.0])), "serialization_format": "skops"} | options,
        )  # fmt: skip
        return f"models:/own/{mlflow.register_model(logged.model_uri, 'own').version}"


def linear(minutes: float) -> LinearRegression:
    """Fit a model that predicts this many minutes for every ride."""
    return LinearRegression().fit(inputs(ride(), CHICAGO)[["trip_miles", "hour"]], [minutes])


def test_the_last_good_model_serves_while_the_registry_is_away(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run succeeds, and its record, the log and `status` say that the model is stale."""
    assert job("score", *WINDOW).code == 0
    assert last_run(database)["model_stale"] is False
    settings = config.parse(os.environ)
    cache = Cache(settings.model_cache)
    entry = cache.last_served(f"{settings.tracking_uri} {settings.model_uri}")
    assert entry
    cache.note_served(f"{NO_REGISTRY} {settings.model_uri}", entry)  # as if that registry had served it
    point_at_nothing(monkeypatch)
    stale = job("score", "--trips", API_CSV)
    assert stale.code == 0
    run = last_run(database)
    assert (run["status"], run["model_stale"], run["rides_scored"]) == ("succeeded", True, 2)
    assert stale.named("registry.away")[0]["served"] == f"{MODEL_NAME} version 1"
    assert stale.named("score.completed")[0]["model_stale"] is True
    assert "from the cache: the registry gave no model that loads" in job("status").out
    assert counts(database)["models"] == 1


def test_a_registry_that_is_away_without_a_cache(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run fails with exit code 1 and one sentence, which is also in its record."""
    point_at_nothing(monkeypatch)
    failed = job("score", *WINDOW)
    assert failed.code == 1
    assert "has no model to go on with" in failed.error
    assert (last_run(database)["status"], last_run(database)["error"]) == ("failed", failed.error)
    assert counts(database)["ride_predictions"] == 0


def test_a_registry_without_a_production_model(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The error says how to get one, the run is recorded as failed, and no window counts as scored."""
    mlflow.MlflowClient(config.parse(os.environ).tracking_uri).delete_registered_model_alias(MODEL_NAME, "production")
    failed = job("score", *WINDOW)
    assert failed.code == 1
    assert "production not found" in failed.error
    assert "`python -m job train`" in failed.error
    run = last_run(database)
    assert (run["status"], run["error"], run["model_id"]) == ("failed", failed.error, None)
    assert counts(database)["windows"] == 0


def test_a_model_of_other_features_is_refused(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run fails with one sentence and scores nothing."""
    monkeypatch.setattr("job.model.contract.FEATURES_VERSION", 999)
    refused = job("score", *WINDOW)
    assert refused.code == 1
    assert f"model {MODEL_NAME} version 1 was fitted on features version 1, this code computes 999" in refused.error
    assert last_run(database)["error"] == refused.error
    assert counts(database)["ride_predictions"] == 0


def test_a_model_of_your_own_scores_without_a_band(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With MODEL_URI set, its predictions are written without a band, under its name."""
    monkeypatch.setenv("MODEL_URI", own_model(home, linear(12.5)))
    assert job("score", "--trips", API_CSV).code == 0
    rows = database.execute(
        "select predicted_duration, predicted_low, predicted_high, name from raw.ride_predictions "
        "inner join raw.models using (model_id)"
    ).fetchall()
    assert [tuple(row) for row in rows] == [(12.5, None, None, "own")] * 2


def test_predictions_that_are_not_finite_are_refused(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run fails before any ride is written, and the error counts them."""
    monkeypatch.setenv("MODEL_URI", own_model(home, linear(9.0)))
    monkeypatch.setattr(LinearRegression, "predict", lambda _, rows: np.full(len(rows), np.inf))
    refused = job("score", "--trips", API_CSV)
    assert (refused.code, refused.error) == (1, "own version 1 gave 2 predictions that are not finite")
    assert counts(database)["ride_predictions"] == 0


@pytest.mark.parametrize("setting", ["", "cloudpickle"])
def test_a_pickle_scores_only_where_a_setting_names_the_format(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """A pickled model is refused unless ALLOW_MODEL_FORMATS lists its format, because unpickling runs code."""
    monkeypatch.setenv("MODEL_URI", own_model(home, linear(9.0), serialization_format="cloudpickle"))
    monkeypatch.setenv("ALLOW_MODEL_FORMATS", setting)
    done = job("score", "--trips", API_CSV)
    assert done.code == (0 if setting else 1)
    assert counts(database)["ride_predictions"] == (2 if setting else 0)


@pytest.mark.parametrize("uri", ["chicago", "models:/a/b/c", "/tmp/model"])
def test_an_invalid_model_uri(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch, uri: str
) -> None:
    """It is a usage error, and no run is recorded."""
    monkeypatch.setenv("MODEL_URI", uri)
    before = counts(database)
    refused = job("score", *WINDOW)
    assert refused.code == 2
    assert refused.error.startswith(f"MODEL_URI={uri!r} cannot be used: write models:/NAME@ALIAS")
    assert counts(database) == before


def test_a_promoted_version_scores_from_the_next_run_on(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Rides that are scored already keep their predictions; the next run uses the promoted version."""
    job("score", "--trips", API_CSV)
    settings = config.parse(os.environ)
    source = mlflow.MlflowClient(settings.tracking_uri).get_model_version(MODEL_NAME, "1").source
    Registry(settings).register(source, {})
    assert job("promote", "2").code == 0
    assert job("score", *WINDOW).named("score.completed")[0]["version"] == "2"
    by_source = database.execute(
        "select distinct source, version from raw.ride_predictions inner join raw.models using (model_id) order by 1"
    )
    assert by_source.fetchall() == [("city", "1"), ("simulator", "2")]
