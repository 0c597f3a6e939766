"""Models that scored, and the history of the production alias."""

from dataclasses import replace

import numpy as np
import psycopg

from job.model.band import Band
from job.model.contract import Model
from job.model.training_bins import Bins, FeatureBins
from job.store.raw import models
from tests.postgres.conftest import value


class Constant:
    def predict(self, inputs: object, /) -> np.ndarray:
        return np.array([10.0])


MODEL = Model("taxi", "3", "digest-3", Constant(), ("trip_miles",), 1, {"mae": 3.5}, Band((10.0,), (-2, -3), (2, 4)))


def test_a_model_is_recorded_once(locked: psycopg.Connection) -> None:
    """Its digest identifies it: the next run gets the same id, a model with other content gets another one."""
    first = models.note_model(locked, MODEL)
    assert models.note_model(locked, MODEL) == first
    assert models.note_model(locked, replace(MODEL, version="4", digest="digest-4")) != first
    assert value(locked, "select count(*) from raw.models") == 2


def test_a_model_is_recorded_with_its_description(locked: psycopg.Connection) -> None:
    """Version, features, metrics and band can be looked up."""
    models.note_model(locked, MODEL)
    found = locked.execute("select name, version, digest, features_version, metrics, band from raw.models").fetchone()
    assert found == (
        "taxi", "3", "digest-3", 1, {"mae": 3.5}, {"edges": [10.0], "low": [-2, -3], "high": [2, 4], "kinds": {}},
    )  # fmt: skip


def test_a_foreign_model_needs_neither_band_nor_metrics(locked: psycopg.Connection) -> None:
    """Missing parts are stored as null or empty."""
    models.note_model(locked, replace(MODEL, band=None, features_version=None, metrics={}))
    found = locked.execute("select features_version, metrics, band from raw.models").fetchone()
    assert found == (None, {}, None)


def test_the_training_bins_of_a_model_are_recorded_once(locked: psycopg.Connection) -> None:
    """They have one row per kind of day and bin, even for a model that was first recorded without bins."""
    shares = {"all": (0.25, 0.75), "weekend": (0.5, 0.5)}
    bins = Bins({"miles": FeatureBins(shares, edges=(3.5,)), "pickup": FeatureBins(shares, values=(8.0,))})
    models.note_model(locked, MODEL)
    model_id = models.note_model(locked, replace(MODEL, bins=bins))
    models.note_model(locked, replace(MODEL, bins=bins))
    found = locked.execute("select * from raw.training_bins order by feature, kind, bin").fetchall()
    assert found == [
        (model_id, "all", "miles", 0, None, 3.5, 0.25),
        (model_id, "all", "miles", 1, 3.5, None, 0.75),
        (model_id, "weekend", "miles", 0, None, 3.5, 0.5),
        (model_id, "weekend", "miles", 1, 3.5, None, 0.5),
        (model_id, "all", "pickup", 0, 8, 8, 0.25),
        (model_id, "all", "pickup", 1, None, None, 0.75),
        (model_id, "weekend", "pickup", 0, 8, 8, 0.5),
        (model_id, "weekend", "pickup", 1, None, None, 0.5),
    ]


def test_a_metric_that_is_not_finite_becomes_null(locked: psycopg.Connection) -> None:
    """MLflow accepts NaN, jsonb does not; the other metrics are kept."""
    models.note_model(locked, replace(MODEL, metrics={"mae": 3.5, "r2": float("nan"), "worst": float("inf")}))
    assert value(locked, "select metrics from raw.models") == {"mae": 3.5, "r2": None, "worst": None}


def test_the_version_before_is_the_one_that_was_replaced_last(locked: psycopg.Connection) -> None:
    """Promotions that were rolled back do not count, and neither do those of another model."""
    assert models.version_before(locked, "taxi", "1") is None
    for before, version, why in [
        (None, "1", "first"), ("1", "2", "better"), ("2", "3", "better"), ("3", "2", "rollback from version 3"),
    ]:  # fmt: skip
        models.note_promotion(locked, "taxi", before, version, why)
    models.note_promotion(locked, "other", "8", "2", "better")
    assert models.version_before(locked, "taxi", "3") is None
    assert models.version_before(locked, "taxi", "2") == "1"
    assert models.version_before(locked, "taxi", "1") is None
    models.note_promotion(locked, "taxi", "3", "2", "by hand")
    assert models.version_before(locked, "taxi", "2") == "3"
    assert value(locked, "select count(*) from raw.model_promotions") == 6


def test_a_promotion_made_in_mlflow_itself_does_not_confuse_a_rollback(locked: psycopg.Connection) -> None:
    """Later versions in the history are skipped, and a version that a promotion replaced is taken from its row."""
    for before, version in [(None, "1"), ("1", "2"), ("2", "3")]:
        models.note_promotion(locked, "taxi", before, version, "better")
    assert models.version_before(locked, "taxi", "2") == "1"
    assert models.version_before(locked, "taxi", "7") is None
    models.note_promotion(locked, "taxi", "7", "8", "better")
    assert models.version_before(locked, "taxi", "8") == "7"


def test_a_killed_rollback_counts_as_a_rollback(locked: psycopg.Connection) -> None:
    """When its alias has moved and its record is missing, the next rollback goes one version further back."""
    for before, version in ((None, "1"), ("1", "2"), ("2", "3")):
        models.note_promotion(locked, "taxi", before, version, "by hand")
    models.complete_promotions(locked, "taxi", "2")
    assert models.version_before(locked, "taxi", "2") == "1"
