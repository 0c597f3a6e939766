"""Parsing: each record becomes a ride or a rejected record with a reason."""

import json
import math
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from job.rides.identity import CITY_RIDES
from job.rides.ride import (
    MALFORMED,
    MAX_TRIP_ID_LENGTH,
    OUTCOME_COLUMNS,
    REASONS,
    RECORD_COLUMNS,
    REJECT_COLUMNS,
    RIDE_COLUMNS,
    Batch,
    parse,
)
from tests.conftest import REAL_DAY
from tests.rides import CHICAGO

GOOD = {
    "trip_id": "abc", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_seconds": "600", "trip_miles": "2.5",
    "pickup_community_area": "8", "dropoff_community_area": "32", "fare": "10.25", "trip_total": "13.25",
}  # fmt: skip
START = pd.Timestamp("2022-03-01T06:15Z")
BAD_UTF8 = pa.StringArray.from_buffers(1, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"a\xff"))


def one(**values: object) -> Batch:
    """Parse one valid record with these values replaced; Arrow arrays are used as they are."""
    columns = GOOD | values
    return parse(pa.table({n: v if isinstance(v, pa.Array) else pa.array([v]) for n, v in columns.items()}), CHICAGO)


def reason(**values: object) -> str:
    """The reason for which such a record is rejected, or an empty string."""
    rejected = one(**values).rejected["reason"].tolist()
    return rejected[0] if rejected else ""


def test_a_valid_record_is_a_ride() -> None:
    """It has every column of the contract with its type and unit."""
    batch = one()
    assert list(batch.rides) == RIDE_COLUMNS
    assert list(batch.outcomes) == OUTCOME_COLUMNS
    assert batch.rides.iloc[0].tolist()[1:] == ["abc", 8.0, 32.0, START, 10.25, 13.25, 2.5]
    assert batch.rides["trip_start_timestamp"].dtype == "datetime64[us, UTC]"
    assert batch.outcomes["actual_duration"].tolist() == [10.0]
    assert batch.outcomes["due_at"].isna().all()
    assert batch.outcomes["trip_id"].tolist() == batch.rides["trip_id"].tolist()


@pytest.mark.parametrize("name", ["abc", "é" * MAX_TRIP_ID_LENGTH, " spaced ", "🚕"])
def test_a_trip_id_always_gives_the_same_ride_id(name: str) -> None:
    """The ride's id is the UUIDv5 of the City's trip_id."""
    assert one(trip_id=name).rides["trip_id"].tolist() == [str(uuid.uuid5(CITY_RIDES, name))]
    assert one().rides["trip_id"].tolist() == ["d0fd2d49-6447-5efa-9ef9-05272566dadb"]


@pytest.mark.parametrize(
    ("written", "area"),
    [("8", 8.0), (" 8 ", 8.0), ("8.0", 8.0), ("77", 77.0), ("", None), ("  ", None), (None, None), ("NULL", None)],
)
def test_a_whole_number_from_1_to_77_is_an_area(written: str | None, area: float | None) -> None:
    """It may be written in any notation; empty means outside the city or withheld."""
    (read,) = one(pickup_community_area=pa.array([written], pa.string())).rides["pickup_community_area"]
    assert read == area or (area is None and math.isnan(read))


@pytest.mark.parametrize("area", ["8.5", "99", "0", "-8", "inf", "Loop", "78", "1e400", "٨", "8\0", "1,3"])
def test_invalid_areas_are_rejected(area: str) -> None:
    """Any other value is a reason to reject the record, at either end."""
    assert reason(pickup_community_area=area) == "bad_area"
    assert reason(dropoff_community_area=area) == "bad_area"


