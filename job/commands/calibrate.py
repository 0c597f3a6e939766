"""Compute a simulator profile, aggregate figures only, from real trips.

Every figure and its unit is told in the profile itself, under "about".
"""

import argparse
from pathlib import Path

from job.city import reading, sources
from job.config import Config
from job.errors import JobError
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
    """Read, compute, write the file whole or not at all."""
    token = config.city_app_token
    trips = reading.labelled_trips(sources.parse(arguments.trips, token))
    week = reading.labelled_trips(sources.parse(arguments.week, token)) if arguments.week else None
    _write(arguments.output, profile.dumps(profile.compute(trips, week)))
    print(f"{arguments.output}: a profile of {len(trips):,} trips; `simulate --profile` draws from it")
    return 0


def _write(path: Path, content: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(content, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise JobError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
