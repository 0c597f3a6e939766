"""The older form of the City's records: read by `train` and `calibrate`, refused by `score`."""

import json
from pathlib import Path

import pandas as pd
import pytest

from job.errors import UsageError
from tests.conftest import OLD_YEARS
from tests.unit.city.conftest import OLDER_CSV, City, labelled, read


def test_the_older_form_is_for_training() -> None:
    """Its times are seconds of the wall clock; each row is a ride, and the same ride when the file is read again."""
    trips = labelled(OLDER_CSV, OLDER_CSV)
    assert trips["trip_start_timestamp"].tolist() == [
        pd.Timestamp("2014-05-17T00:45Z"),
        pd.Timestamp("2013-03-08T01:15Z"),
    ]
    assert trips["actual_duration"].tolist() == [15.0, 5.0]
    assert trips["trip_total"].isna().all()
    assert trips["tips"].tolist() == [2.5, 0.0]


def test_equal_rows_are_one_trip(tmp_path: Path) -> None:
    """In one file or in several, with whatever other columns, notation of numbers, order of columns or file type."""
    header, first, second = OLDER_CSV.read_text().splitlines()
    row = {name: value or None for name, value in zip(header.split(","), first.split(","), strict=True)}
    (tmp_path / "twice.csv").write_text("\n".join([header, first, second, first]))
    (tmp_path / "index.csv").write_text(f"Unnamed: 0,{header}\n7,{first.replace(',,', ',NULL,', 1)}\n")
    (tmp_path / "one.jsonl").write_text(json.dumps({name: value for name, value in row.items() if value}))
    typed = pd.DataFrame(
        [row | {"pickup_community_area": 8.0, "tips": 2.5, "trip_start_timestamp": 1400287500 - 18000}]
    )
    typed[["trip_seconds", "fare"]] = [[900.0, 12.45]]
    typed[sorted(typed)].to_parquet(tmp_path / "one.parquet")
    trips = labelled(OLDER_CSV, *sorted(tmp_path.iterdir()))
    assert len(trips) == 2
    assert trips["source_trip_id"].tolist() == labelled(OLDER_CSV)["source_trip_id"].tolist()


@pytest.mark.parametrize("name", ["pickup_latitude", "trip_start_month", "payment_type", "company", "tips"])
def test_rows_that_differ_in_any_column_are_different_trips(name: str, tmp_path: Path) -> None:
    """Also in a column that nothing is learned from."""
    header, first, _ = OLDER_CSV.read_text().splitlines()
    values = first.split(",")
    values[header.split(",").index(name)] = "4"
    (tmp_path / "trips.csv").write_text("\n".join([header, first, ",".join(values)]))
    assert len(labelled(tmp_path / "trips.csv")) == 2


def test_a_value_does_not_move_to_the_next_column(tmp_path: Path) -> None:
    """The same values in other columns are another trip."""
    header = "trip_start_timestamp,trip_start_hour,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area"
    (tmp_path / "trips.csv").write_text(f"{header}\n1400269500,19,900,3.5,4,\n1400269500,19,900,3.5,,4\n")
    assert len(labelled(tmp_path / "trips.csv")) == 2


def test_a_data_set_in_the_older_form(server: City) -> None:
    """The rows of all pages are rides to learn from, equal ones only once; none is scored."""
    row = {"trip_start_timestamp": "1400287500", "trip_start_hour": "0", "trip_seconds": "900", "trip_miles": "2.5"}
    pages = [[row, row | {"tips": "1"}], [row, row | {"tips": "2"}], []]
    server.answer = lambda *_: (200, json.dumps(pages[len(server.queries) - 1]).encode(), {})
    assert labelled(server.data_set)["tips"].fillna(0).tolist() == [0, 1, 2]
    server.queries.clear()
    with pytest.raises(UsageError, match=f"{server.data_set} is in the older form"):
        read(server.data_set)


@pytest.mark.skipif(not OLD_YEARS.exists(), reason=f"{OLD_YEARS} is not here")
def test_the_old_years() -> None:
    """The rides of the real file start at the hours that its own column gives."""
    trips = labelled(OLD_YEARS)
    assert len(trips) == 7_252
    rows = pd.read_csv(OLD_YEARS)
    hours = rows.groupby("trip_start_timestamp")["trip_start_hour"].first()
    local = trips["trip_start_timestamp"].dt.tz_convert("America/Chicago")
    seconds = local.dt.tz_localize(None).astype("datetime64[s]").astype("int64")
    assert (local.dt.hour.to_numpy() == hours[seconds].to_numpy()).all()
