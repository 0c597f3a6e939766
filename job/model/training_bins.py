"""What a model was trained on, in bins, and how many rides to be scored fall into each: what drift is told from."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

# By the column of features.inputs that each is; `prediction` is the model's answer.
AREAS = {"pickup": "pickup_community_area", "dropoff": "dropoff_community_area", "pair": "area_pair"}
NUMBERS = {"miles": "trip_miles", "hour": "hour"}
FILE_NAME = "bins.json"  # in the model's folder, so that its digest is of them too
FEATURES = (*AREAS, *NUMBERS, "prediction")
KINDS = ("all", "weekday", "weekend")
COUNT_COLUMNS = ["day", "feature", "bin", "rides"]

QUANTILES = 10
CLOCK = tuple(float(hour) for hour in range(1, 24))
# A category of its own has this share of the training rides and this many, and is among so many; the rest is one bin.
# Nearly all areas have one, so that a place nobody went to shows; of pairs, of which there are thousands, the usual
# ones. Finer ones would be quiet no more on a day of 300 rides (docs/drift.md).
LEAST_SHARE = {"pickup": 0.001, "dropoff": 0.001, "pair": 0.005}
LEAST_RIDES = 10
# Fewer training rides of a kind say too little of it: its days are compared with all.
LEAST_OF_KIND = 1000
# Half a ride more in every bin, here and in the mart, so that an empty one has a logarithm.
SMOOTHING = 0.5


@dataclass(frozen=True)
class FeatureBins:
    """One feature's bins, numbered from 0, and the share of the training rides in each, by kind of day.

    Numbers: n - 1 inner `edges` ascending, each the first value of the next bin. Categories: n - 1 `values`
    ascending, the last bin is the rest.
    """

    shares: dict[str, tuple[float, ...]]
    edges: tuple[float, ...] | None = None
    values: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        inner = self._inner
        if any(len(share) != len(inner) + 1 for share in self.shares.values()):
            raise ValueError("a feature of n bins has n - 1 edges or values and n shares of each kind")
        if list(inner) != sorted(set(inner)) or not all(map(math.isfinite, inner)):
            raise ValueError("a feature's edges or values are finite and ascend")
        if "all" not in self.shares or not set(self.shares) <= set(KINDS):
            raise ValueError(f"shares are of all days, and of {' and '.join(KINDS[1:])} where they are known")
        for share in self.shares.values():
            if min(share) <= 0 or not math.isclose(sum(share), 1, rel_tol=1e-6):
                raise ValueError("shares are positive and add up to 1")

    @property
    def _inner(self) -> tuple[float, ...]:
        if (self.edges is None) == (self.values is None):
            raise ValueError("a feature has either edges or values")
        return self.values if self.edges is None else self.edges  # type: ignore[return-value]

    @property
    def size(self) -> int:
        """How many bins."""
        return len(self._inner) + 1

    def limits(self) -> list[tuple[float | None, float | None]]:
        """Of each bin the first value in it and the first beyond it; both a category's value, both null of the rest."""
        if self.values is not None:
            return [*((value, value) for value in self.values), (None, None)]
        inner = self._inner
        return list(zip((None, *inner), (*inner, None), strict=True))

    def place(self, found: np.ndarray) -> np.ndarray:
        """The bin of each value."""
        inner = np.asarray(self._inner)
        if self.values is None:
            return np.searchsorted(inner, found, side="right")
        near = np.minimum(np.searchsorted(inner, found), max(len(inner) - 1, 0))
        return np.where(inner[near] == found, near, len(inner)) if len(inner) else np.zeros(len(found), int)


@dataclass(frozen=True)
class Bins:
    """The bins of a model's features, or of some of them."""

    features: dict[str, FeatureBins]

    def __post_init__(self) -> None:
        if unknown := [name for name in self.features if name not in FEATURES]:
            raise ValueError(f"{', '.join(unknown)} is not among {', '.join(FEATURES)}")


