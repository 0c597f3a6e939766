"""The error to expect of a prediction: the mean absolute error of similar rides that the model had not seen."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from job.model.features import Kinds
from job.rides.plausible import MAX_MINUTES

MAX_POINTS, LEAST_RIDES = 10, 100


@dataclass(frozen=True)
class Curve:
    """Mean absolute errors at points of predicted minutes, both in minutes; the points are ascending."""

    minutes: tuple[float, ...]
    errors: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.minutes) == len(self.errors) > 0:
            raise ValueError("a curve of expected errors must have one error for each of its points")
        if not all(map(math.isfinite, self.minutes + self.errors)) or min(self.errors) < 0:
            raise ValueError("the points and errors of a curve must be finite, and no error negative")
        if list(self.minutes) != sorted(self.minutes):
            raise ValueError("the points of a curve must be ascending")


# A curve for each kind of ride that training had enough of.
ExpectedError = dict[str, Curve]


def learn(kinds: Kinds, predicted: np.ndarray, actual: np.ndarray) -> ExpectedError:
    """Curves of out-of-sample errors, given the kinds of rides and their predicted and actual minutes.

    Longer rides, whose recorder was left running, count as rides of the longest plausible duration: on a real day,
    fifteen of them would raise the mean error by a sixth. Kinds with fewer than LEAST_RIDES rides get no curve.
    """
    errors = np.abs(np.minimum(actual, MAX_MINUTES) - predicted)
    rides = pd.DataFrame({"minutes": predicted, "error": errors, "kind": kinds})
    kinds_of_rides = rides.groupby("kind", observed=True)
    return {str(kind): _curve(group) for kind, group in kinds_of_rides if len(group) >= LEAST_RIDES}


def expected(curves: ExpectedError, kinds: Kinds, predicted: np.ndarray) -> np.ndarray:
    """The expected absolute error of each prediction in minutes, interpolated; NaN for kinds without a curve."""
    errors = np.full(len(predicted), np.nan)
    for kind, curve in curves.items():
        belongs = kinds == kind
        errors[belongs] = np.interp(predicted[belongs], curve.minutes, curve.errors)
    return errors


def _curve(rides: pd.DataFrame) -> Curve:
    """The means of equally large groups of rides, sorted by predicted minutes."""
    groups = np.array_split(rides.sort_values("minutes").index, min(MAX_POINTS, len(rides) // LEAST_RIDES))
    means = [rides.loc[group, ["minutes", "error"]].mean() for group in groups]
    return Curve(tuple(float(mean["minutes"]) for mean in means), tuple(float(mean["error"]) for mean in means))