@pytest.mark.parametrize(
    "start",
    [
        "2022-03-01T00:15:00.000", "2022-03-01 00:15:00", "2022-03-01T00:15:00", " 2022-03-01 00:15:00.000000 ",
        "03/01/2022 12:15:00 AM", "3/1/2022 12:15:00 am", b"2022-03-01 00:15:00",
        datetime(2022, 3, 1, 0, 15), datetime(2022, 3, 1, 6, 15, tzinfo=UTC),
    ],
)  # fmt: skip
def test_a_start_time_without_an_offset_is_local(start: object) -> None:
    """It is read in each format that the City writes, and as a type of its own; with an offset it is an instant."""
    assert one(trip_start_timestamp=start).rides["trip_start_timestamp"].tolist() == [START]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_start_times_of_every_unit(unit: str) -> None:
    """Timestamps of any unit and time zone are read, and those outside 2000 to 2100 are rejected."""
    wall, instant = pa.array([datetime(2022, 3, 1, 0, 15)]), pa.array([START.to_pydatetime()])
    assert one(trip_start_timestamp=wall.cast(pa.timestamp(unit))).rides["trip_start_timestamp"].tolist() == [START]
    zoned = instant.cast(pa.timestamp(unit, "UTC")).cast(pa.timestamp(unit, "Asia/Tokyo"))
    assert one(trip_start_timestamp=zoned).rides["trip_start_timestamp"].tolist() == [START]
    for ticks in (2**63 - 1, -(2**63), 0):
        for zone in (None, "UTC"):
            assert reason(trip_start_timestamp=pa.array([ticks], pa.timestamp(unit, zone))) == "bad_start_time"


@pytest.mark.parametrize(
    "start",
    ["", "now", "NaT", "20220301", "2022-03-01T25:00:00", "13/01/2022 12:15:00 AM", None, 7,
     "1999-12-31 00:00:00", "9999-03-01T00:15:00", "2100-06-01 00:00:00", "03/01/2022 00:15:00 PM"],
)  # fmt: skip
def test_invalid_start_times_are_rejected(start: object) -> None:
    """Other formats are not guessed, not even those that pandas would accept."""
    assert reason(trip_start_timestamp=start) == "bad_start_time"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("1999-12-31 17:59:59", "bad_start_time"), ("1999-12-31 18:00:00", ""),
        ("2099-12-31 17:59:59", ""), ("2099-12-31 18:00:00", "bad_start_time"),
    ],
)  # fmt: skip
def test_a_start_time_lies_between_2000_and_2100(start: str, expected: str) -> None:
    """The bounds are in UTC, which is six hours ahead of Chicago on New Year's Eve; the upper one is excluded."""
    assert reason(trip_start_timestamp=start) == expected


@pytest.mark.parametrize("convert", [str, datetime.fromisoformat])
def test_an_ambiguous_start_time_is_the_earlier_one(convert: Callable[[str], object]) -> None:
    """When clocks are set back, a time that occurs twice is in daylight time; one that clocks skip is rejected."""
    assert reason(trip_start_timestamp=convert("2022-03-13 02:15:00")) == "nonexistent_time"
    autumn = one(trip_start_timestamp=convert("2022-11-06 01:15:00")).rides["trip_start_timestamp"]
    assert autumn.tolist() == [pd.Timestamp("2022-11-06T06:15Z")]
    after = one(trip_start_timestamp=convert("2022-03-13 03:00:00")).rides["trip_start_timestamp"]
    assert after.tolist() == [pd.Timestamp("2022-03-13T08:00Z")]


@pytest.mark.parametrize(
    ("miles", "expected"),
    [
        ("nan", "bad_miles"), ("inf", "bad_miles"), ("1e999", "bad_miles"), ("", "bad_miles"), ("1_0", "bad_miles"),
        (math.nan, "bad_miles"), (math.inf, "bad_miles"), (None, "bad_miles"), (True, "bad_miles"),
        ("0", "nonpositive_miles"), (-0.0, "nonpositive_miles"), (-1, "nonpositive_miles"),
        (CHICAGO.max_miles, ""), (CHICAGO.max_miles + 0.01, "excessive_miles"), ("1e300", "excessive_miles"),
        (" 2.5 ", ""), (Decimal("2.50"), ""), (2, ""), ("1e-3", ""),
    ],
)  # fmt: skip
def test_miles_are_positive_and_bounded(miles: object, expected: str) -> None:
    """The place has a maximum; miles may be given as a number or as text."""
    assert reason(trip_miles=miles) == expected


