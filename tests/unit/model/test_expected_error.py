"""The expected error of a prediction, learned from similar rides."""

import numpy as np
import pandas as pd
import pytest

from job.model import expected_error, fit
from job.model.expected_error import Curve
from job.model.features import inputs, kinds_of_rides
from job.rides.plausible import MAX_MINUTES
from job.simulator import draw
from tests.rides import CHICAGO, ride, simulated_trips


def test_each_kind_of_ride_has_its_own_curve() -> None:
    """The points are means of equally large groups; a kind with few rides has no curve."""
    predicted = np.concatenate([np.linspace(1, 40, 400), np.linspace(10, 60, 250), np.full(99, 9.0)])
    kinds = np.repeat(["city", "airport", "empty area"], [400, 250, 99])
    curves = expected_error.learn(kinds, predicted, predicted + np.where(kinds == "airport", 6.0, -0.1 * predicted))
    assert set(curves) == {"city", "airport"}
    assert curves["airport"].errors == pytest.approx([6.0, 6.0])
    assert curves["city"].minutes == pytest.approx([5.83, 15.61, 25.39, 35.17], abs=0.01)
    assert curves["city"].errors == pytest.approx(np.divide(curves["city"].minutes, 10))


def test_expected_errors_are_interpolated() -> None:
    """Beyond its ends a curve is flat, and a kind without a curve has no expected error."""
    curves = {"city": Curve((10.0, 20.0), (2.0, 4.0)), "airport": Curve((30.0,), (6.0,))}
    kinds = np.array(["city"] * 4 + ["airport", "empty area"])
    errors = expected_error.expected(curves, kinds, np.array([1.0, 10.0, 15.0, 99.0, 5.0, 15.0]))
    np.testing.assert_allclose(errors, [2.0, 2.0, 3.0, 4.0, 6.0, np.nan])
    assert np.isnan(expected_error.expected({}, kinds, np.ones(6))).all()


def test_a_recorder_left_running_counts_as_the_longest_ride() -> None:
    """A ride of 22 hours counts as one of three hours."""
    predicted, actual = np.full(100, 10.0), np.full(100, 12.0)
    actual[0] = 22 * 60
    curves = expected_error.learn(np.full(100, "city"), predicted, actual)
    assert curves["city"].errors == pytest.approx([(99 * 2 + MAX_MINUTES - 10) / 100])


@pytest.mark.parametrize(
    ("minutes", "errors"),
    [((), ()), ((1.0,), (1.0, 2.0)), ((2.0, 1.0), (1.0, 1.0)), ((1.0,), (-1.0,)), ((float("nan"),), (1.0,))],
)
def test_an_unusable_curve_is_refused(minutes: tuple[float, ...], errors: tuple[float, ...]) -> None:
    """A model's metadata is input like any other."""
    with pytest.raises(ValueError, match="curve"):
        Curve(minutes, errors)


def test_the_kind_of_a_ride_is_that_of_its_ends() -> None:
    """An airport at either end comes before an empty area."""
    rides = pd.concat([ride(pickup_community_area=start, dropoff_community_area=end)
                       for start, end in [(8, 32), (76, None), (None, 56), (8, None), (None, None)]])  # fmt: skip
    kinds = kinds_of_rides(inputs(rides, CHICAGO), CHICAGO)
    assert kinds.tolist() == ["city", "airport", "airport", "empty area", "empty area"]


def test_expected_errors_are_learned_from_the_newest_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of years ago are not those to expect today, but they are better than none."""
    trips = simulated_trips(draw.load_profile(CHICAGO), days=1)
    older = trips.assign(trip_start_timestamp=trips["trip_start_timestamp"] - pd.Timedelta(days=7 * 364))
    both = pd.concat([trips, older], ignore_index=True)
    off = np.repeat([2.0, 10.0], len(trips))
    predicted = both["actual_duration"].clip(upper=MAX_MINUTES).to_numpy() + off
    monkeypatch.setattr(fit, "LEAST_RECENT", len(trips))
    assert fit.errors_to_expect(predicted, both, CHICAGO)["city"].errors == pytest.approx([2.0] * 10)
    monkeypatch.setattr(fit, "LEAST_RECENT", len(trips) + 1)
    assert max(fit.errors_to_expect(predicted, both, CHICAGO)["city"].errors) > 4.0
