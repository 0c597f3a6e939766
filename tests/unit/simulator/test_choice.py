"""Choices by share: by hour they follow the hours, over the day they are the day's."""

import numpy as np
import pytest

from job.simulator.choice import choice, choices, over_the_day


def test_over_the_day_every_area_has_its_share() -> None:
    """Two hours, one with three times the rides: the busier area of an hour stays so, the day's shares are kept."""
    day, ratios, rides = np.array([0.5, 0.3, 0.2]), np.array([[2.0, 1, 1], [1, 1, 1]]), np.array([1.0, 3.0])
    by_hour = over_the_day(day, ratios, rides)
    shares = by_hour / by_hour.sum(axis=1, keepdims=True)
    assert (shares * rides[:, None]).sum(axis=0) / 4 == pytest.approx(day, abs=1e-3)
    assert shares[0, 0] > 0.55 > shares[1, 0]


def test_an_area_without_rides_stays_without() -> None:
    """No division by nothing: neither a share that is zero nor a pickup that never is makes any other unknown."""
    rides = np.array([[0.0, 1.0], [0.0, 3.0]])
    by_hour = over_the_day(np.array([[0.5, 0.5], [1.0, 0.0]]), np.ones((2, 1, 2)), rides)
    assert np.isfinite(by_hour).all()
    assert by_hour[:, 1, 1].tolist() == [0, 0]


def test_a_choice_is_picked_at_its_cumulated_share() -> None:
    """Each ride from its own case; shares need not sum to one."""
    picked = choice(np.array([[1.0, 3.0], [2.0, 2.0]])).pick(np.array([0, 0, 1, 1]), np.array([0.2, 0.3, 0.3, 0.999]))
    assert picked.tolist() == [0, 1, 0, 1]
    named = choices([{"a": 1.0}, {"b": 0.5, "a": 0.5}], str).pick(np.array([0, 1, 1]), np.array([0.9, 0.4, 0.6]))
    assert named.tolist() == ["a", "a", "b"]
