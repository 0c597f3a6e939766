"""How a session reaches PostgreSQL and what is set in it: for the job's own connections and for its child processes."""

import os
import re
import select
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from psycopg import pq, sql
from psycopg.abc import RV, PQGen
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

log = structlog.get_logger()

# What the job's statements and dbt's rely on, whatever the server, the database, the role and the shell set. The schema
# public is not on the path: where everybody may create functions, one could be called instead of PostgreSQL's own.
SETTINGS = {
    "search_path": "pg_catalog,pg_temp",
    "timezone": "UTC",
    "datestyle": "ISO,MDY",
    "intervalstyle": "postgres",
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
    "default_transaction_deferrable": "off",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "row_security": "on",
    "lc_numeric": "C",
    "lc_monetary": "C",
    "lc_time": "C",
    "statement_timeout": "0",
    "lock_timeout": "0",
    # The connection that holds the lock is idle while dbt runs.
    "idle_session_timeout": "0",
    # The server ends a session, and so frees the job's lock, within a minute of losing its client.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "20s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "4",
    "tcp_user_timeout": "40s",
}
# Not known to every version and platform that we support, and therefore set only in our own sessions.
NEWER_SETTINGS = {
    "client_connection_check_interval": "10s",  # not on Windows
    "transaction_timeout": "0",  # from PostgreSQL 17
}
# The client ends a connection within a minute of losing its server.
CONNECTION = {
    "application_name": "chicago-taxi-scoring",
    "client_encoding": "UTF8",
    "keepalives": "1",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "40000",
}
VARIABLES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE",
    "password": "PGPASSWORD",
}  # fmt: skip
# Left out of a child's variables: `address` has what libpq resolved them to.
RESOLVED = (b"service", b"passfile", b"hostaddr")
# PgBouncer's and Amazon RDS Proxy's refusals of settings in the first message of a connection.
OPTIONS_REFUSED = re.compile("unsupported startup parameter|command-line options")
# Seconds without an answer after which a connection asks whether its server is still at work on the statement.
PATIENCE = 20.0
BACKEND = "select pg_catalog.pg_backend_pid()"
AT_WORK = """
select exists (
    select from pg_catalog.pg_stat_activity
    where pid = %s and state not in ('idle', 'idle in transaction', 'idle in transaction (aborted)')
        and wait_event_type is distinct from 'Client'
)
"""
END = "select pg_catalog.pg_terminate_backend(%s)"


class Connection(psycopg.Connection[TupleRow]):
    """A connection that closes within a minute if the server, or the way to it, silently disappears."""

    backend: int | None = None
    patience = PATIENCE

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the answer for as long as the server is at work on it."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        while True:
            try:
                return super().wait(gen, interval, self.patience)
            except psycopg.errors._WaitTimeout:
                if not self._is_served():
                    self.close()
                    raise psycopg.OperationalError("the server does not answer any more") from None

    def _is_served(self) -> bool:
        """Ask on another connection; a session that has lost its client is ended, since it may hold the job's lock."""
        if self.backend is None:
            return False
        try:
            with _open(address(self)) as other:
                # The server may have finished meanwhile, or be sending a large answer over a slow network.
                if value(other, AT_WORK, (self.backend,)) or self._has_received():
                    return True
                value(other, END, (self.backend,))
        except psycopg.Error as error:
            log.warning("session.not_checked", error=str(error))
            # A server without a free connection is up, and a pooler may have none for a second client.
            return "FATAL" in str(error) or self.backend != self.info.backend_pid
        return False

    def _has_received(self) -> bool:
        """Whether there is something to read that has not been read."""
        unread = select.poll()
        unread.register(self.pgconn.socket, select.POLLIN)
        return bool(unread.poll(0))


def connect(info: dict[str, str]) -> Connection:
    """An autocommit connection with the settings above, without retries."""
    connection = _open(info)
    connection.backend = value(connection, BACKEND)
    _set(connection, SETTINGS)  # again, since a pooler may ignore options
    for name, setting in NEWER_SETTINGS.items():
        with suppress(psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue):
            _set(connection, {name: setting})
    return connection


def is_shared(connection: psycopg.Connection) -> bool:
    """Whether a pooler in transaction mode gives this connection's session to others between two transactions.

    Only a pooler gives its clients a process number other than that of the server's own process.
    """
    if value(connection, BACKEND) == connection.info.backend_pid:
        return False
    try:
        with _open(address(connection)) as other:
            other.patience = 3
            return bool(value(other, BACKEND) == value(connection, BACKEND))
    except psycopg.Error:  # the pooler has no other session: this one is not shared
        return False


def value(
    database: psycopg.Connection, query: str, parameters: Sequence[object] | Mapping[str, object] | None = None
) -> Any:
    """The single value of a query's first row, or None if there is no row."""
    row = database.execute(query.encode(), parameters).fetchone()
    return row[0] if row else None


def _open(info: dict[str, str]) -> Connection:
    parameters = {"connect_timeout": given("connect_timeout") or "5"} | CONNECTION | info
    settings = " ".join("-c " + f"{name}={setting}".replace(" ", r"\ ") for name, setting in SETTINGS.items())
    try:
        return _connect(parameters | {"options": f"{given('options')} {settings}".strip()})
    except psycopg.OperationalError as error:
        if not OPTIONS_REFUSED.search(str(error)):
            raise
        return _connect(parameters | {"options": given("options")})


def given(keyword: str) -> str:
    """The value of a connection's parameter in libpq's variables or in the service that they name; empty if not set."""
    values = {option.keyword.decode(): option.val for option in pq.Conninfo.get_defaults()}
    return (values[keyword] or b"").decode()


def _connect(parameters: dict[str, str]) -> Connection:
    return Connection.connect(make_conninfo(**parameters), autocommit=True)


def _set(connection: psycopg.Connection, settings: dict[str, str]) -> None:
    call = sql.SQL("pg_catalog.set_config({}, {}, false)")
    calls = [call.format(sql.Literal(name), sql.Literal(setting)) for name, setting in settings.items()]
    connection.execute(sql.SQL("select {}").format(sql.SQL(", ").join(calls)))


def address(connection: psycopg.Connection) -> dict[str, str]:
    """The parameters of another connection to the same server; libpq's settings may name several servers."""
    info = connection.info
    parameters = {
        "host": info.host, "hostaddr": info.hostaddr, "port": str(info.port), "user": info.user,
        "dbname": info.dbname, "password": info.password,
    }  # fmt: skip
    return {name: value for name, value in parameters.items() if value}


def variables(connection: psycopg.Connection) -> dict[str, str]:
    """The environment of a child process that connects as this connection does, however its server was named."""
    resolved = {
        option.envvar.decode(): option.val.decode()
        for option in connection.pgconn.info
        if option.envvar and option.val and option.keyword not in RESOLVED
    }
    resolved |= {VARIABLES[name]: value for name, value in address(connection).items()}
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | resolved
