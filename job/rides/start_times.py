"""Reads columns of start times, whether typed or text, as instants. No value raises an error.

A time with an offset or a zone is an instant. Any other is the wall clock of the place.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from job.rides import month_names
from job.rides.columns import distinct_text

# A date, with year or month first, perhaps followed by a time, which may end in an offset.
TIME = (
    r"(?:(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
    r"|(?P<us_month>[0-9]{1,2})/(?P<us_day>[0-9]{1,2})/(?P<us_year>[0-9]{4}))"
    r"(?:(?:[Tt]|,?\s+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s*(?P<half>(?i:[ap]m)?)(?P<offset>\s*(?i:z|utc|gmt|[-+][0-9]{2}(?::?[0-9]{2})?))?)?"
)
TIME_ONLY = rf"^\s*{TIME}\s*$"
OFFSET = r"^(?P<sign>[-+])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{0,2})$"
TRAILING_OFFSET = r"(?i)\s*(?:z|utc|gmt|[-+][0-9]{2}(?::?[0-9]{2})?)\s*$"
MOST_IMPOSSIBLE = 0.01  # share of dates such as 13/1/2022 above which all with slashes may have the day first
MOST_OFFSET = 15 * 60 + 59  # minutes, as in PostgreSQL
NONE = np.datetime64("NaT", "us")
# Beyond these, converting units or zones could overflow. Meaningful bounds are up to the caller.
FIRST, LAST = np.datetime64("1900-01-01", "us"), np.datetime64("2200-01-01", "us")
TICKS_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
NO_OFFSET = np.timedelta64("NaT", "m")


def instants(values: pa.ChunkedArray, zone: str) -> tuple[np.ndarray, np.ndarray, bool]:
    """Values as UTC instants, whether each could be read as a time, and whether any of them has an offset or a zone.

    Instants are datetime64[us], NaT where there is none. An ambiguous wall clock is taken as the earlier instant. One
    that is skipped by a change of clocks could be read, but is NaT.
    """
    offsets = None
    values = _with_midnights(values)
    if pa.types.is_timestamp(values.type):
        times, valid = _from_ticks(values)
        if values.type.tz is not None:
            return times, valid, bool(valid.any())
        codes, distinct = pd.factorize(times)
    else:
        codes, written = distinct_text(values)
        distinct, offsets = _from_text(written)
    distinct = np.append(distinct, NONE)  # the codes of nulls (-1, or the number of distinct values) point here
    times, zoned = _localized(distinct, zone), False
    if offsets is not None and (zoned := not np.isnat(offsets).all()):
        offsets = np.append(offsets, NO_OFFSET)
        times = np.where(np.isnat(offsets), times, distinct - offsets)
    return times[codes], ~np.isnat(distinct)[codes], zoned


def wall_clock(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as their own clocks showed them, without offsets and zones."""
    values = _with_midnights(values)
    if pa.types.is_timestamp(values.type):
        return values if values.type.tz is None else _reading(values)
    codes, distinct = distinct_text(values)
    zoned = pc.greater(pc.utf8_length(_fields(distinct)["offset"]), 0)
    readings = pc.if_else(zoned, pc.replace_substring_regex(distinct, TRAILING_OFFSET, ""), distinct)
    return pa.chunked_array([readings.take(pa.array(codes, mask=codes == len(distinct)))])


