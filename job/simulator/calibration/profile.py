"""A simulator profile: the aggregate figures of labelled real trips.

No figure is made of less than a handful of trips (`profile_levels.HANDFUL`, five): what fewer did is told together with
other rare things, or not at all. Nor is a company's, of less than a handful of taxis.
"""

import json

import numpy as np
import pandas as pd

from job.errors import UsageError
from job.rides.areas import AIRPORTS
from job.rides.plausible import plausible
from job.rides.ride import AREAS
from job.rides.times import CHICAGO
from job.simulator.calibration import motion, places
from job.simulator.calibration.places import by_area, smooth
from job.simulator.levels import FREQUENT, HANDFUL, levels, suppress_small_counts
from job.simulator.tariff import LEAST_SIXTEENTH_MILES

LEAST_TRIPS = 500
DIGITS = 5

FIGURES = {
    "hours": "rides in each of Chicago's 24 hours of a weekday and of a weekend day; 1 is the week's mean hour",
    **places.FIGURES,
    **motion.FIGURES,
    "whole_minutes_share": "share of rides recorded in whole minutes and tenths of a mile, by pickup area",
    "sixteenth_share": "share of those rides, from 1.6 miles on, whose recorder counted a sixteenth of the miles",
    "extras_usd": "share of rides by extras in US dollars, from an airport and elsewhere",
    "tipped_share": "share of rides with a tip on record, which cash seldom leaves",
    "tip_rate": "tip per dollar of fare and extras, of rides with a tip; levels",
    "companies": "by company: share of rides, taxis, whole_minutes: whether it records whole minutes",
    "levels": "means of equally many trips each, in rising order; the quantile curve runs through their middles",
}


def compute(trips: pd.DataFrame, week: pd.DataFrame | None = None) -> dict[str, object]:
    """The figures of labelled trips (RIDE_COLUMNS, actual_duration, taxi_id, company, extras, tolls, tips).

    `week`: trips of several days for the shape of the weekend, where the trips themselves have none.
    Only plausible trips count. Raises UsageError where these are too few.
    """
    rides = usable(trips)
    if len(rides) < LEAST_TRIPS:
        raise UsageError(f"{len(rides):,} plausible trips are too few for a profile: give at least {LEAST_TRIPS:,}")
    days = rides["trip_start_timestamp"].dt.tz_convert(CHICAGO).dt.strftime("%Y-%m-%d")
    figures = {
        "about": FIGURES,
        "source": {"trips": len(rides), "first_day": days.min(), "last_day": days.max()},
        "hours": _hours(rides, rides if week is None else usable(week)),
        **places.figures(rides),
        **motion.figures(rides),
        **_recorders(rides),
        **_money(rides),
    }
    return {name: _rounded(figure) for name, figure in figures.items()}


def dumps(profile: dict[str, object]) -> str:
    """JSON with sorted keys, an entry a line."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_lines(profile[name])}" for name in sorted(profile)) + "\n}\n"


def usable(trips: pd.DataFrame) -> pd.DataFrame:
    """The plausible trips, with what the figures are counted by: areas with 0 for empty, hour, weekend, recorder."""
    rides = trips[plausible(trips)].reset_index(drop=True)
    local = rides["trip_start_timestamp"].dt.tz_convert(CHICAGO).dt
    company = rides["company"].fillna("")
    whole_minutes = (rides["actual_duration"] % 1 == 0).groupby(company).transform("mean") > 0.9
    return rides.assign(
        pickup=rides["pickup_community_area"].fillna(0).astype(int),
        dropoff=rides["dropoff_community_area"].fillna(0).astype(int),
        hour=local.hour,
        weekend=local.day_of_week >= 5,
        company=company,
        whole_minutes=whole_minutes,
        **motion.true_miles(rides, whole_minutes),
    )


def _hours(rides: pd.DataFrame, week: pd.DataFrame) -> dict[str, object]:
    """The trips' own weekdays; the weekend as much busier or quieter, hour by hour, as the week's trips say."""
    weekday = _by_hour(rides[~rides["weekend"]] if (~rides["weekend"]).sum() >= FREQUENT else rides)
    weekend = weekday
    if week["weekend"].sum() >= FREQUENT and (~week["weekend"]).sum() >= FREQUENT:
        # A sample has few trips an hour: neighbours smooth what is not the trips' own.
        weekend = weekday * smooth(_by_hour(week[week["weekend"]]) / 2) / smooth(_by_hour(week[~week["weekend"]]) / 5)
    mean = (5 * weekday.mean() + 2 * weekend.mean()) / 7
    return {"weekday": weekday / mean, "weekend": weekend / mean}


def _by_hour(rides: pd.DataFrame) -> np.ndarray:
    return suppress_small_counts(np.bincount(rides["hour"], minlength=24))


def _recorders(rides: pd.DataFrame) -> dict[str, object]:
    counts = rides.groupby("pickup")["whole_minutes"].agg(["sum", "size"])
    counts = counts[counts["size"] >= HANDFUL]
    overall = rides["whole_minutes"].mean()
    far = rides[rides["whole_minutes"] & (rides["miles"] >= LEAST_SIXTEENTH_MILES)]
    share = ((counts["sum"] + FREQUENT * overall) / (counts["size"] + FREQUENT)).reindex(range(AREAS + 1))
    companies = rides[rides["company"] != ""].groupby("company")
    return {
        "whole_minutes_share": by_area(share.fillna(overall).to_numpy()),
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


def _money(rides: pd.DataFrame) -> dict[str, object]:
    airport = rides["pickup"].isin(AIRPORTS)
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


def _rounded(figure: object) -> object:
    if isinstance(figure, dict):
        return {name: _rounded(value) for name, value in figure.items()}
    if isinstance(figure, list | np.ndarray):
        return [_rounded(value) for value in figure]
    return float(f"{figure:.{DIGITS}g}") if isinstance(figure, float) else figure


def _lines(figure: object) -> str:
    if not isinstance(figure, dict):
        return json.dumps(figure, sort_keys=True)
    entries = (f" {json.dumps(key)}: {json.dumps(figure[key], sort_keys=True)}" for key in sorted(figure))
    return "{\n" + ",\n".join(entries) + "\n}"
