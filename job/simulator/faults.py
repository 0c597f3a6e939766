"""Puts faulty records among simulated ones, in the shares of a real day.

SHARES were counted in the 14,636 records that the City has for 2022-03-01 (data set wrvz-psew). Two faults of that day
are among the clean records already: empty areas, and recorders that count a sixteenth of the miles.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from job.place import Place
from job.simulator.tariff import FLAG_USD

MONEY = ["fare", "tips", "tolls", "extras", "trip_total"]

SHARES = {
    "miles_lost": 0.0832,  # zero miles, all else as ever; half of them one company's
    "not_driven": 0.0458,  # zero miles and at most a minute
    "a_minute": 0.0105,  # at most a minute, with some miles
    "no_fare": 0.0016,  # a fare of zero
    "left_running": 0.0013,  # over three hours, up to 22
    "too_fast": 0.0004,  # over 80 miles an hour
    "no_money": 0.0002,  # fare and total empty
    "too_far": 0.00007,  # over 250 miles: one record
}
NO_SECONDS = 0.57  # of those not driven
EMPTY_PICKUP, EMPTY_DROPOFF = 0.08, 0.14  # of those not driven or of a minute, besides the usual
LONGEST_HOURS = 22.0


def dirtied(records: pd.DataFrame, chances: np.ndarray, place: Place) -> pd.DataFrame:
    """Put faults into records of the City; `chances` has a row per record: at least four uniforms from 0 to 1."""
    dirty = records.reset_index(drop=True)
    fault = np.searchsorted(np.cumsum(list(SHARES.values())), chances[:, 0], side="right")
    for number, name in enumerate(SHARES):
        rows = np.flatnonzero(fault == number)
        for column, values in FAULTS[name](dirty.loc[rows], chances[rows, 1:].T, place).items():
            dirty.loc[rows, column] = values
    seconds = pd.to_timedelta(dirty["trip_seconds"], unit="s").astype("timedelta64[us]")
    retimed = dirty["trip_seconds"] != records["trip_seconds"].to_numpy()
    ends = (dirty["trip_start_timestamp"] + seconds).dt.floor("15min")
    return dirty.assign(trip_end_timestamp=dirty["trip_end_timestamp"].where(~retimed, ends))


def _miles_lost(_records: pd.DataFrame, _chances: np.ndarray, _place: Place) -> dict[str, Any]:
    return {"trip_miles": 0.0}


def _not_driven(records: pd.DataFrame, chances: np.ndarray, _place: Place) -> dict[str, Any]:
    """The meter was switched on and off again: the flag, and mostly no second."""
    seconds = np.ceil(np.maximum(chances[0] - NO_SECONDS, 0) / (1 - NO_SECONDS) * 60)
    return {"trip_miles": 0.0, "trip_seconds": seconds, **_flag(0.0), **_on_the_spot(records, chances)}


def _a_minute(records: pd.DataFrame, chances: np.ndarray, _place: Place) -> dict[str, Any]:
    """Some hundredths of a mile; the flag and up to two quarters."""
    return {
        "trip_miles": np.ceil(chances[0] * 30) / 100,
        "trip_seconds": np.ceil(chances[0] * 60),
        **_flag(np.floor(chances[0] * 3) / 4),
        **_on_the_spot(records, chances),
    }


def _left_running(_records: pd.DataFrame, chances: np.ndarray, _place: Place) -> dict[str, Any]:
    """The ride ended, the clock went on; the fare is the ride's."""
    return {"trip_seconds": np.round(3600 * (3 + chances[0] * (LONGEST_HOURS - 3)))}


def _too_fast(records: pd.DataFrame, chances: np.ndarray, place: Place) -> dict[str, Any]:
    """From 80 to 160 miles an hour, within the bound of the miles."""
    miles = np.round(records["trip_seconds"] / 3600 * 80 * (1.01 + chances[0]), 2)
    return {"trip_miles": np.minimum(miles, place.max_miles)}


def _no_fare(records: pd.DataFrame, _chances: np.ndarray, _place: Place) -> dict[str, Any]:
    return {"fare": 0.0, "trip_total": np.round(records["trip_total"] - records["fare"], 2)}


def _no_money(_records: pd.DataFrame, _chances: np.ndarray, _place: Place) -> dict[str, Any]:
    return dict.fromkeys(MONEY, np.nan)


def _too_far(_records: pd.DataFrame, chances: np.ndarray, place: Place) -> dict[str, Any]:
    return {"trip_miles": np.round(place.max_miles * (1.01 + chances[0]), 2)}


FAULTS: dict[str, Callable[[pd.DataFrame, np.ndarray, Place], dict[str, Any]]] = {
    "miles_lost": _miles_lost,
    "not_driven": _not_driven,
    "a_minute": _a_minute,
    "no_fare": _no_fare,
    "left_running": _left_running,
    "too_fast": _too_fast,
    "no_money": _no_money,
    "too_far": _too_far,
}


def _flag(beyond: float | np.ndarray) -> dict[str, Any]:
    fare = FLAG_USD + beyond
    return {"fare": fare, "tips": 0.0, "extras": 0.0, "trip_total": fare, "payment_type": "Cash"}


def _on_the_spot(records: pd.DataFrame, chances: np.ndarray) -> dict[str, Any]:
    """It ends in the area where it began, more often than usual in none."""
    pickup = records["pickup_community_area"]
    return {
        "pickup_community_area": pickup.mask(chances[1] < EMPTY_PICKUP),
        "dropoff_community_area": pickup.mask(chances[2] < EMPTY_DROPOFF),
    }
