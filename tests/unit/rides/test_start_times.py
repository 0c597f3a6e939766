"""Start times as tools write them: instants with an offset, wall clocks without one, and nothing guessed."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from job.rides.start_times import instants, wall_clock

CHICAGO = "America/Chicago"
MORNING = "2022-03-01T14:15:00Z"  # 8:15 in Chicago


def instant(written: object) -> pd.Timestamp | None:
    """One value as an instant; None if it cannot be read."""
    times, readable, _ = instants(pa.chunked_array([pa.array([written])]), CHICAGO)
    return pd.Timestamp(times[0], tz="UTC") if readable[0] else None


@pytest.mark.parametrize(
    "written",
    [
        "2022-03-01T08:15:00.000", "2022-03-01 08:15:00", "2022-03-01T08:15", "2022-3-1 8:15", "2022/3/1 8:15",
        "03/01/2022 08:15:00 AM", "3/1/2022 8:15", "3/1/2022 8:15 am", "3/1/2022 8:15AM", "3/1/2022, 8:15:00 AM",
        "03/01/2022 08:15:00", "2022-03-01t08:15:00", " 2022-03-01  08:15:00 ", "2022-03-01 08:15:00.000000000",
        "2022-03-01 08:15:00 AM", "2022.03.01 08:15", "2022-03-01T08:15:00,000", "2022 Mar 01 08:15:00 AM",
        "01-MAR-2022 08:15", "1 March 2022 08:15", "Tue, 01 Mar 2022 08:15:00", "Mar 1, 2022 8:15 AM",
        "March 1, 2022, 8:15:00 AM", "Mar. 1, 2022 8:15 am",
    ],
)  # fmt: skip
def test_a_wall_clock_is_the_places(written: str) -> None:
    """A time without an offset is local, also with a one-digit month, without seconds, or as Excel saves it."""
    assert instant(written) == pd.Timestamp(MORNING)


@pytest.mark.parametrize(
    "written",
    [
        "2022-03-01T14:15:00Z", "2022-03-01t14:15:00z", "2022-03-01 14:15:00 UTC", "2022-03-01 14:15:00.000 GMT",
        "2022-03-01 14:15:00+00", "2022-03-01 14:15:00+0000", "2022-03-01T14:15:00.000+00:00",
        "2022-03-01 09:15:00-0500",
        "2022-03-01 09:15:00 -05", "2022-03-01T08:15-06:00", "2022-03-01 19:45:00+0530", "3/1/2022 2:15 PM UTC",
        "2022-03-01 14:15:00 utc", "Tue, 01 Mar 2022 14:15:00 GMT",
    ],
)  # fmt: skip
def test_a_time_with_an_offset_is_an_instant(written: str) -> None:
    """However tools write the offset."""
    assert instant(written) == pd.Timestamp(MORNING)


@pytest.mark.parametrize("written", ["2022-03-01", "2022-3-1", "3/1/2022", "03/01/2022", date(2022, 3, 1)])
def test_a_date_is_midnight(written: str | date) -> None:
    """A date alone, as text or typed, is the place's midnight."""
    assert instant(written) == pd.Timestamp("2022-03-01T06:00Z")


def test_days_before_months_are_noticed() -> None:
    """If dates such as 13/1/2022 show that days come first, none with slashes is read; a rare one is a mistake."""
    written = [f"{day}/3/2022 8:15" for day in range(1, 32)] + ["2022-03-01 8:15", None]
    _, readable, _ = instants(pa.chunked_array([pa.array(written)]), CHICAGO)
    assert readable.tolist() == [False] * 31 + [True, False]
    written = [f"3/{1 + row % 28}/2022 {row % 24}:{row % 60:02}" for row in range(500)] + ["13/3/2022 8:15"]
    _, readable, _ = instants(pa.chunked_array([pa.array(written)]), CHICAGO)
    assert readable.tolist() == [True] * 500 + [False]


def test_noon_midnight_and_fractions() -> None:
    """12 AM is midnight and 12 PM is noon; a fraction is cut off after microseconds."""
    assert instant("3/1/2022 12:15 AM") == pd.Timestamp("2022-03-01T06:15Z")
    assert instant("3/1/2022 12:15 PM") == pd.Timestamp("2022-03-01T18:15Z")
    assert instant("2022-03-01 08:15:00.1234567") == pd.Timestamp("2022-03-01T14:15:00.123456Z")


