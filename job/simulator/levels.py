"""Suppresses small counts: no value of a profile comes from fewer trips than HANDFUL.

Counts go through `suppress_small_counts` and values through group means (`levels`) before anything else is computed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

HANDFUL = 5  # the least number of trips behind any value
FREQUENT = 100  # trips that an area needs for hours of its own, and a company to be named
MAX_LEVELS = 40
POSITIONS = np.linspace(0, 1, 2 * MAX_LEVELS + 1)


def suppress_small_counts(trips: np.ndarray) -> np.ndarray:
    """Replace counts below HANDFUL by their mean, for which their sum counts as at least HANDFUL."""
    few = trips < HANDFUL
    mean = max(trips[few].sum(), HANDFUL) / max(few.sum(), 1)
    return np.where(few, mean, trips)


def levels(values: pd.Series | np.ndarray, most: int = MAX_LEVELS) -> list[float]:
    """The means of up to `most` equal groups of the sorted values; empty if there are fewer values than HANDFUL."""
    ordered = np.sort(np.asarray(values, float))
    groups = min(most, len(ordered) // HANDFUL)
    return [float(group.mean()) for group in np.array_split(ordered, groups)] if groups else []


def curve(means: list[float]) -> np.ndarray:
    """Quantiles at POSITIONS: interpolated between the groups' middles, extrapolated by half a step at both ends."""
    middles = (np.arange(len(means)) + 0.5) / len(means)
    if len(means) == 1:
        return np.full(len(POSITIONS), means[0])
    low, high = 1.5 * means[0] - 0.5 * means[1], 1.5 * means[-1] - 0.5 * means[-2]
    quantiles: np.ndarray = np.interp(POSITIONS, [0, *middles, 1], [max(low, means[0] / 2), *means, high])
    return quantiles


def read(curves: np.ndarray, row: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Each ride's quantile: its share (0 to 1) on its row of the curves."""
    at = share * (curves.shape[1] - 1)
    step = np.minimum(at.astype(int), curves.shape[1] - 2)
    below: np.ndarray = curves[row, step]
    return below + (at - step) * (curves[row, step + 1] - below)


@dataclass(frozen=True)
class Bands:
    """Quantile curves at ascending centres; values between two centres are interpolated linearly."""

    centres: np.ndarray
    curves: np.ndarray

    def read(self, position: np.ndarray, share: np.ndarray) -> np.ndarray:
        """Each ride's quantile: its share (0 to 1) on the curve at its position."""
        last = len(self.centres) - 1
        at = np.interp(position, self.centres, np.arange(last + 1))
        row = np.minimum(at.astype(int), max(last - 1, 0))
        lower, upper = read(self.curves, row, share), read(self.curves, np.minimum(row + 1, last), share)
        return lower + (at - row) * (upper - lower)
