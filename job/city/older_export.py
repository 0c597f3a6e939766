"""The City's older export: 18 columns, no trip_id, start times as Unix seconds of the place's wall clock."""

from collections.abc import Container, Iterator

import numpy as np
import pyarrow as pa

from job.city.content_ids import content_ids, in_one_notation
from job.rides.columns import column, numbers, present_text

NUMBERS = (
    "pickup_community_area", "fare", "trip_start_month", "trip_start_hour", "trip_start_day", "trip_start_timestamp",
    "pickup_latitude", "pickup_longitude", "dropoff_latitude", "dropoff_longitude", "trip_miles", "pickup_census_tract",
    "dropoff_census_tract", "trip_seconds", "dropoff_community_area", "tips",
)  # fmt: skip
COLUMNS = (*NUMBERS, "payment_type", "company")
LAST_SECOND = 1e11  # numpy has no dates for much larger numbers; no usable start time is as late


def is_older(columns: Container[str]) -> bool:
    """Whether a source with these columns is in the older form."""
    return "trip_id" not in columns and "trip_start_hour" in columns


def in_present_form(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Convert a source's tables to the present form; rows that are equal in all of COLUMNS get the same trip_id."""
    for records in tables:
        yield _converted(records)


def _converted(records: pa.Table) -> pa.Table:
    seconds, _ = numbers(column(records, "trip_start_timestamp"))
    usable = np.abs(seconds) < LAST_SECOND
    start = np.where(usable, seconds, 0).astype("int64").astype("datetime64[s]")
    return pa.table(
        {
            **{name: records[name] for name in records.column_names},
            "trip_id": _trip_ids(records),
            "trip_start_timestamp": pa.array(start, mask=~usable),
        }
    )


def _trip_ids(records: pa.Table) -> pa.Array:
    """A digest of each row's content, whatever the types and the order of the columns."""
    as_text = {name: in_one_notation if name in NUMBERS else present_text for name in COLUMNS}
    return content_ids(write(column(records, name)) for name, write in as_text.items())
