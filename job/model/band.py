"""The 90 % band around a prediction, learned from the residuals of similar rides that the model had not seen."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd

from job.model.features import KINDS, Kinds

QUANTILES = (0.05, 0.95)
# A bin with fewer rides has fewer than ten of them beyond either quantile.
MAX_BINS, LEAST_RIDES = 10, 200


@dataclass(frozen=True)
class Band:
    """The 5 % and 95 % quantiles of the residuals (minutes) in each bin of predicted minutes.

    edges: the n - 1 inner limits of n bins, ascending; low, high: n residuals each, added to the prediction.
    kinds: the bands of kinds of rides that have their own; rides of all other kinds use this one.
    """

    edges: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    kinds: Mapping[str, "Band"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not len(self.edges) + 1 == len(self.low) == len(self.high):
            raise ValueError("a band of n bins must have n - 1 edges, n low and n high residuals")
        if not all(map(math.isfinite, self.edges + self.low + self.high)):
            raise ValueError("a band's edges and residuals must be finite")
        if list(self.edges) != sorted(self.edges):
            raise ValueError("a band's edges must be ascending")
        if unknown := sorted({*self.kinds} - {*KINDS}):
            raise ValueError(f"a band's kinds must be {', '.join(KINDS)}, not {', '.join(unknown)}")

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Read a band from a model's metadata; `kinds` is optional there, and older models do not have it."""
        kinds = {kind: cls(*_bins(band)) for kind, band in (given.get("kinds") or {}).items()}
        return cls(*_bins(given), kinds)

    def around(self, minutes: np.ndarray, kinds: Kinds) -> tuple[np.ndarray, np.ndarray]:
        """The low and high end of the band around each prediction, in minutes; low is never negative."""
        low, high = self._residuals(minutes)
        for kind, band in self.kinds.items():
            belongs = kinds == kind
            low[belongs], high[belongs] = band._residuals(minutes[belongs])
        return np.maximum(minutes + np.minimum(low, 0), 0), minutes + np.maximum(high, 0)

    def _residuals(self, minutes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        bins = np.searchsorted(self.edges, minutes, side="right")
        return np.asarray(self.low)[bins], np.asarray(self.high)[bins]


def _bins(given: Mapping[str, Any]) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    edges, low, high = (tuple(map(float, given[part])) for part in ("edges", "low", "high"))
    return edges, low, high


def learn(kinds: Kinds, predicted: np.ndarray, actual: np.ndarray) -> Band:
    """The band of out-of-fold residuals, given the kinds of rides and their predicted and actual minutes.

    A kind with fewer than LEAST_RIDES rides gets no band of its own.
    """
    overall = _learn(predicted, actual)
    masks = {kind: kinds == kind for kind in KINDS}
    own = {kind: _learn(predicted[mask], actual[mask]) for kind, mask in masks.items() if mask.sum() >= LEAST_RIDES}
    return Band(overall.edges, overall.low, overall.high, own)


def _learn(predicted: np.ndarray, actual: np.ndarray) -> Band:
    """The quantiles of the residuals in bins of predicted minutes, each with equally many rides."""
    bins = max(1, min(MAX_BINS, len(predicted) // LEAST_RIDES))
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, bins + 1)[1:-1]))
    residuals = pd.Series(actual - predicted).groupby(np.searchsorted(edges, predicted, side="right"))
    low, high = (residuals.quantile(share).reindex(range(len(edges) + 1)).ffill().bfill() for share in QUANTILES)
    return Band(tuple(edges.tolist()), tuple(low.tolist()), tuple(high.tolist()))
