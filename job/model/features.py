"""Rides to model inputs: the one computation that training and scoring share."""

import numpy as np
import pandas as pd

from job.rides import areas
from job.rides.times import CHICAGO

# Raised whenever a column's meaning changes: a model fitted on other inputs is refused, not fed.
FEATURES_VERSION = 1
SATURDAY = 5

# What a model may ask for, in this order; all of it is known when the ride starts, and all of it is float64.
INPUTS = {
    "pickup_community_area": "1 to 77; 0 when outside the city or withheld",
    "dropoff_community_area": "1 to 77; 0 when outside the city or withheld",
    "area_pair": "100 * pickup_community_area + dropoff_community_area",
    "pickup_latitude": "degrees, of the pickup area's centroid; NaN when the area is 0",
    "pickup_longitude": "the same",
    "dropoff_latitude": "degrees, of the dropoff area's centroid; NaN when the area is 0",
    "dropoff_longitude": "the same",
    "trip_miles": "miles of the route; the meter's stand in for a route estimate",
    "centroid_miles": "great-circle miles between the areas' centroids; NaN when an area is 0",
    "detour_ratio": "(trip_miles + 0.5) / (centroid_miles + 0.5); NaN when an area is 0",
    "hour": "hours since Chicago's midnight in quarters, as the City publishes times; 0 to 23.75",
    "hour_sine": "sine of the hour as an angle, midnight at 0",
    "hour_cosine": "cosine of the same",
    "weekday": "0 Monday to 6 Sunday, in Chicago",
    "weekend": "1 on Saturday and Sunday, else 0",
}


def chicago_days(rides: pd.DataFrame) -> np.ndarray:
    """The day of each ride's start on Chicago's calendar (datetime64[D])."""
    local = rides["trip_start_timestamp"].dt.tz_convert(CHICAGO).dt.tz_localize(None)
    return local.to_numpy().astype("datetime64[D]")


def inputs(rides: pd.DataFrame) -> pd.DataFrame:
    """The INPUTS of each ride (RIDE_COLUMNS in; one row a ride, same index). No row depends on another."""
    pickup = rides["pickup_community_area"].to_numpy(float)
    dropoff = rides["dropoff_community_area"].to_numpy(float)
    local = rides["trip_start_timestamp"].dt.tz_convert(CHICAGO).dt
    pickup_or_0, dropoff_or_0 = np.nan_to_num(pickup), np.nan_to_num(dropoff)
    start, end = areas.centroids(pickup), areas.centroids(dropoff)
    miles, centroid_miles = rides["trip_miles"].to_numpy(float), areas.great_circle_miles(*start, *end)
    hour = local.hour.to_numpy(float) + local.minute.to_numpy() // 15 / 4
    weekday = local.day_of_week.to_numpy(float)
    return pd.DataFrame(
        {
            "pickup_community_area": pickup_or_0,
            "dropoff_community_area": dropoff_or_0,
            "area_pair": 100 * pickup_or_0 + dropoff_or_0,
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
