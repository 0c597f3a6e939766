"""Which accepted rides are plausible. Models and profiles are fitted on these and evaluated on them.

Rides have RIDE_COLUMNS and actual_duration (minutes). The result for a row depends on no other row.
"""

import pandas as pd

# Beyond these limits a record is a recording error.
MIN_MINUTES, MAX_MINUTES = 1.0, 180.0
MIN_MPH, MAX_MPH = 0.5, 80.0
MIN_FARE_USD, MAX_FARE_USD = 0.01, 500.0


def possible(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each ride's duration and speed are possible."""
    minutes = rides["actual_duration"]
    mph = rides["trip_miles"] / minutes * 60
    return minutes.between(MIN_MINUTES, MAX_MINUTES, inclusive="neither") & mph.between(MIN_MPH, MAX_MPH)


def plausible(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each ride is possible and its fare is plausible."""
    return possible(rides) & rides["fare"].between(MIN_FARE_USD, MAX_FARE_USD)


def plausible_between_known_areas(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each ride is plausible and neither of its areas is empty."""
    areas = rides[["pickup_community_area", "dropoff_community_area"]]
    return plausible(rides) & areas.notna().all(axis=1)
