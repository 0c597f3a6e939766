"""Write simulated trips in the City's schema, with their true durations, distributed over time like real ones.

The default is the seven days before today; with --start or --end alone, the seven days after or before it.
Times without an offset are local to the place.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from job.config import Config
from job.errors import UsageError
from job.files import table_writer
from job.place import Place
from job.rides import times
from job.rides.ride import EARLIEST, LATEST
from job.simulator import draw, faults, scenarios
from job.simulator.published import SCHEMA, as_published

WEEK = pd.Timedelta(days=7)
SEED_LIMIT = 2**63


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rides", type=int, required=True, metavar="N", help="the number of trips")
    parser.add_argument("--start", metavar="TIME", help="the earliest start, such as 2026-01-31 or 2026-01-31T08:00Z")
    parser.add_argument("--end", metavar="TIME", help="all trips start before it")
    parser.add_argument("--seed", type=int, default=0, help="a different seed gives different trips (default 0)")
    parser.add_argument(
        "--profile", type=Path, metavar="FILE", help="a profile made by `calibrate` (default: the place's own)"
    )
    parser.add_argument("--scenario", choices=scenarios.NAMES, help="a disturbance of the simulated city")
    parser.add_argument(
        "--dirty",
        action="store_true",
        help="add the faults of real records: no miles, no fare, implausible durations and more",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the .csv or .parquet file to write")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Draw trips and write them, batch by batch."""
    if arguments.rides < 1:
        raise UsageError(f"--rides {arguments.rides} cannot be drawn: give at least 1")
    if not 0 <= arguments.seed < SEED_LIMIT:
        raise UsageError(f"--seed {arguments.seed} cannot be used: give a whole number from 0 to {SEED_LIMIT - 1}")
    profile = draw.load_profile(config.place, arguments.profile)
    start, end = span(arguments.start, arguments.end, config.place, datetime.now(UTC))
    with table_writer(arguments.output, SCHEMA) as write:
        batches = draw.spread(arguments.rides, start, end, arguments.seed, profile, arguments.scenario)
        for number, drawn in enumerate(batches):
            records = as_published(drawn, profile)
            if arguments.dirty:
                # A separate random stream, so that --dirty does not change the records without faults.
                chances = draw.uniforms(profile, number, len(records), arguments.seed + 1, lane=1)
                records = faults.add_faults(records, chances, config.place)
            write(pa.Table.from_pandas(records, SCHEMA, preserve_index=False))
    print(
        f"{arguments.output}: {arguments.rides:,} simulated trips from {start:%Y-%m-%d %H:%MZ} to {end:%Y-%m-%d %H:%MZ}"
    )
    return 0


def span(first: str | None, last: str | None, place: Place, now: datetime) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The range of the trips' starts, in UTC."""
    given, end = _time("--start", first, place), _time("--end", last, place)
    if end is None:
        today = pd.Timestamp(now).tz_convert(place.time_zone).normalize().tz_convert("UTC")
        end = today if given is None else given + WEEK
    start = end - WEEK if given is None else given
    if not EARLIEST <= start < end <= LATEST:
        raise UsageError(f"no ride can start from {start} to {end}: give a --start before --end, between 2000 and 2100")
    return start, end


def _time(option: str, text: str | None, place: Place) -> pd.Timestamp | None:
    return None if text is None else pd.Timestamp(times.instant(option, text, place.tzinfo))
