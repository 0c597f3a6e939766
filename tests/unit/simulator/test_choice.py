"""Random choices by share: they vary by hour and keep the shares of the day."""

import numpy as np
import pytest

from job.simulator.choice import choice, choices, over_the_day


def test_hourly_shares_average_to_those_of_the_day() -> None:
    """An area that is more likely in one hour is less likely in the others."""
    day, ratios, rides = np.array([0.5, 0.3, 0.2]), np.array([[2.0, 1, 1], [1, 1, 1]]), np.array([1.0, 3.0])
    by_hour = over_the_day(day, ratios, rides)
    shares = by_hour / by_hour.sum(axis=1, keepdims=True)
    assert (shares * rides[:, None]).sum(axis=0) / 4 == pytest.approx(day, abs=1e-3)
    assert shares[0, 0] > 0.55 > shares[1, 0]


def test_an_area_without_rides_keeps_a_share_of_zero() -> None:
    """A share of zero does not turn any other into NaN."""
    rides = np.array([[0.0, 1.0], [0.0, 3.0]])
    by_hour = over_the_day(np.array([[0.5, 0.5], [1.0, 0.0]]), np.ones((2, 1, 2)), rides)
    assert np.isfinite(by_hour).all()
    assert by_hour[:, 1, 1].tolist() == [0, 0]


def test_a_choice_is_picked_by_its_cumulative_share() -> None:
    """Shares need not sum to one."""
    picked = choice(np.array([[1.0, 3.0], [2.0, 2.0]])).pick(np.array([0, 0, 1, 1]), np.array([0.2, 0.3, 0.3, 0.999]))
    assert picked.tolist() == [0, 1, 0, 1]
    named = choices([{"a": 1.0}, {"b": 0.5, "a": 0.5}], str).pick(np.array([0, 1, 1]), np.array([0.9, 0.4, 0.6]))
    assert named.tolist() == ["a", "a", "b"]
