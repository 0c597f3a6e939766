"""Duplicate records in one input."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from job.rides.duplicates import Seen, resolve
from job.rides.ride import Batch, parse
from tests.rides import CHICAGO

Row = tuple[str, float, int | None]


def table(rows: list[Row]) -> pa.Table:
    """Records with these trip_ids, miles and seconds."""
    trip_ids, miles, seconds = zip(*rows, strict=True)
    return pa.table(
        {
            "trip_id": pa.array(trip_ids),
            "trip_start_timestamp": pa.array(["2022-03-01T00:15:00.000"] * len(rows)),
            "trip_miles": pa.array(miles),
            "trip_seconds": pa.array(seconds, pa.int64()),
        }
    )


def resolved(rows: list[Row], seen: Seen | None = None, first_position: int = 1) -> Batch:
    """The batch of these records without its duplicates."""
    records = table(rows)
    return resolve(parse(records, CHICAGO, first_position), records, first_position, seen or Seen())


def test_duplicates_within_a_batch() -> None:
    """The first record is the ride, an equal one is counted as repeated, and a different one is rejected."""
    batch = resolved(
        [("a", 0, 60), ("b", 2, 60), ("b", 2, 60), ("a", 1, 60), ("b", 3, 60), ("b", 2, 60), ("c", 0, 1)], None, 11
    )
    assert batch.rides["source_trip_id"].tolist() == ["b", "a"]
    assert batch.rides.index.tolist() == [1, 3]
    assert batch.repeated == 2
    assert batch.rejected[["position", "reason"]].to_numpy().tolist() == [
        [11, "nonpositive_miles"],
        [15, "conflicting_record"],
        [17, "nonpositive_miles"],
    ]
    assert batch.read == 7


def test_duplicates_across_batches() -> None:
    """A record of an earlier batch counts like one of the same batch."""
    seen = Seen()
    assert resolved([("a", 1, 60), ("b", 2, 60)], seen).repeated == 0
    batch = resolved([("c", 1, 60), ("a", 1, 60), ("b", 3, 60)], seen, 3)
    assert batch.rides["source_trip_id"].tolist() == ["c"]
    assert batch.repeated == 1
    assert batch.rejected["position"].tolist() == [5]
    assert batch.outcomes["trip_id"].tolist() == batch.rides["trip_id"].tolist()


def test_a_record_is_compared_with_the_first() -> None:
    """A different record is rejected even if it equals another rejected one."""
    seen = Seen()
    resolved([("a", 1, 60)], seen)
    assert resolved([("a", 2, 60), ("a", 2, 60)], seen).rejected["reason"].tolist() == ["conflicting_record"] * 2


@pytest.mark.parametrize(("seconds", "is_repeated"), [(60, True), (61, False), (None, False)])
def test_a_record_with_another_duration_is_different(seconds: int | None, is_repeated: bool) -> None:
    """The outcome is stored, so such a record must not be dropped silently."""
    batch = resolved([("a", 1, 60), ("a", 1, seconds)])
    assert (batch.repeated, len(batch.rejected)) == ((1, 0) if is_repeated else (0, 1))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("trip_start_timestamp", "2022-03-01T00:30:00.000"), ("trip_miles", "2.25"), ("pickup_community_area", "32"),
        ("dropoff_community_area", ""), ("fare", "7.00"), ("trip_total", ""),
    ],
)  # fmt: skip
def test_a_record_that_differs_in_one_column_is_rejected(column: str, value: str) -> None:
    """Every column that is stored with a ride is compared."""
    record = {
        "trip_id": "a", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": "2.5",
        "pickup_community_area": "8", "dropoff_community_area": "8", "fare": "7.25", "trip_total": "9.25",
    }  # fmt: skip
    records = pa.Table.from_pylist([record, record, record | {column: value}])
    batch = resolve(parse(records, CHICAGO), records, 1, Seen())
    assert (len(batch.rides), batch.repeated, len(batch.rejected)) == (1, 1, 1)


def test_a_batch_without_duplicates_is_unchanged() -> None:
    """The rides are those that were parsed."""
    rows: list[Row] = [("a", 1, 60), ("b", 1, None)]
    pd.testing.assert_frame_equal(resolved(rows).rides, parse(table(rows), CHICAGO).rides)


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 2)), min_size=1, max_size=9), max_size=9)
)
def test_duplicates_are_found_as_with_a_dictionary(batches: list[list[tuple[str, int]]]) -> None:
    """For random batches the result equals that of one dictionary over all records."""
    seen, first = Seen(), dict[str, int]()
    for position, rows in enumerate(batches):
        batch = resolved([(name, miles, 60) for name, miles in rows], seen, position * 100)
        rides, repeated = [], 0
        for name, miles in (row for row in rows if row[1]):
            if name not in first:
                first[name] = miles
                rides.append(name)
            else:
                repeated += first[name] == miles
        assert batch.rides["source_trip_id"].tolist() == rides
        assert batch.repeated == repeated
        assert batch.read == len(rows)


def test_many_batches_are_merged_into_few_runs() -> None:
    """Memory stays at 16 bytes per ride, and a lookup searches few sorted runs."""
    seen, random = Seen(), np.random.default_rng(0)
    keys = random.integers(0, 2**64, 100_000, np.uint64)
    for part in np.array_split(keys, 100):
        first, contents = seen.add(part, part * 2)
        assert first.all()
        assert (contents == part * 2).all()
    runs = [[len(run) for run, _ in bucket._runs] for bucket in seen._buckets]
    assert sum(map(sum, runs)) == len(keys)
    assert max(map(len, runs)) <= 8
    assert max(map(sum, runs)) < 2 * min(map(sum, runs))  # merging takes a multiple of the largest only
    first, contents = seen.add(keys, keys)
    assert not first.any()
    assert (contents == keys * 2).all()
