"""What was taken out of raw, what may be, and taking it out: Chicago days of a source, each whole."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql

from job.config import Config
from job.rides.times import CHICAGO
from job.store.connection import value

CLOSED_DAY = "select max(day) from raw.pruned_days where kind = 'rides' and source = %(source)s"
# A ride of the year 2099 does not make the others old.
NEWEST_RIDE = """
select max(trip_start_timestamp)
from raw.ride_predictions
where source = %(source)s and trip_start_timestamp <= %(now)s
"""
FIRST_WAITING = """
select min(rides.trip_start_timestamp)
from raw.pending_outcomes as pending
inner join raw.ride_predictions as rides on pending.trip_id = rides.trip_id
where pending.batch_id is null and rides.source = %(source)s
"""
FIRST_RIDE = """
select trip_start_timestamp
from raw.ride_predictions
where source = %(source)s and trip_start_timestamp >= %(since)s and trip_start_timestamp < %(before)s
order by trip_start_timestamp
limit 1
"""
FIRST_REJECTING_RUN = """
select started_at
from raw.runs
where
    source = %(source)s and started_at >= %(since)s and started_at < %(before)s
    and exists (select from raw.rejected_records where rejected_records.run_id = runs.run_id)
order by started_at
limit 1
"""
PRUNE_RIDES = "select raw.prune_rides(%(source)s, %(day)s, %(run_id)s)"
PRUNE_REJECTS = "select raw.prune_rejects(%(source)s, %(day)s, %(run_id)s)"
VACUUM = """
vacuum (analyze)
    raw.ride_predictions, raw.ride_outcomes, raw.pending_outcomes, raw.shadow_predictions, raw.input_counts,
    raw.rejected_records
"""
BUILT = "select to_regclass('marts.mart_freshness') is not null"
# Beside what waits in raw: what two marts take from others, and would not take any more from a day that is gone.
BEHIND = """
select mart from marts.mart_freshness where waiting_since is not null
union
select 'model_comparison'
from marts.model_comparison as comparison
inner join marts.prediction_quality as quality
    on
        comparison.hour_start = quality.hour_start
        and comparison.source = quality.source
        and comparison.champion_model_id = quality.model_id
where quality.batch_id > comparison.batch_id
union
select 'feature_drift'
from marts.feature_drift as drift
where
    drift.no_verdict_why = 'the day is not over'
    and drift.day < (
        select cast(max(latest.trip_start_timestamp) at time zone 'America/Chicago' as date)
        from marts.latest_predictions as latest
        where latest.source = drift.source
    )
order by mart
"""


def chicago_day(instant: datetime) -> date:
    """The day that it was in Chicago."""
    return instant.astimezone(ZoneInfo(CHICAGO)).date()


def closed_before(database: psycopg.Connection, source: str) -> datetime | None:
    """Rides of the source that start before this are taken no more: raw cannot tell known ones from new any longer."""
    day = value(database, CLOSED_DAY, {"source": source})
    return _midnight(day + timedelta(days=1)) if day else None


def newest_day(database: psycopg.Connection, source: str, now: datetime) -> date | None:
    """The Chicago day of the source's newest ride up to now; None where there is none."""
    newest = value(database, NEWEST_RIDE, {"source": source, "now": now})
    return chicago_day(newest) if newest else None


def first_waiting_day(database: psycopg.Connection, source: str) -> date | None:
    """The Chicago day of the source's oldest ride whose outcome is not known yet; None where all are."""
    waiting = value(database, FIRST_WAITING, {"source": source})
    return chicago_day(waiting) if waiting else None


def prune_rides(database: psycopg.Connection, run_id: int, source: str, before: date) -> Iterator[int]:
    """Take out the source's rides day by day, the oldest first, with all that hangs on them; the number of each day.

    A day is committed when its number is given.
    """
    yield from _prune(database, run_id, source, before, FIRST_RIDE, PRUNE_RIDES)


def prune_rejects(database: psycopg.Connection, run_id: int, source: str, before: date) -> Iterator[int]:
    """Take out the rejected records of the source's runs, day by day, as `prune_rides` does."""
    yield from _prune(database, run_id, source, before, FIRST_REJECTING_RUN, PRUNE_REJECTS)


def vacuum(administrator: psycopg.Connection) -> None:
    """Make the space free for new rows at once, where no autovacuum lives long enough to."""
    administrator.execute(VACUUM)


def marts_behind(database: psycopg.Connection, config: Config) -> list[str] | None:
    """The marts that lack something of raw; None where there are no marts."""
    with database.transaction():
        database.execute(sql.SQL("set local role {}").format(sql.Identifier(config.role("dbt"))))
        return [mart for (mart,) in database.execute(BEHIND)] if value(database, BUILT) else None


def _prune(
    database: psycopg.Connection, run_id: int, source: str, before: date, first: str, prune: str
) -> Iterator[int]:
    since = datetime.min.replace(tzinfo=UTC)
    while found := value(database, first, {"source": source, "since": since, "before": _midnight(before)}):
        day = chicago_day(found)
        yield value(database, prune, {"source": source, "day": day, "run_id": run_id})
        since = _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(CHICAGO))
