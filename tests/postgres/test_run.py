"""The record of a run: started, counted batch by batch, completed once, and never inconsistent."""

import os

import psycopg
import pytest
from psycopg.rows import dict_row

from job import config
from job.config import Config
from job.errors import JobError
from job.store import connection
from job.store import run as runs
from job.store.connection import LockLost
from job.store.run import Counts, Run
from tests.postgres.conftest import add_model, value

TWO_RIDES = Counts(records_read=2, rides_scored=2)


def record(database: psycopg.Connection) -> dict[str, object]:
    """The row of the only run."""
    (found,) = database.cursor(row_factory=dict_row).execute("select * from raw.runs").fetchall()
    return found


def counts(database: psycopg.Connection) -> Counts:
    """The counts of the only run, as the table has them."""
    found = record(database)
    return Counts(**{name: found[name] for name in Counts.__annotations__})  # type: ignore[arg-type]


def test_a_run_is_visible_as_soon_as_it_starts(
    locked: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """Its record has the status running and its settings; what is not known yet is null or zero."""
    run = runs.start(locked, settings, "score", "simulator", "digest", "snow")
    found = record(database)
    given = ("run_id", "command", "source", "profile_digest", "scenario", "code_version", "status")
    assert [found[name] for name in given] == [
        run.run_id, "score", "simulator", "digest", "snow", settings.code_version, "running",
    ]  # fmt: skip
    assert found["started_at"] is not None
    assert (found["finished_at"], found["error"], found["model_id"]) == (None, None, None)
    assert counts(database) == run.counts == Counts()


def test_a_run_records_the_settings_that_status_depends_on(
    locked: psycopg.Connection, database: psycopg.Connection
) -> None:
    """These are CATCH_UP_HOURS, FIRST_RUN_DAYS and UNHEALTHY_AFTER, which may be fractions."""
    own = {"CATCH_UP_HOURS": "7", "FIRST_RUN_DAYS": "3", "UNHEALTHY_AFTER": "2.5"}
    runs.start(locked, config.parse(os.environ | own), "dbt")
    found = record(database)
    assert (found["catch_up_hours"], found["first_run_days"], found["unhealthy_after_minutes"]) == (7, 3, 2.5)


def test_a_run_that_succeeded_has_its_model_and_an_end(run: Run, database: psycopg.Connection) -> None:
    """The record says whether the model came from the cache."""
    model_id = add_model(database)
    run.use_model(model_id, stale=True)
    run.succeed()
    found = record(database)
    assert (found["status"], found["error"]) == ("succeeded", None)
    assert found["finished_at"] >= found["started_at"]  # type: ignore[operator]
    assert (found["model_id"], found["model_stale"]) == (model_id, True)


def test_an_error_of_the_challenger_is_recorded_on_one_line(run: Run, database: psycopg.Connection) -> None:
    """The run continues."""
    run.note_challenger_error("two\nlines and a \0")
    found = record(database)
    assert (found["challenger_error"], found["status"]) == ("two lines and a �", "running")


def test_the_counts_of_a_batch_are_committed_with_it(run: Run, database: psycopg.Connection) -> None:
    """They are not visible earlier, and those of the next batch are added."""
    with run.batch():
        run.counts += TWO_RIDES
        assert counts(database) == Counts()
    assert counts(database) == run.counts == TWO_RIDES
    with run.batch():
        run.counts += Counts(records_read=3, rides_known=2, records_rejected=1, windows=4)
    assert counts(database) == run.counts == Counts(5, 2, 2, 1, 4)


def test_a_batch_that_fails_adds_nothing(run: Run, database: psycopg.Connection) -> None:
    """Counts do not change in the table or in memory, even on an interrupt; earlier batches stay."""
    with run.batch():
        run.counts += TWO_RIDES

    def fail(error: BaseException) -> None:
        with run.batch() as batch_id:
            run.database.execute("insert into raw.windows values ('2026-01-31T08:02Z', %s, %s)", [run.run_id, batch_id])
            run.counts += TWO_RIDES
            raise error

    for error in (JobError("no"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            fail(error)
        assert counts(database) == run.counts == TWO_RIDES
    assert value(database, "select count(*) from raw.windows") == 0


def test_batches_are_numbered_in_the_order_of_their_commits(run: Run) -> None:
    """A failed batch leaves at most a gap; the marts rely on later batches having higher numbers."""
    numbers = []
    for _ in range(3):
        with run.batch() as batch_id:
            numbers.append(batch_id)
        with pytest.raises(JobError), run.batch():
            raise JobError("no")
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("error", "recorded"),
    [
        (JobError("the registry is away: start it"), "the registry is away: start it"),
        (ValueError("two\nlines"), "two lines"),
        (KeyError(), "KeyError"),
        (KeyboardInterrupt(), "interrupted"),
        (ValueError("NUL \0 in it"), "NUL � in it"),
        (OSError(b"/trips/\xff.csv".decode("utf-8", "surrogateescape")), "/trips/?.csv"),
    ],
    ids=["sentence", "lines", "no text", "interrupted", "NUL", "not UTF-8"],
)
def test_a_failed_run_says_why_on_one_line(
    run: Run, database: psycopg.Connection, error: BaseException, recorded: str
) -> None:
    """The error may contain any characters, and the counts of committed batches stay."""
    with run.batch():
        run.counts += TWO_RIDES
    runs.fail(run.database, run.run_id, error)
    found = record(database)
    assert (found["status"], found["error"]) == ("failed", recorded)
    assert found["finished_at"] is not None
    assert counts(database) == TWO_RIDES


def test_a_completed_run_cannot_fail_any_more(run: Run, database: psycopg.Connection) -> None:
    """Its rows are committed, so a later error does not change the record."""
    run.succeed()
    before = record(database)
    runs.fail(run.database, run.run_id, JobError("the log is full"))
    assert record(database) == before


def test_a_run_that_never_ended_is_marked_by_the_next(
    locked: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """It is marked as failed (abandoned), and runs that did end keep their record."""
    for end in (lambda run: None, Run.succeed, lambda run: runs.fail(locked, run.run_id, JobError("no"))):
        end(runs.start(locked, settings, "score"))
    runs.start(locked, settings, "dbt").succeed()
    found = database.execute("select status, split_part(error, ':', 1) from raw.runs order by run_id").fetchall()
    assert found == [("failed", "abandoned"), ("succeeded", None), ("failed", "no"), ("succeeded", None)]
    assert value(database, "select finished_at >= started_at from raw.runs where run_id = 1")


def test_counts_that_do_not_add_up_are_refused(run: Run, database: psycopg.Connection) -> None:
    """The database checks that every record is scored, known or rejected, and that no count is negative."""

    def count(refused: Counts) -> None:
        with run.batch():
            run.counts += refused

    for name in ("records_read", "rides_scored", "rides_known", "records_rejected"):
        with pytest.raises(psycopg.errors.CheckViolation, match="runs_account_for_every_record"):
            count(Counts(**{name: 1}))
    with pytest.raises(psycopg.errors.CheckViolation, match="runs_count_upwards"):
        count(Counts(rides_scored=1, rides_known=-1))
    assert counts(database) == run.counts == Counts()


@pytest.mark.parametrize(
    "change", ["status = 'succeeded'", "finished_at = now()", "status = 'done'", "source = 'New York'"]
)
def test_a_record_that_contradicts_itself_is_refused(run: Run, database: psycopg.Connection, change: str) -> None:
    """Examples are an end without a time, a time without an end, and an unknown status or source."""
    with pytest.raises(psycopg.errors.CheckViolation):
        database.execute(f"update raw.runs set {change}".encode())


def test_counts_add_column_by_column() -> None:
    """Each count is added to its own column."""
    assert Counts(10, 5, 3, 2, 1) + Counts(4, 1, 1, 2, 7) == Counts(14, 6, 4, 4, 8)


def test_a_run_whose_session_lost_the_lock_writes_nothing(run: Run, database: psycopg.Connection) -> None:
    """Each transaction checks it: a pooler may have given the session, and so the lock, to somebody else."""
    model_id = add_model(database)
    value(run.database, connection.UNLOCK)
    before = record(database)
    attempts = (
        lambda: run.batch().__enter__(),
        lambda: run.use_model(model_id, stale=False),
        lambda: run.note_challenger_error("why"),
        run.succeed,
    )
    for attempt in attempts:
        with pytest.raises(LockLost, match="pooler in transaction mode: connect directly"):
            attempt()
    assert record(database) == before
    run.database.execute(connection.LOCK.encode())
    run.succeed()


def test_a_session_that_another_run_shares_does_not_take_its_lock(locked: psycopg.Connection) -> None:
    """PostgreSQL would grant the lock a second time to the same session."""
    with pytest.raises(LockLost), connection.locked(locked, 0):
        pass
