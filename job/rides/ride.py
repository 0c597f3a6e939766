"""The columns, units and bounds of a ride, and the parser that splits records into rides and rejected records."""

import hashlib
import json
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from job.place import Place
from job.rides.areas import is_zone
from job.rides.columns import REPLACEMENT, column, is_empty, numbers, text
from job.rides.identity import ride_ids
from job.rides.source import CITY, SourceName
from job.rides.start_times import instants, wall_clock
from job.rides.unreadable import Unreadable

MAX_TRIP_ID_LENGTH = 200
EARLIEST, LATEST = pd.Timestamp("2000-01-01", tz="UTC"), pd.Timestamp("2100-01-01", tz="UTC")

REQUIRED = (
    "trip_id", "trip_start_timestamp", "trip_miles", "pickup_community_area", "dropoff_community_area",
)  # fmt: skip
OPTIONAL = ("trip_seconds", "fare", "trip_total")
RECORD_COLUMNS = REQUIRED + OPTIONAL
MALFORMED = "malformed_record"  # also the column that holds such a record's original text

REASONS = {
    MALFORMED: "the line has more or fewer fields than the header, an open quote or over 1 MiB, "
    "or is not one JSON object that names each column once",
    "missing_trip_id": "the trip_id is missing or empty",
    "bad_trip_id": f"the trip_id has over {MAX_TRIP_ID_LENGTH} characters, or one that is U+0000 or not UTF-8",
    "bad_start_time": "the start time is missing, in no known format (such as a number of seconds or days), "
    "or not between 2000 and 2100",
    "nonexistent_time": "the start time falls into the hour that the spring change of clocks leaves out",
    "bad_miles": "the miles are missing, not a number, or not finite",
    "nonpositive_miles": "the miles are zero or negative",
    "excessive_miles": "the miles are over the place's maximum",
    "bad_area": "a pickup or dropoff area is neither empty nor the number of one of the place's zones",
    "bad_money": "fare or total is given but negative, over the place's maximum, not finite, or not a number",
    "conflicting_record": "its trip_id came earlier in the same input with other values",
}

CAUSES = {
    MALFORMED: (MALFORMED,),
    "bad_trip_id": ("trip_id",),
    "bad_start_time": ("trip_start_timestamp",),
    "nonexistent_time": ("trip_start_timestamp",),
    "bad_miles": ("trip_miles",),
    "nonpositive_miles": ("trip_miles",),
    "excessive_miles": ("trip_miles",),
    "bad_area": ("pickup_community_area", "dropoff_community_area"),
    "bad_money": ("fare", "trip_total"),
    "conflicting_record": ("trip_id",),
}
"""By reason: the columns whose values caused the rejection."""

RIDE_COLUMNS = [
    "trip_id", "source_trip_id", "pickup_community_area", "dropoff_community_area", "trip_start_timestamp",
    "fare", "trip_total", "trip_miles",
]  # fmt: skip
OUTCOME_COLUMNS = ["trip_id", "actual_duration", "due_at"]
REJECT_COLUMNS = ["position", "source_trip_id", "reason", "payload", "digest"]


@dataclass(frozen=True)
class Batch:
    """Records that are read and committed together; each is counted in `rides`, `repeated` or `rejected`.

    rides: RIDE_COLUMNS; areas float with NaN for empty, start as UTC instants, money in US dollars, miles.
    outcomes: OUTCOME_COLUMNS, the true minutes of the rides whose duration is usable, with the index of these rides;
    due_at is when a simulated outcome becomes known, NaT for the City's outcomes, which are already known.
    rejected: REJECT_COLUMNS; payload is the record as JSON text, with every value as the text that was read and
    without nulls.
    windows: window_start (UTC), rides; empty for the City's records.
    unreadable: values of the rides that are given but cannot be read, which is no reason to reject a record.
    has_instants: whether start times of the records have an offset or a zone.
    """

    rides: pd.DataFrame
    outcomes: pd.DataFrame
    rejected: pd.DataFrame
    windows: pd.DataFrame
    repeated: int = 0
    unreadable: Unreadable = field(default_factory=Unreadable)
    has_instants: bool = False

    @property
    def read(self) -> int:
        """The number of records in the batch."""
        return len(self.rides) + self.repeated + len(self.rejected)


def parse(
    records: pa.Table, place: Place, first_position: int = 1, as_wall_clock: bool = False, source: SourceName = CITY
) -> Batch:
    """Split the City's records, with the column names of its API, into rides and rejected records.

    Values may be typed or text. A time without an offset is the place's wall clock; with `as_wall_clock` every time is,
    and offsets and zones are ignored, in payloads too. A rejected record gets the first of REASONS that applies.
    `rides` and `outcomes` are indexed by the row in `records`, from which a caller can take further columns. The
    trip_ids of rides are in the namespace of `source`.
    """
    if as_wall_clock:
        records = _without_offsets(records)
    trip_ids = text(column(records, "trip_id"))
    start, time_read, has_instants = instants(column(records, "trip_start_timestamp"), place.time_zone)
    miles, miles_given = numbers(column(records, "trip_miles"))
    areas = {name: _area(column(records, name), place) for name in ("pickup_community_area", "dropoff_community_area")}
    money = {name: _money(column(records, name), place) for name in ("fare", "trip_total")}

    faults = {
        MALFORMED: column(records, MALFORMED).is_valid().to_numpy(),
        **_trip_id_faults(trip_ids),
        "bad_start_time": ~time_read | (start < EARLIEST.to_datetime64()) | (start >= LATEST.to_datetime64()),
        "nonexistent_time": np.isnat(start),
        "bad_miles": ~miles_given | ~np.isfinite(miles),
        "nonpositive_miles": miles <= 0,
        "excessive_miles": miles > place.max_miles,
        "bad_area": ~np.all([good for _, good in areas.values()], axis=0),
        "bad_money": ~np.all([good for _, good in money.values()], axis=0),
    }
    fault = _first(faults)
    good, bad = np.flatnonzero(fault == ""), np.flatnonzero(fault != "")
    values = {
        **{name: numbers_of_zones for name, (numbers_of_zones, _) in areas.items()},
        "trip_start_timestamp": start,
        **{name: dollars for name, (dollars, _) in money.items()},
        "trip_miles": miles,
    }
    rides = _rides(trip_ids, source, values, good)
    minutes, unreadable = _minutes(column(records, "trip_seconds"), good)
    return Batch(
        rides=rides,
        outcomes=usable_outcomes(rides["trip_id"], minutes, place),
        rejected=rejected_records(records, bad, fault[bad], first_position),
        windows=no_windows(),
        unreadable=unreadable,
        has_instants=has_instants,
    )


