"""Records of a place that names its own columns, with a trip_id and a duration derived from other columns."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from job.city import content_ids, derived, reading, sources
from job.city.following import followed
from job.errors import UsageError
from job.place import Place
from job.rides.ride import Batch
from tests import new_york
from tests.rides import CHICAGO

NAMES = {
    "VendorID": "company", "tpep_pickup_datetime": "trip_start_timestamp", "fare_amount": "fare",
    "tpep_dropoff_datetime": "trip_end_timestamp", "PULocationID": "pickup_community_area",
    "DOLocationID": "dropoff_community_area", "trip_distance": "trip_miles", "total_amount": "trip_total",
}  # fmt: skip
IDENTITY = ("company", "trip_start_timestamp", "trip_end_timestamp", "pickup_community_area", "trip_total")
ZONE = CHICAGO.zones[0]
PLACE = replace(
    CHICAGO,
    name="New York",
    time_zone="America/New_York",
    zones=tuple(replace(ZONE, number=zone) for zone in range(1, new_york.ZONES + 1)),
    outside=(new_york.UNKNOWN, new_york.OUTSIDE),
    columns=tuple(NAMES.items()),
    identity=IDENTITY,
)


@pytest.fixture
def records() -> pd.DataFrame:
    """A hundred records, of which the first ends outside, the second after 90.5 minutes, and the third has no end."""
    made_up = new_york.records(118, datetime(2026, 1, 1)).iloc[new_york.REFUNDS + new_york.ZERO_MILES :]
    made_up = made_up.reset_index(drop=True)
    made_up.loc[0, "DOLocationID"] = new_york.OUTSIDE
    made_up.loc[1, "tpep_dropoff_datetime"] = made_up["tpep_pickup_datetime"][1] + pd.Timedelta(minutes=90, seconds=30)
    made_up.loc[2, "tpep_dropoff_datetime"] = pd.NaT
    return made_up


def scored(path: Path, place: Place = PLACE) -> Batch:
    """The one batch of a file."""
    (batch,) = reading.batches(sources.parse([str(path)], None, place), place)
    return batch


def test_columns_have_the_names_that_the_place_gives_them(records: pd.DataFrame, tmp_path: Path) -> None:
    """Every record is a ride, with the duration from its start to its end, and no area for an end outside the city."""
    records.to_parquet(tmp_path / "trips.parquet")
    batch = scored(tmp_path / "trips.parquet")
    assert batch.rejected.empty
    assert batch.rides["trip_miles"].tolist() == records["trip_distance"].tolist()
    assert batch.rides["fare"].tolist() == records["fare_amount"].tolist()
    assert batch.rides["trip_start_timestamp"].tolist() == [
        start.tz_localize("America/New_York").tz_convert("UTC") for start in records["tpep_pickup_datetime"]
    ]
    assert np.isnan(batch.rides["dropoff_community_area"][0])
    assert batch.outcomes["actual_duration"][1] == 90.5
    assert set(batch.rides.index) - set(batch.outcomes.index) == {2}


def test_ids_are_the_same_in_every_format(records: pd.DataFrame, tmp_path: Path) -> None:
    """Types, notations of numbers and times, and the columns that do not identify a trip make no difference."""
    records.to_parquet(tmp_path / "trips.parquet")
    ids = scored(tmp_path / "trips.parquet").rides["source_trip_id"].tolist()
    assert len(set(ids)) == len(records)
    records.assign(VendorID=records["VendorID"].astype(float), extra=9).to_csv(tmp_path / "trips.csv", index=False)
    records.to_json(tmp_path / "trips.json", orient="records", date_format="iso", date_unit="s")
    for name in ("trips.csv", "trips.json"):
        assert scored(tmp_path / name).rides["source_trip_id"].tolist() == ids


def test_a_value_that_identifies_a_trip_makes_another_id(records: pd.DataFrame, tmp_path: Path) -> None:
    """Equal records are one ride; a record with another total is another."""
    changed = records.iloc[[5]].assign(total_amount=99.0)
    pd.concat([records, records.iloc[[5]], changed]).to_parquet(tmp_path / "trips.parquet")
    batch = scored(tmp_path / "trips.parquet")
    assert (len(batch.rides), batch.repeated) == (len(records) + 1, 1)


def test_trips_to_learn_from_have_the_same_ids(records: pd.DataFrame, tmp_path: Path) -> None:
    """Training reads more columns than scoring."""
    records.to_parquet(tmp_path / "trips.parquet")
    learned = reading.labelled_trips(sources.parse([str(tmp_path / "trips.parquet")], None, PLACE), PLACE).trips
    assert set(learned["trip_id"]) < set(scored(tmp_path / "trips.parquet").rides["trip_id"])
    assert set(learned["company"]) == {"1", "2"}


@pytest.mark.parametrize("missing", ["trip_distance", "tpep_dropoff_datetime", "VendorID"])
def test_a_missing_column_is_named(missing: str, records: pd.DataFrame, tmp_path: Path) -> None:
    """Also one that only identifies a trip; the sentence says where the place names its columns."""
    records.drop(columns=missing).to_csv(tmp_path / "trips.csv", index=False)
    words = rf"has no {NAMES[missing]}: give New York's records, .*, or name its columns in place\.toml \(they are "
    with pytest.raises(UsageError, match=words):
        scored(tmp_path / "trips.csv")


def test_two_names_of_one_column_are_refused(records: pd.DataFrame, tmp_path: Path) -> None:
    """It would be unclear which of them to read."""
    records.assign(trip_miles=1.0).to_csv(tmp_path / "trips.csv", index=False)
    with pytest.raises(UsageError, match="has the column trip_miles twice"):
        scored(tmp_path / "trips.csv")


def test_records_with_an_id_and_a_duration_keep_them(tmp_path: Path) -> None:
    """Such as those that `simulate` writes, whatever the place says about records without."""
    row = {"trip_id": "own", "trip_start_timestamp": "2026-01-01 08:00", "trip_end_timestamp": "2026-01-01 09:00"}
    rest = {"trip_seconds": 600, "trip_miles": 2.5, "pickup_community_area": 8, "dropoff_community_area": 32}
    pd.DataFrame([row | rest]).to_csv(tmp_path / "trips.csv", index=False)
    batch = scored(tmp_path / "trips.csv")
    assert batch.rides["source_trip_id"].tolist() == ["own"]
    assert batch.outcomes["actual_duration"].tolist() == [10.0]


def test_chicago_never_takes_the_end_for_a_duration(tmp_path: Path) -> None:
    """The City rounds both times to quarter-hours."""
    row = {"trip_id": "1", "trip_start_timestamp": "2026-01-01 08:00", "trip_end_timestamp": "2026-01-01 09:00"}
    pd.DataFrame([row | {"trip_miles": 2.5, "pickup_community_area": 8, "dropoff_community_area": 32}]).to_csv(
        tmp_path / "trips.csv", index=False
    )
    assert scored(tmp_path / "trips.csv", CHICAGO).outcomes.empty


def test_a_data_set_without_ids_cannot_be_a_feed() -> None:
    """A feed's cursor consists of a start and an id."""
    with pytest.raises(UsageError, match="cannot be a feed, whose cursor is a trip_id: New York's records have none"):
        followed("https://data.cityofnewyork.us/resource/4b4i-vvec.json", None, PLACE)


