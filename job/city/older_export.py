"""The City's older export: 18 columns, no trip_id, start times as Unix seconds of the place's wall clock."""

import hashlib
from collections.abc import Container, Iterator

import numpy as np
import pyarrow as pa

from job.rides.columns import column, numbers

LAST_SECOND = 1e11  # numpy has no dates for much larger numbers; no usable start time is as late


def is_older(columns: Container[str]) -> bool:
    """Whether a source with these columns is in the older form."""
    return "trip_id" not in columns and "trip_start_hour" in columns


def in_present_form(tables: Iterator[pa.Table], origin: str) -> Iterator[pa.Table]:
    """Convert a source's tables to the present form; a row's trip_id is made from the origin and its position."""
    prefix, position = hashlib.sha256(origin.encode()).hexdigest()[:16], 1
    for records in tables:
        yield _converted(records, [f"{prefix}-{position + row}" for row in range(len(records))])
        position += len(records)


def _converted(records: pa.Table, trip_ids: list[str]) -> pa.Table:
    seconds, _ = numbers(column(records, "trip_start_timestamp"))
    usable = np.abs(seconds) < LAST_SECOND
    start = np.where(usable, seconds, 0).astype("int64").astype("datetime64[s]")
    return pa.table(
        {
            **{name: records[name] for name in records.column_names},
            "trip_id": pa.array(trip_ids, pa.string()),
            "trip_start_timestamp": pa.array(start, mask=~usable),
        }
    )
