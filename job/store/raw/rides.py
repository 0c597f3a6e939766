"""Reads rides from the database, to score them again, to train on them, or to compare models on them."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import LiteralString

import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.csv
from psycopg import sql

from job.rides.ride import RIDE_COLUMNS
from job.rides.source import SourceName

BATCH_RIDES = 50_000
NO_RIDE = "00000000-0000-0000-0000-000000000000"  # sorts before every trip_id

TYPES = {
    "trip_id": pa.string(), "source_trip_id": pa.string(), "pickup_community_area": pa.float64(),
    "dropoff_community_area": pa.float64(), "microseconds": pa.int64(), "fare": pa.float64(),
    "trip_total": pa.float64(), "trip_miles": pa.float64(), "known": pa.int8(), "actual_duration": pa.float64(),
}  # fmt: skip
# The RIDE_COLUMNS, with the start as microseconds.
RIDE = sql.SQL("""
    rides.trip_id,
    rides.source_trip_id,
    rides.pickup_community_area,
    rides.dropoff_community_area,
    (extract(epoch from rides.trip_start_timestamp) * 1000000)::bigint as microseconds,
    rides.fare,
    rides.trip_total,
    rides.trip_miles
""")
# Keyset pagination: an index finds each batch in the same time, however many precede it.
PAST = """
select
    {ride},
    (
        rides.model_id = %(model_id)s
        or exists (
            select from raw.shadow_predictions as shadows
            where shadows.trip_id = rides.trip_id and shadows.model_id = %(model_id)s
        )
    )::int as known
from raw.ride_predictions as rides
where
    rides.trip_start_timestamp < %(end)s
    and (rides.trip_start_timestamp, rides.trip_id) > (%(start)s, %(after)s::uuid)
order by rides.trip_start_timestamp, rides.trip_id
limit %(limit)s
"""
# The newest outcome of a ride is the current one.
OBSERVED = """
select
    {ride},
    outcomes.actual_duration
from raw.ride_predictions as rides
cross join lateral (
    select observed.actual_duration
    from raw.ride_outcomes as observed
    where observed.trip_id = rides.trip_id
    order by observed.outcome_id desc
    limit 1
) as outcomes
where
    rides.source = %(source)s
    and rides.trip_start_timestamp < %(end)s
    and (rides.trip_start_timestamp, rides.trip_id) > (%(start)s, %(after)s::uuid)
order by rides.trip_start_timestamp, rides.trip_id
limit %(limit)s
"""
# With a limit, the first ride of a source is enough; `exists` alone would join all of them.
SOURCES_OBSERVED = """
select sources.source
from raw.sources
cross join lateral (
    select
    from raw.ride_predictions as rides
    where
        rides.source = sources.source
        and rides.trip_start_timestamp >= %s
        and rides.trip_start_timestamp < %s
        and exists (select from raw.ride_outcomes as observed where observed.trip_id = rides.trip_id)
    limit 1
) as first_ride
"""
LABELLED = """
select
    {ride},
    outcomes.actual_duration
from raw.ride_predictions as rides
inner join (
    select distinct on (trip_id) trip_id, actual_duration
    from raw.ride_outcomes
    order by trip_id, outcome_id desc
) as outcomes on rides.trip_id = outcomes.trip_id
where
    rides.source = %(source)s
    and (
        %(days)s::integer is null
        or rides.trip_start_timestamp > (
            select max(labelled.trip_start_timestamp)
            from raw.ride_predictions as labelled
            where
                labelled.source = %(source)s
                and exists (select from raw.ride_outcomes where ride_outcomes.trip_id = labelled.trip_id)
        ) - %(days)s::integer * interval '24 hours'
    )
order by rides.trip_start_timestamp, rides.trip_id
"""


def between(database: psycopg.Connection, start: datetime, end: datetime, model_id: int) -> Iterator[pd.DataFrame]:
    """Yield the rides with start <= trip_start_timestamp < end in batches: RIDE_COLUMNS and `known`.

    known: whether the database has the model's prediction of the ride. The last batch has fewer than BATCH_RIDES rides
    and may be empty.
    """
    for rides in _pages(lambda page: _read(database, PAST, {"end": end, "model_id": model_id} | page), start):
        yield rides.assign(known=rides["known"] == 1)


def observed(
    reading: Callable[[], AbstractContextManager[psycopg.Connection]],
    source: SourceName,
    start: datetime,
    end: datetime,
) -> Iterator[pd.DataFrame]:
    """Like `between`, the source's rides whose true duration is known: RIDE_COLUMNS, actual_duration (minutes).

    reading: opens the transaction for a batch. Each has its own, so that none stays open while the caller works.
    """

    def read(page: dict[str, object]) -> pd.DataFrame:
        with reading() as database:
            return _read(database, OBSERVED, {"source": source, "end": end} | page)

    yield from _pages(read, start)


def sources_observed(database: psycopg.Connection, start: datetime, end: datetime) -> list[SourceName]:
    """The sources of the rides with start <= trip_start_timestamp < end whose true duration is known."""
    return [source for (source,) in database.execute(SOURCES_OBSERVED, (start, end))]


def _pages(read: Callable[[dict[str, object]], pd.DataFrame], start: datetime) -> Iterator[pd.DataFrame]:
    """Yield one page after the other, up to the first with fewer than BATCH_RIDES rides."""
    page: dict[str, object] = {"start": start, "after": NO_RIDE, "limit": BATCH_RIDES}
    while True:
        rides = read(page)
        yield rides
        if len(rides) < BATCH_RIDES:
            return
        last = rides.iloc[-1]
        page |= {"start": last["trip_start_timestamp"].to_pydatetime(), "after": last["trip_id"]}


def labelled(database: psycopg.Connection, source: SourceName, days: int | None = None) -> pd.DataFrame:
    """The rides of the source whose true duration is known: RIDE_COLUMNS, actual_duration (minutes), taxi_id (null).

    days: only those that started less than this many days before the newest of them.
    """
    return _read(database, LABELLED, {"source": source, "days": days}).assign(taxi_id=None)


def _read(database: psycopg.Connection, query: LiteralString, parameters: dict[str, object]) -> pd.DataFrame:
    """Read by COPY into columns, which avoids a Python object per value."""
    statement = sql.SQL("copy ({}) to stdout (format csv, header)").format(sql.SQL(query).format(ride=RIDE))
    with database.cursor() as cursor, cursor.copy(statement, parameters) as copy:
        text = io.BytesIO(b"".join(copy))
    options = pa.csv.ConvertOptions(
        column_types=TYPES, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    rows = pa.csv.read_csv(text, pa.csv.ReadOptions(), pa.csv.ParseOptions(newlines_in_values=True), options)
    frame: pd.DataFrame = rows.to_pandas()
    frame["trip_start_timestamp"] = pd.to_datetime(frame.pop("microseconds"), unit="us", utc=True).astype(
        "datetime64[us, UTC]"
    )
    return frame[[*RIDE_COLUMNS, *frame.columns.difference(RIDE_COLUMNS)]]
