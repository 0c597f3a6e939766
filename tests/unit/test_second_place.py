"""A place other than Chicago, from its records to predictions and simulated rides: only its folder differs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from job import place
from job.__main__ import main
from job.errors import UsageError
from job.model import evaluate, fit
from job.model.card import card
from job.model.contract import Model
from job.model.features import INPUTS, inputs, local_days
from job.model.predict import predict
from job.place import Place
from job.rides.ride import RIDE_COLUMNS, parse
from job.simulator import draw, scenarios
from tests import places
from tests.rides import CHICAGO

ENDS = ["pickup_community_area", "dropoff_community_area"]
ZONES, AIRPORT, REMOTE = [3, 5, 50, 101, 250, 999], 250, [101, 999]
WEEK = pd.date_range("2026-03-01T13:30", periods=5_040, freq="2min", tz="UTC")  # from Monday in Adelaide


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place's folder, with a profile calibrated on made-up records."""
    home = tmp_path_factory.mktemp("city")
    folder, trips = places.write(home / "adelaide"), home / "trips.parquet"
    pq.write_table(places.records(3_000), trips)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLACE", str(folder))
        assert main(["calibrate", "--trips", str(trips), "--output", str(folder / "profile.json")]) == 0
    return folder


@pytest.fixture(scope="module")
def adelaide(folder: Path) -> Place:
    """The place as the job reads it."""
    return place.load(folder)


@pytest.fixture(scope="module")
def trips(adelaide: Place) -> pd.DataFrame:
    """Labelled rides of the made-up records."""
    batch = parse(places.records(600), adelaide)
    assert batch.rejected.empty
    return batch.rides.assign(actual_duration=batch.outcomes["actual_duration"], taxi_id=None)


@pytest.fixture(scope="module")
def week(adelaide: Place) -> pd.DataFrame:
    """A simulated week of rides with their true durations."""
    return drawn(draw.load_profile(adelaide))


def drawn(profile: draw.Profile, scenario: str | None = None) -> pd.DataFrame:
    """The week's rides under a scenario."""
    batch = draw.windows(WEEK, profile, scenario)
    return batch.rides.merge(batch.outcomes, on="trip_id")


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("pickup_community_area", "999", ""),
        ("pickup_community_area", "77", "bad_area"),
        ("dropoff_community_area", "1000", "bad_area"),
        ("trip_miles", 12.0, ""),
        ("trip_miles", 12.01, "excessive_miles"),
        ("fare", 500.01, "bad_money"),
        ("trip_start_timestamp", "2026-10-04T02:15:00", "nonexistent_time"),
        ("trip_start_timestamp", "2026-03-08T02:15:00", ""),  # in Chicago this hour does not exist
    ],
)
def test_records_are_judged_by_the_places_own_zones_and_bounds(
    column: str, value: object, reason: str, adelaide: Place
) -> None:
    """A number between two zones is no zone, and clocks change on the place's own nights."""
    record = places.records(1)
    record = record.set_column(record.column_names.index(column), column, pa.array([value]))
    assert parse(record, adelaide).rejected["reason"].tolist() == [reason] * bool(reason)


def test_a_duration_beyond_the_places_bound_is_left_out(adelaide: Place) -> None:
    """40 minutes at most, here."""
    record = places.records(2)
    seconds = pa.array([40 * 60, 41 * 60])
    record = record.set_column(record.column_names.index("trip_seconds"), "trip_seconds", seconds)
    assert parse(record, adelaide).outcomes["actual_duration"].tolist() == [40.0]


def test_times_without_an_offset_are_the_places_wall_clock(adelaide: Place, trips: pd.DataFrame) -> None:
    """Adelaide is 10.5 hours ahead of UTC in March; its hours and days are the model's."""
    assert trips["trip_start_timestamp"].min() >= pd.Timestamp("2026-03-01T13:30Z")
    found = inputs(trips, adelaide)
    wall_clock = pd.Series(places.records(600)["trip_start_timestamp"].to_pandas().to_numpy())
    assert found["hour"].tolist() == (wall_clock.dt.hour + wall_clock.dt.minute / 60).tolist()
    assert set(found["weekday"]) == {0, 1}
    assert set(local_days(trips, adelaide).astype(str)) == {"2026-03-02", "2026-03-03"}


