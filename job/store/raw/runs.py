"""The record of each run: inserted when it starts, completed with its last rows, or marked as failed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass

import psycopg
import structlog

from job.config import Config
from job.errors import JobError
from job.store import connection
from job.store.schema import migrate

log = structlog.get_logger()

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
USES_MODEL = "update raw.runs set model_id = %s, model_stale = %s where run_id = %s"
CHALLENGER_ERROR = "update raw.runs set challenger_error = %s where run_id = %s"
COUNT = """
update raw.runs
set
    records_read = %(records_read)s, rides_scored = %(rides_scored)s, rides_known = %(rides_known)s,
    records_rejected = %(records_rejected)s, windows = %(windows)s
where run_id = %(run_id)s
"""
SUCCEED = "update raw.runs set status = 'succeeded', finished_at = clock_timestamp() where run_id = %s"
FAIL = """
update raw.runs
set status = 'failed', finished_at = clock_timestamp(), error = %s
where run_id = %s and status = 'running'
"""


@dataclass(frozen=True)
class Figures:
    """What a run did so far; records_read = rides_scored + rides_known + records_rejected."""

    records_read: int = 0
    rides_scored: int = 0
    rides_known: int = 0
    records_rejected: int = 0
    windows: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: value + getattr(other, name) for name, value in asdict(self).items()})


@contextmanager
def recorded(
    database: psycopg.Connection,
    config: Config,
    info: dict[str, str],
    command: str,
    source: str | None = None,
    profile_digest: str | None = None,
    scenario: str | None = None,
) -> Iterator[int]:
    """A run for the length of the block, under the lock; the block completes it, whatever it raises fails it.

    Runs that never ended are marked as failed first: under the lock nobody else can be running.
    """
    migrate.require_current(database, config.place)
    for (abandoned,) in database.execute(ABANDON):
        log.warning("run.abandoned", run_id=abandoned)
    row = database.execute(
        START,
        {
            "command": command, "source": source, "profile_digest": profile_digest, "scenario": scenario,
            "code_version": config.code_version, "catch_up_hours": config.catch_up_hours,
            "first_run_days": config.first_run_days, "unhealthy_after_minutes": config.unhealthy_after_minutes,
        },
    ).fetchone()  # fmt: skip
    run_id: int = row[0]  # type: ignore[index]
    try:
        yield run_id
    except BaseException as error:
        _fail_anyhow(database, info, run_id, _words(error))
        raise


def use_model(database: psycopg.Connection, run_id: int, model_id: int, stale: bool) -> None:
    """Note which model the run scores with."""
    database.execute(USES_MODEL, (model_id, stale, run_id))


def note_challenger_error(database: psycopg.Connection, run_id: int, error: str) -> None:
    """Note why the challenger does not score in this run."""
    database.execute(CHALLENGER_ERROR, (_one_line(error), run_id))


def count(database: psycopg.Connection, run_id: int, figures: Figures) -> None:
    """Set the run's figures; part of each batch's transaction."""
    database.execute(COUNT, asdict(figures) | {"run_id": run_id})


def succeed(database: psycopg.Connection, run_id: int) -> None:
    """Complete the record; part of the last batch's transaction."""
    database.execute(SUCCEED, (run_id,))


def fail(database: psycopg.Connection, run_id: int, error: str) -> None:
    """Complete the record as failed."""
    database.execute(FAIL, (error, run_id))


def _words(error: BaseException) -> str:
    """What ended the run, on one line that PostgreSQL takes: UTF-8 without U+0000."""
    return _one_line(str(error) or ("interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__))


def _one_line(said: str) -> str:
    return " ".join(said.encode("utf-8", "replace").decode().replace("\0", "\ufffd").split())


def _fail_anyhow(database: psycopg.Connection, info: dict[str, str], run_id: int, error: str) -> None:
    """Say so in the record, on a new connection if this one broke; what cannot be said the next run says."""
    try:
        with suppress(psycopg.OperationalError):  # it is broken, or in the middle of a statement
            fail(database, run_id, error)
            return
        with suppress(psycopg.Error):
            database.cancel_safe(timeout=5)
        database.close()
        with connection.connect_once(info) as again:
            again.execute("set lock_timeout = '5s'")
            fail(again, run_id, error)
    except (psycopg.Error, JobError) as also:
        log.warning("run.not_closed", run_id=run_id, error=str(also))
