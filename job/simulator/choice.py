"""Choices by share: which area, which company, what comes on top."""

from dataclasses import dataclass

import numpy as np

FITTING = 5  # rounds


@dataclass(frozen=True)
class Choice:
    """Values, and the cumulated share of each: a row per case."""

    values: np.ndarray
    cumulated: np.ndarray

    def pick(self, case: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The value of each ride's own case at the cumulated share (0 to 1)."""
        rows, width = self.cumulated.shape
        # One sorted line of all rows: row r runs from r to r + 1.
        line = (self.cumulated + np.arange(rows)[:, None]).ravel()
        index = np.searchsorted(line, case + share, side="right") - case * width
        picked: np.ndarray = self.values[np.clip(index, 0, width - 1)]
        return picked


def over_the_day(shares: np.ndarray, ratios: np.ndarray, rides: np.ndarray) -> np.ndarray:
    """Shares by hour that follow the hours' ratios and are, over the rides of all hours, the day's shares.

    Areas are in the last axis, hours in the first; whatever lies between has rides of its own.
    """
    day = shares / shares.sum(axis=-1, keepdims=True)
    of_the_day = (rides / np.maximum(rides.sum(axis=0), 1e-12))[..., None]
    by_hour = day * ratios
    for _ in range(FITTING):
        by_hour = by_hour / by_hour.sum(axis=-1, keepdims=True)
        by_hour = by_hour * day / np.maximum((by_hour * of_the_day).sum(axis=0), 1e-12)
    return by_hour


def choice(shares: np.ndarray) -> Choice:
    """Of the columns' numbers, by shares that need not sum to 1: a row per case."""
    cumulated = np.cumsum(shares, axis=1)
    return Choice(np.arange(shares.shape[1]), cumulated / cumulated[:, -1:])


def choices(cases: list[dict[str, float]], kind: type) -> Choice:
    """Cases with different values, over all the values of any."""
    names = sorted({name for case in cases for name in case})
    shares = choice(np.array([[case.get(name, 0.0) for name in names] for case in cases]))
    return Choice(np.array(names).astype(kind), shares.cumulated)