@pytest.mark.parametrize(
    ("money", "good"),
    [("0", True), ("-0", True), (0.0, True), ("", True), (None, True), ("-0.01", False), (math.nan, True),
     ("nan", True), ("$8.75", True), ("($8.75)", False), ("8,75", False), (math.inf, False), ("1e999", False),
     ("free", False), (Decimal("3.25"), True),
     (CHICAGO.max_dollars, True), (CHICAGO.max_dollars + 0.01, False), ("1e17", False)],
)  # fmt: skip
def test_money_is_not_negative_and_bounded(money: object, good: bool) -> None:
    """Fare and total may be missing; otherwise they are from 0 to the place's maximum."""
    for name in ("fare", "trip_total"):
        assert reason(**{name: money}) == ("" if good else "bad_money")


def test_negative_zero_becomes_zero() -> None:
    """Otherwise, two equal records could differ."""
    amounts = one(fare="-0", trip_total=-0.0).rides[["fare", "trip_total"]].iloc[0]
    assert [math.copysign(1, amount) for amount in amounts] == [1, 1]


@pytest.mark.parametrize(
    ("trip_id", "expected"),
    [("", "missing_trip_id"), (" \t ", "missing_trip_id"), (None, "missing_trip_id"), ("a\0b", "bad_trip_id"),
     (b"a\xff", "bad_trip_id"), (BAD_UTF8, "bad_trip_id"), ("x" * (MAX_TRIP_ID_LENGTH + 1), "bad_trip_id"),
     ("line\n" * 41, "bad_trip_id"), ("NULL", "missing_trip_id"), ("x" * MAX_TRIP_ID_LENGTH, ""), (12, "")],
)  # fmt: skip
def test_a_trip_id_is_bounded_and_valid_text(trip_id: object, expected: str) -> None:
    """It must be present and consist of at most MAX_TRIP_ID_LENGTH characters."""
    if trip_id is None:
        trip_id = pa.array([None], pa.string())
    assert reason(trip_id=trip_id) == expected


def test_a_record_is_rejected_for_its_first_reason() -> None:
    """A record with several faults is rejected once, for the first reason in the list."""
    wrong = {
        MALFORMED: "raw", "trip_id": "", "trip_start_timestamp": "", "trip_miles": "0", "pickup_community_area": "99",
        "fare": "-1",
    }  # fmt: skip
    right = GOOD | {MALFORMED: pa.array([None], pa.string())}
    seen = [reason(**wrong)]
    for name in list(wrong):
        wrong[name] = right[name]
        seen.append(reason(**wrong))
    expected = [
        "malformed_record",
        "missing_trip_id",
        "bad_start_time",
        "nonpositive_miles",
        "bad_area",
        "bad_money",
        "",
    ]
    assert seen == expected
    assert [code for code in REASONS if code in expected] == expected[:-1]


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        ("60", [1.0]),
        (86_400, [1440.0]),
        (86_401, []),
        ("0", []),
        (-5, []),
        (None, []),
        ("nan", []),
        (math.inf, []),
        ("?", []),
        ("1,389", [23.15]),
    ],
)
def test_only_a_plausible_duration_is_an_outcome(seconds: object, minutes: list[float]) -> None:
    """The record is accepted without an outcome otherwise."""
    batch = one(trip_seconds=seconds)
    assert len(batch.rides) == 1
    assert batch.outcomes["actual_duration"].tolist() == minutes


