"""The geography of a place's zones: centroids and distances.

Each zone has a number and an index into arrays. Index 0 is the empty zone, and the place's zones follow in ascending
order of their numbers. Numbers may have gaps; indexes have none.
"""

import numpy as np

from job.place import Place

# Bands of the miles between two zones, by their lower limits; pairs with an empty zone have a band of their own.
NEARNESS = {
    "empty": -1.0, "0": 0.0, "0.5": 0.5, "1.5": 1.5, "2.5": 2.5, "3.5": 3.5, "5": 5.0, "6.5": 6.5, "8": 8.0, "10": 10.0,
    "12": 12.0, "14": 14.0, "16": 16.0, "18": 18.0,
}  # fmt: skip
ENDS = ("elsewhere", "from_airport", "to_airport")  # rides to and from airports are longer
EARTH_RADIUS_MILES = 3958.8


def numbers(place: Place) -> np.ndarray:
    """The number of each zone by index, 0 for the empty one."""
    return np.array([0, *(zone.number for zone in place.zones)])


def indexes(zone: np.ndarray, place: Place) -> np.ndarray:
    """The index of each zone, given its number; 0 where it is empty (NaN or 0). Unknown numbers are not detected."""
    return np.searchsorted(numbers(place), np.nan_to_num(np.asarray(zone, float)))


def is_zone(value: np.ndarray, place: Place) -> np.ndarray:
    """Whether each value is the number of a zone; the empty one is not."""
    zones = numbers(place)[1:]
    candidate: np.ndarray = zones[np.minimum(np.searchsorted(zones, value), len(zones) - 1)]
    return candidate == value


def centroid_miles(pickup: np.ndarray, dropoff: np.ndarray, place: Place) -> np.ndarray:
    """Great-circle miles between the centroids of each pair of zones; NaN where one is empty (NaN or 0)."""
    return great_circle_miles(*centroids(pickup, place), *centroids(dropoff, place))


def centroids(zone: np.ndarray, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of each zone's centroid in degrees; NaN where it is empty (NaN or 0)."""
    latitudes = np.array([np.nan, *(zone.latitude for zone in place.zones)])
    longitudes = np.array([np.nan, *(zone.longitude for zone in place.zones)])
    index = indexes(zone, place)
    return latitudes[index], longitudes[index]


def great_circle_miles(
    latitude: np.ndarray, longitude: np.ndarray, other_latitude: np.ndarray, other_longitude: np.ndarray
) -> np.ndarray:
    """The haversine distance in miles between points given in degrees."""
    here, there = np.radians(latitude), np.radians(other_latitude)
    longitude_difference = np.radians(np.asarray(other_longitude) - longitude)
    haversine = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(longitude_difference / 2) ** 2
    miles: np.ndarray = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(haversine))
    return miles


def nearness_bands(place: Place) -> np.ndarray:
    """The band of each pair of zones, numbered by ENDS, then by NEARNESS. Rows are pickups, columns are dropoffs."""
    pickup, dropoff = np.meshgrid(numbers(place), numbers(place), indexing="ij")
    miles = np.nan_to_num(centroid_miles(pickup, dropoff, place), nan=NEARNESS["empty"])
    from_airport, to_airport = np.isin(pickup, place.airports), np.isin(dropoff, place.airports)
    end = np.select([from_airport, to_airport], [ENDS.index("from_airport"), ENDS.index("to_airport")])
    band: np.ndarray = end * len(NEARNESS) + np.digitize(miles, list(NEARNESS.values())) - 1
    return band
