"""Computes a simulator profile: aggregate parameters of labelled real trips.

Every parameter comes from at least five trips (`levels.HANDFUL`), and those of a company from at least five taxis.
Rarer cases are merged with others or left out.
"""

import json

import numpy as np
import pandas as pd

from job.errors import UsageError
from job.place import Place
from job.rides.areas import numbers
from job.rides.plausible import plausible
from job.simulator.calibration import motion, places
from job.simulator.calibration.places import by_area, smooth
from job.simulator.levels import FREQUENT, HANDFUL, levels, suppress_small_counts
from job.simulator.recorders import MIN_SIXTEENTH_MILES

MIN_TRIPS = 500
DIGITS = 5

# The texts are part of every profile, and a profile's digest seeds the draws: changing a text changes all rides.
ABOUT = {
    "hours": "rides in each of {place}'s 24 hours of a weekday and of a weekend day; 1 is the week's mean hour",
    **places.ABOUT,
    **motion.ABOUT,
    "whole_minutes_share": "share of rides recorded in whole minutes and tenths of a mile, by pickup area",
    "sixteenth_share": "share of those rides, from 1.6 miles on, whose recorder counted a sixteenth of the miles",
    "extras_usd": "share of rides by extras in US dollars, from an airport and elsewhere",
    "tipped_share": "share of rides with a tip on record, which cash seldom leaves",
    "tip_rate": "tip per dollar of fare and extras, of rides with a tip; levels",
    "companies": "by company: share of rides, taxis, whole_minutes: whether it records whole minutes",
    "levels": "means of equally many trips each, in rising order; the quantile curve runs through their middles",
}


def compute(trips: pd.DataFrame, place: Place, week: pd.DataFrame | None = None) -> dict[str, object]:
    """Compute a profile from labelled trips (RIDE_COLUMNS, actual_duration, taxi_id, company, extras, tolls, tips).

    `week`: trips of several days (default: `trips`), from which the ratio of weekend to weekday hours is taken.
    Only plausible trips are used. Raises UsageError if there are too few of them.
    """
    rides = usable(trips, place)
    if len(rides) < MIN_TRIPS:
        raise UsageError(f"{len(rides):,} plausible trips are too few for a profile: give at least {MIN_TRIPS:,}")
    days = rides["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.strftime("%Y-%m-%d")
    parameters = {
        "about": ABOUT | {"hours": ABOUT["hours"].format(place=place.name)},
        "source": {"trips": len(rides), "first_day": days.min(), "last_day": days.max()},
        "hours": _hours(rides, rides if week is None else usable(week, place)),
        **places.parameters(rides, place),
        **motion.parameters(rides, place),
        **_recorders(rides, place),
        **_money(rides, place),
    }
    return {name: _rounded(value) for name, value in parameters.items()}


def dumps(profile: dict[str, object]) -> str:
    """The profile as JSON with sorted keys, one entry per line."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_lines(profile[name])}" for name in sorted(profile)) + "\n}\n"


def usable(trips: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The plausible trips with the columns to group them by: zones (0 if empty), hour, weekend, kind of recorder."""
    rides = trips[plausible(trips)].reset_index(drop=True)
    local = rides["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt
    company = rides["company"].fillna("")
    whole_minutes = (rides["actual_duration"] % 1 == 0).groupby(company).transform("mean") > 0.9
    return rides.assign(
        pickup=rides["pickup_community_area"].fillna(0).astype(int),
        dropoff=rides["dropoff_community_area"].fillna(0).astype(int),
        hour=local.hour,
        weekend=local.day_of_week >= 5,
        company=company,
        whole_minutes=whole_minutes,
        **motion.true_miles(rides, whole_minutes, place.tariff),
    )


def _hours(rides: pd.DataFrame, week: pd.DataFrame) -> dict[str, object]:
    """The hours of the trips' weekdays, and of a weekend scaled hour by hour as in the trips of `week`."""
    weekday = _by_hour(rides[~rides["weekend"]] if (~rides["weekend"]).sum() >= FREQUENT else rides)
    weekend = weekday
    if week["weekend"].sum() >= FREQUENT and (~week["weekend"]).sum() >= FREQUENT:
        # `week` may be a sample with few trips per hour, so its hours are smoothed.
        weekend = weekday * smooth(_by_hour(week[week["weekend"]]) / 2) / smooth(_by_hour(week[~week["weekend"]]) / 5)
    mean = (5 * weekday.mean() + 2 * weekend.mean()) / 7
    return {"weekday": weekday / mean, "weekend": weekend / mean}


def _by_hour(rides: pd.DataFrame) -> np.ndarray:
    return suppress_small_counts(np.bincount(rides["hour"], minlength=24))


def _recorders(rides: pd.DataFrame, place: Place) -> dict[str, object]:
    counts = rides.groupby("pickup")["whole_minutes"].agg(["sum", "size"])
    counts = counts[counts["size"] >= HANDFUL]
    overall = rides["whole_minutes"].mean()
    far = rides[rides["whole_minutes"] & (rides["miles"] >= MIN_SIXTEENTH_MILES)]
    share = ((counts["sum"] + FREQUENT * overall) / (counts["size"] + FREQUENT)).reindex(numbers(place))
    companies = rides[rides["company"] != ""].groupby("company")
    return {
        "whole_minutes_share": by_area(share.fillna(overall).to_numpy(), place),
        "sixteenth_share": far["sixteenth"].mean() if len(far) >= HANDFUL else 0.0,
        "companies": {
            name: {
                "share": len(own) / len(rides),
                "taxis": int(own["taxi_id"].nunique()),
                "whole_minutes": bool(own["whole_minutes"].iloc[0]),
            }
            for name, own in companies
            if len(own) >= FREQUENT and own["taxi_id"].nunique() >= HANDFUL
        },
    }


def _money(rides: pd.DataFrame, place: Place) -> dict[str, object]:
    airport = rides["pickup"].isin(place.airports)
    tipped = rides[rides["tips"] > 0]
    return {
        "extras_usd": {"airport": _extras(rides[airport]), "elsewhere": _extras(rides[~airport])},
        "tipped_share": len(tipped) / len(rides),
        "tip_rate": levels(tipped["tips"] / (tipped["fare"] + tipped["extras"].fillna(0))) or [0.0],
    }


def _extras(rides: pd.DataFrame) -> dict[str, float]:
    counts = ((rides["extras"].fillna(0) * 2).round() / 2).value_counts()
    common = counts[counts >= HANDFUL]
    return {f"{value:.2f}": count / common.sum() for value, count in common.items()} or {"0.00": 1.0}


def _rounded(parameter: object) -> object:
    if isinstance(parameter, dict):
        return {name: _rounded(value) for name, value in parameter.items()}
    if isinstance(parameter, list | np.ndarray):
        return [_rounded(value) for value in parameter]
    return float(f"{parameter:.{DIGITS}g}") if isinstance(parameter, float) else parameter


def _lines(parameter: object) -> str:
    if not isinstance(parameter, dict):
        return json.dumps(parameter, sort_keys=True)
    entries = (f" {json.dumps(key)}: {json.dumps(parameter[key], sort_keys=True)}" for key in sorted(parameter))
    return "{\n" + ",\n".join(entries) + "\n}"
