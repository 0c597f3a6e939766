"""Rides for tests: simulated ones, and single ones with given values."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from job import place
from job.rides.ride import RIDE_COLUMNS
from job.simulator import draw
from job.simulator.draw import Profile

CHICAGO = place.load(place.CHICAGO)
MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)  # midnight in Chicago


def simulated_trips(profile: Profile, days: int) -> pd.DataFrame:
    """Labelled trips from a Monday on, in the form that training receives."""
    starts = [MONDAY + number * timedelta(minutes=2) for number in range(days * 720)]
    batch = draw.windows(starts, profile)
    return batch.rides.merge(batch.outcomes[["trip_id", "actual_duration"]], on="trip_id").assign(taxi_id=None)


def ride(**columns: object) -> pd.DataFrame:
    """One ride from the Loop to O'Hare on a Monday at noon, with these columns replaced."""
    plain: dict[str, object] = {
        "trip_id": "00000000-0000-5000-8000-000000000001",
        "source_trip_id": None,
        "pickup_community_area": 32.0,
        "dropoff_community_area": 76.0,
        "trip_start_timestamp": pd.Timestamp("2026-03-02T18:07:00Z").as_unit("us"),
        "fare": 45.0,
        "trip_total": 52.5,
        "trip_miles": 17.5,
    }
    return pd.DataFrame([plain | columns], columns=RIDE_COLUMNS)
