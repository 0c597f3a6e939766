"""Which accepted rides are usual: what is learned from, what a profile is made of, what figures are compared on.

Rides have RIDE_COLUMNS and actual_duration (minutes); a row's answer depends on no other row.
"""

import pandas as pd

# A recorder's slip teaches nothing: minutes that a ride can take, at a speed that a taxi can have, for a usual fare.
MIN_MINUTES, MAX_MINUTES = 1.0, 180.0
MIN_MPH, MAX_MPH = 0.5, 80.0
MIN_FARE_USD, MAX_FARE_USD = 0.01, 500.0


def possible(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a ride has a duration and a speed that it can have."""
    minutes = rides["actual_duration"]
    mph = rides["trip_miles"] / minutes * 60
    return minutes.between(MIN_MINUTES, MAX_MINUTES, inclusive="neither") & mph.between(MIN_MPH, MAX_MPH)


def usual(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether it is possible and has a usual fare."""
    return possible(rides) & rides["fare"].between(MIN_FARE_USD, MAX_FARE_USD)


def usual_between_known_areas(rides: pd.DataFrame) -> "pd.Series[bool]":
    """Whether it is usual and neither of its areas is empty."""
    areas = rides[["pickup_community_area", "dropoff_community_area"]]
    return usual(rides) & areas.notna().all(axis=1)
