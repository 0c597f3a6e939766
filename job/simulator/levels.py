"""Suppresses small counts: no figure of a profile comes from fewer trips than HANDFUL.

Counts go through `suppress_small_counts` and values through group means (`levels`) before anything else is computed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

HANDFUL = 5  # trips that any figure is made of at least
FREQUENT = 100  # trips from which an area has hours, and a company a name
MOST_LEVELS = 40
POSITIONS = np.linspace(0, 1, 2 * MOST_LEVELS + 1)


def suppress_small_counts(trips: np.ndarray) -> np.ndarray:
    """Replace counts below HANDFUL by their common mean; their sum is at least HANDFUL."""
    few = trips < HANDFUL
    mean = max(trips[few].sum(), HANDFUL) / max(few.sum(), 1)
    return np.where(few, mean, trips)


def levels(values: pd.Series | np.ndarray, most: int = MOST_LEVELS) -> list[float]:
    """The means of up to `most` equal groups of the sorted values; none where there is no handful."""
    ordered = np.sort(np.asarray(values, float))
    groups = min(most, len(ordered) // HANDFUL)
    return [float(group.mean()) for group in np.array_split(ordered, groups)] if groups else []


def curve(means: list[float]) -> np.ndarray:
    """The quantiles at POSITIONS: straight between the groups' middles, and on to half a step beyond the last."""
    middles = (np.arange(len(means)) + 0.5) / len(means)
    if len(means) == 1:
        return np.full(len(POSITIONS), means[0])
    low, high = 1.5 * means[0] - 0.5 * means[1], 1.5 * means[-1] - 0.5 * means[-2]
    quantiles: np.ndarray = np.interp(POSITIONS, [0, *middles, 1], [max(low, means[0] / 2), *means, high])
    return quantiles


def read(curves: np.ndarray, row: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The quantile `share` (0 to 1) of each ride's own curve."""
    at = share * (curves.shape[1] - 1)
    step = np.minimum(at.astype(int), curves.shape[1] - 2)
    below: np.ndarray = curves[row, step]
    return below + (at - step) * (curves[row, step + 1] - below)


@dataclass(frozen=True)
class Bands:
    """Curves that stand at rising centres; between two of them the quantile goes straight."""

    centres: np.ndarray
    curves: np.ndarray

    def read(self, place: np.ndarray, share: np.ndarray) -> np.ndarray:
        """Each ride's quantile `share` at its place."""
        last = len(self.centres) - 1
        at = np.interp(place, self.centres, np.arange(last + 1))
        row = np.minimum(at.astype(int), max(last - 1, 0))
        lower, upper = read(self.curves, row, share), read(self.curves, np.minimum(row + 1, last), share)
        return lower + (at - row) * (upper - lower)
