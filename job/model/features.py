"""Computes a model's inputs from rides. Training and scoring share this code."""

from typing import TypeAlias

import numpy as np
import pandas as pd

from job.place import Place
from job.rides import areas

# Increment it whenever the meaning of a column changes: models fitted with another version are refused.
FEATURES_VERSION = 1
SATURDAY = 5
KINDS = ("city", "airport", "empty area")  # of rides
Kinds: TypeAlias = "pd.Categorical[str]"  # which of KINDS each ride is

# The inputs that a model may take, in this order. All are known when the ride starts, and all are float64.
INPUTS = {
    "pickup_community_area": "number of the zone; 0 if outside the city or withheld",
    "dropoff_community_area": "number of the zone; 0 if outside the city or withheld",
    "area_pair": "base * pickup_community_area + dropoff_community_area; base is the smallest power of ten above every "
    "zone of the place, 100 in Chicago",
    "pickup_latitude": "degrees, of the pickup zone's centroid; NaN if the zone is 0",
    "pickup_longitude": "the same",
    "dropoff_latitude": "degrees, of the dropoff zone's centroid; NaN if the zone is 0",
    "dropoff_longitude": "the same",
    "trip_miles": "miles of the route; those of the meter stand in for a route estimate",
    "centroid_miles": "great-circle miles between the zones' centroids; NaN if either zone is 0",
    "detour_ratio": "(trip_miles + 0.5) / (centroid_miles + 0.5); NaN if either zone is 0",
    "hour": "hours since local midnight in quarters, as the City publishes times; 0 to 23.75",
    "hour_sine": "sine of the hour as an angle, midnight at 0",
    "hour_cosine": "cosine of the same",
    "weekday": "0 Monday to 6 Sunday, in local time",
    "weekend": "1 on Saturday and Sunday, else 0",
}


def local_days(rides: pd.DataFrame, place: Place) -> np.ndarray:
    """The local calendar day on which each ride starts (datetime64[D])."""
    local = rides["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.tz_localize(None)
    return local.to_numpy().astype("datetime64[D]")


def inputs(rides: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The INPUTS of each ride, given its RIDE_COLUMNS: one row per ride, same index. No row depends on another."""
    pickup = rides["pickup_community_area"].to_numpy(float)
    dropoff = rides["dropoff_community_area"].to_numpy(float)
    local = rides["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt
    pickup_or_0, dropoff_or_0 = np.nan_to_num(pickup), np.nan_to_num(dropoff)
    start, end = areas.centroids(pickup, place), areas.centroids(dropoff, place)
    miles, centroid_miles = rides["trip_miles"].to_numpy(float), areas.great_circle_miles(*start, *end)
    hour = local.hour.to_numpy(float) + local.minute.to_numpy() // 15 / 4
    weekday = local.day_of_week.to_numpy(float)
    return pd.DataFrame(
        {
            "pickup_community_area": pickup_or_0,
            "dropoff_community_area": dropoff_or_0,
            "area_pair": place.pair_base * pickup_or_0 + dropoff_or_0,
            "pickup_latitude": start[0],
            "pickup_longitude": start[1],
            "dropoff_latitude": end[0],
            "dropoff_longitude": end[1],
            "trip_miles": miles,
            "centroid_miles": centroid_miles,
            "detour_ratio": (miles + 0.5) / (centroid_miles + 0.5),
            "hour": hour,
            "hour_sine": np.sin(hour / 12 * np.pi),
            "hour_cosine": np.cos(hour / 12 * np.pi),
            "weekday": weekday,
            "weekend": np.where(weekday >= SATURDAY, 1.0, 0.0),
        },
        columns=list(INPUTS),
        index=rides.index,
    )


def kinds_of_rides(features: pd.DataFrame, place: Place) -> Kinds:
    """Which of KINDS each ride is, given its inputs: airport if either end is one, else empty area if either is 0."""
    ends = features[["pickup_community_area", "dropoff_community_area"]].to_numpy().T
    airport, empty = np.isin(ends, place.airports).any(axis=0), (ends == 0).any(axis=0)
    kinds = np.select([airport, empty], [KINDS.index("airport"), KINDS.index("empty area")], KINDS.index("city"))
    return pd.Categorical.from_codes(kinds, pd.Index(KINDS))