def _with_midnights(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values, with midnights for dates."""
    return values.cast(pa.timestamp("s"), safe=False) if pa.types.is_date(values.type) else values


def _from_ticks(values: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    per_second = TICKS_PER_SECOND[values.type.unit]
    ticks = values.cast(pa.int64()).fill_null(0).to_numpy()
    first, last = (int(bound.astype("datetime64[s]").astype(int)) * per_second for bound in (FIRST, LAST))
    valid = values.is_valid().to_numpy() & (ticks >= first) & (ticks < last)
    safe = np.where(valid, ticks, 0)
    times = safe // 1_000 if values.type.unit == "ns" else safe * (1_000_000 // per_second)
    return np.where(valid, times.astype("datetime64[us]"), NONE), valid


def _reading(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The wall clock in the column's own zone; times out of range stay as they are."""
    times, valid = _from_ticks(values)
    utc = pd.DatetimeIndex(np.where(valid, times, FIRST)).tz_localize("UTC")
    try:
        local = utc.tz_convert(values.type.tz)
    except (KeyError, ValueError):  # no zone that this machine knows
        local = utc
    shift = (local.tz_localize(None) - utc.tz_localize(None)) // pd.Timedelta(seconds=1)
    seconds = pa.array(np.where(valid, shift, 0) * TICKS_PER_SECOND[values.type.unit])
    ticks = pc.add(values.cast(pa.int64()), pa.chunked_array([seconds]))
    return ticks.cast(pa.timestamp(values.type.unit))


def _fields(written: pa.StringArray) -> dict[str, pa.StringArray]:
    """The parts of each time as text, empty where a value has no such part."""
    groups = pc.extract_regex(month_names.as_numbers(written), pattern=TIME_ONLY)
    return {field.name: pc.struct_field(groups, field.name).fill_null("") for field in groups.type}


def _from_text(written: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """Wall-clock times (NaT where a value is not a time), and their offsets from UTC (NaT where there is none)."""
    parts = _fields(written)
    year, month, day = (_integers(parts[name]) + _integers(parts[f"us_{name}"]) for name in ("year", "month", "day"))
    hour, minute, second = (_integers(parts[name]) for name in ("hour", "minute", "second"))
    micros = _integers(pc.utf8_rpad(parts["fraction"], 9, padding="0")) // 1_000
    half = pc.utf8_lower(parts["half"]).to_numpy(zero_copy_only=False)
    good_hour = np.where(half == "", hour <= 23, (hour >= 1) & (hour <= 12))
    hour = np.where(half == "", hour, hour % 12 + 12 * (half == "pm"))
    offset, good_offset = _offsets(pc.utf8_trim_whitespace(parts["offset"]))

    good = (year >= 1900) & (year < 2200) & (month >= 1) & (month <= 12) & good_hour & (minute <= 59) & (second <= 59)
    good &= ~_may_have_day_first(_integers(parts["us_month"]), _integers(parts["us_day"]))
    first_day = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    date = first_day.astype("datetime64[D]") + (day - 1)
    good &= good_offset & (date.astype("datetime64[M]") == first_day)
    clock = date.astype("datetime64[us]") + (((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
    return np.where(good, clock, NONE), np.where(good, offset, NO_OFFSET)


def _may_have_day_first(month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Whether each date has slashes, if enough of these dates are possible only with the day before the month."""
    with_slashes = month > 0
    impossible = (month > 12) & (day <= 12)
    return with_slashes & (impossible.sum() > MOST_IMPOSSIBLE * with_slashes.sum())


def _offsets(written: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """Offsets in minutes, NaT for none, and whether each is possible; a name such as Z means UTC."""
    groups = pc.extract_regex(written, pattern=OFFSET)
    sign, hours, minutes = (pc.struct_field(groups, name).fill_null("") for name in ("sign", "hours", "minutes"))
    total = _integers(hours) * 60 + _integers(minutes)
    signed = np.where(pc.equal(sign, "-").to_numpy(zero_copy_only=False), -total, total).astype("timedelta64[m]")
    is_none = pc.equal(written, "").to_numpy(zero_copy_only=False)
    return np.where(is_none, NO_OFFSET, signed), (total <= MOST_OFFSET) & (_integers(minutes) <= 59)


def _integers(digits: pa.StringArray) -> np.ndarray:
    """Digits as integers, 0 for none."""
    integers: np.ndarray = pc.replace_substring_regex(digits, "^$", "0").cast(pa.int64()).to_numpy()
    return integers


def _localized(wall_clock: np.ndarray, zone: str) -> np.ndarray:
    times = pd.DatetimeIndex(wall_clock)
    local = times.tz_localize(zone, ambiguous=np.ones(len(times), bool), nonexistent="NaT")
    return local.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]")