def learn(features: pd.DataFrame, predicted: np.ndarray) -> Bins:
    """Bins and shares of the training rides.

    `features` is what features.inputs computes for them. `predicted` is in minutes, by a model that has not seen the
    ride: a forest knows the rides that it was fitted on too well, so its predictions for them are distributed
    differently from later ones.
    """
    weekend = features["weekend"].to_numpy() == 1
    kinds = {"all": np.ones(len(features), bool), "weekday": ~weekend, "weekend": weekend}
    kinds = {kind: of for kind, of in kinds.items() if kind == "all" or of.sum() >= LEAST_OF_KIND}
    return Bins({name: _learned(name, values, kinds) for name, values in _values(features, predicted).items()})


def count(bins: Bins | None, features: pd.DataFrame, days: np.ndarray, predicted: np.ndarray) -> pd.DataFrame:
    """Rides by day, feature and bin (COUNT_COLUMNS), without empty bins; no rows for a model without bins.

    `features` and `days` are what features.inputs and features.local_days compute; `predicted` is in minutes.
    """
    if bins is None or not len(features):
        return pd.DataFrame(columns=COUNT_COLUMNS)
    first = days.min()
    day = (days - first).astype(int)
    found, parts = _values(features, predicted), []
    for name, of in bins.features.items():
        counted = np.bincount(day * of.size + of.place(found[name]))
        hit = np.flatnonzero(counted)
        rows = {"day": first + hit // of.size, "feature": name, "bin": hit % of.size, "rides": counted[hit]}
        parts.append(pd.DataFrame(rows))
    return pd.concat(parts, ignore_index=True)


def dumps(bins: Bins) -> str:
    """As JSON."""
    return json.dumps({name: asdict(of) for name, of in bins.features.items()}, indent=1)


def loads(text: str) -> Bins:
    """From JSON; raises ValueError for anything else."""
    try:
        return Bins({name: _parsed(of) for name, of in json.loads(text).items()})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a mapping of features to bins: {error!r}") from error


def _parsed(of: Mapping[str, Any]) -> FeatureBins:
    shares = {kind: tuple(map(float, share)) for kind, share in of["shares"].items()}
    edges, values = (of[name] if of[name] is None else tuple(map(float, of[name])) for name in ("edges", "values"))
    return FeatureBins(shares, edges, values)


def _values(features: pd.DataFrame, predicted: np.ndarray) -> dict[str, np.ndarray]:
    columns = AREAS | NUMBERS
    return {name: features[column].to_numpy() for name, column in columns.items()} | {"prediction": predicted}


def _learned(name: str, found: np.ndarray, kinds: Mapping[str, np.ndarray]) -> FeatureBins:
    edges, values = None, None
    if name in AREAS:
        values = _categories(found, LEAST_SHARE[name])
    else:
        edges = CLOCK if name == "hour" else _edges(found)
    inner: Sequence[float] = edges if values is None else values  # type: ignore[assignment]
    size = len(inner) + 1
    whole = FeatureBins({"all": (1 / size,) * size}, edges, values)
    return FeatureBins({kind: _shares(whole.place(found[of]), size) for kind, of in kinds.items()}, edges, values)


def _edges(found: np.ndarray) -> tuple[float, ...]:
    """Equally filled; fewer where many rides have one value."""
    quantiles = np.unique(np.quantile(found, np.linspace(0, 1, QUANTILES + 1)[1:-1], method="higher"))
    return tuple(quantiles[quantiles > found.min()].tolist())


def _categories(found: np.ndarray, least_share: float) -> tuple[float, ...]:
    values, rides = np.unique(found, return_counts=True)
    return tuple(values[rides >= max(LEAST_RIDES, least_share * len(found))].tolist())


def _shares(placed: np.ndarray, size: int) -> tuple[float, ...]:
    smoothed = np.bincount(placed, minlength=size) + SMOOTHING
    return tuple((smoothed / smoothed.sum()).tolist())
