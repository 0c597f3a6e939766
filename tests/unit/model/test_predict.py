"""Predicting with any estimator that keeps the contract."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from job.model import contract, features
from job.model.contract import MAX_PREDICTED_MINUTES, MIN_PREDICTED_MINUTES, Band, Model, ModelRefused
from job.model.predict import PREDICTION_COLUMNS, predict
from tests.rides import CHICAGO, ride

RIDE = features.inputs(ride(), CHICAGO)


class Answers:
    """An estimator that gives what it is told, and remembers what it was asked."""

    def __init__(self, minutes: object) -> None:
        self.minutes = minutes

    def predict(self, inputs: pd.DataFrame) -> object:
        self.asked = inputs
        return self.minutes


def model(minutes: object, band: Band | None = None) -> Model:
    """A model that answers with these minutes."""
    return Model("test", "1", "digest", Answers(minutes), ("trip_miles", "hour"), None, {}, band)


def test_a_prediction_a_ride_on_the_inputs_that_the_model_names() -> None:
    """The estimator gets the columns that it names, in its order."""
    asked = model([21.5])
    predicted = predict(asked, RIDE)
    assert predicted["predicted_duration"].tolist() == [21.5]
    assert list(asked.estimator.asked.columns) == ["trip_miles", "hour"]  # type: ignore[attr-defined]


def test_without_a_band_low_and_high_are_empty() -> None:
    """A model without a band can score."""
    assert predict(model([21.5]), RIDE)[["predicted_low", "predicted_high"]].isna().all(axis=None)


def test_the_band_surrounds_the_prediction_and_never_goes_below_zero() -> None:
    """Each bin of predicted minutes has residuals of its own."""
    band = Band(edges=(10.0,), low=(-8.0, -3.0), high=(4.0, 9.0))
    low, high = band.around(np.array([5.0, 10.0, 30.0]))
    assert low.tolist() == [0.0, 7.0, 27.0]
    assert high.tolist() == [9.0, 19.0, 39.0]


def test_a_band_whose_bins_do_not_match_is_refused() -> None:
    """A band of n bins has n - 1 edges, and numbers alone."""
    with pytest.raises(ValueError, match="edges"):
        Band(edges=(1.0, 2.0), low=(0.0,), high=(0.0,))
    with pytest.raises(ValueError, match="finite"):
        Band(edges=(1.0,), low=(0.0, float("nan")), high=(0.0, 1.0))


def test_minutes_are_never_negative() -> None:
    """A linear model may predict less than zero for a short ride; the prediction is then the least possible."""
    assert predict(model([-2.0]), RIDE)["predicted_duration"].item() == MIN_PREDICTED_MINUTES


def test_minutes_are_a_day_at_most() -> None:
    """So is the upper end of the band, since any model's prediction has to fit the marts' columns."""
    wide = replace(model([1e300]), band=Band(edges=(), low=(-1e300,), high=(1e300,)))
    assert predict(wide, RIDE).to_numpy().tolist() == [[MAX_PREDICTED_MINUTES, 0, MAX_PREDICTED_MINUTES]]


@pytest.mark.parametrize("minutes", [[np.nan], [np.inf], [1.0, 2.0], [[1.0, 2.0]], ["soon"]])
def test_what_is_not_one_finite_number_a_ride_is_refused(minutes: object) -> None:
    """Any other answer of a model is refused in one sentence."""
    with pytest.raises(ModelRefused, match="test version 1"):
        predict(model(minutes), RIDE)


def test_a_column_of_minutes_is_taken() -> None:
    """An estimator may return a column instead of a vector."""
    assert predict(model([[21.5]]), RIDE)["predicted_duration"].tolist() == [21.5]


def test_no_rides_need_no_model() -> None:
    """An empty batch gives an empty frame without calling the estimator."""
    assert list(predict(model(None), RIDE.iloc[:0]).columns) == PREDICTION_COLUMNS


@pytest.mark.parametrize(
    ("inputs", "outputs", "features_version", "said"),
    [
        (("trip_miles", "fare"), 1, None, "not known when a ride starts: fare"),
        ((), 1, None, "no signature"),
        (("trip_miles",), 2, None, "2 columns"),
        (("trip_miles",), 1, 999, "features version 999"),
    ],
)
def test_a_model_outside_the_contract_is_refused(
    inputs: tuple[str, ...], outputs: int, features_version: int | None, said: str
) -> None:
    """One sentence says what does not fit."""
    with pytest.raises(ModelRefused, match=said):
        contract.check("it", inputs, outputs, features_version)
