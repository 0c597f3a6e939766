"""What a ride is: its columns, units and bounds; records in, accepted rides and rejected records out."""

import hashlib
import json
import uuid
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

CHICAGO = "America/Chicago"
AREAS = 77
MAX_MILES = 250.0
MAX_MINUTES = 1440.0
MAX_TRIP_ID_LENGTH = 200
EARLIEST, LATEST = pd.Timestamp("2000-01-01", tz="UTC"), pd.Timestamp("2100-01-01", tz="UTC")

# Fixed once: the same trip_id of the City gives the same ride for ever.
CITY_RIDES = uuid.UUID("6a1f3f0e-5c0b-5b57-9f0e-0d4b3a6c7f11")

REQUIRED = (
    "trip_id", "trip_start_timestamp", "trip_miles", "pickup_community_area", "dropoff_community_area",
)  # fmt: skip
OPTIONAL = ("trip_seconds", "fare", "trip_total")
RECORD_COLUMNS = REQUIRED + OPTIONAL

REASONS = {
    "missing_trip_id": "the trip_id is missing or blank",
    "bad_trip_id": f"the trip_id has a NUL character or over {MAX_TRIP_ID_LENGTH} characters",
    "bad_start_time": "the start time is missing, in no known format, or not between 2000 and 2100",
    "nonexistent_time": "the start time falls into the hour that the spring change of clocks leaves out",
    "bad_miles": "the miles are missing, not a number, or not finite",
    "nonpositive_miles": "the miles are zero or negative",
    "excessive_miles": f"the miles are over {MAX_MILES:g}",
    "bad_area": f"a community area is neither empty nor a whole number from 1 to {AREAS}",
    "bad_money": "fare or total is given but negative, not finite, or not a number",
    "conflicting_record": "its trip_id came earlier in the same input with other values",
}

RIDE_COLUMNS = [
    "trip_id", "source_trip_id", "pickup_community_area", "dropoff_community_area", "trip_start_timestamp",
    "fare", "trip_total", "trip_miles",
]  # fmt: skip
OUTCOME_COLUMNS = ["trip_id", "actual_duration", "due_at"]
REJECT_COLUMNS = ["position", "source_trip_id", "reason", "payload", "digest"]


@dataclass(frozen=True)
class Batch:
    """What was read together and is committed together; every record is in `rides`, `repeated` or `rejected`.

    rides: RIDE_COLUMNS; areas float with NaN for empty, start as UTC instants, money in US dollars, miles.
    outcomes: OUTCOME_COLUMNS, true minutes of those rides that have a usable one; due_at is when a simulated
    outcome becomes known, NaT for the City's, which is known already.
    rejected: REJECT_COLUMNS; payload is the record as JSON text, every value as the text that was read.
    windows: window_start (UTC), rides; empty for the City's records.
    """

    rides: pd.DataFrame
    outcomes: pd.DataFrame
    rejected: pd.DataFrame
    windows: pd.DataFrame
    repeated: int = 0

    @property
    def read(self) -> int:
        return len(self.rides) + self.repeated + len(self.rejected)


def parse(records: pa.Table, first_position: int = 1) -> Batch:
    """Split the City's records, columns named as its API names them, into rides and rejected records.

    Values may be typed or text. The first reason of REASONS that applies is the one given. `rides` is
    indexed by row of `records`, so that a caller can take further columns from there.
    """
    source_trip_id = _text(records, "trip_id")
    start, wall_clock_given = _start(records["trip_start_timestamp"])
    miles, miles_given = _number(records, "trip_miles")
    pickup, pickup_good = _area(records, "pickup_community_area")
    dropoff, dropoff_good = _area(records, "dropoff_community_area")
    fare, fare_good = _money(records, "fare")
    total, total_good = _money(records, "trip_total")
    seconds, _ = _number(records, "trip_seconds")

    blank = source_trip_id.str.strip().isin(["", None]).to_numpy()
    unstorable = source_trip_id.str.contains("\0", regex=False) | (source_trip_id.str.len() > MAX_TRIP_ID_LENGTH)
    late_or_early = ~((start >= EARLIEST) & (start < LATEST)).to_numpy()
    with np.errstate(invalid="ignore"):
        faults = [
            blank,
            unstorable.fillna(False).to_numpy(bool),
            ~wall_clock_given | (late_or_early & start.notna().to_numpy()),
            start.isna().to_numpy(),
            ~miles_given | ~np.isfinite(miles),
            miles <= 0,
            miles > MAX_MILES,
            ~(pickup_good & dropoff_good),
            ~(fare_good & total_good),
        ]
    codes = list(REASONS)[: len(faults)]
    reason = np.select(faults, codes, default="")
    good = reason == ""
    rides = pd.DataFrame(
        {
            "trip_id": [str(uuid.uuid5(CITY_RIDES, name)) for name in source_trip_id[good]],
            "source_trip_id": source_trip_id[good].array,
            "pickup_community_area": pickup[good],
            "dropoff_community_area": dropoff[good],
            "trip_start_timestamp": start[good].array,
            "fare": fare[good],
            "trip_total": total[good],
            "trip_miles": miles[good],
        },
        index=np.flatnonzero(good),
    )
    return Batch(
        rides=rides,
        outcomes=usable_outcomes(rides["trip_id"], seconds[good] / 60),
        rejected=rejected_records(records, np.flatnonzero(~good), reason[~good], first_position),
        windows=no_windows(),
    )


