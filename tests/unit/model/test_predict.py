"""Predicting with any estimator that meets the contract."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from job.model import contract, features
from job.model.band import Band
from job.model.contract import MAX_PREDICTED_MINUTES, MIN_PREDICTED_MINUTES, Model, ModelRefused
from job.model.predict import PREDICTION_COLUMNS, predict
from tests.rides import CHICAGO, ride

RIDE = features.inputs(ride(), CHICAGO)


class FakeEstimator:
    """An estimator that returns given minutes and records its inputs."""

    def __init__(self, minutes: object) -> None:
        self.minutes = minutes

    def predict(self, inputs: pd.DataFrame) -> object:
        self.received = inputs
        return self.minutes


def model(minutes: object, band: Band | None = None) -> Model:
    """A model that predicts these minutes."""
    return Model("test", "1", "digest", FakeEstimator(minutes), ("trip_miles", "hour"), None, {}, band)


def test_the_estimator_receives_the_inputs_of_its_signature() -> None:
    """It gets its own columns in its own order and gives one prediction per ride."""
    constant = model([21.5])
    predicted = predict(constant, RIDE, CHICAGO)
    assert predicted["predicted_duration"].tolist() == [21.5]
    assert list(constant.estimator.received.columns) == ["trip_miles", "hour"]  # type: ignore[attr-defined]


def test_without_a_band_low_and_high_are_empty() -> None:
    """A model without a band can score."""
    assert predict(model([21.5]), RIDE, CHICAGO)[["predicted_low", "predicted_high"]].isna().all(axis=None)


def test_predictions_are_never_negative() -> None:
    """A linear model may predict less than zero for a short ride; such a prediction is raised to the minimum."""
    assert predict(model([-2.0]), RIDE, CHICAGO)["predicted_duration"].item() == MIN_PREDICTED_MINUTES


def test_predictions_are_at_most_a_day() -> None:
    """The upper end of the band is too, because any prediction has to fit the marts' columns."""
    wide = replace(model([1e300]), band=Band(edges=(), low=(-1e300,), high=(1e300,)))
    assert predict(wide, RIDE, CHICAGO).to_numpy().tolist() == [[MAX_PREDICTED_MINUTES, 0, MAX_PREDICTED_MINUTES]]


@pytest.mark.parametrize("minutes", [[np.nan], [np.inf], [1.0, 2.0], [[1.0, 2.0]], ["soon"]])
def test_anything_but_one_finite_number_per_ride_is_refused(minutes: object) -> None:
    """The error names the model."""
    with pytest.raises(ModelRefused, match="test version 1"):
        predict(model(minutes), RIDE, CHICAGO)


def test_an_estimator_may_return_a_column() -> None:
    """A column is as good as a vector."""
    assert predict(model([[21.5]]), RIDE, CHICAGO)["predicted_duration"].tolist() == [21.5]


def test_an_empty_batch_does_not_call_the_estimator() -> None:
    """It gives an empty frame with the prediction columns."""
    assert list(predict(model(None), RIDE.iloc[:0], CHICAGO).columns) == PREDICTION_COLUMNS


@pytest.mark.parametrize(
    ("inputs", "outputs", "features_version", "words"),
    [
        (("trip_miles", "fare"), 1, None, "this code does not compute: fare; use some of"),
        ((), 1, None, "no signature"),
        (("trip_miles",), 2, None, "2 columns"),
        (("trip_miles",), 1, 999, "features version 999"),
    ],
)
def test_a_model_outside_the_contract_is_refused(
    inputs: tuple[str, ...], outputs: int, features_version: int | None, words: str
) -> None:
    """The error names the part of the contract that is violated."""
    with pytest.raises(ModelRefused, match=words):
        contract.check("it", inputs, outputs, features_version)
