"""Recent realised errors and alerts of the model, according to the marts; None if they cannot be read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import psycopg
from psycopg.rows import class_row

from job.rides.source import SourceName

# Sources that were scored within a day; older ones are not news.
SOURCES = """
select distinct source
from raw.runs
where rides_scored > 0 and source is not null and finished_at > %(now)s - interval '1 day'
"""
# The 24 hours up to the newest hour that has an outcome; rides without one also from later hours.
QUALITY = """
select
    quality.source,
    sum(quality.rides_with_outcome)::bigint as rides,
    coalesce(
        sum(quality.sum_capped_error) / nullif(sum(quality.rides_with_expected_error), 0),
        sum(quality.sum_absolute_error) / sum(quality.rides_with_outcome)
    )::float8 as mae,
    (
        sum(quality.validation_mae * quality.rides_with_outcome)
        / nullif(sum(quality.rides_with_outcome) filter (where quality.validation_mae is not null), 0)
    )::float8 as validation_mae,
    (sum(quality.sum_expected_error) / nullif(sum(quality.rides_with_expected_error), 0))::float8 as expected_error,
    (sum(quality.rides_covered)::numeric / nullif(sum(quality.rides_with_band), 0))::float8 as coverage,
    sum(quality.rides - quality.rides_with_outcome)::bigint as open_rides,
    (
        sum(quality.sum_expected_error_open) / nullif(sum(quality.rides_with_expected_error_open), 0)
    )::float8 as open_expected_error
from marts.prediction_quality as quality
inner join (
    select source, max(hour_start) as hour_start
    from marts.prediction_quality
    where rides_with_outcome > 0 and source = any(%(sources)s)
    group by source
) as newest
    on quality.source = newest.source
    and quality.hour_start > newest.hour_start - interval '24 hours'
group by quality.source
order by quality.source
"""
# Like Grafana's rules, but relative to the rides' newest day instead of today. Drift is judged when a day is over.
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
    """A source's last day of outcomes: mean absolute errors in minutes, and the share inside the band.

    mae: of the rides with an expected error if there are any, where a duration over three hours counts as three.
    open_rides: rides whose outcome is not known yet, of the same day or newer, with their expected error.
    """

    source: SourceName
    rides: int
    mae: float
    validation_mae: float | None
    expected_error: float | None
    coverage: float | None
    open_rides: int
    open_expected_error: float | None


@dataclass(frozen=True)
class Alert:
    """The newest alert of a kind and subject among a source's newest days; the day is local, such as 2026-01-31."""

    day: str
    source: SourceName
    alert: str
    subject: str
    value: float
    meaning: str


Row = TypeVar("Row")


def quality(database: psycopg.Connection, now: datetime) -> list[Quality] | None:
    """The last day of outcomes of each source that was scored within a day; None if the mart cannot be read."""
    return _read(database, now, QUALITY, Quality)


def alerts(database: psycopg.Connection, now: datetime) -> list[Alert] | None:
    """The alerts of each source that was scored within a day; None if the marts cannot be read."""
    return _read(database, now, ALERTS, Alert)


def sources(database: psycopg.Connection, now: datetime) -> list[SourceName]:
    """The sources that were scored within a day."""
    return [source for (source,) in database.execute(SOURCES, {"now": now})]


@contextmanager
def briefly(database: psycopg.Connection) -> Iterator[None]:
    """Read the marts with a short timeout, because a health check waits for the result."""
    with database.transaction():
        database.execute("set local statement_timeout = '5s'")
        yield
        database.execute("set local statement_timeout to default")  # the setting outlives the nested transaction


def _read(database: psycopg.Connection, now: datetime, query: str, row: type[Row]) -> list[Row] | None:
    parameters = {"sources": sources(database, now)}
    return attempted(database, lambda: database.cursor(row_factory=class_row(row)).execute(query.encode(), parameters))


def attempted(database: psycopg.Connection, read: Callable[[], psycopg.Cursor[Row]]) -> list[Row] | None:
    """The rows of marts; None if they cannot be read."""
    try:
        with briefly(database):
            return read().fetchall()
    except psycopg.Error:
        if database.broken:
            raise
        return None  # not built yet, being rebuilt, or broken: the status from the raw tables is still useful
