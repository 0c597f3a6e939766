"""The older form of the City's records: 18 columns, no trip_id, the start as Unix seconds of the wall clock."""

import hashlib
from collections.abc import Container

import numpy as np
import pyarrow as pa

from job.rides.columns import column, numbers

LAST_SECOND = 1e11  # beyond it lies no year that a clock shows


def is_older(columns: Container[str]) -> bool:
    """Whether a file with these columns is in the older form."""
    return "trip_id" not in columns and "trip_start_hour" in columns


def as_present(records: pa.Table, source: str, first_position: int) -> pa.Table:
    """The records in the present form; a row's trip_id is made of its source and its position."""
    seconds, _ = numbers(column(records, "trip_start_timestamp"))
    usable = np.abs(seconds) < LAST_SECOND
    start = np.where(usable, seconds, 0).astype("int64").astype("datetime64[s]")
    name = hashlib.sha256(source.encode()).hexdigest()[:16]
    return pa.table(
        {
            **{own: records[own] for own in records.column_names},
            "trip_id": pa.array([f"{name}-{first_position + row}" for row in range(len(records))], pa.string()),
            "trip_start_timestamp": pa.array(start, mask=~usable),
        }
    )
