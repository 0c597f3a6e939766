"""`init-db`, `dbt`, `tick` and `quickstart` on a database, dbt as a process of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import mlflow
import psycopg
import pytest

from job import config
from job.config import MODEL_NAME
from tests.commands.conftest import API_CSV, Job, in_a_process, last_run, records_of_runs, scalar
from tests.conftest import MIGRATIONS, Server, use

HEAVY = "import atexit; atexit.register(lambda: print(sorted({'mlflow', 'sklearn', 'pandas'} & set(sys.modules))))"


@pytest.fixture
def empty(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[psycopg.Connection]:
    """A database with nothing in it, for its administrator."""
    with server.connect() as admin:
        admin.execute("create database test_empty")
    use(monkeypatch, server, "test_empty", "postgres")
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    with server.connect("test_empty") as found:
        yield found
    with server.connect() as admin:
        admin.execute("drop database test_empty with (force)")


def test_init_db_says_what_it_applied(empty: psycopg.Connection, job: Job) -> None:
    """The first time everything, dbt's seed too; the second time nothing; no heavy library is imported."""
    first = in_a_process("init-db", before=HEAVY)
    assert (first.code, first.said) == (0, [])
    assert first.out.splitlines() == [f"database ready; applied: {', '.join(MIGRATIONS)}", "[]"]
    assert scalar(empty, "select count(*) from raw.zones") == 77
    again = job("init-db")
    assert (again.code, again.out) == (0, "database ready; applied: nothing new\n")


