"""Reaching a real server that is away, late, or says no; and the one lock of every writer."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from job import config
from job.config import Config
from job.embedded import Address, embedded_server
from job.errors import JobError, LockNotGot
from job.store import connection
from job.store.connection import DatabaseAway, DatabaseFailed, DatabaseUnavailable
from job.store.raw import runs
from tests.conftest import Server
from tests.postgres.conftest import value

ROOT = Path(__file__).parents[2]
WAITERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' "
    "and pid != pg_backend_pid()"
)
TERMINATE = "select pg_terminate_backend(%s, 10000)"
# A run as `score` makes one, that waits for a table which the test has locked; SIGTERM as __main__ takes it.
RUN = """
import os, signal, sys
from job import __main__, config
from job.store import connection
from job.store.raw import runs
signal.signal(signal.SIGTERM, __main__._terminate)
settings = config.parse(os.environ)
with (
    connection.connect(settings, {}) as database,
    connection.locked(database, 1),
    runs.recorded(database, settings, {}, "score") as run_id,
    database.transaction(),
):
    runs.count(database, run_id, runs.Figures(records_read=1, rides_scored=1))
    try:
        database.execute("insert into raw.windows values ('2026-01-31T08:02Z', %s, 1)", (run_id,))
    except KeyboardInterrupt:
        sys.excepthook = lambda *_: None
        raise
"""


def connected(settings: Config, **info: str) -> None:
    """Connect, and leave."""
    with connection.connect(settings, info):
        pass


@pytest.fixture(scope="module")
def private(open_folder: Path) -> Iterator[tuple[Path, Address]]:
    """A server of this file's own: its home, and where it listens; the role `secret` needs its password."""
    home = open_folder / "private"
    with embedded_server(home) as address:
        with psycopg.connect(host=address.host, port=address.port, user="postgres", autocommit=True) as admin:
            admin.execute("create role secret login password 'right'")
            rules = home / "postgres" / "pg_hba.conf"
            rules.write_text("local all secret scram-sha-256\n" + rules.read_text())
            admin.execute("select pg_reload_conf()")
        yield home, address