@pytest.mark.parametrize(
    ("seconds", "example"),
    [("1.389,00", "1.389,00"), ("600 s", "600 s"), ("1_000", "1_000"), (math.inf, "inf"), ("x" * 50, "x" * 40)],
)
def test_a_duration_that_cannot_be_read_is_counted(seconds: object, example: str) -> None:
    """It is not treated as missing: the batch counts it and keeps up to 40 characters of the first one."""
    unreadable = one(trip_seconds=seconds).unreadable
    assert unreadable.counts == {"trip_seconds": 1}
    assert unreadable.examples == {"trip_seconds": example}


@pytest.mark.parametrize("seconds", ["600", "-5", "0", "90000", "", "NaN", None, math.nan])
def test_other_durations_are_not_counted_as_unreadable(seconds: object) -> None:
    """A duration that is missing or out of range could be read."""
    assert not one(trip_seconds=seconds).unreadable.counts


def test_a_rejected_record_is_not_counted_as_unreadable() -> None:
    """Its payload keeps the value."""
    batch = one(trip_seconds="?", trip_miles="0")
    assert not batch.unreadable.counts
    assert json.loads(batch.rejected["payload"][0])["trip_seconds"] == "?"


def test_a_payload_keeps_empty_values_as_they_were_written() -> None:
    """Only nulls are left out."""
    batch = one(trip_miles="0", pickup_community_area="NULL", fare=pa.array([None], pa.string()))
    payload = json.loads(batch.rejected["payload"][0])
    assert payload["pickup_community_area"] == "NULL"
    assert "fare" not in payload


@pytest.mark.parametrize(
    "start",
    [
        "2022-03-01 00:15:00 UTC",
        "2022-03-01T00:15:00Z",
        "2022-03-01 00:15:00+05",
        datetime(2022, 3, 1, 0, 15, tzinfo=UTC),
    ],
)
def test_as_wall_clock_ignores_offsets(start: object) -> None:
    """The payload of a rejected record omits the offset, so a replay reads the same time."""
    good, bad = GOOD | {"trip_start_timestamp": start}, GOOD | {"trip_start_timestamp": start, "trip_miles": "0"}
    records = pa.table({name: pa.array([good[name], bad[name]]) for name in GOOD})
    batch = parse(records, CHICAGO, as_wall_clock=True)
    assert batch.rides["trip_start_timestamp"].tolist() == [START]
    assert not batch.has_instants
    assert parse(records, CHICAGO).has_instants
    payload = json.loads(batch.rejected["payload"][0]) | {"trip_miles": "1"}
    replayed = parse(pa.table({name: [value] for name, value in payload.items()}), CHICAGO)
    assert replayed.rides["trip_start_timestamp"].tolist() == [START]


def test_wall_clock_needs_no_start_time() -> None:
    """Records without the column are still rejected."""
    assert parse(pa.table({"trip_id": ["a"]}), CHICAGO, as_wall_clock=True).rejected["reason"].tolist() == [
        "bad_start_time"
    ]


def test_a_rejected_record_has_position_reason_and_payload() -> None:
    """The payload is the record as read, without nulls; its digest is stored with it."""
    columns = {name: [value] * 4 for name, value in GOOD.items()}
    columns |= {"trip_miles": ["2.5", "NaN", "-1", "2"], "fare": ["1", "2", None, "a\0b"]}
    batch = parse(pa.table(columns), CHICAGO, first_position=101)
    assert list(batch.rejected) == REJECT_COLUMNS
    assert batch.rejected["position"].tolist() == [102, 103, 104]
    assert batch.rejected["reason"].tolist() == ["bad_miles", "nonpositive_miles", "bad_money"]
    assert batch.rejected["source_trip_id"].tolist() == ["abc"] * 3
    payloads = [json.loads(payload) for payload in batch.rejected["payload"]]
    assert payloads[0] == GOOD | {"trip_miles": "NaN", "fare": "2"}
    assert "fare" not in payloads[1]
    assert payloads[2]["fare"] == "a\ufffdb"
    assert batch.rejected["digest"].nunique() == 3
    assert batch.rides.index.tolist() == [0]


