"""`init-db`, `dbt`, `tick`, `quickstart` and `live` on a database."""

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import mlflow
import psycopg
import pytest

from job import config
from job.commands import dbt
from job.config import MODEL_NAME
from tests.commands.conftest import API_CSV, Job, in_a_process, in_an_interpreter, last_run, records_of_runs, scalar
from tests.conftest import MIGRATIONS
from tests.servers import Server, use

HEAVY = "import atexit; atexit.register(lambda: print(sorted({'mlflow', 'sklearn', 'pandas'} & set(sys.modules))))"


@pytest.fixture
def empty(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[psycopg.Connection]:
    """An empty database, and its administrator's connection."""
    with server.connect() as admin:
        admin.execute("create database test_empty")
    use(monkeypatch, server, "test_empty", "postgres")
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    with server.connect("test_empty") as connection:
        yield connection
    with server.connect() as admin:
        admin.execute("drop database test_empty with (force)")


def test_init_db_prints_the_migrations_it_applied(empty: psycopg.Connection, job: Job) -> None:
    """The first run applies all migrations and the second none, without importing a heavy library."""
    first = in_an_interpreter("init-db", before=HEAVY)
    assert (first.code, first.messages) == (0, [])
    assert first.out.splitlines() == [f"database ready; applied: {', '.join(MIGRATIONS)}", "[]"]
    assert scalar(empty, "select count(*) from raw.zones") == 77
    again = job("init-db")
    assert (again.code, again.out) == (0, "database ready; applied: nothing new\n")


def test_init_db_prints_its_sql_without_connecting(
    job: Job, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--print-sql works without a server, for a database that somebody else administers."""
    monkeypatch.setenv("PGHOST", "/no/such/socket")
    printed = job("init-db", "--print-sql")
    assert (printed.code, printed.messages) == (0, [])
    assert "create schema if not exists raw" in printed.out
    assert "create table if not exists raw.ride_predictions" in printed.out
    assert not re.search(r"\bpassword\s+'", printed.out.lower())


def test_init_db_needs_an_administrator(database: psycopg.Connection, job: Job) -> None:
    """As the job's own role it fails and says which roles may run it."""
    refused = job("init-db")
    assert refused.code == 1
    assert "needs a superuser, a role with CREATEROLE" in refused.error


def test_status_imports_no_heavy_library(database: psycopg.Connection) -> None:
    """The image's health check runs it several times a minute, so it must not load MLflow, scikit-learn or pandas."""
    done = in_an_interpreter("status", before=HEAVY)
    assert done.code == 1
    assert done.out.splitlines()[-1] == "[]"


def marts(database: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of the marts about rides, as text."""
    names = ("rides_per_interval", "rides_per_hour", "fare_per_mile", "top_pickup_dropoff_pairs", "latest_predictions")
    return {
        name: [row for (row,) in database.execute(f"select m::text from marts.{name} as m order by 1".encode())]
        for name in names
    }


def test_a_tick_scores_observes_and_refreshes_the_marts(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Each step records a run and logs one event, stdout stays empty, and another refresh changes no mart."""
    done = in_a_process("tick")
    assert (done.code, done.out, done.messages) == (0, "", [])
    assert [event["event"] for event in done.events] == ["score.completed", "observe.completed", "dbt.completed"]
    runs = records_of_runs(database)[-3:]
    assert [run["command"] for run in runs] == ["score", "observe", "dbt"]
    assert {run["status"] for run in runs} == {"succeeded"}
    assert [event["run_id"] for event in done.events] == [run["run_id"] for run in runs]
    assert all("seconds" in event and None not in event.values() for event in done.events)
    assert scalar(database, "select sum(rides) from marts.rides_per_interval") == runs[0]["rides_scored"] > 0
    observed = scalar(database, "select count(*) from raw.ride_outcomes")
    assert scalar(database, "select sum(rides_with_outcome) from marts.prediction_quality") == observed > 0

    before = marts(database)
    assert job("dbt", "run").code == 0
    assert marts(database) == before
    assert job("status").code == 0


def has_built_views(job: Job) -> bool:
    """Run a tick; return whether its dbt built the views."""
    ended = job("tick")
    assert ended.code == 0
    (event,) = ended.named("dbt.completed")
    return "config.materialized:view" not in event["arguments"]


def test_a_tick_builds_the_views_only_when_they_are_due(
    database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are due at first, if one is missing, an hour later, and after a change; dbt's log has only warnings."""
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CATCH_UP_HOURS", "0")
    record = "select obj_description('staging'::regnamespace, 'pg_namespace')"
    assert has_built_views(job)
    recorded = scalar(database, record)
    assert not has_built_views(job)
    assert scalar(database, record) == recorded
    database.execute("drop view marts.last_success")
    assert has_built_views(job)
    assert scalar(database, "select to_regclass('marts.last_success')") is not None
    assert [path.stat().st_size for path in (tmp_path / "home" / "dbt" / "logs").iterdir()] == [0]
    version, built, views = scalar(database, record).split()
    assert not dbt._views_are_due(database)
    hour_ago = (datetime.fromisoformat(built) - timedelta(hours=1)).isoformat()
    others = f"{version} {hour_ago} {views}", f"other {built} {views}", "somebody else's comment", ""
    for other in others:
        database.execute(f"comment on schema staging is $${other}$$".encode())
        assert dbt._views_are_due(database)


def test_a_tick_without_windows_to_score_records_no_scoring_run(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With CATCH_UP_HOURS=0 it observes and refreshes only, so that no empty run makes the job look healthy."""
    monkeypatch.setenv("CATCH_UP_HOURS", "0")
    monkeypatch.setattr("job.commands.dbt.refresh", lambda *_: None)
    assert job("tick").code == 0
    assert [run["command"] for run in records_of_runs(database)] == ["observe"]


def test_a_tick_without_a_model_still_refreshes_the_marts(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The tick exits with 1, its last line names the failed step, and log and run record have the reason."""
    mlflow.MlflowClient(config.parse(os.environ).tracking_uri).delete_registered_model_alias(MODEL_NAME, "production")
    failed = job("tick")
    assert (failed.code, failed.out) == (1, "")
    (event,) = failed.named("tick.step_failed")
    assert failed.messages == [f"error: score: {event['error']} (run {event['run_id']})"]
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
    """The marts are refreshed after an unexpected error too, and the last line names the error."""
    called: list[object] = []

    def crash(*_: object) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr("job.commands.score.execute", crash)
    monkeypatch.setattr("job.commands.dbt.refresh", called.append)
    crashed = job("tick")
    assert (crashed.code, len(called)) == (1, 1)
    assert crashed.messages == ["error: score: unexpected ZeroDivisionError: nobody expected this"]
    assert "Traceback" in crashed.named("tick.step_crashed")[0]["exception"]


def test_arguments_and_exit_code_are_those_of_dbt(database: psycopg.Connection, home: Path, job: Job) -> None:
    """If dbt refuses an argument, the command returns dbt's exit code and the run is recorded as failed."""
    failed = job("dbt", "run", "--nonsense")
    assert failed.code == 2
    run = last_run(database)
    assert (run["command"], run["status"]) == ("dbt", "failed")
    assert run["error"] == failed.error == "dbt run --nonsense ended with exit code 2: dbt's own output says why"
    (event,) = failed.events
    assert (event["event"], event["run_id"]) == ("command.failed", run["run_id"])


@pytest.mark.parametrize("option", [("--target", "dev"), ("--target=dev",), ("-t", "dev"), ("-tdev",)])
def test_the_job_does_not_build_an_analysts_trial(
    database: psycopg.Connection, home: Path, job: Job, option: tuple[str, ...]
) -> None:
    """The error says where the trial is described, and no failed run is recorded, which would raise an alert."""
    refused = job("dbt", "build", *option, "--select", "fare_per_mile")
    assert refused.code == 2
    assert "as CONTRIBUTING.md describes" in refused.error
    assert records_of_runs(database) == []


def test_dbt_takes_the_lock_unless_it_changes_nothing(
    locked_by_another: psycopg.Connection, home: Path, job: Job
) -> None:
    """`dbt ls` and `dbt docs` take no lock, but a selector of the same name does not count as such a command."""
    assert "another run holds the lock" in job("dbt", "test", "--select", "docs").error
    assert "another run holds the lock" in job("dbt", "run", "--select", "ls").error
    listed = in_a_process("dbt", "--quiet", "ls", "--select", "rejects", "--resource-type", "model")
    assert (listed.code, listed.out) == (0, "chicago_taxi.marts.operations.rejects\n")


def test_quickstart_prints_what_happened(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The output has the rides, top pairs, fares, model, report and next step."""
    assert job("score", "--trips", API_CSV).code == 0
    done = job("quickstart")
    assert (done.code, done.messages) == (0, [])
    for words in (
        "Records  2 real rides as well (source = 'city'), from 01 Mar 2022 to 01 Mar 2022",
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
