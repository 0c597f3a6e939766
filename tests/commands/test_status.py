"""`status`: the state of the job, for a person, a program and a health check."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from job.store.connection import LOCK, UNLOCK
from tests.commands.conftest import API_CSV, MILES, Clock, Job, scalar, started
from tests.servers import Server


def test_healthy_after_a_run(database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]) -> None:
    """The exit code is 0 and each fact has a line, even without marts."""
    assert scalar(database, "select count(*) from pg_class where relnamespace = 'marts'::regnamespace") == 0
    job("score")
    started(database, clock)
    done = job("status")
    assert (done.code, done.messages, done.events) == (0, [], [])
    lines = dict(line.split(":", 1) for line in done.out.splitlines())
    facts = {name: fact.strip() for name, fact in lines.items()}
    assert facts["health"] == "healthy"
    assert facts["database"] == f"{database.info.dbname} on {database.info.host}, port {database.info.port}"
    assert facts["last success"] == "2026-03-02 18:00:03 UTC"
    assert facts["marts refreshed"] == "never"
    assert facts["windows"] == "0 owed; none was skipped"
    assert facts["last 24 hours"].endswith("rides scored, 0 known, 0 records rejected, 0 runs failed")
    assert facts["model"].startswith("chicago-taxi-duration version 1 (")
    assert "last failure" not in facts


def test_unhealthy_before_any_run(database: psycopg.Connection, job: Job) -> None:
    """The command exits with 1, and this is not reported as an error."""
    done = job("status")
    assert (done.code, done.messages) == (1, [])
    assert "UNHEALTHY: no success within 10 minutes" in done.out
    assert "none has scored yet" in done.out


def test_unhealthy_when_the_last_success_is_too_old(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only scoring runs that succeeded count, and the last run's UNHEALTHY_AFTER is the limit."""
    job("score", "--trips", API_CSV)
    started(database, clock)
    clock.at += timedelta(minutes=11)
    database.execute(
        "insert into raw.runs (command, status, started_at, finished_at, code_version, error) values "
        "('score', 'failed', %(at)s, %(at)s, 'test', 'the disk is full'), "
        "('dbt', 'succeeded', %(at)s, %(at)s, 'test', null)",
        {"at": clock.at},
    )
    done = job("status")
    assert done.code == 1
    assert "UNHEALTHY" in done.out
    assert "run 2 (score): the disk is full" in done.out
    monkeypatch.setenv("UNHEALTHY_AFTER", "12")
    assert job("status").code == 1
    database.execute("update raw.runs set unhealthy_after_minutes = 12")
    assert job("status").code == 0


def test_unhealthy_when_another_session_keeps_the_lock(
    locked_by_another: psycopg.Connection, database: psycopg.Connection, home: Path, job: Job, clock: type[Clock],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A scheduled run then exits with 0, because a long run is not a failure; a job that stays locked out is."""
    monkeypatch.setenv("LOCK_WAIT", "0")
    scalar(locked_by_another, UNLOCK)
    job("score")
    started(database, clock)
    locked_by_another.execute(LOCK.encode())
    assert (job("score").code, job("status").code) == (0, 0)
    clock.at += timedelta(minutes=11)
    assert (job("score").code, job("status").code) == (0, 1)


def test_the_json_has_the_documented_keys(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]
) -> None:
    """Times are in ISO 8601 and counts are numbers."""
    job("score", "--trips", API_CSV, MILES)
    job("score", "--trips", "none.csv")
    started(database, clock)
    clock.at += timedelta(minutes=3)
    done = job("status", "--json")
    status = json.loads(done.out)
    assert (done.code, status["healthy"]) == (0, True)
    assert status.keys() == {
        "healthy", "unhealthy_after_minutes", "last_success", "last_success_age_minutes", "last_marts_refresh",
        "catch_up_hours", "windows_owed", "windows_skipped", "feeds", "last_24_hours", "model", "last_failure",
        "quality", "alerts", "why", "warnings",
    }  # fmt: skip
    assert datetime.fromisoformat(status["last_success"]) == clock.at - timedelta(minutes=3)
    assert "T" in status["last_success"]
    assert status["last_success_age_minutes"] == 3.0
    assert status["last_24_hours"] == {
        "records_read": 7, "rides_scored": 2, "rides_known": 1, "records_rejected": 4, "failures": 0
    }  # fmt: skip
    assert status["model"].keys() == {"name", "version", "stale", "mae", "promoted_since"}
    assert status["model"]["mae"] > 0
    assert (status["last_marts_refresh"], status["last_failure"]) == (None, None)


def test_owed_and_skipped_windows(database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]) -> None:
    """After a pause of two hours with CATCH_UP_HOURS=1 one hour is owed and the other skipped."""
    job("score")
    started(database, clock)
    clock.at += timedelta(hours=2)
    status = json.loads(job("status", "--json").out)
    assert (status["windows_owed"], status["windows_skipped"]) == (29, 31)
    job("score")
    status = json.loads(job("status", "--json").out)
    assert (status["windows_owed"], status["windows_skipped"]) == (0, 31)
    assert "0 owed; 31 skipped, since they are over 1 h old\n" in job("status").out


@pytest.mark.parametrize(
    "command", [("status",), ("score",), ("score", "--trips", API_CSV), ("promote", "1"), ("train",)]
)
def test_missing_migrations_are_one_sentence(
    server: Server, home: Path, job: Job, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch,
    command: tuple[object, ...],
) -> None:  # fmt: skip
    """The error names the command that applies them, and nothing is written."""
    monkeypatch.setenv("PGDATABASE", "postgres")
    refused = job(*command)
    assert refused.code == 1
    assert refused.error.startswith("the database lacks 0001_runs_and_models")
    assert "`python -m job init-db`" in refused.error
    with server.connect() as empty:
        assert scalar(empty, "select to_regnamespace('raw')") is None
