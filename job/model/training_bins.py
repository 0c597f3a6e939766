"""Training bins: the distribution of a model's training inputs, and counts of scored rides in the same bins.

The drift marts compare the two.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

# Binned features and their columns in features.inputs. `prediction`, the model's output, is binned like a number.
AREA_FEATURES = {"pickup": "pickup_community_area", "dropoff": "dropoff_community_area", "pair": "area_pair"}
NUMERIC_FEATURES = {"miles": "trip_miles", "hour": "hour"}
FILE_NAME = "bins.json"  # in the model's folder, so that the model's digest covers it
FEATURES = (*AREA_FEATURES, *NUMERIC_FEATURES, "prediction")
KINDS = ("all", "weekday", "weekend")
COUNT_COLUMNS = ["day", "feature", "bin", "rides"]

QUANTILES = 10
HOUR_EDGES = tuple(float(hour) for hour in range(1, 24))
# An area or pair has a bin of its own if it has at least this share of the training rides, and this number; all others
# share one bin. Nearly every area has its own, so that rides to a formerly unused area stand out. Of the thousands of
# pairs only the frequent ones do: with finer bins, a day of 300 rides would raise false alarms (docs/drift.md).
MIN_SHARE = {"pickup": 0.001, "dropoff": 0.001, "pair": 0.005}
MIN_RIDES = 10
# With fewer training rides of a kind of day, such days are compared with all training rides.
MIN_RIDES_OF_KIND = 1000
# Half a ride is added to every bin, here and in the mart, so that the logarithm of an empty bin is defined.
SMOOTHING = 0.5


@dataclass(frozen=True)
class FeatureBins:
    """One feature's bins, numbered from 0, and the share of the training rides in each, by kind of day.

    A numeric feature has n - 1 ascending inner `edges`, each the first value of the next bin. A categorical feature has
    n - 1 ascending `values`; its last bin holds all other values.
    """

    shares: dict[str, tuple[float, ...]]
    edges: tuple[float, ...] | None = None
    values: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        inner = self._inner
        if any(len(share) != len(inner) + 1 for share in self.shares.values()):
            raise ValueError("a feature of n bins must have n - 1 edges or values, and n shares for each kind of day")
        if list(inner) != sorted(set(inner)) or not all(map(math.isfinite, inner)):
            raise ValueError("a feature's edges or values must be finite and ascending")
        if "all" not in self.shares or not set(self.shares) <= set(KINDS):
            raise ValueError(f"shares must include all days; {' and '.join(KINDS[1:])} are optional")
        for share in self.shares.values():
            if min(share) <= 0 or not math.isclose(sum(share), 1, rel_tol=1e-6):
                raise ValueError("shares must be positive and add up to 1")

    @property
    def _inner(self) -> tuple[float, ...]:
        if (self.edges is None) == (self.values is None):
            raise ValueError("a feature must have either edges or values")
        return self.values if self.edges is None else self.edges  # type: ignore[return-value]

    @property
    def size(self) -> int:
        """The number of bins."""
        return len(self._inner) + 1

    def limits(self) -> list[tuple[float | None, float | None]]:
        """Each bin's first value and the first one beyond it; a category's value twice; (None, None) for all others."""
        if self.values is not None:
            return [*((value, value) for value in self.values), (None, None)]
        inner = self._inner
        return list(zip((None, *inner), (*inner, None), strict=True))

    def assign(self, given: np.ndarray) -> np.ndarray:
        """The number of each value's bin."""
        inner = np.asarray(self._inner)
        if self.values is None:
            return np.searchsorted(inner, given, side="right")
        near = np.minimum(np.searchsorted(inner, given), max(len(inner) - 1, 0))
        return np.where(inner[near] == given, near, len(inner)) if len(inner) else np.zeros(len(given), int)


@dataclass(frozen=True)
class Bins:
    """The bins of some or all of FEATURES."""

    features: dict[str, FeatureBins]

    def __post_init__(self) -> None:
        if unknown := [name for name in self.features if name not in FEATURES]:
            raise ValueError(f"unknown features {', '.join(unknown)}: use some of {', '.join(FEATURES)}")


