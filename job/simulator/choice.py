"""Weighted choices, such as a ride's area, company and extras."""

from dataclasses import dataclass

import numpy as np

ROUNDS = 5  # of proportional fitting


@dataclass(frozen=True)
class Choice:
    """Values and their cumulative shares, a row for each case."""

    values: np.ndarray
    cumulated: np.ndarray

    def pick(self, case: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The value at each ride's share (0 to 1) among the cumulative shares of its case."""
        rows, width = self.cumulated.shape
        # All rows in one sorted array, so that one search serves every ride: row r covers r to r + 1.
        line = (self.cumulated + np.arange(rows)[:, None]).ravel()
        index = np.searchsorted(line, case + share, side="right") - case * width
        picked: np.ndarray = self.values[np.clip(index, 0, width - 1)]
        return picked


def over_the_day(shares: np.ndarray, ratios: np.ndarray, rides: np.ndarray) -> np.ndarray:
    """Shares by hour that follow the hourly ratios; their mean, weighted by each hour's rides, is the day's shares.

    The first axis is the hour and the last the area. `rides` has the axes of `ratios` without the last.
    """
    day = shares / shares.sum(axis=-1, keepdims=True)
    weights = (rides / np.maximum(rides.sum(axis=0), 1e-12))[..., None]
    by_hour = day * ratios
    for _ in range(ROUNDS):
        by_hour = by_hour / by_hour.sum(axis=-1, keepdims=True)
        by_hour = by_hour * day / np.maximum((by_hour * weights).sum(axis=0), 1e-12)
    return by_hour


def choice(shares: np.ndarray) -> Choice:
    """A choice among column numbers, given a row of shares per case; the shares need not sum to 1."""
    cumulated = np.cumsum(shares, axis=1)
    return Choice(np.arange(shares.shape[1]), cumulated / cumulated[:, -1:])


def choices(cases: list[dict[str, float]], kind: type) -> Choice:
    """A choice among named values, given the shares of each case; a case need not have every value."""
    names = sorted({name for case in cases for name in case})
    shares = choice(np.array([[case.get(name, 0.0) for name in names] for case in cases]))
    return Choice(np.array(names).astype(kind), shares.cumulated)
