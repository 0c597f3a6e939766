"""The job's health according to the raw tables, which are readable even while dbt is broken."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

from job.store.run import Command
from job.store.session import value

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
# The latest run of each command, among those that ended within a day.
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
# Rides of `rescore` are not counted: they were scored earlier.
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
    """The row of raw.job_status."""

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
    command: Command
    finished_at: datetime
    error: str | None


@dataclass(frozen=True)
class ServedModel:
    """The model of the latest successful scoring, its validation error (minutes), and a version promoted since."""

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
    """Health and windows at this instant, according to the settings recorded by the last run."""
    status = database.cursor(row_factory=class_row(JobStatus)).execute(JOB_STATUS, (now,)).fetchone()
    assert status is not None  # the function returns one row
    return status


def last_refreshed(database: psycopg.Connection) -> datetime | None:
    """When dbt last refreshed the marts."""
    return value(database, LAST_REFRESHED)


def last_failure(database: psycopg.Connection) -> Failure | None:
    """The latest failed run of any command."""
    return database.cursor(row_factory=class_row(Failure)).execute(LAST_FAILURE).fetchone()


def failing(database: psycopg.Connection, now: datetime) -> list[Failure]:
    """The latest run of each command, if it failed and ended within a day; newest first."""
    return database.cursor(row_factory=class_row(Failure)).execute(FAILING, (now,)).fetchall()


def stale_since(database: psycopg.Connection) -> datetime | None:
    """Since when every scoring run has used the cached model; None if the latest reached the registry."""
    return value(database, STALE_SINCE)


def challenger_error(database: psycopg.Connection) -> str | None:
    """The challenger's error in the latest scoring, if any."""
    return value(database, CHALLENGER_ERROR)


def served_model(database: psycopg.Connection) -> ServedModel | None:
    """The model of the latest successful scoring."""
    return database.cursor(row_factory=class_row(ServedModel)).execute(MODEL).fetchone()


def last_day(database: psycopg.Connection, now: datetime) -> LastDay:
    """The sums over the runs of the last 24 hours."""
    sums = database.cursor(row_factory=class_row(LastDay)).execute(COUNTS, (now,)).fetchone()
    assert sums is not None  # an aggregate without groups always has a row
    return sums
