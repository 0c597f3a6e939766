"""What a model must offer to be asked: the columns it takes, minutes out, an optional band, an identity."""

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from job.errors import JobError
from job.model.features import FEATURES_VERSION, INPUTS
from job.model.training_bins import Bins

# Predictions are clipped to these minutes. Another's model (a linear one, say) may go below zero for short rides.
MIN_MINUTES, MAX_MINUTES = 0.1, 1440.0


class ModelRefused(JobError):
    """The model cannot be used as it is."""


class Estimator(Protocol):
    """scikit-learn's form of a regressor."""

    def predict(self, inputs: pd.DataFrame, /) -> Any:
        """Minutes, one a row."""


@dataclass(frozen=True)
class Band:
    """A 90 % band: for each bin of predicted minutes, the residuals (minutes) that 5 % fall short of and exceed.

    edges: the n - 1 inner limits of n bins, ascending; low, high: n residuals each, added to the prediction.
    """

    edges: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.edges) + 1 == len(self.low) == len(self.high):
            raise ValueError("a band of n bins has n - 1 edges, n low and n high residuals")
        if not all(map(math.isfinite, self.edges + self.low + self.high)):
            raise ValueError("a band's edges and residuals are finite")

    def around(self, minutes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Low and high, minutes, for these predictions; low is never negative, the prediction lies between."""
        bins = np.searchsorted(self.edges, minutes, side="right")
        low, high = np.asarray(self.low)[bins], np.asarray(self.high)[bins]
        return np.maximum(minutes + np.minimum(low, 0), 0), minutes + np.maximum(high, 0)


@dataclass(frozen=True)
class Model:
    """A loaded model; `inputs` are the columns it takes, `metrics` what it scored when it was validated.

    `bins` are what it was trained on, if it knows: without them nothing is told of drift.
    """

    name: str
    version: str
    digest: str
    estimator: Estimator
    inputs: tuple[str, ...]
    features_version: int | None
    metrics: dict[str, float]
    band: Band | None
    bins: Bins | None = None


def check(name: str, inputs: tuple[str, ...], outputs: int | None, features_version: int | None) -> None:
    """Raise ModelRefused unless a model with this signature can be asked by this code."""
    if features_version not in (None, FEATURES_VERSION):
        raise ModelRefused(
            f"{name} was fitted on features version {features_version}, this code computes {FEATURES_VERSION}: "
            "train again, or run the code that trained it"
        )
    if not inputs:
        raise ModelRefused(f"{name} has no signature with named inputs: log it with one; known are {', '.join(INPUTS)}")
    if unknown := [column for column in inputs if column not in INPUTS]:
        raise ModelRefused(
            f"{name} asks for inputs that are not known when a ride starts: {', '.join(unknown)}; "
            f"use some of {', '.join(INPUTS)}"
        )
    if outputs not in (None, 1):
        raise ModelRefused(f"{name} gives {outputs} columns: one, the minutes, is needed")
