"""Reads from the marts the summary that a first run prints."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

from job.rides.source import SourceName

RIDES = """
select
    sum(rides)::bigint as rides,
    (sum(sum_predicted_minutes) / sum(rides))::float8 as mean_minutes,
    (sum(sum_miles) / sum(rides))::float8 as mean_miles,
    min(interval_start) as first_interval,
    max(interval_start) as last_interval
from marts.rides_per_interval
where source = %(source)s and interval_start > %(since)s
having count(*) > 0
"""
BUSIEST_HOURS = """
with hours as (
    select hour_start, sum(rides) as rides
    from marts.rides_per_hour
    where source = 'simulator' and hour_start > %(since)s
    group by hour_start
)
select extract(hour from raw.local_time(hour_start))::int as hour, avg(rides)::float8 as rides
from hours
group by hour
order by rides desc
"""
TOP_PAIRS = """
select
    pickup_area_name as pickup,
    dropoff_area_name as dropoff,
    sum(rides)::bigint as rides,
    (sum(sum_predicted_minutes) / sum(rides))::float8 as mean_minutes,
    (sum(sum_fares) / nullif(sum(rides_with_fare), 0))::float8 as mean_fare
from marts.top_pickup_dropoff_pairs
where source = 'simulator' and hour_start > %(since)s
group by pickup_area_name, dropoff_area_name
order by rides desc, pickup, dropoff
limit 5
"""
FARE_PER_MILE = """
select fare_per_mile_bin::float8, sum(rides)::bigint as rides
from marts.fare_per_mile
where source = 'simulator' and hour_start > %(since)s
group by fare_per_mile_bin
order by fare_per_mile_bin
"""

LATEST = """
select
    trip_start_timestamp as start,
    pickup_area_name as pickup,
    dropoff_area_name as dropoff,
    trip_miles::float8 as miles,
    predicted_minutes::float8 as minutes,
    predicted_low_minutes::float8 as low,
    predicted_high_minutes::float8 as high
from marts.latest_predictions
where source = 'simulator' and pickup_community_area > 0 and dropoff_community_area > 0
order by trip_start_timestamp desc, trip_id
limit 3
"""


@dataclass(frozen=True)
class Rides:
    """Rides of one source, with mean predicted minutes and mean miles."""

    rides: int
    mean_minutes: float
    mean_miles: float
    first_interval: datetime
    last_interval: datetime


@dataclass(frozen=True)
class Pair:
    """A pair of areas by name; mean predicted minutes, mean fare in US dollars."""

    pickup: str
    dropoff: str
    rides: int
    mean_minutes: float
    mean_fare: float | None


@dataclass(frozen=True)
class Prediction:
    """A ride between two named areas: predicted minutes and their band, None if the model has none."""

    start: datetime
    pickup: str
    dropoff: str
    miles: float
    minutes: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Overview:
    """A summary of the simulator's rides since an instant.

    busiest_hours: local hours with their mean rides; fare_per_mile: bins of half a dollar per mile with their rides.
    recorded: a summary of all the rides whose records were scored.
    """

    rides: Rides | None
    recorded: Rides | None
    latest: list[Prediction]
    busiest_hours: list[tuple[int, float]]
    top_pairs: list[Pair]
    fare_per_mile: list[tuple[float, int]]


def overview(database: psycopg.Connection, since: datetime, source: SourceName) -> Overview:
    """Read the summary; `source` is that of records."""
    since_then = {"since": since}
    rides = database.cursor(row_factory=class_row(Rides))
    return Overview(
        rides=rides.execute(RIDES, since_then | {"source": "simulator"}).fetchone(),
        recorded=rides.execute(RIDES, {"source": source, "since": "-infinity"}).fetchone(),
        latest=database.cursor(row_factory=class_row(Prediction)).execute(LATEST).fetchall(),
        busiest_hours=database.execute(BUSIEST_HOURS, since_then).fetchall(),
        top_pairs=database.cursor(row_factory=class_row(Pair)).execute(TOP_PAIRS, since_then).fetchall(),
        fare_per_mile=database.execute(FARE_PER_MILE, since_then).fetchall(),
    )
