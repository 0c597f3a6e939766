"""Connections to PostgreSQL, with bounded retries, and the one lock that every writer takes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import structlog
from psycopg import sql
from psycopg.conninfo import make_conninfo
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_exponential

from job.config import Config
from job.errors import JobError, LockNotGot

log = structlog.get_logger()

LOCK = "select pg_advisory_lock(hashtextextended('chicago-taxi-scoring', 0))"
UNLOCK = "select pg_advisory_unlock(hashtextextended('chicago-taxi-scoring', 0))"

# A server that answers with one of these is on its way up or down; other refusals will not pass by themselves.
PASSING = ("starting up", "shutting down", "not yet accepting", "recovery mode", "too many clients")
# What init-db would have created or granted.
OTHER_SCHEMA = (
    psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege,
)  # fmt: skip


class DatabaseUnavailable(JobError):
    """PostgreSQL cannot be reached."""


class DatabaseAway(DatabaseUnavailable):
    """PostgreSQL does not answer now; it may later."""


class DatabaseFailed(JobError):
    """PostgreSQL refused a statement, or went away in the middle."""


@contextmanager
def conninfo(config: Config, role: str = "writer") -> Iterator[dict[str, str]]:
    """What libpq needs beyond its environment: nothing, or the embedded server's address, running.

    Embedded, `role` names the login (`writer`, `owner`, or `postgres` for the administrator); elsewhere
    libpq's own settings do.
    """
    if not config.embedded:
        yield {}
        return
    from job.embedded import embedded_server  # only here: the image does not have it

    with embedded_server(config.home) as address:
        yield logged_in_as({"host": address.host, "port": address.port, "dbname": "taxi"}, config, role)


def logged_in_as(info: dict[str, str], config: Config, role: str) -> dict[str, str]:
    """The same place with another login, where the logins are ours to choose: on the embedded server."""
    return info | {"user": role if role == "postgres" else config.role(role)} if config.embedded else info


@contextmanager
def connect(config: Config, info: dict[str, str]) -> Iterator[psycopg.Connection]:
    """An autocommitting connection for the length of the block; CONNECT_WAIT seconds of trying while it is away.

    Raises DatabaseUnavailable with what to do about it, and DatabaseFailed for what PostgreSQL refuses later.
    """
    attempt = retry(
        retry=retry_if_exception_type(DatabaseAway),
        wait=wait_exponential(multiplier=0.2, max=5),
        stop=stop_after_delay(config.connect_wait_seconds),
        reraise=True,
    )(connect_once)
    with errors_as_sentences(), attempt(info) as connection:
        yield connection


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Turn what PostgreSQL refuses within the block into DatabaseFailed."""
    try:
        yield
    except psycopg.Error as error:
        raise DatabaseFailed(_sentence(error)) from error


def connect_once(info: dict[str, str]) -> psycopg.Connection:
    """An autocommitting connection in UTC, at the first try or not at all."""
    settings = {"connect_timeout": "5", "application_name": "chicago-taxi-scoring"} | info
    try:
        connection = psycopg.connect(make_conninfo(**settings), autocommit=True)
    except psycopg.OperationalError as error:
        raise _explained(error) from error
    connection.execute("set timezone = 'UTC'")
    return connection


def _explained(error: psycopg.OperationalError) -> DatabaseUnavailable:
    """The server's words, and what to do: a refusal is final, silence may pass."""
    words = " ".join(str(error).split())
    if "password" in words:
        return DatabaseUnavailable(f"PostgreSQL refused the login: {words}. Check PGUSER and PGPASSWORD or PGPASSFILE")
    if "FATAL" not in words or any(passing in words for passing in PASSING):
        return DatabaseAway(
            f"PostgreSQL cannot be reached: {words}. Check PGHOST and PGPORT, and that the server is up"
        )
    if "does not exist" in words:
        return DatabaseUnavailable(
            f"PostgreSQL has no such database or role: {words}. "
            "Check PGDATABASE and PGUSER, or create it and run `python -m job init-db`"
        )
    return DatabaseUnavailable(f"PostgreSQL refused the connection: {words}")


def _sentence(error: psycopg.Error) -> str:
    """The server's message without the statement or function that it names as its context."""
    words = " ".join((error.diag.message_primary or str(error)).split())
    if isinstance(error, psycopg.errors.RaiseException):  # a sentence of our own SQL
        return words
    if isinstance(error, OTHER_SCHEMA):
        return f"PostgreSQL says: {words}. Run `python -m job init-db` as its administrator, then this as taxi_writer"
    return f"PostgreSQL says: {words}"


@contextmanager
def locked(connection: psycopg.Connection, wait_seconds: float) -> Iterator[None]:
    """Hold the job's advisory lock for the block; it goes with the connection if that dies.

    Raises LockNotGot when another run holds it for longer than the wait.
    """
    timeout = sql.Literal(f"{max(1, round(wait_seconds * 1000))}ms")
    try:
        with connection.transaction():
            connection.execute(sql.SQL("set local lock_timeout = {}").format(timeout))
            connection.execute(LOCK)
    except psycopg.errors.LockNotAvailable as error:
        raise LockNotGot(
            f"another run holds the lock and did not end within {wait_seconds:g} s: wait for it, or raise LOCK_WAIT"
        ) from error
    try:
        yield
    finally:
        if not connection.closed:
            with suppress(psycopg.OperationalError):  # it broke, and the lock is gone with it
                connection.execute(UNLOCK)


def value(
    database: psycopg.Connection, query: str, parameters: Sequence[object] | Mapping[str, object] | None = None
) -> Any:
    """The one value of a query's first row; None without a row."""
    row = database.execute(query.encode(), parameters).fetchone()
    return row[0] if row else None


def create_database(config: Config, info: dict[str, str]) -> None:
    """Make the embedded server's database if it has none yet; nothing else can be connected to before."""
    with connect(config, info | {"dbname": "postgres"}) as connection, suppress(psycopg.errors.DuplicateDatabase):
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(info["dbname"])))