def learn(features: pd.DataFrame, predicted: np.ndarray) -> Bins:
    """Bins and shares of the training rides.

    `features` is the result of features.inputs. `predicted` holds out-of-sample predictions in minutes: a forest
    overfits its training rides, so its predictions for them are distributed differently from later ones.
    """
    weekend = features["weekend"].to_numpy() == 1
    kinds = {"all": np.ones(len(features), bool), "weekday": ~weekend, "weekend": weekend}
    kinds = {kind: mask for kind, mask in kinds.items() if kind == "all" or mask.sum() >= MIN_RIDES_OF_KIND}
    return Bins({name: _learned(name, values, kinds) for name, values in _values(features, predicted).items()})


def count(bins: Bins | None, features: pd.DataFrame, days: np.ndarray, predicted: np.ndarray) -> pd.DataFrame:
    """Count rides by day, feature and bin (COUNT_COLUMNS), without empty bins; no rows if the model has no bins.

    `features` and `days` are the results of features.inputs and features.local_days; `predicted` is in minutes.
    """
    if bins is None or not len(features):
        return pd.DataFrame(columns=COUNT_COLUMNS)
    first = days.min()
    day = (days - first).astype(int)
    values, parts = _values(features, predicted), []
    for name, feature in bins.features.items():
        counted = np.bincount(day * feature.size + feature.assign(values[name]))
        filled = np.flatnonzero(counted)
        rides = {"day": first + filled // feature.size, "bin": filled % feature.size, "rides": counted[filled]}
        parts.append(pd.DataFrame(rides).assign(feature=name)[COUNT_COLUMNS])
    return pd.concat(parts, ignore_index=True)


def dumps(bins: Bins) -> str:
    """Serialize the bins as JSON."""
    return json.dumps({name: asdict(feature) for name, feature in bins.features.items()}, indent=1)


def loads(text: str) -> Bins:
    """Parse bins from JSON. Raises ValueError if the text is not valid."""
    try:
        return Bins({name: _parsed(feature) for name, feature in json.loads(text).items()})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a mapping of features to bins: {error!r}") from error


def _parsed(fields: Mapping[str, Any]) -> FeatureBins:
    shares = {kind: tuple(map(float, share)) for kind, share in fields["shares"].items()}
    edges, values = (None if fields[name] is None else tuple(map(float, fields[name])) for name in ("edges", "values"))
    return FeatureBins(shares, edges, values)


def _values(features: pd.DataFrame, predicted: np.ndarray) -> dict[str, np.ndarray]:
    columns = AREA_FEATURES | NUMERIC_FEATURES
    return {name: features[column].to_numpy() for name, column in columns.items()} | {"prediction": predicted}


def _learned(name: str, given: np.ndarray, kinds: Mapping[str, np.ndarray]) -> FeatureBins:
    edges, values = None, None
    if name in AREA_FEATURES:
        values = _categories(given, MIN_SHARE[name])
    else:
        edges = HOUR_EDGES if name == "hour" else _edges(given)
    inner: Sequence[float] = edges if values is None else values  # type: ignore[assignment]
    size = len(inner) + 1
    uniform = FeatureBins({"all": (1 / size,) * size}, edges, values)
    shares = {kind: _shares(uniform.assign(given[mask]), size) for kind, mask in kinds.items()}
    return FeatureBins(shares, edges, values)


def _edges(given: np.ndarray) -> tuple[float, ...]:
    """The edges of equally filled bins; fewer bins where many rides share one value."""
    quantiles = np.unique(np.quantile(given, np.linspace(0, 1, QUANTILES + 1)[1:-1], method="higher"))
    return tuple(quantiles[quantiles > given.min()].tolist())


def _categories(given: np.ndarray, min_share: float) -> tuple[float, ...]:
    values, rides = np.unique(given, return_counts=True)
    return tuple(values[rides >= max(MIN_RIDES, min_share * len(given))].tolist())


def _shares(assigned: np.ndarray, size: int) -> tuple[float, ...]:
    smoothed = np.bincount(assigned, minlength=size) + SMOOTHING
    return tuple((smoothed / smoothed.sum()).tolist())