def test_init_db_prints_its_sql_and_connects_nowhere(
    job: Job, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a database that somebody else administers."""
    monkeypatch.setenv("PGHOST", "/no/such/socket")
    printed = job("init-db", "--print-sql")
    assert (printed.code, printed.said) == (0, [])
    assert "create schema if not exists raw" in printed.out
    assert "create table if not exists raw.ride_predictions" in printed.out
    assert "password" not in printed.out.lower()


def test_init_db_needs_an_administrator(database: psycopg.Connection, job: Job) -> None:
    """As the job's own role: one sentence with who may."""
    refused = job("init-db")
    assert refused.code == 1
    assert "needs a superuser, a role with CREATEROLE" in refused.error


def test_status_imports_nothing_heavy(database: psycopg.Connection) -> None:
    """A health check runs every minute: it must not pay for MLflow, scikit-learn or pandas."""
    done = in_a_process("status", before=HEAVY)
    assert done.code == 1
    assert done.out.splitlines()[-1] == "[]"


def marts(database: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of the marts of rides, as text."""
    names = ("rides_per_interval", "rides_per_hour", "fare_per_mile", "top_pickup_dropoff_pairs", "latest_predictions")
    return {
        name: [row for (row,) in database.execute(f"select m::text from marts.{name} as m order by 1".encode())]
        for name in names
    }


def test_a_tick_scores_observes_and_refreshes_the_marts(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Each step leaves a run's record and a line in the log, nothing on stdout; dbt again changes no mart."""
    done = in_a_process("tick")
    assert (done.code, done.out, done.said) == (0, "", [])
    assert [event["event"] for event in done.events] == ["score.completed", "observe.completed", "dbt.completed"]
    runs = records_of_runs(database)[-3:]
    assert [run["command"] for run in runs] == ["score", "observe", "dbt"]
    assert {run["status"] for run in runs} == {"succeeded"}
    assert scalar(database, "select sum(rides) from marts.rides_per_interval") == runs[0]["rides_scored"] > 0
    observed = scalar(database, "select count(*) from raw.ride_outcomes")
    assert scalar(database, "select sum(rides_with_outcome) from marts.prediction_quality") == observed > 0

    before = marts(database)
    assert job("dbt", "run").code == 0
    assert marts(database) == before
    assert job("status").code == 0


def test_a_tick_scores_nothing_where_no_windows_are_to_be_scored(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CATCH_UP_HOURS=0: it observes and refreshes, and no empty scoring run makes the job look alive."""
    monkeypatch.setenv("CATCH_UP_HOURS", "0")
    monkeypatch.setattr("job.commands.dbt.execute", lambda *_, **__: None)
    assert job("tick").code == 0
    assert [run["command"] for run in records_of_runs(database)] == ["observe"]


def test_a_tick_without_a_model_still_refreshes_the_marts(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Exit code 1, and one sentence about the failed step as the last line; the log and its run's record say why."""
    mlflow.MlflowClient(config.parse(os.environ).tracking_uri).delete_registered_model_alias(MODEL_NAME, "production")
    failed = job("tick")
    assert (failed.code, failed.out) == (1, "")
    (event,) = failed.named("tick.step_failed")
    assert failed.said == [f"error: score: {event['error']} (run {event['run_id']})"]
    assert "production not found" in event["error"]
    assert event["run_id"] == records_of_runs(database)[-3]["run_id"]
    assert [(run["command"], run["status"]) for run in records_of_runs(database)[-3:]] == [
        ("score", "failed"),
        ("observe", "succeeded"),
        ("dbt", "succeeded"),
    ]


def test_a_step_that_crashes_does_not_stop_the_next(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The marts are refreshed after an unexpected error too, and the last line says what it was."""
    called: list[object] = []

    def crash(*_: object) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr("job.commands.score.execute", crash)
    monkeypatch.setattr("job.commands.dbt.execute", lambda *arguments, **_: called.append(arguments[0]))
    crashed = job("tick")
    assert (crashed.code, called) == (1, [["run"]])
    assert crashed.said == ["error: score: unexpected ZeroDivisionError: nobody expected this"]
    assert "Traceback" in crashed.named("tick.step_crashed")[0]["exception"]


def test_dbt_gets_its_arguments_and_gives_its_exit_code(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Dbt says what it refuses, its exit code is ours, and the run's record says that it failed."""
    failed = job("dbt", "run", "--nonsense")
    assert failed.code == 2
    run = last_run(database)
    assert (run["command"], run["status"]) == ("dbt", "failed")
    assert run["error"] == failed.error == "dbt run --nonsense ended with exit code 2: dbt's own output says why"
    (event,) = failed.events
    assert (event["event"], event["run_id"]) == ("command.failed", run["run_id"])


def test_dbt_takes_the_lock_unless_it_changes_nothing(
    locked_by_another: psycopg.Connection, home: Path, job: Job
) -> None:
    """`dbt docs serve` stays for hours: no tick waits for it. A selector that is named as a command is no command."""
    assert "another run holds the lock" in job("dbt", "test", "--select", "docs").error
    assert "another run holds the lock" in job("dbt", "run", "--select", "ls").error
    listed = in_a_process("dbt", "--quiet", "ls", "--select", "rejects", "--resource-type", "model")
    assert (listed.code, listed.out) == (0, "chicago_taxi.marts.operations.rejects\n")


def test_quickstart_prints_what_happened(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Rides scored, the marts' top lines, the City's rides, the model and its error, the page, what to try next."""
    assert job("score", "--trips", API_CSV).code == 0
    done = job("quickstart")
    assert (done.code, done.said) == (0, [])
    for words in (
        "City     2 real rides of the City as well (source = 'city'), from 01 Mar 2022 to 01 Mar 2022",
        "rides scored from",
        "Top pickup and dropoff pairs",
        "Fare per mile",
        "version 1",
        f"Report   {home / 'report.html'}",
        "Next     make live",
    ):
        assert words in done.out
    assert "Top pickup and dropoff pairs" in (home / "report.html").read_text()


def test_live_ticks_until_ctrl_c(database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed step is reported, the next tick follows, and Ctrl-C ends it with exit code 0."""
    results, waits = [1, 0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if not results:
            raise KeyboardInterrupt

    monkeypatch.setattr("job.commands.tick.execute", lambda *_: results.pop(0))
    monkeypatch.setattr("job.commands.live.time", SimpleNamespace(sleep=sleep))
    done = job("live")
    assert done.code == 0
    assert "a step failed, see above" in done.out
    assert "done; next tick in" in done.out
    assert len(waits) == 2
    assert all(0 < seconds <= 120 for seconds in waits)