def test_zones_have_their_own_centroids_and_pairs(adelaide: Place, trips: pd.DataFrame) -> None:
    """From the City to the airport it is some four miles; 3 to 250 is another pair than 5 to 50."""
    rides = trips.head(3).assign(pickup_community_area=[3, 5, np.nan], dropoff_community_area=[250, 50, 999])
    found = inputs(rides, adelaide)
    assert found["centroid_miles"].iloc[0] == pytest.approx(4.1, abs=0.2)
    assert found["area_pair"].tolist() == [3250, 5050, 999]
    assert np.isnan(found["centroid_miles"].iloc[2])


def test_a_model_of_the_place_learns_and_predicts(adelaide: Place, trips: pd.DataFrame) -> None:
    """Fitting, validation and card take the place's zones, airports and clock."""
    fitted = fit.fit(trips, adelaide)
    assert fitted.metrics["mae"] < fitted.metrics["mae_baseline"] * 1.5
    pd.testing.assert_frame_equal(fitted.features, inputs(fitted.validation, adelaide))
    model = Model("test", "1", "digest", fitted.pipeline, tuple(INPUTS), 1, {}, fitted.band, fitted.bins)
    predicted = predict(model, inputs(trips, adelaide))
    assert predicted.index.equals(trips.index)
    assert (predicted["predicted_duration"] - trips["actual_duration"]).abs().mean() < 3
    kinds = evaluate.groups(trips, predicted["predicted_duration"].to_numpy(), adelaide).query("group == 'areas'")
    at_airport = int((trips[ENDS] == AIRPORT).any(axis=1).sum())
    assert kinds.set_index("value")["rides"]["airport"] == at_airport
    assert card(fitted, adelaide).startswith("# Duration of taxi rides in Adelaide")


def test_a_profile_of_the_place_draws_rides_between_its_zones(adelaide: Place, week: pd.DataFrame) -> None:
    """Rides go as often between its zones as in the records, within its bounds, on its clock."""
    assert list(week[RIDE_COLUMNS]) == RIDE_COLUMNS
    real = parse(places.records(3_000), adelaide).rides
    for end in ENDS:
        assert sorted(week[end].dropna().unique()) == ZONES
        shares = [frame[end].value_counts(normalize=True, dropna=False) for frame in (week, real)]
        assert (shares[0] - shares[1]).abs().max() < 0.03
    assert (week["trip_miles"].max(), week["actual_duration"].max()) == (adelaide.max_miles, adelaide.max_minutes)
    assert week["trip_miles"].median() == pytest.approx(real["trip_miles"].median(), rel=0.1)
    extras = (week["trip_total"] - week["fare"] >= 4).groupby(week["pickup_community_area"] == AIRPORT).mean()
    assert extras[True] > 0


def test_scenarios_follow_the_place(adelaide: Place, week: pd.DataFrame) -> None:
    """Its airport surges, and the new zones are the two furthest from the City."""
    profile = draw.load_profile(adelaide)
    surge, new = (drawn(profile, name) for name in ("airport-surge", "new-area"))
    usual, surged = ((frame["pickup_community_area"] == AIRPORT).mean() for frame in (week, surge))
    assert surged / (1 - surged) == pytest.approx(4 * usual / (1 - usual), rel=0.1)
    for end in ENDS:
        assert new[end].value_counts(normalize=True)[REMOTE].tolist() == pytest.approx([0.06] * 2, abs=0.01)
    assert all(len(drawn(profile, name)) == len(week) for name in scenarios.NAMES)


def test_simulated_records_are_acceptable_to_the_place(
    adelaide: Place, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`simulate` draws from the profile in the folder that PLACE names, and writes the place's wall clock."""
    monkeypatch.setenv("PLACE", str(folder))
    path, span = tmp_path / "trips.parquet", ["--start", "2026-03-02", "--end", "2026-03-03"]
    assert main(["simulate", "--rides", "1000", *span, "--output", str(path)]) == 0
    records = pq.read_table(path)
    assert (pd.Series(records["trip_start_timestamp"]).dt.strftime("%Y-%m-%d") == "2026-03-02").all()
    batch = parse(records, adelaide)
    assert (len(batch.rides), len(batch.outcomes)) == (1000, 1000)
    assert len(parse(records, CHICAGO).rejected) > 100


@pytest.mark.parametrize("swapped", [False, True])
def test_a_profile_of_another_place_is_refused(swapped: bool, adelaide: Place) -> None:
    """One sentence says that the zones are not those of the place."""
    drawn, other = (CHICAGO, adelaide) if swapped else (adelaide, CHICAGO)
    with pytest.raises(UsageError, match=f"not a simulator profile of {drawn.name} .*other zones than {drawn.name}"):
        draw.load_profile(drawn, other.profile)