@pytest.fixture
def at_private(private: tuple[Path, Address], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where the private server is, for libpq; the login that needs a password."""
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    return {"host": private[1].host, "port": private[1].port, "user": "secret", "dbname": "postgres"}


@retry(retry=retry_if_result(lambda found: not found), stop=stop_after_delay(60), wait=wait_fixed(0.05))
def until(database: psycopg.Connection, query: str) -> bool:
    """Wait for the query's one value to be true."""
    return bool(value(database, query))


def patient(**environ: str) -> Config:
    """Settings that would wait for long: what is final must not be tried again."""
    return config.parse({"PGHOST": "x", "CONNECT_WAIT": "30"} | environ)


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password_is_one_sentence(
    at_private: dict[str, str], monkeypatch: pytest.MonkeyPatch, password: str | None
) -> None:
    """At once, and so is none at all: waiting does not mend it."""
    if password:
        monkeypatch.setenv("PGPASSWORD", password)
    with pytest.raises(DatabaseUnavailable, match="refused the login: .*password.*Check PGUSER and PGPASSWORD"):
        connected(patient(), **at_private)


def test_the_right_password_is_taken_from_libpqs_places(
    at_private: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """PGPASSWORD, or a passfile."""
    monkeypatch.setenv("PGPASSWORD", "right")
    connected(patient(), **at_private)
    monkeypatch.delenv("PGPASSWORD")
    passfile = tmp_path / "passfile"
    passfile.write_text("*:*:*:secret:right\n")
    passfile.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    connected(patient(), **at_private)


def test_no_connection_left_is_worth_waiting_for(at_private: dict[str, str]) -> None:
    """A full server says so; it may have room soon."""
    error = psycopg.OperationalError("connection failed: FATAL:  sorry, too many clients already")
    assert isinstance(connection._explained(error), DatabaseAway)


@pytest.mark.parametrize(("what", "name"), [("dbname", "nowhere"), ("user", "nobody")])
def test_a_missing_database_or_role_is_one_sentence(database: psycopg.Connection, what: str, name: str) -> None:
    """At once; the sentence names it and what makes it."""
    with pytest.raises(DatabaseUnavailable, match=f'"{name}" does not exist.*Check PGDATABASE and PGUSER.*init-db'):
        connected(patient(), **{what: name})


@pytest.mark.parametrize("where", [{"host": "/nowhere"}, {"host": "127.0.0.1", "port": "1"}, {"host": "no.invalid"}])
def test_nothing_listening_is_tried_for_connect_wait_and_no_longer(where: dict[str, str]) -> None:
    """By socket, by address, by a name that nobody knows: one sentence after the time that CONNECT_WAIT gives."""
    with pytest.raises(DatabaseAway, match="cannot be reached: .*Check PGHOST and PGPORT"):
        connected(patient(CONNECT_WAIT="0.5"), **{"port": "1"} | where)


def test_a_server_that_starts_late_is_waited_for(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first tries find nobody; then the server is there, and the connection."""
    home = open_folder / "late"
    with embedded_server(home) as address:
        where = {"host": address.host, "port": address.port, "user": "postgres", "dbname": "postgres"}
    once, refused = connection.connect_once, []
    with ExitStack() as running:

        def start_after_two(info: dict[str, str]) -> psycopg.Connection:
            try:
                return once(info)
            except DatabaseAway as error:
                refused.append(error)
                if len(refused) == 2:
                    running.enter_context(embedded_server(home))
                raise

        monkeypatch.setattr(connection, "connect_once", start_after_two)
        connected(patient(CONNECT_WAIT="300"), **where)
    assert len(refused) == 2


def test_a_connection_speaks_utc(settings: Config, writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """Whatever the database's own time zone is."""
    database.execute(f"alter database {database.info.dbname} set timezone = 'Asia/Tokyo'")
    with connection.connect(settings, {}) as ours:
        assert value(ours, "show timezone") == "UTC"


def test_a_refused_statement_is_one_sentence(settings: Config) -> None:
    """What the role may not, and what is not there, point to init-db; the rest is the server's words."""
    for query, said in (
        ("delete from raw.runs", "permission denied for table runs.*init-db"),
        ("select from raw.nothing", '"raw.nothing" does not exist.*init-db'),
        ("select 1 / 0", "division by zero$"),
    ):
        with pytest.raises(DatabaseFailed, match=said), connection.connect(settings, {}) as ours:
            ours.execute(query.encode())


def test_the_second_taker_waits_for_the_lock(settings: Config, database: psycopg.Connection) -> None:
    """It gets it when the first lets go."""
    order: list[str] = []

    def second() -> None:
        with connection.connect(settings, {}) as ours, connection.locked(ours, 60):
            order.append("second")

    with connection.connect(settings, {}) as ours:
        with connection.locked(ours, 0):
            waiting = threading.Thread(target=second)
            waiting.start()
            until(database, WAITERS)
            order.append("first")
        waiting.join()
    assert order == ["first", "second"]


def test_a_lock_that_is_not_let_go_is_one_sentence(settings: Config) -> None:
    """After LOCK_WAIT; the connection is as good as before, and gets the lock when it is free."""
    with connection.connect(settings, {}) as first, connection.connect(settings, {}) as second:
        with connection.locked(first, 0):
            with (
                pytest.raises(LockNotGot, match="another run holds the lock.* 0.05 s: .*LOCK_WAIT"),
                connection.locked(second, 0.05),
            ):
                pytest.fail("both hold it")
            assert value(second, "show lock_timeout") == "0"
        with connection.locked(second, 0):
            assert value(second, "show lock_timeout") == "0"


def test_the_lock_goes_with_the_connection(settings: Config, database: psycopg.Connection) -> None:
    """A run whose machine is gone does not stop the next; what ended it is what it says."""

    def die_while_another_takes_it() -> None:
        with connection.connect(settings, {}) as first, connection.locked(first, 0):
            value(database, TERMINATE, first.info.backend_pid)
            with connection.connect(settings, {}) as second, connection.locked(second, 0):
                pass
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        die_while_another_takes_it()


def test_two_databases_have_two_locks(settings: Config, server: Server) -> None:
    """Installations on one server do not wait for each other."""
    with (
        connection.connect(settings, {}) as ours,
        server.connect() as other,
        connection.locked(ours, 0),
        connection.locked(other, 0),
    ):
        pass


@contextmanager
def a_batch(settings: Config) -> Iterator[psycopg.Connection]:
    """A run in the middle of its batch's transaction."""
    with (
        connection.connect(settings, {}) as ours,
        connection.locked(ours, 0),
        runs.recorded(ours, settings, {}, "score") as run_id,
        ours.transaction(),
    ):
        ours.execute("insert into raw.windows values ('2026-01-31T08:02Z', %s, 1)", [run_id])
        yield ours


def test_a_connection_that_dies_fails_the_run_and_says_so(settings: Config, database: psycopg.Connection) -> None:
    """The batch's rows are not there, the record is closed on a new connection, the sentence is the server's."""

    def die() -> None:
        with a_batch(settings) as ours:
            value(database, TERMINATE, ours.info.backend_pid)
            ours.execute("select 1")

    with pytest.raises(DatabaseFailed, match="PostgreSQL says: .*terminating connection"):
        die()
    ((status, error),) = database.execute("select status, error from raw.runs").fetchall()
    assert status == "failed"
    assert "terminating connection" in error
    assert value(database, "select count(*) from raw.windows") == 0


def test_a_connection_that_died_unnoticed_fails_the_run_too(settings: Config, database: psycopg.Connection) -> None:
    """Something else went wrong, and then the record could not be closed on the connection that there was."""

    def die() -> None:
        with (
            connection.connect(settings, {}) as ours,
            connection.locked(ours, 0),
            runs.recorded(ours, settings, {}, "score"),
        ):
            value(database, TERMINATE, ours.info.backend_pid)
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        die()
    assert database.execute("select status, error from raw.runs").fetchall() == [("failed", "the reason")]


@pytest.mark.parametrize(
    ("sent", "error"), [(signal.SIGTERM, "terminated by SIGTERM"), (signal.SIGINT, "interrupted")], ids=["TERM", "INT"]
)
def test_a_run_stopped_in_the_middle_of_a_statement_says_so(
    settings: Config, database: psycopg.Connection, server: Server, sent: signal.Signals, error: str
) -> None:
    """The cron's time limit, or Ctrl-C: nothing of the batch stays, the record is closed, the lock is free."""
    with server.connect(database.info.dbname) as blocker, blocker.transaction():
        blocker.execute("lock table raw.windows")
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        run = subprocess.Popen([sys.executable, "-c", RUN], env=environment, stderr=subprocess.PIPE, text=True)
        until(database, WAITERS)
        run.send_signal(sent)
        _, said = run.communicate()
        assert said == ""
        assert database.execute("select status, error, records_read from raw.runs").fetchall() == [("failed", error, 0)]
    assert value(database, "select count(*) from raw.windows") == 0
    with connection.locked(database, 0):
        pass


def test_a_broken_statement_is_given_up_before_the_record_is_closed(
    settings: Config, database: psycopg.Connection, server: Server
) -> None:
    """Whatever else leaves a statement under way: it is cancelled, since the record's row may be its own."""

    def break_off() -> None:
        with a_batch(settings) as ours:
            runs.count(ours, 1, runs.Figures(records_read=1, rides_scored=1))
            ours.pgconn.send_query(b"select pg_sleep(3600)")
            until(database, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")  # cancelled under way
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        break_off()
    assert database.execute("select status, error, records_read from raw.runs").fetchall() == [
        ("failed", "the reason", 0)
    ]
