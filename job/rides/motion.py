"""The figures of a ride's way: miles, speed, and what the meter adds for slow traffic."""

import numpy as np
import pandas as pd

from job.rides.areas import centroid_miles
from job.rides.levels import HANDFUL, levels

# The City's tariff; what a fare has beyond it is time in slow traffic.
FLAG_USD, PER_MILE_USD = 3.25, 2.25
MOST_SLOW_USD_PER_MINUTE = 0.25 / 0.6  # the meter adds a quarter every 36 seconds
USUAL_SLOW_USD_PER_MINUTE = 0.1
# Some recorders with whole minutes count a sixteenth of the miles and cut it to tenths; their fares are right.
SIXTEENTH = 1 / 16
LEAST_SIXTEENTH_MILES = 1.6
LONG_MILES = 5.0
PAIR_MILES_TRIPS, PAIR_PACE_TRIPS = 25, 20

FIGURES = {
    "pair_miles": "miles by pair, the frequent ones; levels",
    "same_area_miles": "miles within one area, the other pairs; levels",
    "empty_area_miles": "miles where an area is empty, the other pairs, by which end is empty; levels",
    "detour_ratio": "miles driven per mile between centroids, the other pairs, by centroid_miles; levels",
    "speed_mph": "miles per hour by miles; levels",
    "hour_pace": "speed by hour against the day's, rides under and from 5 miles; ratio",
    "pair_pace": "speed of a pair against other rides of its miles and hour; ratio",
    "slow_usd_per_minute": "US dollars per minute beyond flag and miles, by mph; levels",
}


def true_miles(rides: pd.DataFrame, whole_minutes: pd.Series) -> dict[str, pd.Series]:
    """Miles as driven, and whether the recorder counted a sixteenth: then the fare tells the miles."""
    minutes = rides["actual_duration"]
    beyond = rides["fare"] - FLAG_USD - PER_MILE_USD * rides["trip_miles"]
    sixteenth = whole_minutes & (beyond > MOST_SLOW_USD_PER_MINUTE * minutes + 1.5)
    told = (rides["fare"] - FLAG_USD - USUAL_SLOW_USD_PER_MINUTE * minutes) / PER_MILE_USD
    return {"miles": rides["trip_miles"].where(~sixteenth, told), "sixteenth": sixteenth}


def figures(rides: pd.DataFrame) -> dict[str, object]:
    """Distances and speeds of rides that `profile.usable` gave."""
    return {**_distances(rides), **_speeds(rides)}


def _distances(rides: pd.DataFrame) -> dict[str, object]:
    pair = rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str)
    count = pair.map(pair.value_counts())
    rest = rides[count < PAIR_MILES_TRIPS]
    empty = (rest["pickup"] == 0) | (rest["dropoff"] == 0)
    ends = np.select([rest["dropoff"] != 0, rest["pickup"] != 0], ["pickup", "dropoff"], "both")
    return {
        "pair_miles": {name: levels(own["miles"]) for name, own in rides[count >= PAIR_MILES_TRIPS].groupby(pair)},
        "same_area_miles": levels(rest["miles"][~empty & (rest["pickup"] == rest["dropoff"])]),
        "empty_area_miles": {end: levels(rest["miles"][empty & (ends == end)]) for end in ("pickup", "dropoff", "both")},
        "detour_ratio": _detours(rest[~empty & (rest["pickup"] != rest["dropoff"])]),
    }


def _detours(rides: pd.DataFrame) -> list[dict[str, object]]:
    straight = centroid_miles(rides["pickup"].to_numpy(), rides["dropoff"].to_numpy())
    return _by_band(straight, rides["miles"].to_numpy() / straight, "centroid_miles", 6)


def _speeds(rides: pd.DataFrame) -> dict[str, object]:
    """Paces are medians against the curve of speed by miles; the curve is what remains without them."""
    miles, minutes = rides["miles"].to_numpy(), rides["actual_duration"].to_numpy()
    mph = miles / minutes * 60
    hour_pace = {}
    ratio = pd.Series(mph / _typical(miles, mph), index=rides.index)
    for name, own in (("under_5_miles", miles < LONG_MILES), ("from_5_miles", miles >= LONG_MILES)):
        hour_pace[name] = _hour_pace(ratio[own], rides["hour"][own])
    ratio /= np.where(miles < LONG_MILES, *(np.array(hour_pace[name])[rides["hour"]] for name in hour_pace))
    pair = rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str)
    pair_pace = np.log(ratio).groupby(pair).agg(["mean", "size"]).query(f"size >= {PAIR_PACE_TRIPS}")
    pair_pace = np.exp(pair_pace["mean"] * pair_pace["size"] / (pair_pace["size"] + PAIR_PACE_TRIPS))
    ratio /= pair.map(pair_pace).fillna(1)
    beyond = rides["fare"].to_numpy() - FLAG_USD - PER_MILE_USD * miles
    metered = (~rides["sixteenth"]).to_numpy()
    return {
        "speed_mph": _by_band(miles, ratio.to_numpy() * _typical(miles, mph), "miles", 12),
        "hour_pace": hour_pace,
        "pair_pace": pair_pace.to_dict(),
        "slow_usd_per_minute": _by_band(mph[metered], (beyond / minutes)[metered], "mph", 12),
    }


def _hour_pace(ratio: pd.Series, hour: pd.Series) -> np.ndarray:
    logs = np.log(ratio).groupby(hour).agg(["sum", "size"]).reindex(range(24), fill_value=0.0)
    return np.exp(logs["sum"] / (logs["size"] + HANDFUL)).to_numpy()


def _typical(miles: np.ndarray, mph: np.ndarray) -> np.ndarray:
    bands = pd.qcut(miles, 12, duplicates="drop")
    medians = pd.DataFrame({"miles": miles, "mph": mph}).groupby(bands, observed=True).median()
    return np.interp(miles, medians["miles"], medians["mph"])


def _by_band(place: np.ndarray, values: np.ndarray, name: str, bands: int) -> list[dict[str, object]]:
    """The levels of values in bands of equally many trips, each standing at its mean place."""
    if not len(place):
        return [{name: 1.0, "levels": [1.0]}]
    order = np.argsort(place, kind="stable")
    groups = np.array_split(order, max(1, min(bands, len(place) // HANDFUL)))
    return [{name: float(place[group].mean()), "levels": levels(values[group])} for group in groups]
