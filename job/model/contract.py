"""What the job requires of a model: named inputs, minutes as output, an identity, and optionally a band and bins."""

import math
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd

from job.errors import JobError
from job.model.expected_error import ExpectedError
from job.model.features import FEATURES_VERSION, INPUTS
from job.model.training_bins import Bins

# Predictions are clipped to this range. A linear model, for example, may predict less than zero for a short ride.
MIN_PREDICTED_MINUTES, MAX_PREDICTED_MINUTES = 0.1, 1440.0


class ModelRefused(JobError):
    """The model cannot be used."""


class Estimator(Protocol):
    """A regressor with scikit-learn's interface."""

    def predict(self, inputs: pd.DataFrame, /) -> Any:
        """Predict the minutes of each row."""


@dataclass(frozen=True)
class Band:
    """A 90 % band: the 5 % and 95 % quantiles of the residuals (minutes) in each bin of predicted minutes.

    edges: the n - 1 inner limits of n bins, ascending; low, high: n residuals each, added to the prediction.
    """

    edges: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.edges) + 1 == len(self.low) == len(self.high):
            raise ValueError("a band of n bins must have n - 1 edges, n low and n high residuals")
        if not all(map(math.isfinite, self.edges + self.low + self.high)):
            raise ValueError("a band's edges and residuals must be finite")

    def around(self, minutes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The low and high end of the band around each prediction, in minutes; low is never negative."""
        bins = np.searchsorted(self.edges, minutes, side="right")
        low, high = np.asarray(self.low)[bins], np.asarray(self.high)[bins]
        return np.maximum(minutes + np.minimum(low, 0), 0), minutes + np.maximum(high, 0)


@dataclass(frozen=True)
class Model:
    """A loaded model.

    inputs: the columns it takes; metrics: the results of its validation; bins: the distribution of its training
    inputs, or None, in which case drift cannot be measured; expected_error: empty if the model says nothing about it.
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
    expected_error: ExpectedError = field(default_factory=dict)


def check(name: str, inputs: tuple[str, ...], outputs: int | None, features_version: int | None) -> None:
    """Raise ModelRefused unless this code can score with a model that has this signature."""
    if features_version not in (None, FEATURES_VERSION):
        raise ModelRefused(
            f"{name} was fitted on features version {features_version}, this code computes {FEATURES_VERSION}: "
            "train again, or run the code that trained it"
        )
    if not inputs:
        raise ModelRefused(
            f"{name} has no signature with named inputs: log it with one, of inputs from {', '.join(INPUTS)}"
        )
    if unknown := [column for column in inputs if column not in INPUTS]:
        raise ModelRefused(
            f"{name} needs inputs that are not known when a ride starts: {', '.join(unknown)}; "
            f"use some of {', '.join(INPUTS)}"
        )
    if outputs not in (None, 1):
        raise ModelRefused(f"{name} returns {outputs} columns: it must return one, the minutes")
