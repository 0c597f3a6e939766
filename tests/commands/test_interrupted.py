"""Runs that are killed, terminated, or meet each other: nothing half done, and the next run completes it."""

import signal
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import Job, counts, in_a_process, last_run, records_of_runs, scalar

RANGE = "2026-01-31T08:00Z..2026-01-31T08:58Z"
# Batches of 10 windows; in the third, after its rows went in and before it is committed, the process ends.
IN_THE_THIRD_BATCH = """
import os, signal
from job.commands import score
from job.store.raw import batches
score.WINDOWS_PER_BATCH = 10
write, written = batches.write, []
def end_it(*arguments):
    write(*arguments)
    written.append(1)
    if len(written) == 3:
        os.kill(os.getpid(), signal.{})
batches.write = end_it
"""
# The run's last batch is committed; the process is killed before the run is marked as succeeded.
AFTER_THE_LAST_BATCH = """
import os, signal
from job.store.run import Run
Run.succeed = lambda run: os.kill(os.getpid(), signal.SIGKILL)
"""


def assert_two_whole_batches(database: psycopg.Connection) -> None:
    """Rides, windows and counts of the first two batches are there, and nothing of the third."""
    run = last_run(database)
    assert (run["windows"], counts(database)["windows"]) == (20, 20)
    assert run["rides_scored"] == counts(database)["ride_predictions"] == counts(database)["pending_outcomes"] > 0
    assert scalar(database, "select sum(rides) from raw.windows") == run["rides_scored"]


def test_a_killed_run_leaves_whole_batches_and_the_next_completes_it(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """Killed hard between COPY and commit; its record says abandoned once the next run looks."""
    killed = in_a_process("score", "--window", RANGE, before=IN_THE_THIRD_BATCH.format("SIGKILL"))
    assert killed.code == -signal.SIGKILL
    assert last_run(database)["status"] == "running"
    assert_two_whole_batches(database)
    there = counts(database)["ride_predictions"]

    done = job("score", "--window", RANGE)
    assert done.code == 0
    abandoned, completed = records_of_runs(database)
    assert (abandoned["status"], abandoned["error"].split(":")[0]) == ("failed", "abandoned")
    assert [event["run_id"] for event in done.named("run.abandoned")] == [abandoned["run_id"]]
    assert (completed["status"], completed["rides_known"], completed["windows"]) == ("succeeded", there, 10)
    assert counts(database)["windows"] == 30


def test_a_run_killed_after_its_last_batch_is_abandoned_and_lacks_nothing(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """Every batch and its counts are there; the next run marks it as abandoned and has nothing left to score."""
    killed = in_a_process("score", "--window", RANGE, before=AFTER_THE_LAST_BATCH)
    assert killed.code == -signal.SIGKILL
    run = last_run(database)
    assert (run["status"], run["windows"], counts(database)["windows"]) == ("running", 30, 30)
    assert run["rides_scored"] == counts(database)["ride_predictions"] > 0

    assert job("score", "--window", RANGE).code == 0
    abandoned, completed = records_of_runs(database)
    assert (abandoned["status"], abandoned["rides_scored"]) == ("failed", run["rides_scored"])
    assert (completed["status"], completed["rides_scored"], completed["windows"]) == ("succeeded", 0, 0)
    assert completed["rides_known"] == run["rides_scored"]


def test_a_terminated_run_says_so_in_its_record(database: psycopg.Connection, home: Path) -> None:
    """SIGTERM, as a container's stop or the cron's time limit sends it: exit code 143, the record closed in words."""
    terminated = in_a_process("score", "--window", RANGE, before=IN_THE_THIRD_BATCH.format("SIGTERM"))
    assert terminated.code == 143
    assert_two_whole_batches(database)
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", "terminated by SIGTERM")
    assert terminated.said == ["error: terminated by SIGTERM"]


def test_an_interrupted_run_says_so_in_its_record(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C: exit code 130, one line."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("job.store.raw.batches.write", interrupt)
    interrupted = job("score", "--window", RANGE)
    assert (interrupted.code, interrupted.said) == (130, ["error: interrupted"])
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", "interrupted")


def test_a_database_that_goes_away_in_the_middle(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, exit code 1, nothing of the batch; the record is closed on a new connection."""

    def cut(*_: object) -> None:
        database.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and application_name = 'chicago-taxi-scoring'"
        )

    monkeypatch.setattr("job.store.raw.batches.write", cut)
    failed = job("score", "--window", RANGE)
    assert failed.code == 1
    assert failed.error.startswith("PostgreSQL says:")
    run = last_run(database)
    assert (run["status"], run["windows"]) == ("failed", 0)
    assert run["error"]
    assert counts(database)["ride_predictions"] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--window", RANGE),
        ("promote", "1"),
        ("dbt", "run"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_person_is_told_that_another_run_holds_the_lock(
    database: psycopg.Connection,
    locked_by_another: psycopg.Connection,
    home: Path,
    job: Job,
    arguments: tuple[str, ...],
) -> None:
    """Exit code 1 and one sentence after LOCK_WAIT; no run's record, since it never ran."""
    before = counts(database)
    refused = job(*arguments)
    assert refused.code == 1
    assert refused.error.startswith("another run holds the lock and did not end within 0.1 s")
    assert counts(database) == before


@pytest.mark.parametrize(
    ("command", "event", "times"), [("score", "score.not_run", 1), ("tick", "tick.step_not_run", 3)]
)
def test_the_cron_is_not(
    database: psycopg.Connection, locked_by_another: psycopg.Connection, home: Path, job: Job,
    command: str, event: str, times: int,
) -> None:  # fmt: skip
    """A tick, or a plain score, that does not get the lock is no failure: the next one catches up. The log says so."""
    before = counts(database)
    left = job(command)
    assert (left.code, left.out, left.said) == (0, "", [])
    assert [found["event"] for found in left.events] == [event] * times
    assert all("another run holds the lock" in found["why"] for found in left.events)
    assert counts(database) == before


def test_the_lock_is_free_after_a_failure(database: psycopg.Connection, home: Path, job: Job) -> None:
    """A run that failed does not stand in the way of the next."""
    assert job("promote", "99").code == 1
    assert job("score", "--window", RANGE).code == 0
