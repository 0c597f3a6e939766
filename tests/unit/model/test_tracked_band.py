"""Scales that would have covered the newest known outcomes."""

import numpy as np
import pandas as pd
import pytest

from job.model import tracked_band
from job.model.features import KINDS
from job.model.tracked_band import HOUR, LEAST, LOOK_BACK, MOST, NARROWEST, NEWEST_RIDES, WIDEST, Past, Scale

NOON = 500_000 * HOUR
MINUTE = HOUR // 60


def past(residuals: np.ndarray, kind: str = "city", before: int = NOON) -> pd.DataFrame:
    """Rides a minute apart, the last a minute before `before`, with predictions of 30 minutes and bands of 20 to 50."""
    starts = before - np.arange(len(residuals), 0, -1) * MINUTE
    rides = {"start": starts, "due_at": starts + MINUTE - 1.0, "kind": KINDS.index(kind), "predicted": 30.0}
    return pd.DataFrame(rides | {"low": 20.0, "high": 50.0, "actual": 30.0 + residuals})


def scale(rides: pd.DataFrame, kind: str = "city") -> Scale:
    """The scale of a kind of ride at noon."""
    return tracked_band.scales(Past.of(rides), NOON)[KINDS.index(kind)]


def test_each_side_is_as_wide_as_the_newest_outcomes_needed() -> None:
    """Of 399 residuals the 20th and the 380th are the ends: one more ride is beyond either with 5 % probability."""
    assert LEAST <= 399 <= MOST
    residuals = np.concatenate([np.linspace(-16, 0, 200), np.linspace(0.1, 20, 199)])
    tracked = scale(past(np.random.default_rng(0).permutation(residuals)))
    assert tracked.low == pytest.approx(-np.sort(residuals)[19] / 10)
    assert tracked.high == pytest.approx(np.sort(residuals)[379] / 20)


def test_the_band_is_static_until_there_are_enough_outcomes() -> None:
    """One fewer is not enough."""
    residuals = np.linspace(-30, 60, LEAST)
    assert scale(past(residuals)) != Scale()
    assert scale(past(residuals[1:])) == Scale()


def test_a_kind_with_few_outcomes_uses_those_of_all_kinds() -> None:
    """A kind with enough has its own scale."""
    rides = pd.concat([past(np.full(LEAST, 40.0), "airport"), past(np.full(LEAST - 1, 10.0))])
    assert scale(rides, "airport").high == 2.0
    assert scale(rides, "city").high == scale(rides, "empty area").high == 2.0
    enough = pd.concat([past(np.full(LEAST, 40.0), "airport"), past(np.full(LEAST, 20.0))])
    assert scale(enough, "city").high == 1.0


def test_only_the_newest_outcomes_count() -> None:
    """MOST of them, of rides that started within LOOK_BACK and are among the newest NEWEST_RIDES."""
    newest, older = np.full(MOST, 30.0), np.full(MOST, 60.0)
    assert scale(past(np.concatenate([older, newest]))).high == 1.5
    assert scale(past(newest, before=NOON - int(LOOK_BACK.total_seconds()) * 1_000_000)) == Scale()
    others = past(np.full(NEWEST_RIDES, 10.0), "airport")
    crowded_out = past(newest, before=int(others["start"].min()))
    assert scale(pd.concat([crowded_out, others])).high == NARROWEST


def test_an_outcome_counts_from_the_hour_after_it_is_known() -> None:
    """Rides of this hour, and outcomes that arrive in it, belong to the future."""
    rides = past(np.full(MOST, 40.0))
    later = past(np.full(MOST, 60.0), before=NOON + MOST * MINUTE)
    unknown = rides.assign(due_at=float(NOON), actual=90.0)
    assert scale(pd.concat([rides, later, unknown])) == scale(rides)


def test_an_outcome_of_the_city_is_known_two_hours_after_the_end() -> None:
    """The City does not say when it learns of an outcome."""
    rides = past(np.full(LEAST, 30.0), before=NOON - 3 * HOUR + MINUTE).assign(due_at=np.nan)
    assert scale(rides.assign(start=NOON - 3 * HOUR - 1)).high == 1.5
    assert scale(rides.assign(start=NOON - 3 * HOUR)) == Scale()


def test_the_order_of_the_rides_does_not_matter() -> None:
    """All that started when the oldest of the newest did count too, so a backfill gives the scales of live runs."""
    random = np.random.default_rng(1)
    rides = past(random.normal(0, 15, 2 * MOST)).assign(start=NOON - MINUTE, due_at=NOON - 1.0)
    assert len({scale(rides.sample(frac=1, random_state=seed)) for seed in range(5)}) == 1
    assert len(Past.of(rides).newest(MOST)) == 2 * MOST


def test_scales_are_bounded() -> None:
    """Neither perfect predictions nor a broken model make the band useless."""
    assert scale(past(np.zeros(MOST))) == Scale(NARROWEST, NARROWEST)
    assert scale(past(np.full(MOST, 1000.0))) == Scale(NARROWEST, WIDEST)
    without_width = past(np.full(MOST, -1.0)).assign(low=30.0)
    assert scale(without_width) == Scale(WIDEST, NARROWEST)


def test_the_ends_of_a_scaled_band_stay_within_the_bounds_of_a_prediction() -> None:
    """Zero at least and a day at most; a scale of one changes nothing."""
    minutes, low, high = np.array([30.0, 30.0, 1000.0]), np.array([20.0, 20.0, 800.0]), np.array([50.0, 50.0, 1400.0])
    scaled = tracked_band.scaled(minutes, low, high, np.array([1.0, 4.0, 0.5]), np.array([1.0, 0.5, 4.0]))
    assert np.array(scaled).tolist() == [[20.0, 0.0, 900.0], [50.0, 40.0, 1440.0]]
