"""Connecting to a server that is away, late or refuses, and the lock that every writer takes."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from job import config
from job.config import Config
from job.embedded import Address, embedded_server
from job.errors import JobError, LockNotAcquired
from job.store import connection
from job.store.connection import DatabaseAway, DatabaseFailed, DatabaseUnavailable
from tests.postgres.conftest import TERMINATE, WAITERS, until, value
from tests.servers import Server


def connected(settings: Config, **info: str) -> None:
    """Connect and disconnect."""
    with connection.connect(settings, info):
        pass


@pytest.fixture(scope="module")
def private(open_folder: Path) -> Iterator[tuple[Path, Address]]:
    """The home and the address of a server that only this file uses; its role `secret` needs a password."""
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
    """The private server's address for libpq, with the login that needs a password."""
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    return {"host": private[1].host, "port": private[1].port, "user": "secret", "dbname": "postgres"}


def patient(**environ: str) -> Config:
    """Settings with a long CONNECT_WAIT: a final refusal must not be retried."""
    return config.parse({"PGHOST": "x", "CONNECT_WAIT": "30"} | environ)


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password_is_reported_in_one_sentence(
    at_private: dict[str, str], monkeypatch: pytest.MonkeyPatch, password: str | None
) -> None:
    """A wrong or missing password fails without a retry, since waiting would not help."""
    if password:
        monkeypatch.setenv("PGPASSWORD", password)
    with pytest.raises(DatabaseUnavailable, match="refused the login: .*password.*Check PGUSER and PGPASSWORD"):
        connected(patient(), **at_private)


def test_the_password_is_read_where_libpq_reads_it(
    at_private: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It may come from PGPASSWORD or from a passfile."""
    monkeypatch.setenv("PGPASSWORD", "right")
    connected(patient(), **at_private)
    monkeypatch.delenv("PGPASSWORD")
    passfile = tmp_path / "passfile"
    passfile.write_text("*:*:*:secret:right\n")
    passfile.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    connected(patient(), **at_private)


@pytest.mark.parametrize(
    "words",
    [
        "sorry, too many clients already",
        "remaining connection slots are reserved for roles with the SUPERUSER attribute",
        'too many connections for role "taxi_writer"',
        'too many connections for database "taxi"',
        "no more connections allowed (max_client_conn)",
    ],
)
def test_a_server_without_free_connections_is_retried(words: str) -> None:
    """A connection may become free soon."""
    error = psycopg.OperationalError(f"connection failed: FATAL:  {words}")
    assert isinstance(connection._explained(error), DatabaseAway)


def test_a_role_without_free_connections_is_retried(
    settings: Config, server: Server, database: psycopg.Connection
) -> None:
    """The server's own refusal counts as an error that may pass."""
    with server.connect(database.info.dbname, "taxi_writer"):
        database.execute("alter role taxi_writer connection limit 1")
        try:
            with pytest.raises(DatabaseAway, match="too many connections"):
                connected(settings)
        finally:
            database.execute("alter role taxi_writer connection limit -1")


@pytest.mark.parametrize(("parameter", "name"), [("dbname", "nowhere"), ("user", "nobody")])
def test_a_missing_database_or_role_is_reported_in_one_sentence(
    database: psycopg.Connection, parameter: str, name: str
) -> None:
    """It fails without a retry; the sentence names what is missing and the command that creates it."""
    with pytest.raises(DatabaseUnavailable, match=f'"{name}" does not exist.*Check PGDATABASE and PGUSER.*init-db'):
        connected(patient(), **{parameter: name})


@pytest.mark.parametrize("where", [{"host": "/nowhere"}, {"host": "127.0.0.1", "port": "1"}, {"host": "no.invalid"}])
def test_a_server_that_is_away_is_retried_for_connect_wait(where: dict[str, str]) -> None:
    """By socket, by address or by an unknown name, the error comes after CONNECT_WAIT, without libpq's questions."""
    began = time.monotonic()
    with pytest.raises(DatabaseAway, match=r"^PostgreSQL cannot be reached: [^?]*[^.?]\. Check PGHOST and PGPORT"):
        connected(patient(CONNECT_WAIT="0.5"), **{"port": "1"} | where)
    assert time.monotonic() - began >= 0.5


def test_a_server_that_starts_late_is_waited_for(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first attempts fail; the one after the server has started succeeds."""
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


def test_a_connection_is_in_utc(settings: Config, writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """The time zone of the database does not matter."""
    database.execute(f"alter database {database.info.dbname} set timezone = 'Asia/Tokyo'")
    with connection.connect(settings, {}) as ours:
        assert value(ours, "show timezone") == "UTC"


def test_a_refused_statement_is_reported_in_one_sentence(settings: Config) -> None:
    """A missing right, table or function points to init-db; otherwise the server's message is passed on."""
    for query, sentence in (
        ("delete from raw.runs", "permission denied for table runs.*init-db"),
        ("select from raw.nothing", '"raw.nothing" does not exist.*init-db'),
        ("select raw.nothing()", r"raw.nothing\(\) does not exist.*init-db"),
        ("do $$ begin raise exception 'a sentence: do this'; end $$", "^a sentence: do this$"),
        ("select 1 / 0", "division by zero$"),
    ):
        with pytest.raises(DatabaseFailed, match=sentence), connection.connect(settings, {}) as ours:
            ours.execute(query.encode())


def test_a_second_writer_waits_for_the_lock(settings: Config, database: psycopg.Connection) -> None:
    """It takes the lock when the first one releases it."""
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


def test_a_lock_that_is_not_released_in_time_is_reported_in_one_sentence(settings: Config) -> None:
    """The connection remains usable and can take the lock later."""
    with connection.connect(settings, {}) as first, connection.connect(settings, {}) as second:
        with connection.locked(first, 0):
            with (
                pytest.raises(LockNotAcquired, match="another run holds the lock.* 0.05 s: .*LOCK_WAIT"),
                connection.locked(second, 0.05),
            ):
                pytest.fail("both hold it")
            assert value(second, "show lock_timeout") == "0"
        with connection.locked(second, 0):
            assert value(second, "show lock_timeout") == "0"


def test_the_lock_ends_with_its_connection(settings: Config, database: psycopg.Connection) -> None:
    """A run whose connection dies does not block the next one, and raises its own error."""

    def die_while_another_takes_it() -> None:
        with connection.connect(settings, {}) as first, connection.locked(first, 0):
            value(database, TERMINATE, first.info.backend_pid)
            with connection.connect(settings, {}) as second, connection.locked(second, 0):
                pass
            raise JobError("the reason")

    with pytest.raises(JobError, match="^the reason$"):
        die_while_another_takes_it()


def test_two_databases_have_two_locks(settings: Config, server: Server) -> None:
    """Two installations on one server do not wait for each other."""
    with (
        connection.connect(settings, {}) as ours,
        server.connect() as other,
        connection.locked(ours, 0),
        connection.locked(other, 0),
    ):
        pass
