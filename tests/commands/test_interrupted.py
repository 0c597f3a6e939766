"""Killed, terminated and concurrent runs: no batch is half written, and the next run completes the work."""

import signal
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import Job, counts, ending_in_batch, in_a_process, last_run, records_of_runs, scalar

RANGE = "2026-01-31T08:00Z..2026-01-31T08:58Z"
BATCHES_OF_10_WINDOWS = "from job.commands import score; score.WINDOWS_PER_BATCH = 10"
# The run's last batch is committed; the process is killed before the run is marked as succeeded.
AFTER_THE_LAST_BATCH = """
import os, signal
from job.store.run import Run
Run.succeed = lambda run: os.kill(os.getpid(), signal.SIGKILL)
"""
# The second batch waits in its transaction; the signal comes from outside a moment later.
WHILE_THE_SECOND_BATCH_IS_WRITTEN = """
import os, signal, threading
from job.store.raw import batches
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background commands with SIGINT ignored
write, written = batches.write, []
def wait(run, *arguments):
    write(run, *arguments)
    written.append(1)
    if len(written) == 2:
        threading.Timer(0.5, os.kill, (os.getpid(), {signal})).start()
        run.database.execute("select pg_sleep(600)")
batches.write = wait
"""


def assert_whole_batches(database: psycopg.Connection, batches: int) -> None:
    """Check that the rides, windows and counts of this many batches are there, and none of the next."""
    run = last_run(database)
    assert (run["windows"], counts(database)["windows"]) == (10 * batches, 10 * batches)
    assert run["rides_scored"] == counts(database)["ride_predictions"] == counts(database)["pending_outcomes"] > 0
    assert scalar(database, "select sum(rides) from raw.windows") == run["rides_scored"]


def test_a_killed_run_leaves_whole_batches_and_the_next_completes_it(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """A run killed between COPY and commit is marked as abandoned by the next run, which scores the rest."""
    killed = in_a_process("score", "--window", RANGE, before=BATCHES_OF_10_WINDOWS + ending_in_batch(3))
    assert killed.code == -signal.SIGKILL
    assert last_run(database)["status"] == "running"
    assert_whole_batches(database, 2)
    there = counts(database)["ride_predictions"]

    done = job("score", "--window", RANGE)
    assert done.code == 0
    abandoned, completed = records_of_runs(database)
    assert (abandoned["status"], abandoned["error"].split(":")[0]) == ("failed", "abandoned")
    assert [event["run_id"] for event in done.named("run.abandoned")] == [abandoned["run_id"]]
    assert (completed["status"], completed["rides_known"], completed["windows"]) == ("succeeded", there, 10)
    assert counts(database)["windows"] == 30


def test_a_run_killed_after_its_last_batch_is_abandoned_and_complete(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """The next run marks it as abandoned and has nothing left to score."""
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


@pytest.mark.parametrize(
    ("sent", "code", "reason"),
    [(signal.SIGTERM, 143, "terminated by SIGTERM"), (signal.SIGINT, 130, "interrupted")],
    ids=["SIGTERM", "Ctrl-C"],
)
def test_a_signal_cancels_the_batch_that_is_being_written(
    database: psycopg.Connection, home: Path, sent: signal.Signals, code: int, reason: str
) -> None:
    """The run ends at once; the earlier batches stay, and its record has the reason."""
    before = WHILE_THE_SECOND_BATCH_IS_WRITTEN.format(signal=sent.value)
    ended = in_a_process("score", "--window", RANGE, before=BATCHES_OF_10_WINDOWS + before)
    assert (ended.code, ended.messages) == (code, [f"error: {reason}"])
    assert_whole_batches(database, 1)
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", reason)


def test_an_interrupted_run_is_recorded_as_failed(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends it with exit code 130 and one line."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("job.store.raw.batches.write", interrupt)
    interrupted = job("score", "--window", RANGE)
    assert (interrupted.code, interrupted.messages) == (130, ["error: interrupted"])
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", "interrupted")


def test_a_lost_connection_fails_the_run(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the batch is written, and the failure is recorded over a new connection."""

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


def test_a_role_with_one_connection_can_score_many_batches(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rides that are already scored are then looked up between two writes, on the connection that writes."""
    monkeypatch.setattr("job.commands.score.WINDOWS_PER_BATCH", 10)
    database.execute("alter role taxi_writer connection limit 1")
    try:
        done = job("score", "--window", RANGE)
    finally:
        database.execute("alter role taxi_writer connection limit -1")
    assert done.code == 0
    (event,) = done.named("run.one_connection")
    assert "too many connections" in event["why"]
    assert_whole_batches(database, 3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--window", RANGE),
        ("promote", "1"),
        ("dbt", "run"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_by_hand_fails_if_another_run_holds_the_lock(
    database: psycopg.Connection,
    locked_by_another: psycopg.Connection,
    home: Path,
    job: Job,
    arguments: tuple[str, ...],
) -> None:
    """After LOCK_WAIT it exits with 1 and one sentence, and no run is recorded."""
    before = counts(database)
    refused = job(*arguments)
    assert refused.code == 1
    assert refused.error.startswith("another run holds the lock and did not end within 0.1 s")
    assert counts(database) == before


@pytest.mark.parametrize(
    ("command", "event", "times"), [("score", "score.not_run", 1), ("tick", "tick.step_not_run", 3)]
)
def test_a_scheduled_command_skips_if_another_run_holds_the_lock(
    database: psycopg.Connection, locked_by_another: psycopg.Connection, home: Path, job: Job,
    command: str, event: str, times: int,
) -> None:  # fmt: skip
    """A tick or plain score exits with 0 and logs the reason, because the next one catches up."""
    before = counts(database)
    skipped = job(command)
    assert (skipped.code, skipped.out, skipped.messages) == (0, "", [])
    assert [entry["event"] for entry in skipped.events] == [event] * times
    assert all("another run holds the lock" in entry["why"] for entry in skipped.events)
    assert counts(database) == before


def test_a_failed_run_releases_the_lock(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The next run can take the lock."""
    assert job("promote", "99").code == 1
    assert job("score", "--window", RANGE).code == 0
