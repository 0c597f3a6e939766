"""Compute a simulator profile, aggregate figures only, from real trips.

The profile itself explains every figure and its unit, under "about".
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from job import files
from job.city import reading, sources
from job.city.reading import Labelled
from job.config import Config
from job.scoring import counted
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
        help="trips of many days, the older form too, that show how a weekend differs (default: those of --trips)",
    )
    parser.add_argument(
        "--wall-clock", action="store_true",
        help="ignore offsets and time zones of the records' start times, because they show the city's wall clock",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the profile to write (JSON)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Read, compute, and write the file whole or not at all."""
    inputs = [_labelled(texts, arguments.wall_clock, config) for texts in (arguments.trips, arguments.week) if texts]
    trips, *week = (labelled.trips for labelled in inputs)
    with files.written_whole(arguments.output) as partial:
        partial.write_text(profile.dumps(profile.compute(trips, config.place, *week)), encoding="utf-8")
    print(f"{arguments.output}: a profile of {len(trips):,} trips; `simulate --profile` draws from it")
    for labelled in inputs:
        print("".join(f"{line}\n" for line in counted.learned(labelled)), end="")
    return 0


def _labelled(texts: Sequence[str], as_wall_clock: bool, config: Config) -> Labelled:
    given = sources.parse(texts, config.city_app_token, config.place)
    return reading.labelled_trips(given, config.place, as_wall_clock=as_wall_clock)
