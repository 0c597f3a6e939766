"""Calibrates where rides start and end, by hour."""

import numpy as np
import pandas as pd

from job.place import Place
from job.rides.areas import ENDS, NEARNESS, indexes, nearness_bands, numbers
from job.simulator.levels import FREQUENT, HANDFUL, suppress_small_counts

ROUNDS = 8  # of fitting, after which the shares have converged
PULL = 40  # pseudo-trips from the gravity model, added to each pickup's own, which may be few

# The texts are part of every profile, and a profile's digest seeds the draws: changing a text changes all rides.
ABOUT = {
    "pickup_share": "share of rides by pickup area; 0 is empty (outside the city or withheld)",
    "pickup_hours": "how much likelier than over the day an area is a ride's pickup, by hour; ratio",
    "dropoff_hours": "how much likelier than over the day an area is a ride's dropoff, by hour; ratio",
    "pair_share": "share of rides by pickup-dropoff pair, the frequent ones; pulled to what is likely",
    "dropoff_pull": "how strongly an area draws a pickup's rides, beside how near it is; sums to 1",
    "pair_nearness": "how strongly a distance does, by which end is an airport and centroid_miles from; ratio",
}


def parameters(rides: pd.DataFrame, place: Place) -> dict[str, object]:
    """The parameters of zones, pairs and their hours, computed from rides as `profile.usable` returns them."""
    zones = numbers(place)
    trips = np.zeros((len(zones), len(zones)))
    np.add.at(trips, (indexes(rides["pickup"].to_numpy(), place), indexes(rides["dropoff"].to_numpy(), place)), 1)
    likely, dropoff_pull, nearness = _likely(trips, nearness_bands(place))
    from_each = trips.sum(axis=1, keepdims=True)
    pulled = (trips + PULL * likely / likely.sum(axis=1, keepdims=True)) * from_each / (from_each + PULL)
    return {
        "pickup_share": by_area(_area_share(trips, 1), place),
        "pickup_hours": _area_hours(rides, "pickup"),
        "dropoff_hours": _area_hours(rides, "dropoff"),
        "pair_share": {
            f"{zones[start]}-{zones[end]}": pulled[start, end] / len(rides)
            for start, end in np.argwhere(trips >= HANDFUL)
        },
        "dropoff_pull": by_area(dropoff_pull / dropoff_pull.sum(), place),
        "pair_nearness": {end: dict(zip(NEARNESS, row, strict=True)) for end, row in zip(ENDS, nearness, strict=True)},
    }


def by_area(values: np.ndarray, place: Place) -> dict[str, object]:
    """Values by zone number (as text), given in the order of zone indexes."""
    return {str(zone): value for zone, value in zip(numbers(place), values, strict=True)}


def smooth(hours: np.ndarray) -> np.ndarray:
    """Each hour averaged with its neighbours, which have half its weight."""
    return hours / 2 + np.roll(hours, 1) / 4 + np.roll(hours, -1) / 4


def _likely(trips: np.ndarray, band: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The trips of each pair in a gravity model, fitted in turn to the pickups, the dropoffs and the bands of nearness.

    Also returns the pull of each dropoff and of each band (a row for each of ENDS, a column for each of NEARNESS).
    """
    rows, columns = (_area_share(trips, axis) * trips.sum() for axis in (1, 0))
    bands = len(ENDS) * len(NEARNESS)
    observed = suppress_small_counts(np.bincount(band.ravel(), trips.ravel(), bands))
    pickup, dropoff, nearness = rows / rows.sum(), columns.copy(), np.ones(bands)
    likely = np.outer(pickup, dropoff)
    for _ in range(ROUNDS):
        expected = np.bincount(band.ravel(), likely.ravel(), bands)
        nearness *= (observed + HANDFUL) / (expected + HANDFUL)
        pickup *= rows / (np.outer(pickup, dropoff) * nearness[band]).sum(axis=1)
        dropoff *= columns / (np.outer(pickup, dropoff) * nearness[band]).sum(axis=0)
        likely = np.outer(pickup, dropoff) * nearness[band]
    return likely, dropoff, nearness.reshape(len(ENDS), len(NEARNESS))


def _area_share(trips: np.ndarray, axis: int) -> np.ndarray:
    """The share of each zone among the pickups (axis 1) or the dropoffs (axis 0)."""
    counts = suppress_small_counts(trips.sum(axis=axis))
    share: np.ndarray = counts / counts.sum()
    return share


def _area_hours(rides: pd.DataFrame, end: str) -> dict[str, object]:
    """The hourly ratios of the frequent areas, smoothed over neighbouring hours and shrunk towards 1.

    Hours in which an area has fewer trips than HANDFUL share their mean.
    """
    by_hour = pd.crosstab(rides[end], rides["hour"]).reindex(columns=range(24), fill_value=0)
    frequent = by_hour[by_hour.sum(axis=1) >= FREQUENT]
    expected = smooth(by_hour.sum().to_numpy(float)) / len(rides)
    return {
        str(area): (smooth(suppress_small_counts(row.to_numpy(float))) + HANDFUL) / (expected * row.sum() + HANDFUL)
        for area, row in frequent.iterrows()
    }
