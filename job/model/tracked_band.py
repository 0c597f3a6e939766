"""The tracked band: the model's own, static band, scaled so that it would have covered 90 % of the newest outcomes.

This is split conformal prediction in a rolling window, separately for each side, with residuals normalised by the
half-widths of the static band (Papadopoulos et al. 2002; Gibbs and Candès 2021 for bands that adapt).
"""

import math
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from job.model.contract import MAX_PREDICTED_MINUTES
from job.model.features import KINDS

SIDE = 0.95  # the share of rides below the high end of the band, and the share above its low end
# Of each kind of ride, the newest MOST outcomes count. With fewer than LEAST, those of all kinds do.
MOST, LEAST = 500, 200
# Outcomes are sought among this many rides, this far back, so that even a sixth of the rides yields MOST outcomes.
NEWEST_RIDES, LOOK_BACK = 3000, timedelta(days=7)
# A quiet spell must not make the band useless for what comes next; a model that needs more than WIDEST is broken, and
# its errors raise an alert.
NARROWEST, WIDEST = 0.5, 4.0
# The City does not say when it learns of an outcome. This long after a ride, even the slowest simulated report is in.
CITY_DELAY = timedelta(hours=2)
MINUTE, HOUR = 60_000_000, 3_600_000_000  # microseconds
COLUMNS = ["start", "due_at", "kind", "predicted", "low", "high", "actual"]  # of Past.of


class Scale(NamedTuple):
    """How many times as wide as the static band the tracked band is, below and above the prediction."""

    low: float = 1.0
    high: float = 1.0


@dataclass(frozen=True)
class Past:
    """Rides with an outcome and a band, in the order of their starts: an array per column.

    starts, known_at: microseconds since 1970; kinds: indexes in KINDS; low, high: how far the outcome is below and
    above the prediction, as a multiple of the band's width on that side.
    """

    starts: np.ndarray
    known_at: np.ndarray
    kinds: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, rides: pd.DataFrame) -> Self:
        """From the columns start, due_at, kind, predicted, low, high, actual.

        start and due_at (NaN for the City's rides) are microseconds since 1970; the others, except kind, are minutes.
        """
        start, due_at, kind, predicted, low, high, actual = (rides[name].to_numpy() for name in COLUMNS)
        reported = np.rint(start + actual * MINUTE) + CITY_DELAY // timedelta(microseconds=1)
        known_at = np.where(np.isnan(due_at), reported, due_at)
        below = _normalised(predicted - actual, predicted - low)
        above = _normalised(actual - predicted, high - predicted)
        order = np.argsort(start, kind="stable")
        return cls(*(column[order] for column in (start, known_at, kind, below, above)))

    @classmethod
    def none(cls) -> Self:
        """No rides."""
        return cls(*(np.empty(0, dtype) for dtype in (np.int64, float, np.int64, float, float)))

    def __getitem__(self, rows: slice | np.ndarray) -> "Past":
        return Past(*(getattr(self, column.name)[rows] for column in fields(self)))

    def __len__(self) -> int:
        return len(self.starts)

    def and_also(self, others: "Past") -> "Past":
        """These rides and the others."""
        names = [column.name for column in fields(self)]
        joined = Past(*(np.concatenate([getattr(past, name) for past in (self, others)]) for name in names))
        return joined[np.argsort(joined.starts, kind="stable")]

    def between(self, start: int, end: int) -> "Past":
        """The rides that started at `start` or later, but before `end`."""
        first, last = np.searchsorted(self.starts, [start, end])
        return self[first:last]

    def divided(self, at: int) -> tuple["Past", "Past"]:
        """The rides that started before `at`, and the others."""
        row = np.searchsorted(self.starts, at)
        return self[:row], self[row:]

    def newest(self, rides: int) -> "Past":
        """This many of the rides that started last, and all that started at the same time as the first of them."""
        return self if len(self) <= rides else self[np.searchsorted(self.starts, self.starts[-rides]) :]


def scales(past: Past, hour: int) -> list[Scale]:
    """The scale of each of KINDS for rides that start in the hour beginning at `hour`, in microseconds since 1970."""
    newest = past.between(hour - LOOK_BACK // timedelta(microseconds=1), hour).newest(NEWEST_RIDES)
    observed = newest[newest.known_at < hour]
    of_kinds = [observed[observed.kinds == kind] for kind in range(len(KINDS))]
    overall = _scale(observed) if len(observed) >= LEAST else Scale()
    return [_scale(own) if len(own) >= LEAST else overall for own in of_kinds]


def scaled(
    minutes: np.ndarray, low: np.ndarray, high: np.ndarray, scale_low: np.ndarray, scale_high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the tracked bands, given the predictions, the ends of the static bands, and the scales of each."""
    return (
        np.maximum(minutes - scale_low * (minutes - low), 0),
        np.minimum(minutes + scale_high * (high - minutes), MAX_PREDICTED_MINUTES),
    )


def _scale(observed: Past) -> Scale:
    newest = observed.newest(MOST)
    return Scale(_quantile(newest.low), _quantile(newest.high))


def _quantile(residuals: np.ndarray) -> float:
    """The smallest scale that covers another ride like these with probability SIDE, within the limits."""
    rank = min(math.ceil((len(residuals) + 1) * SIDE), len(residuals))
    return float(np.clip(np.partition(residuals, rank - 1)[rank - 1], NARROWEST, WIDEST))


def _normalised(residuals: np.ndarray, half_widths: np.ndarray) -> np.ndarray:
    """The residuals over the half-widths; where the band has no width, no scale covers a positive residual."""
    beyond = np.where(residuals > 0, np.inf, -np.inf)
    return np.divide(residuals, half_widths, out=beyond, where=half_widths > 0)
