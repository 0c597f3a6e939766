"""Rows and servers that several of the store's tests need."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from job import config
from job.rides.ride import Batch, no_windows
from tests.conftest import Server
from tests.rides import ride

RAW_TABLES = {
    "models", "runs", "ride_predictions", "windows", "model_promotions", "rejected_records", "pending_outcomes",
    "ride_outcomes", "shadow_predictions", "training_bins", "input_counts",
}  # fmt: skip
NO_OUTCOMES = pd.DataFrame(
    {
        "trip_id": pd.Series(dtype="str"),
        "actual_duration": pd.Series(dtype="float64"),
        "due_at": pd.Series(dtype="datetime64[us, UTC]"),
    }
)
NO_REJECTS = pd.DataFrame(columns=["position", "source_trip_id", "reason", "payload", "digest"])


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter: below pytest's own, root's server would keep its data elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="taxi-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def settings(database: psycopg.Connection) -> config.Config:
    """The job's settings, for the test's database."""
    return config.parse(os.environ)


@pytest.fixture
def writer(server: Server, database: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The test's database as the job sees it."""
    with server.connect(database.info.dbname, "taxi_writer") as connection:
        yield connection


def value(connection: psycopg.Connection, query: str, *parameters: object) -> object:
    """The one value of a query's one row."""
    row = connection.execute(query.encode(), parameters or None).fetchone()
    assert row
    return row[0]


def add_model(connection: psycopg.Connection) -> int:
    """A model that may have scored."""
    added = value(
        connection,
        "insert into raw.models (name, version, digest, metrics) "
        "values ('taxi', '1', gen_random_uuid()::text, '{\"mae\": 3.5}') returning model_id",
    )
    assert isinstance(added, int)
    return added


def trip_id(number: int) -> str:
    """A ride's key."""
    return f"00000000-0000-5000-8000-{number:012d}"


def rides(*numbers: int, **columns: object) -> pd.DataFrame:
    """Rides with these keys, some of their columns otherwise."""
    return pd.concat([ride(trip_id=trip_id(number), **columns) for number in numbers], ignore_index=True)


def predicted(scored: pd.DataFrame, source: str = "city", **columns: object) -> pd.DataFrame:
    """The rides with a prediction beside each, some of its columns otherwise."""
    figures = {"predicted_duration": 20.0, "predicted_low": 12.0, "predicted_high": 31.0, "source": source}
    return scored.assign(**figures | columns)


def batch(
    scored: pd.DataFrame,
    outcomes: pd.DataFrame = NO_OUTCOMES,
    rejected: pd.DataFrame = NO_REJECTS,
    windows: pd.DataFrame | None = None,
    repeated: int = 0,
) -> Batch:
    """What was read together."""
    return Batch(scored, outcomes, rejected, no_windows() if windows is None else windows, repeated)
