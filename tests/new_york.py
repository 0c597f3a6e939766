"""Made-up zones and records in the format in which New York publishes its taxi data."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

ZONES = 263
SHARED_IDS = {57: 56, 104: 103, 105: 103}  # zones with the LocationID of another
UNKNOWN, OUTSIDE = 264, 265
REFUNDS, ZERO_MILES = 7, 11  # how many records at the start of each table are rejected for these reasons
MILES_PER_DEGREE = [69, 52]  # of latitude, of longitude


def zones() -> str:
    """The data set of zones as CSV: a square for each, in rows of 17."""
    lines = ["OBJECTID,Shape_Leng,the_geom,Shape_Area,zone,LocationID,borough"]
    for zone in range(1, ZONES + 1):
        y, x = _centroid(zone)
        corners = [(x - 0.01, y - 0.01), (x + 0.01, y - 0.01), (x + 0.01, y + 0.01), (x - 0.01, y + 0.01)]
        ring = ", ".join(f"{east:.4f} {north:.4f}" for east, north in corners)
        number = SHARED_IDS.get(zone, zone)
        lines.append(f'{zone},0.08,"MULTIPOLYGON ((({ring})))",0.0004,Zone {number},{number},Borough')
    return "\n".join([*lines, ""])


def records(count: int, first_day: datetime, prefix: str = "tpep", seed: int = 0) -> pd.DataFrame:
    """Records of the week that starts on `first_day`, most of them between the 30 zones around JFK airport."""
    random = np.random.default_rng(seed)
    pickup, dropoff = (
        np.where(random.random(count) < 0.9, random.integers(115, 145, count), random.integers(1, OUTSIDE + 1, count))
        for _ in range(2)
    )
    centroids = np.array([_centroid(min(zone, ZONES)) for zone in range(OUTSIDE + 1)])
    apart = np.hypot(*((centroids[pickup] - centroids[dropoff]) * MILES_PER_DEGREE).T)
    miles = np.round(apart * random.uniform(1.1, 1.5, count) + random.uniform(0.4, 1.5, count), 2)
    minutes = 3 + miles * random.uniform(3, 6, count)
    start = [first_day + timedelta(minutes=int(minute)) for minute in random.integers(0, 7 * 24 * 60, count)]
    fare = np.round(3 + 3.5 * miles + 0.3 * minutes, 1)
    fare[:REFUNDS] *= -1
    miles[REFUNDS : REFUNDS + ZERO_MILES] = 0
    tip = np.where(random.random(count) < 0.6, np.round(np.abs(fare) * 0.2, 2), 0.0)
    pickups = pd.Series(start, dtype="datetime64[us]")
    return pd.DataFrame(
        {
            "VendorID": random.integers(1, 3, count),
            f"{prefix}_pickup_datetime": pickups,
            f"{prefix}_dropoff_datetime": pickups + pd.to_timedelta(np.round(minutes * 60), unit="s"),
            "passenger_count": 1.0,
            "trip_distance": miles,
            "RatecodeID": 1.0,
            "store_and_fwd_flag": "N",
            "PULocationID": pickup,
            "DOLocationID": dropoff,
            "payment_type": 1,
            "fare_amount": fare,
            "extra": np.where(np.isin(pickup, [1, 132, 138]), 1.75, 0.0),
            "mta_tax": 0.5,
            "tip_amount": tip,
            "tolls_amount": 0.0,
            "improvement_surcharge": 1.0,
            "total_amount": np.round(fare + tip + 1.5, 2),
            "congestion_surcharge": 2.5,
            "Airport_fee": 0.0,
        }
    )


def _centroid(zone: int) -> tuple[float, float]:
    """Latitude and longitude, in degrees."""
    return 40.55 + zone // 17 * 0.02, -74.2 + zone % 17 * 0.025
