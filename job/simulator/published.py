"""Simulated rides in the City's schema: its column names, zones as text, times rounded down to quarter hours."""

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa

from job.place import Place
from job.simulator.profile import Profile

SCHEMA = pa.schema(
    [
        ("trip_id", pa.string()),
        ("taxi_id", pa.string()),
        ("trip_start_timestamp", pa.timestamp("us")),
        ("trip_end_timestamp", pa.timestamp("us")),
        ("trip_seconds", pa.float64()),
        ("trip_miles", pa.float64()),
        ("pickup_community_area", pa.string()),
        ("dropoff_community_area", pa.string()),
        ("fare", pa.float64()),
        ("tips", pa.float64()),
        ("tolls", pa.float64()),
        ("extras", pa.float64()),
        ("trip_total", pa.float64()),
        ("payment_type", pa.string()),
        ("company", pa.string()),
    ]
)

TRIP_ID_DIGITS = 40  # as long as the City's


def as_published(drawn: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The columns of SCHEMA for rides drawn by `draw.spread`."""
    seconds = np.round(drawn["actual_duration"] * 60)
    start = drawn["trip_start_timestamp"]
    return pd.DataFrame(
        {
            "trip_id": [hashlib.sha256(name.encode()).hexdigest()[:TRIP_ID_DIGITS] for name in drawn["trip_id"]],
            "taxi_id": _taxi_id(drawn["company"] + "/" + taxi_number(drawn, profile).astype(str)),
            "trip_start_timestamp": _quarter_hour(start, profile.place),
            "trip_end_timestamp": _quarter_hour(start + pd.to_timedelta(seconds, unit="s"), profile.place),
            "trip_seconds": seconds,
            "trip_miles": drawn["trip_miles"],
            "pickup_community_area": _text(drawn["pickup_community_area"]),
            "dropoff_community_area": _text(drawn["dropoff_community_area"]),
            "fare": drawn["fare"],
            "tips": drawn["tips"],
            "tolls": 0.0,
            "extras": drawn["extras"],
            "trip_total": drawn["trip_total"],
            # Only card payments record tips.
            "payment_type": np.where(drawn["tips"] > 0, "Credit Card", "Cash"),
            "company": drawn["company"],
        }
    )


def taxi_number(drawn: pd.DataFrame, profile: Profile) -> pd.Series:
    """The number of each drawn ride's taxi within its company."""
    taxis = drawn["company"].map(profile.taxis).to_numpy(float)
    return pd.Series(np.floor(drawn["taxi_share"].to_numpy(float) * taxis).astype(int), index=drawn.index)


def _taxi_id(taxis: pd.Series) -> np.ndarray:
    codes, distinct = pd.factorize(taxis)
    return np.array([hashlib.sha512(name.encode()).hexdigest() for name in distinct])[codes]


def _quarter_hour(times: pd.Series, place: Place) -> pd.Series:
    """The place's wall clock, rounded down to quarter hours; ambiguous in autumn's repeated hour, as the City's is."""
    wall_clock: pd.Series = times.dt.tz_convert(place.time_zone).dt.tz_localize(None).dt.floor("15min")
    return wall_clock


def _text(areas: pd.Series) -> pd.Series:
    return areas.astype("Int64").astype("string")
