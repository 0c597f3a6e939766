"""What the raw tables say about the job's health; works when dbt is broken."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

LAST_SUCCESS = """
select finished_at
from raw.runs
where command = %s and status = 'succeeded'
order by finished_at desc
limit 1
"""
LAST_FAILURE = """
select run_id, command, finished_at, error
from raw.runs
where status = 'failed'
order by finished_at desc
limit 1
"""
MODEL = """
select models.name, models.version, runs.model_stale as stale, (models.metrics ->> 'mae')::float8 as mae
from raw.runs
inner join raw.models using (model_id)
where runs.status = 'succeeded'
order by runs.finished_at desc
limit 1
"""
COUNTS = """
select
    coalesce(sum(records_read), 0)::bigint as records_read,
    coalesce(sum(rides_scored), 0)::bigint as rides_scored,
    coalesce(sum(rides_known), 0)::bigint as rides_known,
    coalesce(sum(records_rejected), 0)::bigint as records_rejected,
    count(*) filter (where status = 'failed') as failures
from raw.runs
where started_at > %s - interval '24 hours'
"""


@dataclass(frozen=True)
class Failure:
    """The latest run that failed."""

    run_id: int
    command: str
    finished_at: datetime
    error: str | None


@dataclass(frozen=True)
class ServedModel:
    """What the latest successful scoring used; mae in minutes, from its validation."""

    name: str
    version: str
    stale: bool
    mae: float | None


@dataclass(frozen=True)
class Counts:
    """Sums over the runs of the last 24 hours."""

    records_read: int
    rides_scored: int
    rides_known: int
    records_rejected: int
    failures: int


def last_success(database: psycopg.Connection, command: str) -> datetime | None:
    """When a run of the command last succeeded."""
    row = database.execute(LAST_SUCCESS, (command,)).fetchone()
    return row[0] if row else None


def last_failure(database: psycopg.Connection) -> Failure | None:
    """The latest failed run of any command."""
    return database.cursor(row_factory=class_row(Failure)).execute(LAST_FAILURE).fetchone()


def served_model(database: psycopg.Connection) -> ServedModel | None:
    """The model of the latest successful scoring."""
    return database.cursor(row_factory=class_row(ServedModel)).execute(MODEL).fetchone()


def counts(database: psycopg.Connection, now: datetime) -> Counts:
    """What the runs of the last 24 hours did."""
    found = database.cursor(row_factory=class_row(Counts)).execute(COUNTS, (now,)).fetchone()
    assert found is not None  # an aggregate without groups always has a row
    return found
