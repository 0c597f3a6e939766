"""The 90 % band around a prediction, learned from similar rides."""

import numpy as np
import pandas as pd
import pytest

from job.model import band, fit
from job.model.band import LEAST_RIDES, Band
from job.simulator import draw
from tests.rides import CHICAGO, simulated_trips

ANY = np.array(["city"])


def test_the_bins_of_the_band_are_equally_filled() -> None:
    """Each of ten bins has the residuals of its own tenth of the predictions."""
    predicted = np.arange(2000.0)
    actual = predicted + np.where(predicted < 1000, 1, -1) * np.tile(np.linspace(0, 10, 200), 10)
    learned = band.learn(np.full(2000, "city"), predicted, actual)
    assert len(learned.low) == 10
    assert learned.high[0] == pytest.approx(9.5, abs=0.1)
    assert learned.low[-1] == pytest.approx(-9.5, abs=0.1)


def test_equal_predictions_make_one_bin() -> None:
    """A model that always predicts the same still gets a band."""
    learned = band.learn(np.full(2000, "city"), np.full(2000, 7.0), np.linspace(0, 14, 2000))
    low, high = learned.around(np.array([7.0]), ANY)
    assert low.item() < 7 < high.item()


def test_each_kind_of_ride_has_its_own_band() -> None:
    """A kind with few rides uses the band of all rides."""
    kinds = np.repeat(["city", "airport", "empty area"], [1000, LEAST_RIDES, LEAST_RIDES - 1])
    residuals = np.concatenate([np.linspace(-width, width, (kinds == kind).sum()) for kind, width in
                                [("city", 2.0), ("airport", 10.0), ("empty area", 20.0)]])  # fmt: skip
    learned = band.learn(kinds, np.full(len(kinds), 30.0), 30.0 + residuals)
    assert set(learned.kinds) == {"city", "airport"}
    low, high = learned.around(np.full(3, 30.0), np.array(["city", "airport", "empty area"]))
    assert low[:2] == pytest.approx([28.2, 21.0], abs=0.1)
    assert high[:2] == pytest.approx([31.8, 39.0], abs=0.1)
    assert (low[2], high[2]) == (30.0 + learned.low[0], 30.0 + learned.high[0])


def test_the_band_contains_the_prediction_and_is_never_negative() -> None:
    """Each bin of predicted minutes has its own residuals, which may all be above zero or below it."""
    given = Band(edges=(10.0, 20.0, 40.0), low=(-8.0, -3.0, 2.0, -9.0), high=(4.0, 9.0, 5.0, -1.0))
    low, high = given.around(np.array([5.0, 10.0, 30.0, 50.0]), np.full(4, "city"))
    assert low.tolist() == [0.0, 7.0, 30.0, 41.0]
    assert high.tolist() == [9.0, 19.0, 35.0, 50.0]


def test_an_invalid_band_is_refused() -> None:
    """A band of n bins has n - 1 edges and only finite numbers."""
    with pytest.raises(ValueError, match="edges"):
        Band(edges=(1.0, 2.0), low=(0.0,), high=(0.0,))
    with pytest.raises(ValueError, match="finite"):
        Band(edges=(1.0,), low=(0.0, float("nan")), high=(0.0, 1.0))


def test_a_band_without_kinds_is_that_of_all_rides() -> None:
    """Older versions of the model and models of your own have only this one."""
    plain = {"edges": [10], "low": [-8, -3], "high": [4, 9]}
    assert Band.read(plain) == Band((10.0,), (-8.0, -3.0), (4.0, 9.0))
    airport = {"edges": [], "low": [-9], "high": [9], "kinds": {}}
    assert Band.read(plain | {"kinds": {"airport": airport}}).kinds == {"airport": Band((), (-9.0,), (9.0,))}


def test_the_band_is_learned_from_the_newest_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """Residuals of years ago are not those to expect today, but they are better than none."""
    trips = simulated_trips(draw.load_profile(CHICAGO), days=1)
    older = trips.assign(trip_start_timestamp=trips["trip_start_timestamp"] - pd.Timedelta(days=7 * 364))
    both = pd.concat([trips, older], ignore_index=True)
    residuals = np.concatenate([np.linspace(-2, 2, len(trips)), np.linspace(-10, 10, len(trips))])
    predicted = both["actual_duration"].to_numpy() - residuals
    monkeypatch.setattr(fit, "LEAST_RECENT", len(trips))
    assert max(fit.learned_band(predicted, both, CHICAGO).high) < 2.0
    monkeypatch.setattr(fit, "LEAST_RECENT", len(trips) + 1)
    assert max(fit.learned_band(predicted, both, CHICAGO).high) > 4.0
