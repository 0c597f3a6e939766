"""The job's status, from the raw tables and, for the model's quality, from the marts if they can be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from job.store.reading import excess, health, quality
from job.store.reading.excess import Explained
from job.store.reading.feed import Feed, feeds
from job.store.reading.quality import Alert, Quality
from job.store.reading.warnings import Facts, warnings


@dataclass(frozen=True)
class Status:
    """What `status --json` prints; times are UTC, ages are minutes."""

    healthy: bool
    unhealthy_after_minutes: float
    last_success: datetime | None
    last_success_age_minutes: float | None
    last_marts_refresh: datetime | None
    catch_up_hours: int
    windows_owed: int
    windows_skipped: int
    feeds: list[Feed]
    last_24_hours: health.LastDay
    model: health.ServedModel | None
    last_failure: health.Failure | None
    quality: list[Quality] | None
    alerts: list[Alert] | None
    why: list[Explained] | None
    warnings: list[str]


def gather(database: psycopg.Connection, now: datetime) -> Status:
    """The status at this instant, given a connection from `Store.reading`."""
    job, followed = health.job_status(database, now), feeds(database)
    facts = Facts(
        last_day=health.last_day(database, now),
        failing=health.failing(database, now),
        stale_minutes=_minutes(health.stale_since(database), now),
        challenger_error=health.challenger_error(database),
        alerts=quality.alerts(database, now),
        feed_errors=[error for one in followed for error in one.errors],
    )
    age = _minutes(job.last_success_at, now)
    return Status(
        healthy=job.is_healthy,
        unhealthy_after_minutes=job.unhealthy_after_minutes,
        last_success=job.last_success_at,
        last_success_age_minutes=None if age is None else round(age, 1),
        last_marts_refresh=health.last_refreshed(database),
        catch_up_hours=job.catch_up_hours,
        windows_owed=job.windows_owed,
        windows_skipped=job.windows_skipped,
        feeds=followed,
        last_24_hours=facts.last_day,
        model=health.served_model(database),
        last_failure=health.last_failure(database),
        quality=quality.quality(database, now),
        alerts=None if facts.alerts is None else list(facts.alerts),
        why=excess.standing_out(database, now),
        warnings=list(warnings(facts)),
    )


def _minutes(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else (now - since) / timedelta(minutes=1)
