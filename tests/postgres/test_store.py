"""Recorded runs under the lock, and read-only access for people, on a real server."""

import os
import signal
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job import config
from job.errors import JobError, LockNotAcquired
from job.store import connection, store
from job.store.connection import DatabaseFailed
from job.store.raw import windows
from job.store.run import Counts, Run
from job.store.store import Store
from tests.forks import ROOT, Fork
from tests.postgres.conftest import TERMINATE, WAITERS, add_model, until, value
from tests.servers import Server

RECORDS = "select status, error, records_read from raw.runs order by run_id"
ONE_RIDE = Counts(records_read=1, rides_scored=1)
# Waits within a batch for a table that the test has locked; signals are handled as __main__ handles them. SIGINT needs
# its handler back: a shell starts background processes with SIGINT ignored, and their children inherit that.
WAITING_RUN = """
import os, signal, sys
from job import __main__, config
from job.store.run import Counts
from job.store.store import Store
signal.signal(signal.SIGTERM, __main__._terminate)
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with Store(config.parse(os.environ), {}).run("score") as run, run.batch():
        run.counts += Counts(records_read=1, rides_scored=1)
        run.database.execute("insert into raw.windows values ('2026-01-31T08:02Z', %s, 1)", (run.run_id,))
except KeyboardInterrupt:
    sys.exit(1)
"""
# Commits a batch of a ride for each of the windows that it is given, and is killed before the block of the run ends.
KILLED_RUN = """
import os, signal, sys
import pandas as pd
from job import config
from job.store.store import Store
from tests.postgres.conftest import batch, predicted, rides, write
with Store(config.parse(os.environ), {}).run("score", "simulator") as run:
    run.use_model(1, stale=False)
    for number, start in enumerate(map(pd.Timestamp, sys.argv[1:])):
        ride = rides(number, trip_start_timestamp=start.as_unit("us"))
        ledger = pd.DataFrame({"window_start": [start], "rides": [1]})
        write(run, 1, batch(ride, windows=ledger), predicted(ride, "simulator"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def records(database: psycopg.Connection) -> list[tuple[str, str | None, int]]:
    """Status, error and number of records of every run."""
    return database.execute(RECORDS).fetchall()


def close_a_window(run: Run) -> None:
    """Insert a row of the ledger."""
    run.database.execute("insert into raw.windows values ('2026-01-31T08:02Z', %s, 1)", [run.run_id])


def test_a_run_succeeds_when_its_block_ends(store: Store, database: psycopg.Connection) -> None:
    """Until then it is running, with everything that the command recorded; afterwards the lock is free."""
    with store.run("score", "simulator", "digest", "snow") as run:
        recorded = database.execute(
            "select run_id, command, source, profile_digest, scenario, status, finished_at from raw.runs"
        )
        assert recorded.fetchall() == [(run.run_id, "score", "simulator", "digest", "snow", "running", None)]
        with run.batch():
            run.counts += ONE_RIDE
    assert records(database) == [("succeeded", None, 1)]
    with connection.locked(database, 0):
        pass


def test_a_run_without_a_batch_succeeds(store: Store, database: psycopg.Connection) -> None:
    """There may be nothing to do."""
    with store.run("observe"):
        pass
    assert records(database) == [("succeeded", None, 0)]


def test_a_run_fails_with_the_error_of_its_block(store: Store, database: psycopg.Connection) -> None:
    """The error carries the run's number; committed batches stay, with their counts, and the lock is free."""

    def fail_after_a_batch() -> None:
        with store.run("score") as run:
            with run.batch():
                close_a_window(run)
                run.counts += ONE_RIDE
            raise JobError("the file breaks off")

    with pytest.raises(JobError, match="^the file breaks off$") as caught:
        fail_after_a_batch()
    assert caught.value.run_id == value(database, "select run_id from raw.runs")
    assert records(database) == [("failed", "the file breaks off", 1)]
    assert value(database, "select count(*) from raw.windows") == 1
    with connection.locked(database, 0):
        pass


def test_a_statement_that_postgresql_refuses_fails_the_run(store: Store, database: psycopg.Connection) -> None:
    """The error is one sentence with the run's number, and the same sentence is recorded."""
    with pytest.raises(DatabaseFailed, match="^PostgreSQL says: division by zero$") as caught, store.run("dbt") as run:
        run.database.execute("select 1 / 0")
    assert caught.value.run_id == value(database, "select run_id from raw.runs")
    assert records(database) == [("failed", "PostgreSQL says: division by zero", 0)]


def test_any_other_error_fails_the_run_and_is_passed_on(store: Store, database: psycopg.Connection) -> None:
    """Neither a bug nor Ctrl-C in the middle of a run is hidden."""
    for error in (ZeroDivisionError("bug"), KeyboardInterrupt()):
        with pytest.raises(type(error)), store.run("score"):
            raise error
    assert records(database) == [("failed", "bug", 0), ("failed", "interrupted", 0)]


