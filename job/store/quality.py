"""What the marts say of the model of late: its realised errors and drift; nothing where they cannot be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from job.config import Config

ENOUGH = 300
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
having sum(quality.rides_with_outcome) >= %(enough)s
order by quality.source
"""
DRIFT = """
select newest.source, newest.feature, newest.psi::float8 as psi
from marts.feature_drift as newest
inner join marts.feature_drift as before
    on newest.source = before.source
    and newest.model_id = before.model_id
    and newest.feature = before.feature
    and newest.day = before.day + 1
where
    newest.verdict = 'drift' and before.verdict = 'drift' and newest.source = any(%(sources)s)
    and newest.day = (
        select max(judged.day)
        from marts.feature_drift as judged
        where judged.source = newest.source and judged.verdict is not null
    )
order by newest.source, newest.psi desc
"""


@dataclass(frozen=True)
class Quality:
    """A source's last day of at least 300 known outcomes: mean absolute errors in minutes, share inside the band."""

    source: str
    rides: int
    mae: float
    validation_mae: float | None
    coverage: float | None


@dataclass(frozen=True)
class Drift:
    """An input, or the prediction, that has drifted for two days running."""

    source: str
    feature: str
    psi: float


Row = TypeVar("Row")


def quality(database: psycopg.Connection, config: Config, now: datetime) -> list[Quality] | None:
    """Of each source that was scored within a day; None where the mart cannot be read."""
    return _read(database, config, now, QUALITY, Quality)


def drift(database: psycopg.Connection, config: Config, now: datetime) -> list[Drift] | None:
    """Of each source that was scored within a day; None where the mart cannot be read."""
    return _read(database, config, now, DRIFT, Drift)


def _read(database: psycopg.Connection, config: Config, now: datetime, query: str, row: type[Row]) -> list[Row] | None:
    """As the role that owns the marts, in no more than seconds; a health check asks too."""
    parameters = {"sources": [source for (source,) in database.execute(SOURCES, {"now": now})], "enough": ENOUGH}
    try:
        with database.transaction():
            database.execute("set local statement_timeout = '5s'")
            database.execute(sql.SQL("set local role {}").format(sql.Identifier(config.role("dbt"))))
            return database.cursor(row_factory=class_row(row)).execute(query.encode(), parameters).fetchall()
    except psycopg.Error:
        if database.broken:
            raise
        return None  # not built yet, being rebuilt, or broken: what raw says is said all the same
