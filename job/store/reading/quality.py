"""What the marts say of the model of late: its realised errors and alerts; nothing where they cannot be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import psycopg
from psycopg.rows import class_row

# A file that was scored once, long ago, is no news.
SOURCES = """
select distinct source
from raw.runs
where rides_scored > 0 and source is not null and finished_at > %(now)s - interval '1 day'
"""
# The 24 hours up to the newest that has an outcome; the newest hours have few.
QUALITY = """
select
    quality.source,
    sum(quality.rides_with_outcome)::bigint as rides,
    (sum(quality.sum_absolute_error) / sum(quality.rides_with_outcome))::float8 as mae,
    (
        sum(quality.validation_mae * quality.rides_with_outcome)
        / sum(quality.rides_with_outcome) filter (where quality.validation_mae is not null)
    )::float8 as validation_mae,
    (sum(quality.rides_covered)::numeric / nullif(sum(quality.rides_with_band), 0))::float8 as coverage
from marts.prediction_quality as quality
inner join (
    select source, max(hour_start) as hour_start
    from marts.prediction_quality
    where rides_with_outcome > 0 and source = any(%(sources)s)
    group by source
) as newest
    on quality.source = newest.source
    and quality.hour_start > newest.hour_start - interval '24 hours'
    and quality.hour_start <= newest.hour_start
where quality.rides_with_outcome > 0
group by quality.source
order by quality.source
"""
# As Grafana's rules have it, but by the rides' newest day instead of today; drift's verdicts come when a day is over.
ALERTS = """
select distinct on (alerts.source, alerts.alert, alerts.subject)
    alerts.day::text as day, alerts.source, alerts.alert, alerts.subject, alerts.value::float8 as value, alerts.meaning
from marts.alerts_by_day as alerts
inner join (
    select source, raw.local_day(max(hour_start)) as day
    from marts.prediction_quality
    where source = any(%(sources)s)
    group by source
) as newest
    on alerts.source = newest.source
    and alerts.day > newest.day - case alerts.alert when 'drift' then 3 else 2 end
order by alerts.source, alerts.alert, alerts.subject, alerts.day desc
"""


@dataclass(frozen=True)
class Quality:
    """A source's last day of known outcomes: mean absolute errors in minutes, share inside the band."""

    source: str
    rides: int
    mae: float
    validation_mae: float | None
    coverage: float | None


@dataclass(frozen=True)
class Alert:
    """An alert of a source's newest days, the newest of its kind and subject; the day is local, such as 2026-01-31."""

    day: str
    source: str
    alert: str
    subject: str
    value: float
    meaning: str


Row = TypeVar("Row")


def quality(database: psycopg.Connection, now: datetime) -> list[Quality] | None:
    """The last day of known outcomes of each source that was scored within a day; None if the mart cannot be read."""
    return _read(database, now, QUALITY, Quality)


def alerts(database: psycopg.Connection, now: datetime) -> list[Alert] | None:
    """The alerts of each source that was scored within a day; None if the marts cannot be read."""
    return _read(database, now, ALERTS, Alert)


def _read(database: psycopg.Connection, now: datetime, query: str, row: type[Row]) -> list[Row] | None:
    """Read the marts within seconds, since a health check waits for it."""
    parameters = {"sources": [source for (source,) in database.execute(SOURCES, {"now": now})]}
    try:
        with database.transaction():
            database.execute("set local statement_timeout = '5s'")
            return database.cursor(row_factory=class_row(row)).execute(query.encode(), parameters).fetchall()
    except psycopg.Error:
        if database.broken:
            raise
        return None  # not built yet, being rebuilt, or broken: what the raw tables say is still worth saying
