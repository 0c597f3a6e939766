"""Reads columns of records, whether typed or text, as text, numbers or instants. No value raises an error."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

REPLACEMENT = "\ufffd"  # replaces what PostgreSQL cannot store
ISO_TIME = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?"
EXPORT_TIME = r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2} [AaPp][Mm]"
EXPORT_FORMAT = "%m/%d/%Y %I:%M:%S %p"
# Beyond these, converting units or zones could overflow. Meaningful bounds are up to the caller.
NONE = np.datetime64("NaT", "us")
FIRST, LAST = np.datetime64("1900-01-01", "us"), np.datetime64("2200-01-01", "us")
TICKS_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


def column(records: pa.Table, name: str) -> pa.ChunkedArray:
    """A column's values with dictionaries and views decoded; nulls if it is missing."""
    if name not in records.column_names:
        return pa.chunked_array([pa.nulls(len(records), pa.string())])
    values = records[name]
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    view = pa.types.is_string_view(values.type) or pa.types.is_binary_view(values.type)
    return values.cast(pa.binary()) if view else values


def can_be_text(kind: pa.DataType) -> bool:
    """Whether `text` gives for this type what a person would have written."""
    return _is_text(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)


def can_be_number(kind: pa.DataType) -> bool:
    """Whether `numbers` can read this type."""
    return can_be_text(kind) or _is_number(kind)


def can_be_time(kind: pa.DataType) -> bool:
    """Whether `instants` can read this type."""
    return _is_text(kind) or pa.types.is_timestamp(kind) or pa.types.is_null(kind)


def text(values: pa.ChunkedArray) -> pa.StringArray:
    """Values as text that PostgreSQL can store: invalid UTF-8 and U+0000 are replaced by U+FFFD."""
    try:
        # Cast through bytes, because the text of a file has not been validated as UTF-8.
        valid = (values.cast(pa.binary()) if _is_text(values.type) else values).cast(pa.string())
    except pa.ArrowException:
        valid = pa.chunked_array([pa.array([_as_text(value) for value in values], pa.string())])
    one = valid.combine_chunks()
    array = one if isinstance(one, pa.Array) else pa.concat_arrays(one.chunks)
    return pc.replace_substring(array, "\0", REPLACEMENT)


def numbers(values: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Values as floats (NaN where there is no number), and whether each value is present at all."""
    if _is_number(values.type):
        floats = values.cast(pa.float64(), safe=False).to_numpy() + 0.0  # turns -0.0 into 0.0
        return floats, values.is_valid().to_numpy()
    # Files have few distinct numbers, so each is parsed once.
    codes, distinct = _distinct(text(values))
    floats = np.array([*(_number(value) for value in distinct), np.nan])
    given = np.array([*(bool(value.strip()) for value in distinct), False])
    return floats[codes], given[codes]


def instants(values: pa.ChunkedArray, zone: str) -> tuple[np.ndarray, np.ndarray]:
    """Values as UTC instants (datetime64[us], NaT where there is none), and whether each could be read as a time.

    Times without an offset are the zone's wall clock. An ambiguous time is taken as the earlier instant. A time skipped
    by a change of clocks could be read, but is NaT.
    """
    if pa.types.is_timestamp(values.type):
        times, readable = _from_ticks(values)
        if values.type.tz is not None:
            return times, readable
        codes, distinct = pd.factorize(times)
    else:
        codes, written = _distinct(text(values))
        distinct = _from_text(pd.Series(written, dtype="str"))
    distinct = np.append(distinct, NONE)  # the codes of nulls (-1, or the number of distinct values) point here
    return _localized(distinct, zone)[codes], ~np.isnat(distinct)[codes]


def _is_text(kind: pa.DataType) -> bool:
    return any(
        test(kind)
        for test in (
            pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_binary,
            pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary,
        )
    )  # fmt: skip


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _as_text(value: pa.Scalar) -> str | None:
    try:
        content = value.as_py()
    except (ValueError, ArithmeticError, pa.ArrowException):
        content = value.as_buffer().to_pybytes() if hasattr(value, "as_buffer") else "(unreadable)"
    if isinstance(content, bytes):
        return content.decode(errors="replace")
    return None if content is None else str(content)


def _distinct(values: pa.StringArray) -> tuple[np.ndarray, list[str]]:
    """Each value's index in the list of distinct values, and that list; the index of a null is the list's length."""
    encoded = values.dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    return encoded.indices.fill_null(len(distinct)).to_numpy(), distinct


def _number(written: str) -> float:
    """The number, or NaN; unlike float(), it rejects 1_000 and digits of other scripts."""
    try:
        return float(written) + 0.0 if written.isascii() and "_" not in written else np.nan
    except ValueError:
        return np.nan


def _from_ticks(values: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    per_second = TICKS_PER_SECOND[values.type.unit]
    ticks = values.cast(pa.int64()).fill_null(0).to_numpy()
    first, last = (int(bound.astype("datetime64[s]").astype(int)) * per_second for bound in (FIRST, LAST))
    readable = values.is_valid().to_numpy() & (ticks >= first) & (ticks < last)
    safe = np.where(readable, ticks, 0)
    times = safe // 1_000 if values.type.unit == "ns" else safe * (1_000_000 // per_second)
    return np.where(readable, times.astype("datetime64[us]"), NONE), readable


def _from_text(written: "pd.Series[str]") -> np.ndarray:
    """Wall-clock times, NaT unless in one of the two formats; pandas alone would accept others."""
    written = written.str.strip()
    iso = pd.to_datetime(written.where(written.str.fullmatch(ISO_TIME)), format="ISO8601", errors="coerce")
    export = pd.to_datetime(written.where(written.str.fullmatch(EXPORT_TIME)), format=EXPORT_FORMAT, errors="coerce")
    times = np.where(iso.notna(), *(read.to_numpy().astype("datetime64[us]") for read in (iso, export)))
    return np.where((times >= FIRST) & (times < LAST), times, NONE)


def _localized(wall_clock: np.ndarray, zone: str) -> np.ndarray:
    times = pd.DatetimeIndex(wall_clock)
    local = times.tz_localize(zone, ambiguous=np.ones(len(times), bool), nonexistent="NaT")
    return local.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]")
