"""A run: the recorded execution of a command, from its start to its success or failure."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Literal

import psycopg
import structlog

from job.config import Config
from job.redaction import redacted
from job.rides.source import SourceName
from job.store import session
from job.store.connection import DatabaseUnavailable, connect_once, writing
from job.store.session import value

log = structlog.get_logger()

Command = Literal["score", "rescore", "replay", "observe", "dbt"]

ABANDON = """
update raw.runs
set status = 'failed', finished_at = clock_timestamp(), error = 'abandoned: it ended without completing its record'
where status = 'running'
returning run_id
"""
START = """
insert into raw.runs (
    command, source, profile_digest, scenario, code_version, catch_up_hours, first_run_days, unhealthy_after_minutes
)
values (
    %(command)s, %(source)s, %(profile_digest)s, %(scenario)s, %(code_version)s, %(catch_up_hours)s,
    %(first_run_days)s, %(unhealthy_after_minutes)s
)
returning run_id
"""
NOTE_SOURCE = "insert into raw.sources (source) values (%s) on conflict (source) do nothing"
NEXT_BATCH = "select nextval('raw.batch_id')"
COUNT = """
update raw.runs
set
    records_read = %(records_read)s, rides_scored = %(rides_scored)s, rides_known = %(rides_known)s,
    records_rejected = %(records_rejected)s, windows = %(windows)s
where run_id = %(run_id)s
"""
USE_MODEL = "update raw.runs set model_id = %s, model_stale = %s where run_id = %s"
NOTE_CHALLENGER_ERROR = "update raw.runs set challenger_error = %s where run_id = %s"
SUCCEED = "update raw.runs set status = 'succeeded', finished_at = clock_timestamp() where run_id = %s"
FAIL = """
update raw.runs
set status = 'failed', finished_at = clock_timestamp(), error = %s
where run_id = %s and status = 'running'
"""


@dataclass(frozen=True)
class Counts:
    """What a run has done so far; records_read = rides_scored + rides_known + records_rejected."""

    records_read: int = 0
    rides_scored: int = 0
    rides_known: int = 0
    records_rejected: int = 0
    windows: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: count + getattr(other, name) for name, count in asdict(self).items()})


@dataclass
class Run:
    """A run under way on a connection that holds the job's lock; `counts` holds what is committed."""

    database: psycopg.Connection
    run_id: int
    counts: Counts = field(default_factory=Counts)
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return time.monotonic() - self.began

    @contextmanager
    def batch(self) -> Iterator[int]:
        """A transaction for one batch and the counts that the block adds: all of it is committed, or nothing.

        Yields the batch's number, which is greater than all earlier ones because it is drawn under the lock.
        """
        before = self.counts
        try:
            with writing(self.database):
                yield int(value(self.database, NEXT_BATCH))
                self.database.execute(COUNT, asdict(self.counts) | {"run_id": self.run_id})
        except BaseException:
            self.counts = before
            raise

    def cancel(self) -> None:
        """Cancel the statement that another thread waits for, if there is one."""
        with suppress(psycopg.Error):  # a server that does not answer
            self.database.cancel_safe(timeout=5)

    def second_connection(self) -> session.Connection | None:
        """Another connection to the run's server, without the lock; None if the server refuses one."""
        try:
            return connect_once(session.address(self.database))
        except DatabaseUnavailable as error:
            log.info("run.one_connection", run_id=self.run_id, why=str(error))
            return None

    def use_model(self, model_id: int, stale: bool) -> None:
        """Record which model the run scores with."""
        with writing(self.database):
            self.database.execute(USE_MODEL, (model_id, stale, self.run_id))

    def note_challenger_error(self, error: str) -> None:
        """Record why the challenger does not score in this run."""
        with writing(self.database):
            self.database.execute(NOTE_CHALLENGER_ERROR, (one_line(error), self.run_id))

    def succeed(self) -> None:
        """Complete the record."""
        with writing(self.database):
            self.database.execute(SUCCEED, (self.run_id,))


def start(
    database: psycopg.Connection,
    config: Config,
    command: Command,
    source: SourceName | None = None,
    profile_digest: str | None = None,
    scenario: str | None = None,
) -> Run:
    """Record that a run starts, with the settings that decide what is owed and what is healthy.

    Runs that never ended are marked as failed first: under the lock nothing else can be running.
    """
    facts = {
        "command": command, "source": source, "profile_digest": profile_digest, "scenario": scenario,
        "code_version": config.code_version, "catch_up_hours": config.catch_up_hours,
        "first_run_days": config.first_run_days, "unhealthy_after_minutes": config.unhealthy_after_minutes,
    }  # fmt: skip
    with writing(database):
        for (abandoned,) in database.execute(ABANDON):
            log.warning("run.abandoned", run_id=abandoned)
        if source is not None:
            database.execute(NOTE_SOURCE, (source,))
        return Run(database, int(value(database, START, facts)))


def fail(database: psycopg.Connection, run_id: int, error: BaseException) -> None:
    """Complete the record as failed, unless it is complete."""
    reason = str(error) or ("interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__)
    database.execute(FAIL, (one_line(reason), run_id))


def one_line(text: str) -> str:
    """The text without secrets on one line, as valid UTF-8 without U+0000, so that PostgreSQL can store it."""
    return " ".join(redacted(text).encode("utf-8", "replace").decode().replace("\0", "\ufffd").split())
