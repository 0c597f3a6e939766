"""Write a table to train a model of your own on: what training and scoring compute for each ride.

One row per ride whose duration is known: trip_id, trip_start_timestamp, source, the inputs that docs/model.md
describes, actual_duration in minutes, and whether duration and speed are plausible; `train` leaves out the rides for
which they are not.
"""

import argparse
from pathlib import Path

import pandas as pd
import pyarrow as pa

from job import files
from job.commands import train
from job.config import Config
from job.errors import UsageError
from job.model.features import INPUTS, inputs
from job.place import Place
from job.rides import plausible
from job.rides.source import SourceName
from job.store import store

SCHEMA = pa.schema([
    ("trip_id", pa.string()), ("trip_start_timestamp", pa.timestamp("us", "UTC")), ("source", pa.string()),
    *((name, pa.float64()) for name in INPUTS), ("actual_duration", pa.float64()), ("plausible", pa.bool_()),
])  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    train.add_rides(parser, required=True)
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="the .parquet or .csv to write; it must not exist"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Read, compute, and write the file whole or not at all."""
    request, path = train.parsed(arguments, config), arguments.output
    if path.exists():
        raise UsageError(f"{path} exists and is not overwritten: name another file with --output, or remove it")
    with files.table_writer(path, SCHEMA) as add_rows:
        if request.trips:
            history = train.from_records(request, config)
        else:
            with store.opened(config) as opened:
                history = train.from_database(request, opened)
        rows = table(history.trips, request.from_database or config.source, config.place)
        add_rows(pa.Table.from_pandas(rows, SCHEMA, preserve_index=False))
    print(f"{path}: {len(rows):,} rides ({history.source}), {rows['plausible'].sum():,} of them plausible")
    for note in history.notes:
        print(note)
    return 0


def table(trips: pd.DataFrame, source: SourceName, place: Place) -> pd.DataFrame:
    """The columns of SCHEMA for trips as `fit.fit` takes them, in the order in which they started."""
    trips = trips.sort_values(["trip_start_timestamp", "trip_id"], ignore_index=True)
    rides = trips[["trip_id", "trip_start_timestamp", "actual_duration"]]
    features = inputs(trips, place)
    return rides.join(features).assign(source=source, plausible=plausible.possible(trips))
