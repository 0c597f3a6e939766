"""Scenarios: named disturbances of the simulated city that drift detection should find.

A scenario changes the profile that rides are drawn from (PROFILES) or their records (RECORDS). The random draws stay
the same: a window has as many rides as without the scenario, so that every difference is due to it.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from job.rides.areas import centroid_miles, indexes, numbers
from job.simulator.choice import Choice, choice
from job.simulator.profile import Profile
from job.simulator.published import taxi_number

SNOW_PACE = 0.7
SURGE = 4.0
NEW_AREAS, NEW_AREA_SHARE = 2, 0.06
METER_RISE = 1.15
KILOMETRES = 1.609344
STUCK_MILES = 1.0
ROAD_WORKS_ZONES, ROAD_WORKS_HOURS, ROAD_WORKS_PACE = 2, slice(16, 18), 0.5  # hours are local


def snow(profile: Profile) -> Profile:
    """Speeds fall to 70 %: the same zones and miles take 1 / 0.7 times as long, and fares rise by 9 %."""
    return replace(profile, pair_pace=profile.pair_pace * SNOW_PACE)


def airport_surge(profile: Profile) -> Profile:
    """Each end of a ride is four times as likely, against every other zone, to be at an airport.

    In Chicago 44 % of the rides start at one instead of 17 %, and 13 % end there instead of 3 %. Miles, minutes and
    fares follow from the zones as always.
    """
    factor = np.where(np.isin(numbers(profile.place), profile.place.airports), SURGE, 1.0)
    return _towards(profile, lambda shares: shares * factor)


def new_area(profile: Profile) -> Profile:
    """The two most remote zones get 6 % of the pickups and of the dropoffs each.

    In Chicago these are Riverdale and Hegewisch, with 16 of the real day's 14,636 pickups. There 23 % of the rides have
    a pair that touches them, instead of 0.1 %. All other zones keep their proportions among the pickups, and among the
    dropoffs of each pickup.
    """
    new = _remote(profile)

    def settled(shares: np.ndarray) -> np.ndarray:
        moved = shares.copy()
        moved[:, new] = 0.0
        moved *= (1 - len(new) * NEW_AREA_SHARE) / moved.sum(axis=1, keepdims=True)
        moved[:, new] = NEW_AREA_SHARE
        return moved

    return _towards(profile, settled)


def meter_change(drawn: pd.DataFrame, _: Profile) -> pd.DataFrame:
    """Fares rise by 15 %, as in January 2016, rounded to quarters; totals rise by the same amount; all else stays."""
    fare = np.round(drawn["fare"] * METER_RISE * 4) / 4
    return drawn.assign(fare=fare, trip_total=np.round(drawn["trip_total"] + fare - drawn["fare"], 2))


def sensor_fault(drawn: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The miles of half the taxis are wrong; everything else is right.

    One taxi in four reports kilometres (1.61 times the miles), one in four is stuck at one mile.
    """
    taxi = taxi_number(drawn, profile) % 4
    kilometres = np.minimum(np.round(drawn["trip_miles"] * KILOMETRES, 2), profile.place.max_miles)
    miles = np.select([taxi == 1, taxi == 3], [kilometres, np.full(len(drawn), STUCK_MILES)], drawn["trip_miles"])
    return drawn.assign(trip_miles=miles)


def road_works(profile: Profile) -> Profile:
    """From 16:00 to 18:00 local time, speeds between the two busiest zones are halved, in both directions.

    In Chicago these are the Loop (32) and the Near North Side (8), and one ride in ten of these hours is between them.
    Rides inside either zone keep their speed. A place with a single zone has no such rides.
    """
    pickup, dropoff = (end.ravel() for end in np.indices((len(numbers(profile.place)),) * 2))
    busiest = _busiest(profile)[:ROAD_WORKS_ZONES]
    between = np.isin(pickup, busiest) & np.isin(dropoff, busiest) & (pickup != dropoff)
    pace = profile.pair_pace.copy()
    pace[between, ROAD_WORKS_HOURS] *= ROAD_WORKS_PACE
    return replace(profile, pair_pace=pace)


PROFILES: dict[str, Callable[[Profile], Profile]] = {
    "snow": snow,
    "airport-surge": airport_surge,
    "new-area": new_area,
    "road-works": road_works,
}
RECORDS: dict[str, Callable[[pd.DataFrame, Profile], pd.DataFrame]] = {
    "meter-change": meter_change,
    "sensor-fault": sensor_fault,
}
NAMES = (*PROFILES, *RECORDS)


def apply_to_profile(scenario: str | None, profile: Profile) -> Profile:
    """The profile changed by the scenario. Its digest stays the same, and so does every random draw."""
    return PROFILES[scenario](profile) if scenario in PROFILES else profile


def apply_to_records(scenario: str | None, drawn: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The drawn rides, with their records changed by the scenario."""
    return RECORDS[scenario](drawn, profile) if scenario in RECORDS else drawn


def _remote(profile: Profile) -> np.ndarray:
    """The indexes of the zones furthest from the busiest pickup zone, airports excluded from both."""
    place = profile.place
    busiest, *rest = numbers(place)[_busiest(profile)]
    others = np.sort(rest)
    miles = centroid_miles(np.full(len(others), busiest), others, place)
    return indexes(others[np.argsort(-miles, kind="stable")[:NEW_AREAS]], place)


def _busiest(profile: Profile) -> np.ndarray:
    """The indexes of the zones by their pickups on weekdays, most first; without the empty zone and airports."""
    place = profile.place
    zones = indexes(np.setdiff1d(numbers(place)[1:], place.airports), place)
    shares = np.diff(profile.pickup.cumulated, axis=1, prepend=0.0)
    busiest: np.ndarray = zones[np.argsort(-(profile.hours[0] @ shares)[zones], kind="stable")]
    return busiest


def _towards(profile: Profile, shifted: Callable[[np.ndarray], np.ndarray]) -> Profile:
    """The profile with the shares of pickups and dropoffs changed by `shifted`, which receives a row per case."""
    return replace(profile, pickup=_shifted(profile.pickup, shifted), dropoff=_shifted(profile.dropoff, shifted))


def _shifted(given: Choice, shifted: Callable[[np.ndarray], np.ndarray]) -> Choice:
    return choice(shifted(np.diff(given.cumulated, axis=1, prepend=0.0)))
