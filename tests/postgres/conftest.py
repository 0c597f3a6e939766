"""Rows and servers that several of the store's tests need."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from job import config
from job.rides.ride import Batch, no_windows
from job.store import connection
from job.store import run as runs
from job.store.raw import batches
from job.store.raw.batches import Scored, Shadow
from job.store.run import Run
from job.store.store import Store
from tests.conftest import on_versions
from tests.rides import ride
from tests.servers import Server, server_folder

# Written by the job; PLACE_TABLES by init-db.
RAW_TABLES = {
    "models", "runs", "ride_predictions", "windows", "model_promotions", "rejected_records", "pending_outcomes",
    "ride_outcomes", "shadow_predictions", "training_bins", "input_counts", "feeds", "feed_files",
}  # fmt: skip
PLACE_TABLES = {"place", "zones", "sources"}
# How many other sessions of the database wait for a lock.
WAITERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' "
    "and pid != pg_backend_pid()"
)
TERMINATE = "select pg_terminate_backend(%s, 10000)"
NO_OUTCOMES = pd.DataFrame(
    {
        "trip_id": pd.Series(dtype="str"),
        "actual_duration": pd.Series(dtype="float64"),
        "due_at": pd.Series(dtype="datetime64[us, UTC]"),
    }
)
NO_REJECTS = pd.DataFrame(columns=["position", "source_trip_id", "reason", "payload", "digest"])
NO_COUNTS = pd.DataFrame(columns=["day", "feature", "bin", "rides"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The SQL in this folder must work on every version of PostgreSQL that we support."""
    on_versions(metafunc)


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; below pytest's private one, root's server would keep its data elsewhere."""
    folder = server_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def settings(database: psycopg.Connection) -> config.Config:
    """The job's settings, for the test's database."""
    return config.parse(os.environ)


@pytest.fixture
def store(settings: config.Config) -> Store:
    """The test's database as a command opens it."""
    return Store(settings, {})


@pytest.fixture
def writer(server: Server, database: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A connection to the test's database with the job's role."""
    with server.connect(database.info.dbname, "taxi_writer") as ours:
        yield ours


@pytest.fixture
def locked(writer: psycopg.Connection) -> psycopg.Connection:
    """The same connection, which holds the job's lock."""
    writer.execute(connection.LOCK.encode())
    return writer


@pytest.fixture
def run(locked: psycopg.Connection, settings: config.Config) -> Run:
    """A run that has just started."""
    return runs.start(locked, settings, "score")


def value(connection: psycopg.Connection, query: str, *parameters: object) -> object:
    """The single value of a query with one row."""
    row = connection.execute(query.encode(), parameters or None).fetchone()
    assert row
    return row[0]


@retry(retry=retry_if_result(lambda found: not found), stop=stop_after_delay(60), wait=wait_fixed(0.05))
def until(database: psycopg.Connection, query: str) -> bool:
    """Wait until the query's single value is true."""
    return bool(value(database, query))


def add_model(connection: psycopg.Connection) -> int:
    """Insert a model and return its id."""
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
    """Rides with these keys and, where given, other values in some columns."""
    return pd.concat([ride(trip_id=trip_id(number), **columns) for number in numbers], ignore_index=True)


def predicted(scored: pd.DataFrame, source: str = "city", **columns: object) -> pd.DataFrame:
    """The rides with predictions and, where given, other values in some columns."""
    predictions = {
        "predicted_duration": 20.0, "predicted_low": 12.0, "predicted_high": 31.0, "expected_error": 4.0,
        "source": source, "band_scale_low": 1.0, "band_scale_high": 1.0, "static_low": 12.0, "static_high": 31.0,
    }  # fmt: skip
    return scored.assign(**predictions | columns)


def batch(
    scored: pd.DataFrame,
    outcomes: pd.DataFrame = NO_OUTCOMES,
    rejected: pd.DataFrame = NO_REJECTS,
    windows: pd.DataFrame | None = None,
    repeated: int = 0,
) -> Batch:
    """A batch of these rides."""
    return Batch(scored, outcomes, rejected, no_windows() if windows is None else windows, repeated)


def write(
    run: Run,
    model_id: int,
    read: Batch,
    predictions: pd.DataFrame,
    shadow: Shadow | None = None,
    input_counts: pd.DataFrame = NO_COUNTS,
) -> None:
    """Write a batch in a transaction of its own, as the commands do."""
    with run.batch() as batch_id:
        batches.write(run, batch_id, read, Scored(model_id, predictions, shadow, input_counts))
