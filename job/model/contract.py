"""What the job requires of a model: named inputs, minutes as output and an identity; the rest is optional."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from job.errors import JobError
from job.model.band import Band
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
            "promote a version that this code has trained (`python -m job train` makes one), or run the older code"
        )
    if not inputs:
        raise ModelRefused(
            f"{name} has no signature with named inputs: log it with one, of inputs from {', '.join(INPUTS)}"
        )
    if unknown := [column for column in inputs if column not in INPUTS]:
        raise ModelRefused(
            f"{name} needs inputs that this code does not compute: {', '.join(unknown)}; use some of those that are "
            f"known when a ride starts, {', '.join(INPUTS)}"
        )
    if outputs not in (None, 1):
        raise ModelRefused(f"{name} returns {outputs} columns: it must return one, the minutes")
