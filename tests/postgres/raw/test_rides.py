"""Reading rides back from the database."""

from datetime import timedelta

import numpy as np
import pandas as pd
import psycopg
import pytest

from job.model.features import inputs
from job.rides.ride import RIDE_COLUMNS
from job.store.raw import rides
from job.store.raw.batches import Shadow
from job.store.run import Run
from job.store.store import Store
from tests.postgres.conftest import add_model, batch, predicted, trip_id, write
from tests.postgres.conftest import rides as some_rides
from tests.rides import CHICAGO

START = pd.Timestamp("2026-03-02T18:07:00Z")


@pytest.fixture
def written(database: psycopg.Connection, run: Run) -> pd.DataFrame:
    """Five rides scored by model 1, two of which start at the same instant; model 2 has predicted the first one."""
    champion, challenger = add_model(database), add_model(database)
    scored = some_rides(1, 2, 3, 4, 5)
    starts = [START + timedelta(minutes=minutes, microseconds=1) for minutes in (0, 10, 10, 20, 30)]
    scored["trip_start_timestamp"] = pd.Series(starts).dt.as_unit("us")
    scored["source_trip_id"] = ["", None, 'a,"b"\n', "NULL", "x"]
    scored.loc[1, ["pickup_community_area", "fare"]] = np.nan
    scored["trip_miles"] = [1 / 3, 0.1 + 0.2, 1e-3, 17.5, 3.0]
    predictions = {"predicted_duration": 9.0, "predicted_low": np.nan, "predicted_high": np.nan}
    shadow = Shadow(challenger, scored[["trip_id"]].head(1).assign(**predictions))
    outcomes = pd.DataFrame({"trip_id": [trip_id(1), trip_id(4)], "actual_duration": [12.5, 60.0]})
    outcomes["due_at"] = pd.Series([pd.NaT] * 2, dtype="datetime64[us, UTC]")
    write(run, champion, batch(scored, outcomes), predicted(scored), shadow)
    return scored


def test_rides_are_read_back_exactly(writer: psycopg.Connection, written: pd.DataFrame) -> None:
    """The same values are read, to the last bit and microsecond, so a model receives the same inputs."""
    (found,) = rides.between(writer, START, START + timedelta(hours=1), 2)
    pd.testing.assert_frame_equal(found[RIDE_COLUMNS], written, check_dtype=False, check_exact=True)
    pd.testing.assert_frame_equal(inputs(found, CHICAGO), inputs(written, CHICAGO), check_exact=True)
    assert found["known"].tolist() == [True, False, False, False, False]


def test_batches_are_bounded_and_miss_nothing(
    writer: psycopg.Connection, written: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rides with the same start may be in different batches; the last batch is smaller or empty."""
    for size, sizes in {1: [1, 1, 1, 1, 1, 0], 2: [2, 2, 1], 5: [5, 0], 6: [5]}.items():
        monkeypatch.setattr(rides, "BATCH_RIDES", size)
        found = list(rides.between(writer, START, START + timedelta(hours=1), 2))
        assert [len(part) for part in found] == sizes
        assert pd.concat(found)["trip_id"].tolist() == written["trip_id"].tolist()


def test_the_period_includes_its_start_and_excludes_its_end(writer: psycopg.Connection, written: pd.DataFrame) -> None:
    """Ride 4 starts at the end and is left out."""
    start, end = written["trip_start_timestamp"].iloc[[0, 3]].dt.to_pydatetime()
    (found,) = rides.between(writer, start, end, 2)
    assert found["trip_id"].tolist() == [trip_id(number) for number in (1, 2, 3)]


def test_the_model_that_scored_the_rides_has_predicted_them_all(
    writer: psycopg.Connection, written: pd.DataFrame
) -> None:
    """Its predictions are in the rides' own rows."""
    (found,) = rides.between(writer, START, START + timedelta(hours=1), 1)
    assert found["known"].all()


def correct_first_outcome(database: psycopg.Connection) -> None:
    """Add a newer outcome of the first ride."""
    database.execute(
        "insert into raw.ride_outcomes (trip_id, actual_duration, batch_id) values (%s, 13.25, 99)", [trip_id(1)]
    )


def test_labelled_rides_have_their_newest_outcome(
    database: psycopg.Connection, writer: psycopg.Connection, written: pd.DataFrame
) -> None:
    """A correction replaces the first outcome; rides without an outcome, or from another source, are left out."""
    correct_first_outcome(database)
    found = rides.labelled(writer, "city")
    assert list(zip(found["trip_id"], found["actual_duration"], strict=True)) == [
        (trip_id(1), 13.25),
        (trip_id(4), 60.0),
    ]
    assert {*RIDE_COLUMNS, "actual_duration", "taxi_id"} == set(found.columns)
    assert found["taxi_id"].isna().all()
    assert rides.labelled(writer, "simulator").empty


def test_observed_rides_have_their_newest_outcome(
    database: psycopg.Connection, store: Store, written: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read in batches; rides without an outcome, or from another source, are left out."""
    correct_first_outcome(database)
    end = START + timedelta(hours=1)
    for size, sizes in {1: [1, 1, 0], 2: [2, 0], 3: [2]}.items():
        monkeypatch.setattr(rides, "BATCH_RIDES", size)
        found = list(rides.observed(store.reading, "city", START, end))
        assert [len(part) for part in found] == sizes
        together = pd.concat(found)
        assert together["trip_id"].tolist() == [trip_id(1), trip_id(4)]
        assert together["actual_duration"].tolist() == [13.25, 60.0]
        assert {*RIDE_COLUMNS, "actual_duration"} == set(together.columns)
    (none,) = rides.observed(store.reading, "simulator", START, end)
    assert none.empty


def test_the_sources_of_a_period_are_those_with_outcomes(
    writer: psycopg.Connection, store: Store, written: pd.DataFrame
) -> None:
    """The end itself is excluded, and so are rides without an outcome."""
    first, fourth = written["trip_start_timestamp"].iloc[[0, 3]].dt.to_pydatetime()
    assert rides.sources_observed(writer, first, fourth) == ["city"]
    assert rides.sources_observed(writer, first + timedelta(seconds=1), fourth) == []
