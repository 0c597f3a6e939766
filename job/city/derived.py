"""Columns that a city's records lack and that follow from others: the trip_id and the duration."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from job.city.content_ids import content_ids, in_one_notation, label
from job.place import Place
from job.rides.columns import column, present_text
from job.rides.start_times import instants, wall_clock

START, END = "trip_start_timestamp", "trip_end_timestamp"
TIMES = (START, END)
LABELS = ("taxi_id", "company")  # not numbers: two long ones may be the same as floating-point numbers


def origins(place: Place) -> dict[str, tuple[str, ...]]:
    """The columns that each derived column of the place's records is computed from.

    The City of Chicago rounds its end times, so the duration is computed only if `columns` names an end time.
    """
    candidates = {"trip_id": place.identity, "trip_seconds": TIMES if END in dict(place.columns).values() else ()}
    return {name: others for name, others in candidates.items() if others}


def completed(
    tables: Iterator[pa.Table], derived: Mapping[str, tuple[str, ...]], place: Place, as_wall_clock: bool = False
) -> Iterator[pa.Table]:
    """Add the derived columns to a source's tables; `as_wall_clock` is that of `ride.parse`."""
    for records in tables:
        added = {}
        if "trip_id" in derived:
            added["trip_id"] = content_ids(
                _identifying(records, name, place, as_wall_clock) for name in derived["trip_id"]
            )
        if "trip_seconds" in derived:
            added["trip_seconds"] = _seconds(records, place, as_wall_clock)
        given = {name: records[name] for name in records.column_names}
        yield pa.table(given | {name: _where_missing(given.get(name), values) for name, values in added.items()})


def _where_missing(given: pa.ChunkedArray | None, values: pa.Array) -> pa.Array:
    """The given values, and these where there are none: in JSON a column may first appear after the first records."""
    return values if given is None else pc.coalesce(present_text(given), values.cast(pa.string()))


def _identifying(records: pa.Table, name: str, place: Place, as_wall_clock: bool) -> pa.Array:
    """A column's values as text that is the same for each type and notation of them."""
    if name in LABELS:
        return label(column(records, name))
    if name not in TIMES:
        return in_one_notation(column(records, name))
    values = _times(records, name, as_wall_clock)
    times, valid, _ = instants(values, place.time_zone)
    written = present_text(values)
    return pa.array(np.where(valid & ~np.isnat(times), times.astype(str), written.to_numpy(zero_copy_only=False)))


def _seconds(records: pa.Table, place: Place, as_wall_clock: bool) -> pa.Array:
    """The seconds from start to end; null where one of them is not known."""
    start, end = (instants(_times(records, name, as_wall_clock), place.time_zone)[0] for name in TIMES)
    seconds = (end - start) / np.timedelta64(1, "s")
    return pa.array(seconds, mask=np.isnan(seconds))


def _times(records: pa.Table, name: str, as_wall_clock: bool) -> pa.ChunkedArray:
    values = column(records, name)
    return wall_clock(values) if as_wall_clock else values