def usable_outcomes(trip_id: pd.Series, minutes: np.ndarray) -> pd.DataFrame:
    """The true durations that can be true: 0 < minutes <= MAX_MINUTES."""
    with np.errstate(invalid="ignore"):
        sane = (minutes > 0) & (minutes <= MAX_MINUTES)
    due_at = pd.Series(pd.NaT, index=range(sane.sum()), dtype="datetime64[us, UTC]")
    return pd.DataFrame({"trip_id": trip_id[sane].array, "actual_duration": minutes[sane], "due_at": due_at})


def rejected_records(
    records: pa.Table, rows: np.ndarray, reasons: np.ndarray, first_position: int
) -> pd.DataFrame:
    """The records at these rows with their reasons; the digest is of the payload, so a record is known again."""
    read = records.select([name for name in RECORD_COLUMNS if name in records.column_names]).take(pa.array(rows))
    as_text = pa.table({name: _as_text(read[name]) for name in read.column_names})
    payloads = [json.dumps(_storable(row), ensure_ascii=False, sort_keys=True) for row in as_text.to_pylist()]
    trip_ids = [json.loads(payload)["trip_id"] for payload in payloads]
    return pd.DataFrame(
        {
            "position": rows + first_position,
            "source_trip_id": pd.Series(trip_ids, dtype=object),
            "reason": reasons,
            "payload": payloads,
            "digest": [hashlib.sha256(payload.encode()).hexdigest() for payload in payloads],
        },
        columns=REJECT_COLUMNS,
    )


def no_windows() -> pd.DataFrame:
    """An empty ledger."""
    return pd.DataFrame({"window_start": pd.Series(dtype="datetime64[us, UTC]"), "rides": pd.Series(dtype="int64")})


def no_rejects() -> pd.DataFrame:
    """No rejected records."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in REJECT_COLUMNS})


def _storable(row: dict[str, str | None]) -> dict[str, str | None]:
    """PostgreSQL's jsonb refuses U+0000."""
    return {name: value if value is None else value.replace("\0", "\ufffd") for name, value in row.items()}


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def _text(records: pa.Table, name: str) -> pd.Series:
    column = records[name]
    return (column if pa.types.is_string(column.type) else column.cast(pa.string())).to_pandas()


def _number(records: pa.Table, name: str) -> tuple[np.ndarray, np.ndarray]:
    """A column's values, NaN where there is no number, and whether anything was given at all."""
    if name not in records.column_names:
        return np.full(len(records), np.nan), np.zeros(len(records), bool)
    column = records[name]
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        values = column.cast(pa.float64(), safe=False).to_numpy()
        return values, column.is_valid().to_numpy()
    text = column.to_pandas().str.strip()
    given = (text.notna() & (text != "")).to_numpy(bool)
    return pd.to_numeric(text, errors="coerce").to_numpy(float, na_value=np.nan), given


def _area(records: pa.Table, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Areas with NaN for empty, and whether each is empty or good; NaN in a column of floats means empty."""
    values, given = _number(records, name)
    if pa.types.is_floating(records[name].type):
        given = given & ~np.isnan(values)
    good = ~given | ((values >= 1) & (values <= AREAS) & (values == np.floor(values)))
    return values, good


def _money(records: pa.Table, name: str) -> tuple[np.ndarray, np.ndarray]:
    values, given = _number(records, name)
    return values, ~given | ((values >= 0) & np.isfinite(values))


def _start(column: pa.ChunkedArray) -> tuple[pd.Series, np.ndarray]:
    """Instants (NaT where there is none) and whether a time could be read at all.

    Times without an offset are Chicago's wall clock: one that happens twice is the first, one that the
    spring change leaves out is NaT although it could be read.
    """
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        instants = column.cast(pa.timestamp("us", "UTC")).to_pandas()
        return instants, instants.notna().to_numpy()
    # A file has few distinct times: each is read once.
    codes, distinct = pd.factorize(column.to_pandas())
    read, known = _wall_clock(pd.Series(distinct))
    instants = read.reindex(codes).reset_index(drop=True)  # code -1, nothing given, becomes NaT
    return instants, np.where(codes >= 0, known[codes] if len(known) else False, False)


def _wall_clock(times: pd.Series) -> tuple[pd.Series, np.ndarray]:
    if not pd.api.types.is_datetime64_any_dtype(times):
        text = times.astype("string").str.strip()
        times = pd.to_datetime(text, format="%Y-%m-%dT%H:%M:%S.%f", errors="coerce")
        for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%m/%d/%Y %I:%M:%S %p"):
            times = times.fillna(pd.to_datetime(text, format=form, errors="coerce"))
    known = times.notna().to_numpy()
    instants = times.astype("datetime64[us]").dt.tz_localize(
        CHICAGO, ambiguous=np.ones(len(times), bool), nonexistent="NaT"
    )
    return instants.dt.tz_convert("UTC"), known
