"""Adelaide with made-up zone numbers, bounds and rides: a place that has little in common with Chicago."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

PLACE_TOML = """\
name = "Adelaide"
time_zone = "Australia/Adelaide"
airports = [250]

[bounds]
miles = 12
minutes = 40
dollars = 500

[tariff]
flag = 3.25
per_mile = 2.25
step = 0.25
"""
# Numbers have gaps and exceed 99, so that 100 * pickup + dropoff is the same for 3 to 250 as for 5 to 50.
ZONES_CSV = """\
zone,name,latitude,longitude
3,City,-34.9285,138.6007
5,North Adelaide,-34.9067,138.5927
50,Unley,-34.9510,138.6070
101,Glenelg,-34.9804,138.5156
250,Airport,-34.9450,138.5306
999,Gawler,-34.5986,138.7449
"""

MONDAY = datetime(2026, 3, 2)  # local time


def write(folder: Path, place_toml: str = PLACE_TOML, zones_csv: str = ZONES_CSV) -> Path:
    """Describe the place in a new folder."""
    folder.mkdir()
    (folder / "place.toml").write_text(place_toml, encoding="utf-8")
    (folder / "zones.csv").write_text(zones_csv, encoding="utf-8")
    return folder


def records(count: int) -> pa.Table:
    """Made-up records of a Monday and a Tuesday in the City's schema.

    Two in five rides start in zone 3, and two in five end there. Most rides start between 5 p.m. and midnight; those
    from the airport start between 6 a.m. and noon, and have $4 of extras.
    """
    random = np.random.default_rng(0)
    zones, shares = ["3", "5", "50", "101", "250", "999", None], [0.4, 0.15, 0.15, 0.1, 0.12, 0.01, 0.07]
    miles = np.round(np.minimum(random.gamma(2.0, 2.0, count) + 0.2, 12), 2)
    minutes = np.round(4 + miles * random.uniform(2, 4, count))
    pickup = random.choice(zones, count, p=shares)
    airport = pickup == "250"
    evening = random.random(count) < 0.8
    hours = np.where(airport, random.integers(6, 12, count), np.where(evening, 17, 0) + random.integers(0, 7, count))
    quarters = 4 * (hours + 24 * random.integers(0, 2, count)) + random.integers(0, 4, count)
    fares = np.round((3.25 + 2.25 * miles + 0.1 * minutes) * 4) / 4
    company = random.choice(["Red", "Blue"], count)
    return pa.table(
        {
            "trip_id": [f"made up {number}" for number in range(count)],
            "taxi_id": [f"{name} {number % 20}" for number, name in enumerate(company)],
            "trip_start_timestamp": [MONDAY + int(quarter) * timedelta(minutes=15) for quarter in quarters],
            "trip_seconds": minutes * 60 + np.where(company == "Red", 0, random.integers(1, 59, count)),
            "trip_miles": miles,
            "pickup_community_area": pa.array(pickup.tolist(), pa.string()),
            "dropoff_community_area": pa.array(random.choice(zones, count, p=shares).tolist(), pa.string()),
            "fare": fares,
            "extras": np.where(airport, 4.0, 0.0),
            "tolls": np.zeros(count),
            "tips": np.where(random.random(count) < 0.5, np.round(fares * 0.2, 2), 0.0),
            "trip_total": fares,
            "company": company,
        }
    )
