"""What the raw tables say about the job's health; it works while dbt is broken."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

from job.store.connection import value

JOB_STATUS = "select * from raw.job_status(%s)"
LAST_REFRESHED = """
select finished_at
from raw.runs
where command = 'dbt' and status = 'succeeded'
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
# The latest run of each command that ended within a day.
FAILING = """
select run_id, command, finished_at, error
from (
    select distinct on (command) run_id, command, finished_at, error, status
    from raw.runs
    where finished_at > %s - interval '24 hours'
    order by command, finished_at desc
) as latest
where status = 'failed'
order by finished_at desc
"""
# Since when every scoring run has used the cached model, if the last one did.
STALE_SINCE = """
select min(stale.finished_at)
from raw.runs as stale
where
    stale.command = 'score' and stale.status = 'succeeded' and stale.model_stale
    and stale.finished_at > coalesce(
        (
            select max(fresh.finished_at)
            from raw.runs as fresh
            where fresh.command = 'score' and fresh.status = 'succeeded' and not fresh.model_stale
        ),
        '-infinity'
    )
"""
CHALLENGER_ERROR = """
select challenger_error
from raw.runs
where command = 'score' and status = 'succeeded'
order by finished_at desc
limit 1
"""
MODEL = """
select
    models.name,
    models.version,
    runs.model_stale as stale,
    (models.metrics ->> 'mae')::float8 as mae,
    (
        select nullif(to_version, models.version)
        from raw.model_promotions
        where model_promotions.name = models.name and promoted_at > runs.finished_at
        order by promotion_id desc
        limit 1
    ) as promoted_since
from raw.runs
inner join raw.models using (model_id)
where runs.status = 'succeeded' and runs.command != 'rescore'
order by runs.finished_at desc
limit 1
"""
# A re-scoring's rides were scored before.
COUNTS = """
select
    coalesce(sum(records_read) filter (where command != 'rescore'), 0)::bigint as records_read,
    coalesce(sum(rides_scored) filter (where command != 'rescore'), 0)::bigint as rides_scored,
    coalesce(sum(rides_known) filter (where command != 'rescore'), 0)::bigint as rides_known,
    coalesce(sum(records_rejected), 0)::bigint as records_rejected,
    count(*) filter (where status = 'failed') as failures
from raw.runs
where started_at > %s - interval '24 hours'
"""


@dataclass(frozen=True)
class JobStatus:
    """What the database says about the job: raw.job_status."""

    last_success_at: datetime | None
    unhealthy_after_minutes: float
    is_healthy: bool
    catch_up_hours: int
    windows_owed: int
    oldest_owed: datetime | None
    windows_skipped: int


@dataclass(frozen=True)
class Failure:
    """A run that failed."""

    run_id: int
    command: str
    finished_at: datetime
    error: str | None


@dataclass(frozen=True)
class ServedModel:
    """What the latest successful scoring used; mae in minutes, from its validation; what was promoted since."""

    name: str
    version: str
    stale: bool
    mae: float | None
    promoted_since: str | None


@dataclass(frozen=True)
class LastDay:
    """Sums over the runs of the last 24 hours."""

    records_read: int
    rides_scored: int
    rides_known: int
    records_rejected: int
    failures: int


def job_status(database: psycopg.Connection, now: datetime) -> JobStatus:
    """Health and windows at this instant, by the settings that the last run recorded."""
    status = database.cursor(row_factory=class_row(JobStatus)).execute(JOB_STATUS, (now,)).fetchone()
    assert status is not None  # the function gives one row
    return status


def last_refreshed(database: psycopg.Connection) -> datetime | None:
    """When dbt last refreshed the marts."""
    return value(database, LAST_REFRESHED)


def last_failure(database: psycopg.Connection) -> Failure | None:
    """The latest failed run of any command."""
    return database.cursor(row_factory=class_row(Failure)).execute(LAST_FAILURE).fetchone()


def failing(database: psycopg.Connection, now: datetime) -> list[Failure]:
    """The commands whose latest run, within a day, failed; newest first."""
    return database.cursor(row_factory=class_row(Failure)).execute(FAILING, (now,)).fetchall()


def stale_since(database: psycopg.Connection) -> datetime | None:
    """Since when the registry has been away from every scoring run; None when the latest reached it."""
    return value(database, STALE_SINCE)


def challenger_error(database: psycopg.Connection) -> str | None:
    """What was wrong with the challenger in the latest scoring, if anything."""
    return value(database, CHALLENGER_ERROR)


def served_model(database: psycopg.Connection) -> ServedModel | None:
    """The model of the latest successful scoring."""
    return database.cursor(row_factory=class_row(ServedModel)).execute(MODEL).fetchone()


def last_day(database: psycopg.Connection, now: datetime) -> LastDay:
    """What the runs of the last 24 hours did."""
    sums = database.cursor(row_factory=class_row(LastDay)).execute(COUNTS, (now,)).fetchone()
    assert sums is not None  # an aggregate without groups always has a row
    return sums
