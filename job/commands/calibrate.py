"""Compute a simulator profile, aggregate figures only, from real trips.

The profile itself explains every figure and its unit, under "about".
"""

import argparse
from pathlib import Path

from job import files
from job.city import reading, sources
from job.config import Config
from job.simulator.calibration import profile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trips", nargs="+", action="extend", required=True, metavar="PATH-or-URL", help="the City's records"
    )
    parser.add_argument(
        "--week",
        nargs="+",
        action="extend",
        metavar="PATH-or-URL",
        help="trips of many days, the older form too: how a weekend differs, where --trips holds none",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the profile to write (JSON)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Read, compute, and write the file whole or not at all."""
    token, place = config.city_app_token, config.place
    trips = reading.labelled_trips(sources.parse(arguments.trips, token), place)
    week = reading.labelled_trips(sources.parse(arguments.week, token), place) if arguments.week else None
    with files.written_whole(arguments.output) as partial:
        partial.write_text(profile.dumps(profile.compute(trips, place, week)), encoding="utf-8")
    print(f"{arguments.output}: a profile of {len(trips):,} trips; `simulate --profile` draws from it")
    return 0
