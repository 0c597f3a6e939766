"""PostgreSQL for the length of a command: recorded runs under the lock, and read-only access for people."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import psycopg
import structlog
from psycopg import sql

from job.config import Config
from job.errors import JobError
from job.rides.source import SourceName
from job.store import connection, run
from job.store.run import Command, Run
from job.store.schema import migrate

log = structlog.get_logger()


@dataclass(frozen=True)
class Store:
    """A PostgreSQL server, and the settings.

    conninfo: what libpq needs beyond its environment: nothing, or the address and login of the embedded server.
    """

    config: Config
    conninfo: dict[str, str]

    @contextmanager
    def run(
        self,
        command: Command,
        source: SourceName | None = None,
        profile_digest: str | None = None,
        scenario: str | None = None,
    ) -> Iterator[Run]:
        """Take the lock and record a run for the block; it succeeds when the block ends, and fails with what it raises.

        A JobError that leaves the block carries the run's number. Raises LockNotAcquired if another run has the lock.
        """
        with self.locked() as database, self.recorded(database, command, source, profile_digest, scenario) as started:
            yield started

    @contextmanager
    def recorded(
        self,
        database: psycopg.Connection,
        command: Command,
        source: SourceName | None = None,
        profile_digest: str | None = None,
        scenario: str | None = None,
    ) -> Iterator[Run]:
        """Like `run`, on a connection of `locked`: for a caller that must see first whether there is work."""
        started = run.start(database, self.config, command, source, profile_digest, scenario)
        try:
            with connection.errors_as_sentences():
                yield started
                started.succeed()
        except BaseException as error:
            self._fail(started, error)
            if isinstance(error, JobError):
                error.run_id = started.run_id
            raise

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """A connection without the lock, whatever the database holds; for other programs' sessions."""
        with connection.connect(self.config, self.conninfo) as database:
            yield database

    @contextmanager
    def locked(self) -> Iterator[psycopg.Connection]:
        """A connection that holds the job's lock; for what writes without a run of its own."""
        with (
            connection.connect(self.config, self.conninfo) as database,
            connection.locked(database, self.config.lock_wait_seconds),
        ):
            migrate.require_current(database, self.config.place)
            yield database

    @contextmanager
    def reading(self) -> Iterator[psycopg.Connection]:
        """One read-only transaction on one state of the database, as the role that sees raw tables and marts."""
        with connection.connect(self.config, self.conninfo) as database, database.transaction():
            database.execute("set transaction isolation level repeatable read, read only")
            database.execute("set local idle_in_transaction_session_timeout = '10min'")  # the report draws plots
            migrate.require_current(database, self.config.place)
            database.execute(sql.SQL("set local role {}").format(sql.Identifier(self.config.role("dbt"))))
            yield database

    def logged_in_as(self, role: str) -> "Store":
        """The same store with another login on the embedded server; unchanged on other servers."""
        return replace(self, conninfo=connection.logged_in_as(self.conninfo, self.config, role))

    def _fail(self, failed: Run, error: BaseException) -> None:
        """Complete the record, on a new connection if this one broke. Failing that, the next run marks it abandoned."""
        database = failed.database
        try:
            with suppress(psycopg.OperationalError):  # the connection is broken, or in the middle of a statement
                run.fail(database, failed.run_id, error)
                return
            with suppress(psycopg.Error):
                database.cancel_safe(timeout=5)
            database.close()
            with connection.connect_once(self.conninfo) as another:
                another.execute("set lock_timeout = '5s'")
                run.fail(another, failed.run_id, error)
        except (psycopg.Error, JobError) as also:
            log.warning("run.not_closed", run_id=failed.run_id, error=str(also))


@contextmanager
def opened(config: Config, role: str = "writer") -> Iterator[Store]:
    """The store for the block, during which the embedded server runs.

    On the embedded server `role` is the login: `writer`, `owner`, or `postgres` for the administrator. On other servers
    libpq's own settings decide.
    """
    with connection.conninfo(config, role) as conninfo:
        yield Store(config, conninfo)
