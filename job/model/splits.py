"""Splits trips into those to fit and to validate on, into folds, and into periods."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, KFold

from job.place import Place

if TYPE_CHECKING:
    from sklearn.model_selection import BaseCrossValidator

VALIDATION_SHARE = 0.2
FOLDS = 5
# A gap of more than this between two trips separates two periods.
PERIOD_GAP = pd.Timedelta(days=31)


def held_out(trips: pd.DataFrame, usable: pd.DataFrame, place: Place, seed: int) -> tuple[np.ndarray, str]:
    """A mask of the trips to validate on, and a description of them.

    `trips` are in chronological order; `usable` are the plausible ones. The others are split by the same rule, so that
    the error on all accepted trips can be measured.
    """
    day = trips["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.date
    last = usable[day[usable.index] == day[usable.index[-1]]]
    if 2 * len(last) <= len(usable) or last["taxi_id"].nunique() < FOLDS:
        first = usable.index[int(len(usable) * (1 - VALIDATION_SHARE))]
        return np.asarray(trips.index >= first), f"the latest {VALIDATION_SHARE:.0%}"
    splitter = GroupShuffleSplit(1, test_size=VALIDATION_SHARE, random_state=seed)
    _, chosen = next(splitter.split(last, groups=taxis(last)))
    chosen_trips = taxis(trips).isin(taxis(last).iloc[chosen]) & (day == day[usable.index[-1]])
    return chosen_trips.to_numpy(), f"{VALIDATION_SHARE:.0%} of the taxis of {day[usable.index[-1]]}"


def folds(trips: pd.DataFrame) -> "tuple[BaseCrossValidator, pd.Series[Any] | None]":
    """Folds for out-of-fold predictions: by taxi if taxis are known, else by consecutive blocks of time."""
    if trips["taxi_id"].nunique() >= FOLDS:
        return GroupKFold(FOLDS), taxis(trips)
    return KFold(FOLDS), None


def periods(starts: "pd.Series[Any]") -> "pd.Series[int]":
    """The number of the period of each trip: a gap of over a month begins a new one."""
    return starts.sort_values().diff().gt(PERIOD_GAP).astype(int).cumsum().reindex(starts.index)


def taxis(trips: pd.DataFrame) -> "pd.Series[Any]":
    """The taxi of each trip; a trip without one is a taxi of its own."""
    return trips["taxi_id"].fillna(trips["trip_id"])
