"""Which accepted rides are plausible: those that models and profiles learn from and are measured on.

Rides have RIDE_COLUMNS and actual_duration (minutes); a row's answer depends on no other row.
"""

import pandas as pd

# Beyond these limits a record is a recording error, from which nothing can be learned.
MIN_MINUTES, MAX_MINUTES = 1.0, 180.0
MIN_MPH, MAX_MPH = 0.5, 80.0
MIN_FARE_USD, MAX_FARE_USD = 0.01, 500.0


def possible(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a ride has a duration and a speed that it can have."""
    minutes = rides["actual_duration"]
    mph = rides["trip_miles"] / minutes * 60
    return minutes.between(MIN_MINUTES, MAX_MINUTES, inclusive="neither") & mph.between(MIN_MPH, MAX_MPH)


def plausible(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a ride is possible and has a plausible fare."""
    return possible(rides) & rides["fare"].between(MIN_FARE_USD, MAX_FARE_USD)


def plausible_between_known_areas(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a ride is plausible and neither of its areas is empty."""
    areas = rides[["pickup_community_area", "dropoff_community_area"]]
    return plausible(rides) & areas.notna().all(axis=1)
