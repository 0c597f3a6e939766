"""Calibrates distances, speeds, and the dollars that the meter adds in slow traffic."""

import numpy as np
import pandas as pd

from job.place import Place, Tariff
from job.rides.areas import centroid_miles
from job.simulator.levels import HANDFUL, levels
from job.simulator.recorders import LONG_MILES, PACE_HOURS

MAX_SLOW_USD_PER_MINUTE = 0.25 / 0.6  # the meter adds a quarter every 36 seconds
TYPICAL_SLOW_USD_PER_MINUTE = 0.1
PAIR_MILES_TRIPS = 25  # trips that a pair needs for a curve of its own
PACE_PULL = 8  # pseudo-trips of pace 1, added to each group's trips

# The texts are part of every profile, and a profile's digest seeds the draws: changing a text changes all rides.
ABOUT = {
    "pair_miles": "miles by pair, the frequent ones; levels",
    "same_area_miles": "miles within one area, the other pairs, or of all rides if these are too few; levels",
    "empty_area_miles": "miles where an area is empty, the other pairs, by which end is empty; levels",
    "detour_ratio": "miles driven per mile between centroids, the other pairs, by centroid_miles; levels",
    "speed_mph": "miles per hour by miles; levels",
    "hour_pace": "speed by hour against the day's, rides under and from 5 miles; ratio",
    "pickup_pace": "speed by pickup area against other rides of its miles and hour; ratio",
    "dropoff_pace": "speed by dropoff area against other rides of its miles, hour and pickup; ratio",
    "pair_pace": "speed of a pair against what its miles, hour and areas say, for every three hours; ratio",
    "slow_usd_per_minute": "US dollars per minute beyond flag and miles, by mph; levels",
}


def true_miles(rides: pd.DataFrame, whole_minutes: pd.Series, tariff: Tariff) -> dict[str, pd.Series]:
    """The miles as driven, and whether the recorder reported a sixteenth, in which case they come from the fare."""
    minutes = rides["actual_duration"]
    beyond = rides["fare"] - tariff.flag - tariff.per_mile * rides["trip_miles"]
    sixteenth = whole_minutes & (beyond > MAX_SLOW_USD_PER_MINUTE * minutes + 1.5)
    from_fare = (rides["fare"] - tariff.flag - TYPICAL_SLOW_USD_PER_MINUTE * minutes) / tariff.per_mile
    return {"miles": rides["trip_miles"].where(~sixteenth, from_fare), "sixteenth": sixteenth}


def parameters(rides: pd.DataFrame, place: Place) -> dict[str, object]:
    """The parameters of distances and speeds, computed from rides as `profile.usable` returns them."""
    return {**_distances(rides, place), **_speeds(rides, place.tariff)}


def _distances(rides: pd.DataFrame, place: Place) -> dict[str, object]:
    pair = rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str)
    count = pair.map(pair.value_counts())
    rest = rides[count < PAIR_MILES_TRIPS]
    empty = (rest["pickup"] == 0) | (rest["dropoff"] == 0)
    end = np.select([rest["dropoff"] != 0, rest["pickup"] != 0], ["pickup", "dropoff"], "both")
    return {
        "pair_miles": {name: levels(own["miles"]) for name, own in rides[count >= PAIR_MILES_TRIPS].groupby(pair)},
        "same_area_miles": levels(rest["miles"][~empty & (rest["pickup"] == rest["dropoff"])])
        or levels(rides["miles"]),
        "empty_area_miles": {
            which: levels(rest["miles"][empty & (end == which)]) for which in ("pickup", "dropoff", "both")
        },
        "detour_ratio": _detours(rest[~empty & (rest["pickup"] != rest["dropoff"])], place),
    }


def _detours(rides: pd.DataFrame, place: Place) -> list[dict[str, object]]:
    straight = centroid_miles(rides["pickup"].to_numpy(), rides["dropoff"].to_numpy(), place)
    return _by_band(straight, rides["miles"].to_numpy() / straight, "centroid_miles", 6)


def _speeds(rides: pd.DataFrame, tariff: Tariff) -> dict[str, object]:
    """Paces are removed one after the other, each from the residuals of the last; the rest is the curve of speed."""
    miles, minutes = rides["miles"].to_numpy(), rides["actual_duration"].to_numpy()
    mph = miles / minutes * 60
    typical = _typical(miles, mph)
    logs, far = pd.Series(np.log(mph / typical)), rides["miles"] >= LONG_MILES
    pair = rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str)
    logs, hours = _without(logs, far * 24 + rides["hour"])
    logs, pickups = _without(logs, rides["pickup"])
    logs, dropoffs = _without(logs, rides["dropoff"])
    logs, pairs = _without(logs, pair)
    logs, parts = _without(logs, pair + "/" + (rides["hour"] // PACE_HOURS).astype(str))
    beyond = rides["fare"].to_numpy() - tariff.flag - tariff.per_mile * miles
    metered = (~rides["sixteenth"]).to_numpy()
    by_hour = hours.reindex(range(48), fill_value=1.0).to_numpy()
    return {
        "speed_mph": _by_band(miles, np.exp(logs.to_numpy()) * typical, "miles", 12),
        "hour_pace": {"under_5_miles": by_hour[:24], "from_5_miles": by_hour[24:]},
        "pickup_pace": pickups.rename(str).to_dict(),
        "dropoff_pace": dropoffs.rename(str).to_dict(),
        "pair_pace": {
            name: pace
            * parts.reindex([f"{name}/{part}" for part in range(24 // PACE_HOURS)], fill_value=1.0).to_numpy()
            for name, pace in pairs.items()
        },
        "slow_usd_per_minute": _by_band(mph[metered], (beyond / minutes)[metered], "mph", 12),
    }


def _without(logs: pd.Series, key: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The logarithms without the mean pace of each group, and these paces, shrunk towards 1 if trips are few."""
    trips = logs.groupby(key).agg(["sum", "size"])
    trips = trips[trips["size"] >= HANDFUL]
    paces = trips["sum"] / (trips["size"] + PACE_PULL)
    return logs - key.map(paces).fillna(0), pd.Series(np.exp(paces))


def _typical(miles: np.ndarray, mph: np.ndarray) -> np.ndarray:
    bands = pd.qcut(miles, 12, labels=False, duplicates="drop")
    medians = pd.DataFrame({"miles": miles, "mph": mph}).groupby(bands).median()
    typical: np.ndarray = np.interp(miles, medians["miles"], medians["mph"])
    return typical


def _by_band(positions: np.ndarray, values: np.ndarray, name: str, bands: int) -> list[dict[str, object]]:
    """The levels of the values in bands with equally many trips, each at its mean position."""
    if len(positions) < HANDFUL:
        return [{name: 1.0, "levels": [1.0]}]
    order = np.lexsort((values, positions))  # so that the result does not depend on the order of the trips
    groups = np.array_split(order, min(bands, len(positions) // HANDFUL))
    return [{name: float(positions[group].mean()), "levels": levels(values[group])} for group in groups]
