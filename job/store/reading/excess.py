"""A day's errors compared with the expected ones, and the groups of rides that stand out, from the mart."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import psycopg

from job.model import excess
from job.model.excess import Finding, Segment
from job.rides.source import SourceName
from job.store.reading import panels, quality

PURPOSE = "the errors by segment"
# A day is over when a ride of a later day has arrived, or a day after its end. With fewer outcomes than a group needs,
# nothing can be explained. The mart's key gives the days from the newest back, so that older ones are not read.
NEWEST = """
select day
from marts.excess_error_by_segment
where
    source = %(source)s
    and (
        day < (select max(day) from marts.excess_error_by_segment where source = %(source)s)
        or raw.local_day_start(day + 1) + interval '24 hours' <= %(now)s
    )
group by day, model_id
having sum(rides_with_expected_error) >= %(least)s
order by day desc
limit 1
"""
SEGMENTS = """
select
    model_id, model_name || ' ' || model_version as model, rides, kind_of_ride, pickup_area_name, hours, miles,
    rides_with_expected_error, sum_expected_error::float8, sum_capped_error::float8, sum_squared_excess::float8
from marts.excess_error_by_segment
where source = %s and day = %s
order by model_id, segment
"""


@dataclass(frozen=True)
class Explained:
    """A local day of a model, such as 2026-01-31, and what stands out; errors are means in minutes.

    rides_compared: those with an outcome and an expected error; the means are over these, None if there are none.
    """

    day: str
    source: SourceName
    model: str
    rides: int
    rides_compared: int
    expected: float | None
    realised: float | None
    findings: list[Finding]


def standing_out(database: psycopg.Connection, now: datetime) -> list[Explained] | None:
    """The newest whole day of each source scored within a day, if something stands out; None without the mart."""
    try:
        with quality.briefly(database):
            sources = quality.sources(database, now)
            days = [(source, newest_day(database, source, now)) for source in sources]
            explanations = [one for source, day in days if day for one in explained(database, source, day)]
    except panels.PanelFailed:
        if database.broken:
            raise
        return None
    return [one for one in explanations if one.findings]


def newest_day(database: psycopg.Connection, source: SourceName, now: datetime) -> date | None:
    """The newest day of the source that is over and has enough outcomes of a model, or None."""
    _, rows = panels.query(database, NEWEST, PURPOSE, {"source": source, "now": now, "least": excess.LEAST_RIDES})
    return rows[0][0] if rows else None


def explained(database: psycopg.Connection, source: SourceName, day: date) -> list[Explained]:
    """The day of each model that scored rides of the source; empty if there are none."""
    _, rows = panels.query(database, SEGMENTS, PURPOSE, (source, day))
    return [
        _of_model(str(day), source, model, [(rides, Segment(*sums)) for _, _, rides, *sums in of_model])
        # A recreated registry reuses names and versions, so these do not identify a model.
        for (_, model), of_model in groupby(rows, key=lambda row: row[:2])
    ]


def _of_model(day: str, source: SourceName, model: str, rows: list[tuple[int, Segment]]) -> Explained:
    segments = [segment for _, segment in rows]
    compared = sum(segment.rides for segment in segments)
    return Explained(
        day=day,
        source=source,
        model=model,
        rides=sum(rides for rides, _ in rows),
        rides_compared=compared,
        expected=sum(segment.expected for segment in segments) / compared if compared else None,
        realised=sum(segment.realised for segment in segments) / compared if compared else None,
        findings=excess.findings(segments),
    )
