"""Connections to PostgreSQL with bounded retries, and the advisory lock that every writer takes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_exponential

from job.config import Config
from job.errors import JobError, LockNotAcquired
from job.store import session
from job.store.session import value

LOCK = "select pg_advisory_lock(hashtextextended('chicago-taxi-scoring', 0))"
UNLOCK = "select pg_advisory_unlock(hashtextextended('chicago-taxi-scoring', 0))"
HOLDS_LOCK = """
select exists (
    select from pg_locks
    where
        locktype = 'advisory' and pid = pg_backend_pid() and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = hashtextextended('chicago-taxi-scoring', 0)
)
"""

# Refusals that pass by themselves: the server is starting, stopping or busy.
TRANSIENT = (
    "starting up", "shutting down", "not yet accepting", "recovery mode",
    "too many clients", "remaining connection slots", "too many connections", "no more connections",
)  # fmt: skip
# Errors about objects and privileges that init-db creates and grants.
SCHEMA_ERRORS = (
    psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege,
)  # fmt: skip


class DatabaseUnavailable(JobError):
    """PostgreSQL cannot be reached."""


class NoSuchDatabase(DatabaseUnavailable):
    """The server has no such database or role."""


class DatabaseAway(DatabaseUnavailable):
    """PostgreSQL does not answer at the moment."""


class DatabaseFailed(JobError):
    """PostgreSQL refused a statement, or the connection broke."""


class LockLost(JobError):
    """The session does not hold the job's lock, or another client shares the session."""

    def __init__(self) -> None:
        super().__init__(
            "this run's session in PostgreSQL is not the one that took the job's lock, as behind a pooler in "
            "transaction mode: connect directly, or through a pooler in session mode"
        )


@contextmanager
def conninfo(config: Config, role: str = "writer") -> Iterator[dict[str, str]]:
    """What libpq needs beyond its environment: nothing, or the address and login of the embedded server, once started.

    With the embedded server, libpq's variables, which are meant for other servers, are hidden from this process and its
    children during the block.

    On the embedded server `role` is the login: `writer`, `owner`, or `postgres` for the administrator. On other servers
    libpq's own settings decide.
    """
    if not config.embedded:
        yield {}
        return
    from job import embedded  # only here: the image does not have it

    with embedded.without_libpq_variables(), embedded.embedded_server(config.home) as address:
        yield logged_in_as({"host": address.host, "port": address.port, "dbname": "taxi"}, config, role)


def logged_in_as(info: dict[str, str], config: Config, role: str) -> dict[str, str]:
    """The same address with another login on the embedded server; unchanged on other servers."""
    return info | {"user": role if role == "postgres" else config.role(role)} if config.embedded else info


@contextmanager
def connect(config: Config, info: dict[str, str]) -> Iterator[psycopg.Connection]:
    """An autocommit connection for the block, retried for CONNECT_WAIT seconds while the server does not answer.

    Raises DatabaseUnavailable if no connection can be made, and DatabaseFailed for errors within the block.
    """
    attempt = retry(
        retry=retry_if_exception_type(DatabaseAway),
        wait=wait_exponential(multiplier=0.2, max=5),
        stop=stop_after_delay(config.connect_wait_seconds),
        reraise=True,
    )(connect_once)
    try:
        with errors_as_sentences(), attempt(info) as connection:
            yield connection
    except NoSuchDatabase as error:
        if not config.embedded:
            raise
        prefix = f"check ROLE_PREFIX {config.role_prefix}, " if config.role_prefix else ""
        raise DatabaseUnavailable(
            f"TAXI_HOME {config.home} has no database with the role {config.role('writer')} yet: "
            f"{prefix}set TAXI_HOME to the folder of an installation, or run `make run` to set one up there"
        ) from error


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Turn PostgreSQL errors within the block into DatabaseFailed."""
    try:
        yield
    except psycopg.Error as error:
        raise DatabaseFailed(_sentence(error)) from error


def connect_once(info: dict[str, str]) -> session.Connection:
    """An autocommit connection with the job's settings, without retries."""
    try:
        return session.connect(info)
    except psycopg.OperationalError as error:
        raise _explained(error) from error


def _explained(error: psycopg.OperationalError) -> DatabaseUnavailable:
    """The server's message and what to do; DatabaseAway if a retry may help."""
    words = _one_line(str(error))
    if "password" in words:
        return DatabaseUnavailable(f"PostgreSQL refused the login: {words}. Check PGUSER and PGPASSWORD or PGPASSFILE")
    if "FATAL" not in words or any(message in words for message in TRANSIENT):
        return DatabaseAway(
            f"PostgreSQL cannot be reached: {words}. Check PGHOST and PGPORT, and that the server is up"
        )
    if "does not exist" in words:
        return NoSuchDatabase(
            f"PostgreSQL has no such database or role: {words}. "
            "Check PGDATABASE and PGUSER, or create it and run `python -m job init-db`"
        )
    return DatabaseUnavailable(f"PostgreSQL refused the connection: {words}")


def _one_line(message: str) -> str:
    """A message without libpq's advice, which is indented, and without a final full stop."""
    lines = [line for line in message.splitlines() if line.strip() and not line.startswith("\t")]
    return " ".join(" ".join(lines).split()).rstrip(".")


def _sentence(error: psycopg.Error) -> str:
    """The server's message without its context, such as the statement."""
    words = _one_line(error.diag.message_primary or str(error))
    if isinstance(error, psycopg.errors.RaiseException):  # raised by our own SQL, as a sentence
        return words
    if isinstance(error, SCHEMA_ERRORS):
        return f"PostgreSQL says: {words}. Run `python -m job init-db` as its administrator, then this as taxi_writer"
    return f"PostgreSQL says: {words}"


@contextmanager
def locked(connection: psycopg.Connection, wait_seconds: float) -> Iterator[None]:
    """Hold the job's advisory lock for the block; PostgreSQL releases it if the connection dies.

    Raises LockNotAcquired if another run still holds it after wait_seconds, and LockLost behind a pooler in transaction
    mode.
    """
    timeout = sql.Literal(f"{max(1, round(wait_seconds * 1000))}ms")
    if session.is_shared(connection):
        raise LockLost
    try:
        with connection.transaction():
            if value(connection, HOLDS_LOCK):  # another client's transaction took it in the same session
                raise LockLost
            connection.execute(sql.SQL("set local lock_timeout = {}").format(timeout))
            connection.execute(LOCK)
    except psycopg.errors.LockNotAvailable as error:
        raise LockNotAcquired(
            f"another run holds the lock and did not end within {wait_seconds:g} s: wait for it, or raise LOCK_WAIT"
        ) from error
    try:
        yield
    finally:
        if not connection.closed:
            with suppress(psycopg.OperationalError):  # the connection broke, which released the lock
                connection.execute(UNLOCK)


@contextmanager
def writing(connection: psycopg.Connection) -> Iterator[None]:
    """A transaction for the block, on a connection that holds the job's lock.

    Raises LockLost if its session in PostgreSQL does not hold it.
    """
    with connection.transaction():
        if not value(connection, HOLDS_LOCK):
            raise LockLost
        yield


def create_database(config: Config, info: dict[str, str]) -> None:
    """Create the embedded server's database if it does not exist."""
    exists = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)  # the latter if made at the same time
    with connect(config, info | {"dbname": "postgres"}) as connection, suppress(*exists):
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(info["dbname"])))
