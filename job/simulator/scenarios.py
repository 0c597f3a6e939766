"""Disturbances of the simulated city, by name: what drift detection must find, and nothing else changes.

A scenario changes what rides are drawn from (PROFILES) or what is on record of them (RECORDS). Chance stays: a window
has as many rides as without it, with the same draws, so that whatever differs is the scenario's doing.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from job.rides.areas import AIRPORTS
from job.rides.ride import MAX_MILES
from job.simulator.choice import Choice, choice
from job.simulator.profile import Profile
from job.simulator.published import taxi_number

SNOW_PACE = 0.7
SURGE = 4.0
NEW_AREAS, NEW_AREA_SHARE = (54, 55), 0.06  # Riverdale, Hegewisch: 16 of the real day's 14,636 pickups
METER_RISE = 1.15
KILOMETRES = 1.609344
STUCK_MILES = 1.0


def snow(profile: Profile) -> Profile:
    """Speeds fall to 70 %: the same areas and miles, minutes 1 / .7 times as long; by them the meter has 9 % more."""
    return replace(profile, pair_pace=profile.pair_pace * SNOW_PACE)


def airport_surge(profile: Profile) -> Profile:
    """Each end of a ride is four times as likely, against every other area, to be at O'Hare or Midway.

    From them start 44 % of the rides instead of 17, and 14 % instead of 4 end there. What follows from the areas
    (miles, minutes, fares) follows as ever.
    """
    factor = np.ones(profile.pickup.cumulated.shape[1])
    factor[list(AIRPORTS)] = SURGE
    return _towards(profile, lambda shares: shares * factor)


def new_area(profile: Profile) -> Profile:
    """Two areas that hardly a ride went to, 54 and 55, get 6 % of the pickups and of the dropoffs each.

    So 23 % of the rides are of pairs that are new (0.1 % without it). Of the rest of the pickups, and of the rest of
    the dropoffs of a pickup, every area keeps its share.
    """

    def settled(shares: np.ndarray) -> np.ndarray:
        moved = shares.copy()
        moved[:, list(NEW_AREAS)] = 0.0
        moved *= (1 - len(NEW_AREAS) * NEW_AREA_SHARE) / moved.sum(axis=1, keepdims=True)
        moved[:, list(NEW_AREAS)] = NEW_AREA_SHARE
        return moved

    return _towards(profile, settled)


def meter_change(drawn: pd.DataFrame, _: Profile) -> pd.DataFrame:
    """Fares rise by 15 %, to the quarter, as in January 2016; totals by the same dollars; nothing else changes."""
    fare = np.round(drawn["fare"] * METER_RISE * 4) / 4
    return drawn.assign(fare=fare, trip_total=np.round(drawn["trip_total"] + fare - drawn["fare"], 2))


def sensor_fault(drawn: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The miles of half the taxis are wrong, all else is right.

    One taxi in four reports kilometres (1.61 times the miles), one in four is stuck at one mile.
    """
    taxi = taxi_number(drawn, profile) % 4
    kilometres = np.minimum(np.round(drawn["trip_miles"] * KILOMETRES, 2), MAX_MILES)
    miles = np.select([taxi == 1, taxi == 3], [kilometres, np.full(len(drawn), STUCK_MILES)], drawn["trip_miles"])
    return drawn.assign(trip_miles=miles)


PROFILES: dict[str, Callable[[Profile], Profile]] = {
    "snow": snow,
    "airport-surge": airport_surge,
    "new-area": new_area,
}
RECORDS: dict[str, Callable[[pd.DataFrame, Profile], pd.DataFrame]] = {
    "meter-change": meter_change,
    "sensor-fault": sensor_fault,
}
NAMES = (*PROFILES, *RECORDS)


def drawn_from(scenario: str | None, profile: Profile) -> Profile:
    """The profile as the scenario makes it; its digest, and so every draw, stays."""
    return PROFILES[scenario](profile) if scenario in PROFILES else profile


def on_record(scenario: str | None, drawn: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The drawn rides as the scenario has them on record."""
    return RECORDS[scenario](drawn, profile) if scenario in RECORDS else drawn


def _towards(profile: Profile, shifted: Callable[[np.ndarray], np.ndarray]) -> Profile:
    """Other shares of the areas at both ends, a row per case of each choice."""
    return replace(profile, pickup=_shifted(profile.pickup, shifted), dropoff=_shifted(profile.dropoff, shifted))


def _shifted(given: Choice, shifted: Callable[[np.ndarray], np.ndarray]) -> Choice:
    return choice(shifted(np.diff(given.cumulated, axis=1, prepend=0.0)))
