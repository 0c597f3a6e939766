"""The older form of the City's records: read by `train` and `calibrate`, refused by `score`."""

import json

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


def test_downloads_that_differ_in_their_query(server: City) -> None:
    """Their rows are different rides, although messages leave out the query."""
    server.answer = lambda *_: (200, OLDER_CSV.read_bytes(), {})
    address = f"{server.address}/trips.csv"
    assert len(labelled(f"{address}?year=2013", f"{address}?year=2014", f"{address}?year=2014")) == 4


def test_a_data_set_in_the_older_form(server: City) -> None:
    """The rows of all pages are different rides to learn from; none is scored."""
    row = {"trip_start_timestamp": "1400287500", "trip_start_hour": "0", "trip_seconds": "900", "trip_miles": "2.5"}
    pages = [[row] * 3, [row | {"tips": "1"}] * 2, []]
    server.answer = lambda *_: (200, json.dumps(pages[len(server.queries) - 1]).encode(), {})
    assert labelled(server.data_set)["trip_id"].nunique() == 5
    server.queries.clear()
    with pytest.raises(UsageError, match=f"{server.data_set} is in the older form"):
        read(server.data_set)


@pytest.mark.skipif(not OLD_YEARS.exists(), reason=f"{OLD_YEARS} is not here")
def test_the_old_years() -> None:
    """The rides of the real file start at the hours that its own column gives."""
    trips = labelled(OLD_YEARS)
    assert len(trips) == 7_252
    hours = pd.read_csv(OLD_YEARS)["trip_start_hour"]
    rows = trips["source_trip_id"].str.rpartition("-")[2].astype(int) - 1
    assert (
        trips["trip_start_timestamp"].dt.tz_convert("America/Chicago").dt.hour.to_numpy() == hours[rows].to_numpy()
    ).all()
