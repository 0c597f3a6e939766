"""Commands called as a person or a cron calls them: arguments in; exit code, output, log and rows out."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from psycopg.rows import dict_row

from job.__main__ import main
from tests.conftest import Server

ASSETS = Path(__file__).parents[1] / "assets" / "records"
API_CSV, EXPORT_CSV = ASSETS / "read" / "api.csv", ASSETS / "read" / "export.csv"  # the same two rides
MILES = ASSETS / "rejected" / "nonpositive_miles.csv"  # a good record, then four of zero miles or fewer
TABLES = (
    "models", "runs", "windows", "model_promotions", "ride_predictions", "rejected_records", "pending_outcomes",
    "ride_outcomes", "shadow_predictions", "training_bins", "input_counts",
)  # fmt: skip
OTHER_SETTINGS = ("MODEL_URI", "MODEL_CACHE", "ALLOW_MODEL_FORMATS", "ROLE_PREFIX", "LOG_FORMAT", "CITY_APP_TOKEN")

MONDAY = datetime(2026, 3, 2, 18, 0, 3, tzinfo=UTC)
NO_REGISTRY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Ended:
    """What a command left: exit code, what it printed, its log's events and what else stood on stderr."""

    code: int
    out: str
    events: list[dict[str, Any]]
    said: list[str]

    def named(self, event: str) -> list[dict[str, Any]]:
        """The log's events of one name."""
        return [found for found in self.events if found["event"] == event]

    @property
    def error(self) -> str:
        """The one line for a person, without the run's number; nothing else but the log may be on stderr."""
        (line,) = self.said
        assert line.startswith("error: ")
        return re.sub(r" \(run \d+\)$", "", line.removeprefix("error: "))


Job = Callable[..., Ended]


class Clock(datetime):
    """A clock that a test sets, for the commands alone; PostgreSQL's goes on."""

    at = MONDAY

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.at


def ended(code: int, out: str, err: str) -> Ended:
    """Take stderr apart: JSON lines are the log."""
    lines = [line for line in err.splitlines() if line.strip()]
    events = [json.loads(line) for line in lines if line.startswith("{")]
    return Ended(code, out, events, [line for line in lines if not line.startswith("{")])


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No `.env` and no settings of the developer's, little to catch up with; the process as it was afterwards."""
    monkeypatch.chdir(tmp_path)
    for name in OTHER_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"FIRST_RUN_DAYS": "1", "CATCH_UP_HOURS": "1", "LOCK_WAIT": "0.1"}.items():
        monkeypatch.setenv(name, value)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
    structlog.reset_defaults()  # it holds on to this test's stderr


@pytest.fixture
def job(capsys: pytest.CaptureFixture[str]) -> Job:
    """Run a command in this process."""

    def run(*arguments: object) -> Ended:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return ended(code, captured.out, captured.err)

    return run


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """A Monday, 18:00:03Z."""
    for command in ("score", "observe", "status"):
        monkeypatch.setattr(f"job.commands.{command}.datetime", Clock)
    monkeypatch.setattr(Clock, "at", MONDAY)
    return Clock


def started(database: psycopg.Connection, clock: type[Clock]) -> None:
    """Move all runs to the test's clock: what is owed counts from there."""
    database.execute("update raw.runs set started_at = %s, finished_at = %s", [clock.at, clock.at])


def in_a_process(*arguments: str, before: str = "") -> Ended:
    """Run a command in a process of its own, `before` (Python) first."""
    program = f"import sys\n{before}\nfrom job.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    return ended(done.returncode, done.stdout, done.stderr)


def counts(database: psycopg.Connection) -> dict[str, int]:
    """How many rows each raw table has."""
    return {name: scalar(database, f"select count(*) from raw.{name}") for name in TABLES}


def scalar(database: psycopg.Connection, query: str) -> Any:
    """The one value that a query gives."""
    row = database.execute(query.encode()).fetchone()
    assert row
    return row[0]


def records_of_runs(database: psycopg.Connection) -> list[dict[str, Any]]:
    """Every run's record, oldest first."""
    return database.cursor(row_factory=dict_row).execute("select * from raw.runs order by run_id").fetchall()


def last_run(database: psycopg.Connection) -> dict[str, Any]:
    """The record of the latest run."""
    return records_of_runs(database)[-1]


def predictions(database: psycopg.Connection) -> dict[str, tuple[Any, ...]]:
    """What was predicted for each ride."""
    rows = database.execute(
        "select trip_id::text, predicted_duration, predicted_low, predicted_high from raw.ride_predictions"
    )
    return {trip_id: figures for trip_id, *figures in rows}  # type: ignore[misc]


def point_at_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that does not answer, asked once."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", NO_REGISTRY)
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")


@pytest.fixture
def locked_by_another(database: psycopg.Connection, server: Server) -> Iterator[psycopg.Connection]:
    """Another run holds the lock: the one that `job.store.connection` takes."""
    from job.store.connection import LOCK

    with server.connect(database.info.dbname) as other:
        other.execute(LOCK)
        yield other


@pytest.fixture(scope="session")
def simulated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,500 trips in the City's schema."""
    path = tmp_path_factory.mktemp("trips") / "trips.parquet"
    assert main(["simulate", "--rides", "1500", "--start", "2026-03-02", "--seed", "7", "--output", str(path)]) == 0
    return path