def test_the_digest_identifies_a_rejected_record() -> None:
    """It depends neither on the position nor on columns that are empty for this record."""
    alone = one(fare=pa.array([None], pa.string()), trip_miles="0").rejected["digest"]
    records = pa.table({n: pa.array([v, v]) for n, v in (GOOD | {"trip_miles": "0"}).items() if n != "fare"})
    among = parse(records.append_column(MALFORMED, pa.array(["raw", None])), CHICAGO, 7).rejected["digest"]
    assert among[1] == alone[0]


@pytest.mark.parametrize(
    "values",
    [
        {
            "trip_id": pa.array(["abc"]).dictionary_encode(),
            "trip_start_timestamp": pa.array([datetime(2022, 3, 1, 0, 15)]),
        },
        {name: pa.array([GOOD[name]], pa.large_string()) for name in GOOD},
        {name: pa.array([GOOD[name]], pa.string_view()) for name in GOOD},
        {name: pa.array([GOOD[name].encode()], pa.binary()) for name in GOOD},
        {name: pa.array([GOOD[name]]).dictionary_encode() for name in GOOD},
        {"pickup_community_area": 8, "dropoff_community_area": 32.0, "fare": Decimal("10.25"), "trip_total": 13.25},
        {"trip_miles": pa.array([2.5], pa.float16()), "fare": pa.array([10.25], pa.float32())},
        {"pickup_community_area": pa.array([8], pa.uint8()), "trip_seconds": pa.array([600], pa.uint64())},
    ],
)
def test_types_of_columns_do_not_matter(values: dict[str, object]) -> None:
    """The same values in other Arrow types give the same ride."""
    pd.testing.assert_frame_equal(one(**values).rides, one().rides)
    pd.testing.assert_frame_equal(one(**values).outcomes, one().outcomes)


@pytest.mark.parametrize("name", RECORD_COLUMNS)
@pytest.mark.parametrize(
    "value",
    [
        pa.array([{"a": "b\ud7ff"}]), pa.array([[1, 2]]), pa.array([True]), pa.array([date(2022, 3, 1)]), pa.nulls(1),
        pa.array([2**62], pa.duration("s")), pa.array([2**62], pa.timestamp("s")), pa.array([b"\xff\x00"]), BAD_UTF8,
        pa.StructArray.from_arrays([BAD_UTF8], ["a"]), pa.array([2**40], pa.time64("us")),
        pa.array([b"0123456789abcdef"], pa.binary(16)), pa.array([b"0123456789abcdef"], pa.uuid()),
    ],
    ids=lambda value: str(value.type),
)  # fmt: skip
def test_a_column_of_any_type_can_be_parsed(name: str, value: pa.Array) -> None:
    """The record becomes a ride or a reject, and either can be stored."""
    batch = one(**{name: value})
    assert batch.read == 1
    assert_storable(batch)


def test_records_without_known_columns_are_rejected() -> None:
    """They are rejected for their missing trip_id."""
    assert parse(pa.table({"x": [1, 2]}), CHICAGO).rejected["reason"].tolist() == ["missing_trip_id"] * 2


def test_no_records_give_an_empty_batch() -> None:
    """It has the same columns and types."""
    none, some = parse(pa.table({name: pa.array([], pa.string()) for name in RECORD_COLUMNS}), CHICAGO), one()
    assert none.read == 0
    pd.testing.assert_series_equal(none.rides.dtypes, some.rides.dtypes)
    pd.testing.assert_series_equal(none.outcomes.dtypes, some.outcomes.dtypes)


NASTY = st.sampled_from(
    ["", " ", "NaN", "nan", "NULL", "\\N", "$1,044.75", "1,389", "2022-03-01T00:15Z", "3/1/2022", "inf", "-inf",
     "1e999", "0", "-1", "8", "8.0", " 8 ", "8.5", "99", "a\0b", "\ufffd",
     "\ufeff", '"', "\\", "\n", "null", "2022-03-13 02:15:00", "2022-11-06T01:15:00.000", "2022-03-01T00:15:00.000",
     "🚕", "x" * 300]
)  # fmt: skip
TEXT = st.none() | NASTY | st.text(max_size=12)
FLOATS = st.none() | st.floats() | st.sampled_from([2.5, 8.0])
TICKS = st.none() | st.integers(-(2**63), 2**63 - 1) | st.integers(1_600_000_000, 1_700_000_000)


