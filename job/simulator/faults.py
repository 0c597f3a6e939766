"""Adds recording faults to simulated records, in the proportions of a real day.

SHARES were counted in the City's 14,636 records of 2022-03-01 (data set wrvz-psew). Two faults of that day are
already in the simulated records: empty areas, and recorders that report a sixteenth of the miles.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from job.place import Place, Tariff

MONEY = ["fare", "tips", "tolls", "extras", "trip_total"]

SHARES = {
    "miles_lost": 0.0832,  # zero miles, everything else correct; half of these are one company's
    "not_driven": 0.0458,  # zero miles and at most a minute
    "a_minute": 0.0105,  # at most a minute, with some miles
    "no_fare": 0.0016,  # a fare of zero
    "left_running": 0.0013,  # over three hours, up to 22
    "too_fast": 0.0004,  # over 80 miles an hour
    "no_money": 0.0002,  # every amount empty
    "too_far": 0.00007,  # over 250 miles: a single record
}
NO_SECONDS = 0.57  # the share of `not_driven` with a duration of zero
EMPTY_PICKUP, EMPTY_DROPOFF = 0.08, 0.14  # additional shares in `not_driven` and `a_minute`
LONGEST_HOURS = 22.0


def add_faults(records: pd.DataFrame, chances: np.ndarray, place: Place) -> pd.DataFrame:
    """Add faults to records in the City's schema; `chances` has four or more random numbers from 0 to 1 per record."""
    faulty = records.reset_index(drop=True)
    fault = np.searchsorted(np.cumsum(list(SHARES.values())), chances[:, 0], side="right")
    for number, name in enumerate(SHARES):
        rows = np.flatnonzero(fault == number)
        for column, values in FAULTS[name](faulty.loc[rows], chances[rows, 1:].T, place).items():
            faulty.loc[rows, column] = values
    seconds = pd.to_timedelta(faulty["trip_seconds"], unit="s").astype("timedelta64[us]")
    retimed = faulty["trip_seconds"] != records["trip_seconds"].to_numpy()
    ends = (faulty["trip_start_timestamp"] + seconds).dt.floor("15min")
    return faulty.assign(trip_end_timestamp=faulty["trip_end_timestamp"].mask(retimed, ends))


def _miles_lost(_records: pd.DataFrame, _chances: np.ndarray, _place: Place) -> dict[str, Any]:
    return {"trip_miles": 0.0}


def _not_driven(records: pd.DataFrame, chances: np.ndarray, place: Place) -> dict[str, Any]:
    """The meter was switched on and off again: the flag fare and, mostly, zero seconds."""
    seconds = np.ceil(np.maximum(chances[0] - NO_SECONDS, 0) / (1 - NO_SECONDS) * 60)
    return {"trip_miles": 0.0, "trip_seconds": seconds, **_flag_fare(0, place.tariff), **_on_the_spot(records, chances)}


def _a_minute(records: pd.DataFrame, chances: np.ndarray, place: Place) -> dict[str, Any]:
    """Some hundredths of a mile; the flag fare and up to two steps more."""
    return {
        "trip_miles": np.ceil(chances[0] * 30) / 100,
        "trip_seconds": np.ceil(chances[0] * 60),
        **_flag_fare(np.floor(chances[0] * 3), place.tariff),
        **_on_the_spot(records, chances),
    }


def _left_running(_records: pd.DataFrame, chances: np.ndarray, _place: Place) -> dict[str, Any]:
    """The clock kept running after the ride; the fare is the ride's."""
    return {"trip_seconds": np.round(3600 * (3 + chances[0] * (LONGEST_HOURS - 3)))}


def _too_fast(records: pd.DataFrame, chances: np.ndarray, place: Place) -> dict[str, Any]:
    """From 80 to 160 miles per hour, within the place's maximum miles."""
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


def _flag_fare(steps: float | np.ndarray, tariff: Tariff) -> dict[str, Any]:
    """The flag fare and this many steps, paid in cash, without tip or extras."""
    fare = np.round(tariff.flag + steps * tariff.step, 2)
    return {"fare": fare, "tips": 0.0, "extras": 0.0, "trip_total": fare, "payment_type": "Cash"}


def _on_the_spot(records: pd.DataFrame, chances: np.ndarray) -> dict[str, Any]:
    """The ride ends in its pickup area; both areas are empty more often than in other records."""
    pickup = records["pickup_community_area"]
    return {
        "pickup_community_area": pickup.mask(chances[1] < EMPTY_PICKUP),
        "dropoff_community_area": pickup.mask(chances[2] < EMPTY_DROPOFF),
    }