def usable_outcomes(trip_id: pd.Series, minutes: np.ndarray, place: Place) -> pd.DataFrame:
    """The true durations within the place's bounds, 0 < minutes <= max_minutes, with the index of the trip_ids."""
    usable = (minutes > 0) & (minutes <= place.max_minutes)
    due_at = pd.Series(pd.NaT, index=trip_id.index[usable], dtype="datetime64[us, UTC]")
    return pd.DataFrame({"trip_id": trip_id[usable], "actual_duration": minutes[usable], "due_at": due_at})


def rejected_records(records: pa.Table, rows: np.ndarray, reasons: np.ndarray, first_position: int) -> pd.DataFrame:
    """The records at these rows with their reasons; the payload's digest identifies a record that is read again."""
    chosen = pa.array(rows)
    names = sorted({"trip_id"} | ({*RECORD_COLUMNS, MALFORMED} & set(records.column_names)))
    values = {name: text(column(records, name).take(chosen)) for name in names}
    write = json.JSONEncoder(ensure_ascii=False).encode
    payloads = [
        write({name: value for name, value in zip(names, row, strict=True) if value is not None})
        for row in zip(*(read.to_pylist() for read in values.values()), strict=True)
    ]
    return pd.DataFrame(
        {
            "position": rows + first_position,
            "source_trip_id": pd.Series(values["trip_id"].to_pylist(), dtype=object),
            "reason": reasons.astype(object),
            "payload": payloads,
            "digest": [hashlib.sha256(payload.encode()).hexdigest() for payload in payloads],
        },
        columns=REJECT_COLUMNS,
    )


def no_windows() -> pd.DataFrame:
    """An empty frame of windows."""
    return pd.DataFrame({"window_start": pd.Series(dtype="datetime64[us, UTC]"), "rides": pd.Series(dtype="int64")})


def no_rejects() -> pd.DataFrame:
    """An empty frame with REJECT_COLUMNS."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in REJECT_COLUMNS})


def _without_offsets(records: pa.Table) -> pa.Table:
    """The records with start times as their own clock showed them."""
    name = "trip_start_timestamp"
    if name not in records.column_names:
        return records
    at = records.column_names.index(name)
    return records.set_column(at, name, wall_clock(column(records, name)))


def _first(faults: dict[str, np.ndarray]) -> np.ndarray:
    """The first of REASONS that applies to each record; empty if none does."""
    codes = [reason for reason in REASONS if reason in faults]
    return np.array(["", *codes])[np.select([faults[code] for code in codes], range(1, len(codes) + 1), 0)]


def _rides(
    trip_ids: pa.StringArray, source: SourceName, values: dict[str, np.ndarray], rows: np.ndarray
) -> pd.DataFrame:
    source_trip_id = trip_ids.take(pa.array(rows))
    rides = pd.DataFrame(
        {
            "trip_id": ride_ids(source_trip_id, source).to_pandas(),
            "source_trip_id": source_trip_id.to_pandas(),
            **{name: array[rows] for name, array in values.items()},
        }
    )
    rides["trip_start_timestamp"] = rides["trip_start_timestamp"].dt.tz_localize("UTC")
    return rides.set_axis(rows)


def _trip_id_faults(trip_ids: pa.StringArray) -> dict[str, np.ndarray]:
    # U+FFFD replaces what was not valid text, so two different ids could look the same.
    is_long = pc.greater(pc.utf8_length(trip_ids), MAX_TRIP_ID_LENGTH)
    unusable = pc.or_(is_long, pc.match_substring(trip_ids, REPLACEMENT))
    return {"missing_trip_id": _flags(is_empty(trip_ids)), "bad_trip_id": _flags(unusable.fill_null(False))}


def _flags(booleans: pa.BooleanArray) -> np.ndarray:
    return booleans.to_numpy(zero_copy_only=False)


def _area(values: pa.ChunkedArray, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """Zone numbers (NaN for empty or outside), and whether each is valid."""
    areas, given = numbers(values)
    is_outside = np.isin(areas, place.outside)
    return np.where(is_outside, np.nan, areas), is_outside | ~given | is_zone(areas, place)


def _money(values: pa.ChunkedArray, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """US dollars (NaN for empty), and whether each is empty or within the bounds."""
    dollars, given = numbers(values, dollars=True)
    return dollars, ~given | ((dollars >= 0) & (dollars <= place.max_dollars))


def _minutes(seconds: pa.ChunkedArray, rows: np.ndarray) -> tuple[np.ndarray, Unreadable]:
    """The minutes in these rows, NaN where empty, and which durations could not be read."""
    floats, given = numbers(seconds)
    unreadable = given & ~np.isfinite(floats)
    chosen = np.zeros(len(floats), bool)
    chosen[rows] = True
    return floats[rows] / 60, Unreadable.counted("trip_seconds", seconds, unreadable & chosen)