@st.composite
def columns(draw: st.DrawFn, rows: int, name: str) -> pa.Array:
    """A column in any of the types in which a file might store it."""
    kind = draw(
        st.sampled_from(["good", "good", "text", "bytes", "float", "int", "time", "zoned", "dictionary", "null"])
    )
    several = {"text": TEXT, "dictionary": TEXT, "float": FLOATS, "bytes": st.none() | st.binary(max_size=8)}
    values = draw(st.lists(several.get(kind, TICKS), min_size=rows, max_size=rows))
    match kind:
        case "good":
            return pa.array([GOOD.get(name)] * rows, pa.string())
        case "text":
            return pa.array(values, draw(st.sampled_from([pa.string(), pa.large_string(), pa.string_view()])))
        case "dictionary":
            return pa.array(values, pa.string()).dictionary_encode()
        case "time" | "zoned":
            unit = draw(st.sampled_from(["s", "ms", "us", "ns"]))
            return pa.array(values, pa.timestamp(unit, "America/Chicago" if kind == "zoned" else None))
        case "null":
            return pa.nulls(rows)
        case _:
            return pa.array(values)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Some of the columns, in any order, of any type and with any content."""
    rows = draw(st.integers(0, 5))
    names = draw(st.permutations([*RECORD_COLUMNS, MALFORMED, "company"]))[: draw(st.integers(1, 10))]
    return pa.table({name: draw(columns(rows, name)) for name in names})


@settings(max_examples=150)
@given(tables(), st.booleans())
def test_every_record_is_accounted_for(records: pa.Table, as_wall_clock: bool) -> None:
    """Any table is parsed without an error, with each record counted once and every value storable."""
    batch = parse(records, CHICAGO, as_wall_clock=as_wall_clock)
    assert batch.read == len(records)
    positions = sorted([*(batch.rides.index + 1), *batch.rejected["position"]])
    assert positions == list(range(1, len(records) + 1))
    assert_storable(batch)


def assert_storable(batch: Batch) -> None:
    """Check that PostgreSQL can store it: finite numbers, known areas, and valid jsonb."""
    rides = batch.rides
    assert rides["trip_miles"].between(0, CHICAGO.max_miles, inclusive="right").all()
    for name in ("fare", "trip_total"):
        assert rides[name].dropna().between(0, CHICAGO.max_dollars).all()
    for name in ("pickup_community_area", "dropoff_community_area"):
        assert rides[name].dropna().isin(range(1, 78)).all()
    assert not rides[["trip_id", "source_trip_id", "trip_start_timestamp"]].isna().any(axis=None)
    for text in [*rides["source_trip_id"], *batch.rejected["source_trip_id"].dropna(), *batch.rejected["payload"]]:
        assert "\0" not in text
        text.encode()
    for payload in batch.rejected["payload"]:
        values = json.loads(payload, parse_constant=pytest.fail)
        assert all(isinstance(value, str) and "\0" not in value for value in values.values())
    assert batch.rejected["reason"].isin(list(REASONS)).all()


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_a_real_day_is_parsed() -> None:
    """It gives the expected numbers of rides, rejects and outcomes."""
    batch = parse(pq.read_table(REAL_DAY), CHICAGO)
    assert batch.read == 14_636
    assert len(batch.rides) == 12_748
    assert batch.rejected["reason"].value_counts().to_dict() == {"nonpositive_miles": 1_887, "excessive_miles": 1}
    assert len(batch.outcomes) == 12_721
    assert batch.rides["trip_id"].is_unique
    assert_storable(batch)