@pytest.mark.parametrize(
    "written",
    [
        "13/1/2022 8:15", "31.03.2022 8:15", "1-3-2022 8:15", "3/1/22 8:15", "22-03-01 08:15", "2022-02-29 08:15",
        "2022-13-01",
        "2022-00-01", "2022-03-00", "2022-03-32", "2022-03-01 24:00", "2022-03-01 08:60", "2022-03-01 08:15:60",
        "3/1/2022 0:15 AM", "3/1/2022 13:15 PM", "2022-03-01 08:15:00 CST", "2022-03-01 08:15:00 America/Chicago",
        "2022-03-01 08:15:00+16:00", "2022-03-01 08:15:00+05:60", "2022-03-01 08:15:00+5", "2022-03-01 UTC", "08:15",
        "44621.34", "Marth 1, 2022", "1 Mar 22 08:15", "01-MAR-22 08.15.00 AM", "Mar 2022",
        "1646144100", "20220301", "2022-W09-2", "2022-03-01 08", "٢٠٢٢-03-01", "NULL", "", "1899-12-31", "2200-01-01",
    ],
)  # fmt: skip
def test_what_is_ambiguous_or_impossible_is_not_read(written: str) -> None:
    """Where both are numbers, the day never comes before the month; years have four digits; nothing is guessed."""
    assert instant(written) is None


def test_only_times_with_an_offset_or_zone_are_instants() -> None:
    """Callers learn whether a column has any."""
    for written, expected in (
        (["2022-03-01 08:15", None], False),
        (["2022-03-01 08:15", "2022-03-01 14:15Z"], True),
        ([datetime(2022, 3, 1)], False),
        ([datetime(2022, 3, 1, tzinfo=UTC)], True),
        (["UTC", "2022-03-01 08:15 CST"], False),
    ):
        assert instants(pa.chunked_array([pa.array(written)]), CHICAGO)[2] is expected


@pytest.mark.parametrize(
    ("zone", "reading"),
    [("UTC", "14:15"), (CHICAGO, "08:15"), ("Asia/Tokyo", "23:15"), ("-06:00", "08:15"), ("Nowhere/Unknown", "14:15")],
)
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_the_reading_of_a_zoned_column(zone: str, reading: str, unit: str) -> None:
    """The wall clock is the one of the column's own zone; an unknown zone is read as UTC."""
    instant_of_morning = pa.array([pd.Timestamp(MORNING).to_pydatetime(), None]).cast(pa.timestamp(unit, "UTC"))
    read = wall_clock(pa.chunked_array([instant_of_morning.cast(pa.timestamp(unit, zone))]))
    assert read.type == pa.timestamp(unit)
    assert read.cast(pa.timestamp("s")).to_pylist() == [datetime.fromisoformat(f"2022-03-01 {reading}"), None]


def test_the_reading_of_extreme_ticks() -> None:
    """Times out of range keep their ticks, and cannot be read."""
    ticks = pa.chunked_array([pa.array([2**63 - 1, -(2**63)]).cast(pa.timestamp("s", "Asia/Tokyo"))])
    assert wall_clock(ticks).cast(pa.int64()).to_pylist() == [2**63 - 1, -(2**63)]
    assert not instants(wall_clock(ticks), "America/Chicago")[1].any()


def test_the_reading_of_text() -> None:
    """An offset is removed only from a text that is a time."""
    texts = ["2022-03-01 08:15:00 UTC", "2022-03-01T08:15+05:30", "2022-03-01", "now utc", None, "2022-03-01 08:15"]
    expected = ["2022-03-01 08:15:00", "2022-03-01T08:15", "2022-03-01", "now utc", None, "2022-03-01 08:15"]
    assert wall_clock(pa.chunked_array([texts])).to_pylist() == expected


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    st.integers(-15 * 60, 15 * 60),
    st.sampled_from(["T", " ", "t"]),
    st.sampled_from(["", ":"]),
)
def test_instants_are_those_of_the_standard_library(time: datetime, offset: int, between: str, colon: str) -> None:
    """Whatever the offset and its notation."""
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    written = f"{time.isoformat(between)}{sign}{minutes // 60:02}{colon}{minutes % 60:02}"
    assert instant(written) == pd.Timestamp(time - timedelta(minutes=offset), tz="UTC")


@given(st.lists(st.none() | st.text(alphabet="0123456789-/: TZ+APMutcg.,", max_size=24), max_size=6))
def test_no_text_raises_an_error(values: list[str | None]) -> None:
    """Each value is an instant, or could not be read."""
    column = pa.chunked_array([pa.array(values, pa.string())])
    times, readable, _ = instants(column, "UTC")
    assert (np.isnat(times) == ~readable).all()
    assert len(wall_clock(column)) == len(values)
