"""Where the 77 community areas lie, and how far apart."""

from functools import cache

import numpy as np
import pandas as pd

from job.place import CHICAGO
from job.rides.ride import AREAS

SEED_FILE = CHICAGO / "zones.csv"
AIRPORTS = (56, 76)  # Midway lies in Garfield Ridge, O'Hare is its own area
# Bands of the miles between two areas, each from this many on; an empty area has a band of its own.
NEARNESS = {
    "empty": -1.0, "0": 0.0, "0.5": 0.5, "1.5": 1.5, "2.5": 2.5, "3.5": 3.5, "5": 5.0, "6.5": 6.5, "8": 8.0, "10": 10.0,
    "12": 12.0, "14": 14.0, "16": 16.0, "18": 18.0,
}  # fmt: skip
ENDS = ("elsewhere", "from_airport", "to_airport")  # airports draw rides from further away
EARTH_RADIUS_MILES = 3958.8


def centroid_miles(pickup: np.ndarray, dropoff: np.ndarray) -> np.ndarray:
    """Great-circle miles between the centroids of two areas each; NaN where one is empty (NaN or 0)."""
    return great_circle_miles(*centroids(pickup), *centroids(dropoff))


def centroids(area: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of each area's centroid, degrees; NaN where it is empty (NaN or 0)."""
    latitudes, longitudes = _centroids()
    index = np.nan_to_num(np.asarray(area, float)).astype(int)
    return latitudes[index], longitudes[index]


def great_circle_miles(
    latitude: np.ndarray, longitude: np.ndarray, other_latitude: np.ndarray, other_longitude: np.ndarray
) -> np.ndarray:
    """The haversine distance of points given in degrees."""
    here, there = np.radians(latitude), np.radians(other_latitude)
    across = np.radians(np.asarray(other_longitude) - longitude)
    chord = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    miles: np.ndarray = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(chord))
    return miles


def nearness_bands() -> np.ndarray:
    """The band of every pair, by ENDS and then by NEARNESS: a row per pickup, a column per dropoff, both from 0."""
    pickup, dropoff = np.divmod(np.arange((AREAS + 1) ** 2), AREAS + 1)
    miles = np.nan_to_num(centroid_miles(pickup, dropoff), nan=-1.0)
    end = np.where(np.isin(pickup, AIRPORTS), 1, np.where(np.isin(dropoff, AIRPORTS), 2, 0))
    band: np.ndarray = end * len(NEARNESS) + np.digitize(miles, list(NEARNESS.values())) - 1
    return band.reshape(AREAS + 1, AREAS + 1)


@cache
def _centroids() -> tuple[np.ndarray, np.ndarray]:
    """Degrees by area; 0 is the empty one, so that an area's number is its index."""
    seed = pd.read_csv(SEED_FILE).set_index("zone").reindex(range(AREAS + 1))
    return seed["latitude"].to_numpy(float), seed["longitude"].to_numpy(float)
