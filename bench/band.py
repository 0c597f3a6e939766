"""Measures how many rides lie in the static and the tracked band: in undisturbed weeks, in snow and after it.

A model is trained on seven simulated days, as in a first run, and scores earlier weeks in the order of time. Then come
days on which it snows for 24 hours from 8:00 local time on, each followed by two undisturbed days.
"""

import argparse
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

from bench.places import JOB, embedded
from bench.process import timed
from job import config
from job.model.features import kinds_of_rides
from job.store import store

# The newest day ends before the model's training days begin.
NEWEST = timedelta(days=22)
SNOW_DAYS, SNOW_STARTS, DAY = 5, pd.Timedelta(hours=8), pd.Timedelta(days=1)
RIDES = """
select
    rides.trip_start_timestamp as start,
    coalesce(rides.pickup_community_area, 0) as pickup_community_area,
    coalesce(rides.dropoff_community_area, 0) as dropoff_community_area,
    pending.actual_duration between rides.predicted_low and rides.predicted_high as tracked,
    pending.actual_duration between rides.static_low and rides.static_high as static,
    (rides.predicted_high - rides.predicted_low) / 2 as half_width,
    (rides.static_high - rides.static_low) / 2 as static_half_width
from raw.ride_predictions as rides
inner join raw.pending_outcomes as pending on rides.trip_id = pending.trip_id
where rides.trip_start_timestamp >= %s and rides.trip_start_timestamp < %s
"""


def main(weeks: int = 8) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        environment = embedded(Path(folder) / "home")
        place = config.parse(environment).place
        end = pd.Timestamp(datetime.now(UTC) - NEWEST).tz_convert(place.time_zone).normalize()
        snowy = [_at(end, 3 * day - 3 * SNOW_DAYS) + SNOW_STARTS for day in range(SNOW_DAYS)]
        first, calm_end = _at(end, -7 * weeks - 3 * SNOW_DAYS), _at(end, -3 * SNOW_DAYS)
        for week in range(weeks):
            _score(environment, _at(first, 7 * week), _at(first, 7 * week + 7))
        _score(environment, calm_end, snowy[0])
        for start in snowy:
            _score(environment, start, start + DAY, "snow")
            _score(environment, start + DAY, start + 3 * DAY)
        rides = _rides(environment, first, snowy[-1] + 3 * DAY)
        rides["kind"] = kinds_of_rides(rides, place)
        _print_calm(rides[rides["start"] < calm_end], weeks)
        _print_snow(rides, snowy)


def _at(day: pd.Timestamp, days: int) -> pd.Timestamp:
    """Local midnight this many days later."""
    return (day.tz_localize(None) + days * DAY).tz_localize(day.tz)


def _score(environment: Mapping[str, str], start: pd.Timestamp, end: pd.Timestamp, scenario: str = "") -> None:
    first, last = (time.tz_convert("UTC").isoformat() for time in (start, end - pd.Timedelta(minutes=2)))
    disturbed = ["--scenario", scenario] if scenario else []
    timed([*JOB, "score", "--window", f"{first}..{last}", *disturbed], environment)


def _rides(environment: Mapping[str, str], start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    with store.opened(config.parse(environment)) as opened, opened.reading() as database:
        cursor = database.execute(RIDES, (start.to_pydatetime(), end.to_pydatetime()))
        return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or ()])


def _print_calm(rides: pd.DataFrame, weeks: int) -> None:
    print(f"{weeks} undisturbed weeks, {len(rides):,} rides: share of rides in the band, mean half-width in minutes")
    print(f"  {'':<12}{'static':>8}{'tracked':>9}{'static':>10}{'tracked':>9}")
    for name, group in [("all", rides), *rides.groupby("kind", observed=True)]:
        print(
            f"  {name:<12}{group['static'].mean():>8.3f}{group['tracked'].mean():>9.3f}"
            f"{group['static_half_width'].mean():>10.2f}{group['half_width'].mean():>9.2f}"
        )
    print("pass: all 0.88 to 0.92, each kind at least 0.86\n")


def _print_snow(rides: pd.DataFrame, snowy: list[pd.Timestamp]) -> None:
    """Print the means over all snowy days, by hours since the snow began."""
    parts = [rides.assign(hour=(rides["start"] - start) // pd.Timedelta(hours=1)) for start in snowy]
    after = pd.concat([part[part["hour"].between(0, 71)] for part in parts])
    print(f"{len(snowy)} days of snow for 24 hours, by hours since its start: share of rides in the band, half-width")
    print(f"  {'':<12}{'static':>8}{'tracked':>9}{'static':>10}{'tracked':>9}{'ratio':>8}")
    limits = [0, 1, 2, 3, 6, 12, 18, 24, 27, 30, 36, 42, 48, 72]
    for span, group in after.groupby(pd.cut(after["hour"], limits, right=False), observed=True):
        static, tracked = group["static_half_width"].mean(), group["half_width"].mean()
        print(
            f"  {span.left:>2} to {span.right:<6}{group['static'].mean():>8.3f}{group['tracked'].mean():>9.3f}"
            f"{static:>10.2f}{tracked:>9.2f}{tracked / static:>8.2f}"
        )
    hours = after[after["hour"].between(2, 23)].groupby("hour")["tracked"].mean()
    print(f"  lowest hour from the third on: {hours.min():.3f}")
    print("pass: at least 0.85 from the third hour on; ratio 0.9 to 1.1 from 48 hours on")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=8, help="number of undisturbed weeks (default 8)")
    main(parser.parse_args().weeks)
