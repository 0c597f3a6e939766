"""Reads the newest rides of a source and model that have an outcome, to see how wide their bands should have been."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import pandas as pd
import psycopg

from job.model.tracked_band import NEWEST_RIDES
from job.rides.source import SIMULATOR, SourceName

COLUMNS = {
    "start": "int64", "due_at": "float64", "pickup_community_area": "int64", "dropoff_community_area": "int64",
    "predicted": "float64", "low": "float64", "high": "float64", "actual": "float64",
}  # fmt: skip
# Without this, PostgreSQL reads and sorts all rides of a span, which may be a week, to return the newest.
IN_THE_ORDER_OF_THE_INDEX = """
select set_config(name, 'off', true) from unnest(array['enable_sort', 'enable_bitmapscan']) as settings (name)
"""
# A lateral join with a limit is always a lookup in the index, whatever the statistics of new tables say.
NEWEST = """
select
    (extract(epoch from newest.trip_start_timestamp) * 1000000)::bigint,
    (extract(epoch from newest.due_at) * 1000000)::float8,
    coalesce(newest.pickup_community_area, 0),
    coalesce(newest.dropoff_community_area, 0),
    newest.predicted_duration,
    newest.low,
    newest.high,
    newest.actual_duration
from unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) as spans (span_start, span_end)
cross join lateral (
    select
        rides.trip_start_timestamp, rides.pickup_community_area, rides.dropoff_community_area,
        rides.predicted_duration, outcomes.due_at, outcomes.actual_duration,
        coalesce(rides.static_low, rides.predicted_low) as low,
        coalesce(rides.static_high, rides.predicted_high) as high
    from raw.ride_predictions as rides
    cross join lateral ({outcome}) as outcomes
    where
        rides.trip_start_timestamp >= spans.span_start
        and rides.trip_start_timestamp < spans.span_end
        and rides.source = %(source)s
        and rides.model_id = %(model_id)s
        and rides.predicted_low is not null
    order by rides.trip_start_timestamp desc
    fetch first %(rides)s rows with ties
) as newest
"""
SIMULATED: LiteralString = """
    select pending.actual_duration, pending.due_at
    from raw.pending_outcomes as pending
    where pending.trip_id = rides.trip_id
    limit 1
"""
RECORDED: LiteralString = """
    select recorded.actual_duration, null::timestamptz as due_at
    from raw.ride_outcomes as recorded
    where recorded.trip_id = rides.trip_id
    order by recorded.outcome_id desc
    limit 1
"""


def newest(
    database: psycopg.Connection, source: SourceName, model_id: int, spans: Sequence[tuple[datetime, datetime]]
) -> pd.DataFrame:
    """The newest NEWEST_RIDES rides with a band and an outcome that started in each span, from its start until its end.

    COLUMNS: start and due_at (NaN for records) in microseconds since 1970, areas with 0 for none, the rest in
    minutes; low and high are the ends of the model's own band.
    """
    starts, ends = zip(*spans, strict=True)
    values = {
        "starts": list(starts), "ends": list(ends), "source": source, "model_id": model_id, "rides": NEWEST_RIDES,
    }  # fmt: skip
    query = NEWEST.replace("{outcome}", SIMULATED if source == SIMULATOR else RECORDED)
    with database.transaction(), database.cursor(binary=True) as cursor:
        cursor.execute(IN_THE_ORDER_OF_THE_INDEX)
        rows = cursor.execute(query.encode(), values).fetchall()
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