def test_a_run_that_does_not_get_the_lock_is_not_recorded(
    server: Server, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error has no run's number, because no run was recorded."""
    monkeypatch.setenv("LOCK_WAIT", "0")
    second = Store(config.parse(os.environ), {})
    with connection.locked(database, 0):
        for entry in (second.run("score"), second.locked()):
            with pytest.raises(LockNotAcquired, match="another run holds the lock") as caught, entry:
                pytest.fail("both hold it")
            assert caught.value.run_id is None
    assert records(database) == []


def test_a_run_holds_the_lock_to_its_end(store: Store, database: psycopg.Connection) -> None:
    """Neither another run nor init-db can come in between."""
    for entry in (store.run("score"), store.locked()):
        with entry, pytest.raises(LockNotAcquired), connection.locked(database, 0):
            pytest.fail("both hold it")


def test_a_crash_between_the_last_batch_and_the_end_loses_nothing(
    store: Store, database: psycopg.Connection, writer: psycopg.Connection
) -> None:
    """All batches are there with their counts; the next run marks the crashed run and scores only what is left."""
    add_model(database)
    owed = windows.owed(writer, store.config, datetime.now(UTC))
    killed = Fork(KILLED_RUN, *map(str, owed[:2]), folder=ROOT, environ=os.environ)
    assert killed.wait()[0] == -signal.SIGKILL
    counted = "select status, records_read, rides_scored, windows, finished_at from raw.runs"
    assert database.execute(counted).fetchall() == [("running", 2, 2, 2, None)]
    for table in ("ride_predictions", "windows"):
        assert value(database, f"select count(*) from raw.{table} where run_id = 1") == 2
    with store.run("score", "simulator") as run:
        left = windows.owed(run.database, store.config, datetime.now(UTC))
        assert left[: len(owed) - 2] == owed[2:]
        with run.batch() as batch_id:
            assert batch_id > value(database, "select max(batch_id) from raw.ride_predictions")
            run.database.execute("insert into raw.windows select unnest(%s::timestamptz[]), %s, 0", [left, run.run_id])
            run.counts += Counts(windows=len(left))
    found = database.execute("select status, split_part(error, ':', 1), rides_scored from raw.runs order by run_id")
    assert found.fetchall() == [("failed", "abandoned", 2), ("succeeded", None, 0)]
    assert windows.owed(writer, store.config, left[-1] + timedelta(minutes=2)) == []


def test_a_connection_that_dies_in_a_batch_fails_the_run(store: Store, database: psycopg.Connection) -> None:
    """The batch is undone, and the record is completed on a new connection with the server's message."""

    def die() -> None:
        with store.run("score") as run, run.batch():
            close_a_window(run)
            value(database, TERMINATE, run.database.info.backend_pid)
            run.database.execute("select 1")

    with pytest.raises(DatabaseFailed, match="PostgreSQL says: .*terminating connection") as caught:
        die()
    assert caught.value.run_id is not None
    ((status, error, _),) = records(database)
    assert status == "failed"
    assert error
    assert "terminating connection" in error
    assert value(database, "select count(*) from raw.windows") == 0


def test_a_connection_that_died_unnoticed_does_not_hide_the_error(store: Store, database: psycopg.Connection) -> None:
    """The loss of the connection is noticed only when the record is completed after another error."""

    def die_and_fail() -> None:
        with store.run("score") as run:
            value(database, TERMINATE, run.database.info.backend_pid)
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        die_and_fail()
    assert records(database) == [("failed", "the reason", 0)]


def test_a_connection_that_dies_after_the_last_batch_fails_the_run(store: Store, database: psycopg.Connection) -> None:
    """Its batches are there, but it cannot be recorded as succeeded."""

    def die_at_the_end() -> None:
        with store.run("score") as run:
            with run.batch():
                run.counts += ONE_RIDE
            value(database, TERMINATE, run.database.info.backend_pid)

    with pytest.raises(DatabaseFailed, match="terminating connection"):
        die_at_the_end()
    ((status, _, records_read),) = records(database)
    assert (status, records_read) == ("failed", 1)


def test_a_server_that_stays_away_leaves_the_record_to_the_next_run(
    store: Store, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The original error is raised, and the next run marks the record as failed."""

    def away(info: dict[str, str]) -> psycopg.Connection:
        raise connection.DatabaseAway("PostgreSQL cannot be reached")

    def die_for_long() -> None:
        with monkeypatch.context() as patch, store.run("score") as run:
            value(database, TERMINATE, run.database.info.backend_pid)
            patch.setattr(connection, "connect_once", away)
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        die_for_long()
    assert records(database) == [("running", None, 0)]
    with store.run("score"):
        pass
    assert [status for status, _, _ in records(database)] == ["failed", "succeeded"]


@pytest.mark.parametrize(
    ("sent", "error"), [(signal.SIGTERM, "terminated by SIGTERM"), (signal.SIGINT, "interrupted")], ids=["TERM", "INT"]
)
def test_a_signal_in_the_middle_of_a_statement_fails_the_run(
    database: psycopg.Connection, server: Server, sent: signal.Signals, error: str
) -> None:
    """On SIGTERM or Ctrl-C the batch is undone, the record is completed and the lock is released."""
    with server.connect(database.info.dbname) as blocker, blocker.transaction():
        blocker.execute("lock table raw.windows")
        waiting = Fork(WAITING_RUN, folder=ROOT, environ=os.environ)
        until(database, WAITERS)
        waiting.send(sent)
        assert waiting.wait() == (1, "", "")
        assert records(database) == [("failed", error, 0)]
    assert value(database, "select count(*) from raw.windows") == 0
    with connection.locked(database, 0):
        pass


def test_a_statement_under_way_is_cancelled_before_the_record_is_completed(
    store: Store, database: psycopg.Connection
) -> None:
    """It may hold a lock on the record's own row."""

    def break_off() -> None:
        with store.run("score") as run, run.batch():
            run.database.execute("update raw.runs set windows = 1")
            run.database.pgconn.send_query(b"select pg_sleep(3600)")
            until(database, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        break_off()
    assert records(database) == [("failed", "the reason", 0)]


def test_reading_sees_one_snapshot_of_the_database(store: Store, database: psycopg.Connection) -> None:
    """Later commits are not visible, so that all parts of a report are consistent."""
    with store.reading() as reading:
        assert value(reading, "select count(*) from raw.models") == 0
        add_model(database)
        assert value(reading, "select count(*) from raw.models") == 0
    with store.reading() as reading:
        assert value(reading, "select count(*) from raw.models") == 1


def test_reading_sees_raw_tables_and_marts(store: Store, database: psycopg.Connection) -> None:
    """It takes dbt's role, since the job's own role does not see the marts."""
    database.execute("set role taxi_dbt; create table marts.made as select 1 as n; reset role")
    with store.reading() as reading:
        assert value(reading, "select current_user::text") == "taxi_dbt"
        assert value(reading, "select n from marts.made") == 1
        assert value(reading, "select count(*) from raw.runs") == 0


@pytest.mark.parametrize(
    "statement",
    ["create table marts.made (n integer)", "drop table marts.there", "insert into marts.there values (1)"],
)
def test_reading_refuses_to_write(store: Store, database: psycopg.Connection, statement: str) -> None:
    """Even the tables that its role owns cannot be changed."""
    database.execute("set role taxi_dbt; create table marts.there (n integer); reset role")
    with pytest.raises(DatabaseFailed, match="read-only transaction"), store.reading() as reading:
        reading.execute(statement.encode())
    assert value(database, "select array_agg(tablename::text) from pg_tables where schemaname = 'marts'") == ["there"]
    assert value(database, "select count(*) from marts.there") == 0


def test_reading_needs_no_lock_and_records_nothing(store: Store, database: psycopg.Connection) -> None:
    """The status can be read while a run is under way."""
    with connection.locked(database, 0), store.reading() as reading:
        assert value(reading, "select count(*) from raw.runs") == 0
    assert records(database) == []


@pytest.mark.parametrize("entry", ["run", "locked", "reading"])
def test_a_database_without_the_newest_migrations_is_refused(
    store: Store, database: psycopg.Connection, entry: str
) -> None:
    """Everything that opens the database refuses it before anything is written."""
    database.execute("delete from raw._yoyo_migration where migration_id = '0005_feeds'")
    arguments = ("score",) if entry == "run" else ()
    with (
        pytest.raises(JobError, match="lacks 0005_feeds: run `python -m job init-db`"),
        getattr(store, entry)(*arguments),
    ):
        pytest.fail("it was opened")
    assert records(database) == []


def test_our_logins_apply_only_to_the_embedded_server(settings: config.Config) -> None:
    """With any other server libpq's own settings determine the login, whichever role a command needs."""
    with store.opened(settings, "postgres") as opened:
        assert opened.logged_in_as("writer").conninfo == opened.conninfo == {}
    embedded = Store(config.parse({"ROLE_PREFIX": "my_"}), {"host": "/socket", "user": "postgres"})
    assert embedded.logged_in_as("writer").conninfo == {"host": "/socket", "user": "my_taxi_writer"}
    assert embedded.logged_in_as("postgres").conninfo == embedded.conninfo