def test_ids_follow_the_wall_clock_where_offsets_are_ignored(records: pd.DataFrame, tmp_path: Path) -> None:
    """A wall clock that a tool has typed as UTC gives the same rides as one without a zone."""
    records.to_parquet(tmp_path / "local.parquet")
    times = ["tpep_pickup_datetime", "tpep_dropoff_datetime"]
    records.assign(**{name: records[name].dt.tz_localize("UTC") for name in times}).to_parquet(tmp_path / "utc.parquet")
    given = sources.parse([str(tmp_path / "utc.parquet")], None, PLACE)
    (typed,) = reading.batches(given, PLACE, as_wall_clock=True)
    local = scored(tmp_path / "local.parquet")
    assert typed.rides["source_trip_id"].tolist() == local.rides["source_trip_id"].tolist()
    pd.testing.assert_frame_equal(typed.outcomes, local.outcomes)


def test_two_sources_that_number_their_trips_alike_have_different_rides(records: pd.DataFrame, tmp_path: Path) -> None:
    """The name of the source is part of what a ride's id is made from."""
    records.to_parquet(tmp_path / "trips.parquet")
    given = sources.parse([str(tmp_path / "trips.parquet")], None, PLACE)
    (yellow,), (green,) = (reading.batches(given, PLACE, name) for name in ("yellow", "green"))
    assert yellow.rides["source_trip_id"].tolist() == green.rides["source_trip_id"].tolist()
    assert set(yellow.rides["trip_id"]).isdisjoint(green.rides["trip_id"])
    assert (yellow.outcomes["trip_id"] == yellow.rides["trip_id"][yellow.outcomes.index]).all()


def test_labels_that_differ_in_a_late_digit_are_different(tmp_path: Path) -> None:
    """They are not numbers, although a tool may have added .0 to them."""
    names = pa.chunked_array([["12345678901234567", "12345678901234568", "007", "7", "7.0", "0E12", None]])
    assert content_ids.label(names).to_pylist() == [*names.to_pylist()[:4], "7", "0E12", None]


def test_a_column_that_begins_late_is_completed() -> None:
    """A value that a record of a JSON file has is kept; a missing one is derived from other columns."""
    given = pa.table({
        "trip_start_timestamp": ["2026-01-05 08:00:00"] * 2, "trip_end_timestamp": ["2026-01-05 08:10:00"] * 2,
        "trip_id": [None, "own"], "trip_seconds": [None, "540"],
    })  # fmt: skip
    columns = {"trip_id": derived.TIMES, "trip_seconds": derived.TIMES}
    (table,) = derived.completed(iter([given]), columns, PLACE)
    first, second = table["trip_id"].to_pylist()
    assert len(first) == 32
    assert second == "own"
    assert [float(seconds) for seconds in table["trip_seconds"].to_pylist()] == [600, 540]


def test_two_identifying_columns_of_one_name_are_refused(records: pd.DataFrame, tmp_path: Path) -> None:
    """Which of them to digest would be a guess."""
    records.assign(Vendor_ID=2).to_csv(tmp_path / "trips.csv", index=False)
    with pytest.raises(UsageError, match="has the column company twice"):
        scored(tmp_path / "trips.csv")
