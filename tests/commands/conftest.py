"""Run commands as a person or cron does, and look at exit code, output, log and rows."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from mlflow.store.db import utils
from psycopg.rows import dict_row

from job import config
from job.__main__ import main
from job.model import fit
from job.store.connection import LOCK
from tests.conftest import SMALL_FOREST
from tests.forks import ROOT, Fork
from tests.servers import Server

ASSETS = Path(__file__).parents[1] / "assets" / "records"
API_CSV, EXPORT_CSV = ASSETS / "read" / "api.csv", ASSETS / "read" / "export.csv"  # the same two rides
MILES = ASSETS / "rejected" / "nonpositive_miles.csv"  # a good record, then four of zero miles or fewer
TABLES = (
    "models", "runs", "windows", "model_promotions", "ride_predictions", "rejected_records", "pending_outcomes",
    "ride_outcomes", "shadow_predictions", "training_bins", "input_counts",
)  # fmt: skip
# All settings but those that fixtures make: a developer's PING_URL or SOURCE must not reach a test.
FORGOTTEN = set(config.SETTINGS) - {
    *config.SERVER_VARIABLES, "PGUSER", "TAXI_HOME", "MLFLOW_TRACKING_URI", "CONNECT_WAIT", "PREDICT_THREADS",
    "CODE_VERSION",
}  # fmt: skip

MONDAY = datetime(2026, 3, 2, 18, 0, 3, tzinfo=UTC)
NO_REGISTRY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Ended:
    """The result of a command: exit code, stdout, log events, and the other lines of stderr."""

    code: int
    out: str
    events: list[dict[str, Any]]
    messages: list[str]

    def named(self, event: str) -> list[dict[str, Any]]:
        """The log events with this name."""
        return [entry for entry in self.events if entry["event"] == event]

    @property
    def error(self) -> str:
        """The one error message, without the run's number; stderr must hold nothing else besides the log."""
        (line,) = self.messages
        assert line.startswith("error: ")
        return re.sub(r" \(run \d+\)$", "", line.removeprefix("error: "))


Job = Callable[..., Ended]


class Clock(datetime):
    """A clock that a test sets, for the commands only; PostgreSQL's own clock keeps running."""

    at = MONDAY

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.at


def ended(code: int, out: str, err: str) -> Ended:
    """Split stderr into log events, which are JSON lines, and messages."""
    lines = [line for line in err.splitlines() if line.strip()]
    events = [json.loads(line) for line in lines if line.startswith("{")]
    return Ended(code, out, events, [line for line in lines if not line.startswith("{")])


newest_revision = cache(utils._get_latest_schema_revision)


@pytest.fixture(scope="module", autouse=True)
def migrations_read_once() -> Iterator[None]:
    """Let MLflow read its migrations once, and not for each registry that a command opens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "_get_latest_schema_revision", newest_revision)
        yield


def forget_settings(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Remove the developer's settings, and go to a folder without `.env`."""
    patch.chdir(folder)
    for name in FORGOTTEN:
        patch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Forget settings, keep catch-up and forests small, and restore the handler of SIGTERM."""
    monkeypatch.setitem(fit.FOREST, "n_estimators", SMALL_FOREST)
    forget_settings(monkeypatch, tmp_path)
    for name, value in {"FIRST_RUN_DAYS": "1", "CATCH_UP_HOURS": "1", "LOCK_WAIT": "0.1"}.items():
        monkeypatch.setenv(name, value)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


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
    """Monday, 18:00:03 UTC."""
    for command in ("score", "observe", "status"):
        monkeypatch.setattr(f"job.commands.{command}.datetime", Clock)
    monkeypatch.setattr(Clock, "at", MONDAY)
    return Clock


def started(database: psycopg.Connection, clock: type[Clock]) -> None:
    """Set the start of all runs, from which owed windows are counted, to the time of the test's clock."""
    database.execute("update raw.runs set started_at = %s, finished_at = %s", [clock.at, clock.at])


# After some code, the command in sys.argv.
COMMAND = "import sys\n{}\nfrom job.__main__ import main\nsys.exit(main(sys.argv[1:]))"
# For a command in a fork, which then starts no new interpreters.
IN_ONE_PROCESS = "from tests import forks; forks.without_interpreters(setattr)\n"
# For `in_a_process`: the marts are left alone.
WITHOUT_DBT = "from job.commands import tick; tick.dbt.refresh = lambda *_, **__: None"


def ending_in_batch(number: int, by: signal.Signals = signal.SIGKILL) -> str:
    """Code for `in_a_process`: send a signal after this many batches are written, before the last is committed."""
    return f"""
import os
from job.store.raw import batches
write, written = batches.write, []
def end_it(*arguments):
    write(*arguments)
    written.append(1)
    if len(written) == {number}:
        os.kill(os.getpid(), {by.value})
batches.write = end_it
"""


def in_a_process(*arguments: str, before: str = "") -> Ended:
    """Run a command in a fork after the Python code in `before`; it uses only forks where it would start processes."""
    return ended(
        *Fork(COMMAND.format(IN_ONE_PROCESS + before), *arguments, folder=Path.cwd(), environ=os.environ).wait()
    )


def in_an_interpreter(*arguments: str, before: str = "", encoding: str = "utf-8") -> Ended:
    """Run a command in a new interpreter with all its child processes; `encoding` is that of its output."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND.format(before), *arguments], capture_output=True, encoding=encoding, timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    return ended(done.returncode, done.stdout, done.stderr)


def counts(database: psycopg.Connection) -> dict[str, int]:
    """The number of rows in each of TABLES."""
    return {name: scalar(database, f"select count(*) from raw.{name}") for name in TABLES}


def scalar(database: psycopg.Connection, query: str) -> Any:
    """The single value that a query returns."""
    row = database.execute(query.encode()).fetchone()
    assert row
    return row[0]


def records_of_runs(database: psycopg.Connection) -> list[dict[str, Any]]:
    """The record of every run, oldest first."""
    return database.cursor(row_factory=dict_row).execute("select * from raw.runs order by run_id").fetchall()


def last_run(database: psycopg.Connection) -> dict[str, Any]:
    """The record of the latest run."""
    return records_of_runs(database)[-1]


def predictions(database: psycopg.Connection) -> dict[str, list[float]]:
    """The prediction and its band for each ride."""
    rows = database.execute(
        "select trip_id::text, predicted_duration, predicted_low, predicted_high from raw.ride_predictions"
    )
    return {trip_id: values for trip_id, *values in rows}


def point_at_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the job at a registry that does not answer, and switch off retries."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", NO_REGISTRY)
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")


@pytest.fixture
def locked_by_another(database: psycopg.Connection, server: Server) -> Iterator[psycopg.Connection]:
    """Another session that holds the lock of `job.store.connection`."""
    with server.connect(database.info.dbname) as other:
        other.execute(LOCK)
        yield other


@pytest.fixture(scope="session")
def simulated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,500 trips in the City's schema."""
    path = tmp_path_factory.mktemp("trips") / "trips.parquet"
    with pytest.MonkeyPatch.context() as patch:
        forget_settings(patch, path.parent)
        assert main(["simulate", "--rides", "1500", "--start", "2026-03-02", "--seed", "7", "--output", str(path)]) == 0
    return path
