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
from job.rides import areas
from job.rides.ride import parse
from job.simulator import draw, faults
from job.simulator.published import as_published
from tests import places
from tests.rides import CHICAGO

ENDS = ["pickup_community_area", "dropoff_community_area"]
ZONES, AIRPORT, REMOTE = [3, 5, 50, 101, 250, 999], 250, [101, 999]
MIDNIGHT = pd.Timestamp("2026-03-01T13:30Z")  # of Monday in Adelaide


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
    return batch.rides.join(batch.outcomes["actual_duration"], how="inner").assign(taxi_id=None)


@pytest.fixture(scope="module")
def monday(adelaide: Place) -> pd.DataFrame:
    """A simulated day of rides with their true durations."""
    return drawn(draw.load_profile(adelaide))


def drawn(profile: draw.Profile, scenario: str | None = None) -> pd.DataFrame:
    """The day's rides under a scenario."""
    return pd.concat(draw.spread(20_000, MIDNIGHT, MIDNIGHT + pd.Timedelta(days=1), 0, profile, scenario))


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
    """A number between those of two zones is rejected, and clocks change on the place's own dates."""
    record = places.records(1)
    record = record.set_column(record.column_names.index(column), column, pa.array([value]))
    assert parse(record, adelaide).rejected["reason"].tolist() == [reason] * bool(reason)


def test_a_duration_beyond_the_places_bound_is_left_out(adelaide: Place) -> None:
    """Here the bound is 40 minutes."""
    record = places.records(2)
    seconds = pa.array([40 * 60, 41 * 60])
    record = record.set_column(record.column_names.index("trip_seconds"), "trip_seconds", seconds)
    assert parse(record, adelaide).outcomes["actual_duration"].tolist() == [40.0]


def test_times_without_an_offset_are_the_places_wall_clock(adelaide: Place, trips: pd.DataFrame) -> None:
    """Adelaide is 10.5 hours ahead of UTC in March, and the model's hours and days are local."""
    assert trips["trip_start_timestamp"].min() >= MIDNIGHT
    features = inputs(trips, adelaide)
    wall_clock = places.records(600)["trip_start_timestamp"].to_pandas()[trips.index]
    assert features["hour"].tolist() == (wall_clock.dt.hour + wall_clock.dt.minute / 60).tolist()
    assert set(features["weekday"]) == {0, 1}
    assert set(local_days(trips, adelaide).astype(str)) == {"2026-03-02", "2026-03-03"}


def test_zones_have_their_own_centroids_and_pairs(adelaide: Place, trips: pd.DataFrame) -> None:
    """The airport is about four miles from the City; 3 to 250 and 5 to 50 are different pairs."""
    rides = trips.head(3).assign(pickup_community_area=[3, 5, np.nan], dropoff_community_area=[250, 50, 999])
    features = inputs(rides, adelaide)
    assert features["centroid_miles"].iloc[0] == pytest.approx(4.1, abs=0.2)
    assert features["area_pair"].tolist() == [3250, 5050, 999]
    assert np.isnan(features["centroid_miles"].iloc[2])


def test_pairs_with_the_places_airport_have_bands_of_their_own(adelaide: Place) -> None:
    """Bands are indexed by zone, and the fifth zone is the airport."""
    bands = areas.nearness_bands(adelaide)
    assert bands.shape == (7, 7)
    ends = (bands // len(areas.NEARNESS)).tolist()
    assert ends[1] == [0, 0, 0, 0, 0, areas.ENDS.index("to_airport"), 0]
    assert ends[5] == [areas.ENDS.index("from_airport")] * 7


def test_a_model_of_the_place_learns_and_predicts(adelaide: Place, trips: pd.DataFrame) -> None:
    """Fitting, validation and card use the place's zones, airports and clock."""
    fitted = fit.fit(trips, adelaide)
    assert fitted.metrics["mae"] < fitted.metrics["mae_baseline"] * 1.5
    pd.testing.assert_frame_equal(fitted.features, inputs(fitted.validation, adelaide))
    model = Model("test", "1", "digest", fitted.pipeline, tuple(INPUTS), 1, {}, fitted.band, fitted.bins)
    predicted = predict(model, inputs(trips, adelaide), adelaide)
    assert predicted.index.equals(trips.index)
    assert (predicted["predicted_duration"] - trips["actual_duration"]).abs().mean() < 3
    kinds = evaluate.groups(trips, predicted["predicted_duration"].to_numpy(), adelaide).query("group == 'areas'")
    at_airport = int((trips[ENDS] == AIRPORT).any(axis=1).sum())
    assert kinds.set_index("value")["rides"]["airport"] == at_airport
    assert card(fitted, adelaide).startswith("# Duration of taxi rides in Adelaide")


def test_a_profile_of_the_place_draws_rides_between_its_zones(adelaide: Place, monday: pd.DataFrame) -> None:
    """Rides start and end in its zones as often as in the records, and respect its bounds."""
    real = parse(places.records(3_000), adelaide).rides
    for end in ENDS:
        assert sorted(monday[end].dropna().unique()) == ZONES
        shares = [frame[end].value_counts(normalize=True, dropna=False) for frame in (monday, real)]
        assert (shares[0] - shares[1]).abs().max() < 0.03
    assert (monday["trip_miles"].max(), monday["actual_duration"].max()) == (adelaide.max_miles, adelaide.max_minutes)
    assert monday["trip_miles"].median() == pytest.approx(real["trip_miles"].median(), rel=0.1)


def test_simulated_rides_follow_the_places_clock_and_airport(adelaide: Place, monday: pd.DataFrame) -> None:
    """Evenings are busy, and rides from the airport start before noon and cost $4 extra, as in the records."""
    hour = monday["trip_start_timestamp"].dt.tz_convert(adelaide.time_zone).dt.hour
    airport = monday["pickup_community_area"] == AIRPORT
    assert hour.between(17, 23).mean() > 0.6
    assert hour[airport].between(5, 12).mean() > 0.6
    extra = monday["trip_total"] - monday["fare"] >= 4
    assert extra[airport].all()
    assert extra[~airport].mean() < 0.3  # tips


def test_scenarios_follow_the_place(adelaide: Place, monday: pd.DataFrame) -> None:
    """Its airport surges, the two zones furthest from the City are new, and its two busiest zones have road works."""
    profile = draw.load_profile(adelaide)
    surge, new, works = (drawn(profile, name) for name in ("airport-surge", "new-area", "road-works"))
    normal, surged = ((frame["pickup_community_area"] == AIRPORT).mean() for frame in (monday, surge))
    assert surged > 1.7 * normal
    for end in ENDS:
        assert new[end].value_counts(normalize=True)[REMOTE].tolist() == pytest.approx([0.06] * 2, abs=0.01)
    assert drawn(profile, "sensor-fault")["trip_miles"].max() == adelaide.max_miles
    slower = works[(works["actual_duration"] > monday["actual_duration"]).to_numpy()]
    assert sorted(slower["pickup_community_area"].unique()) == sorted(slower["dropoff_community_area"].unique())
    assert (slower["trip_start_timestamp"].dt.tz_convert(adelaide.time_zone).dt.hour == 17).all()  # no other
    assert len({*slower[ENDS[0]]} & {3, 5, 50}) == 2


def test_a_fault_of_the_miles_is_beyond_the_places_bound(adelaide: Place, monday: pd.DataFrame) -> None:
    """Such a record is rejected in every place."""
    records = as_published(monday.head(50), draw.load_profile(adelaide))
    assert list(faults.SHARES)[-1] == "too_far"
    dirty = faults.add_faults(records, np.full((50, 5), sum(faults.SHARES.values()) - 1e-6), adelaide)
    assert parse(pa.Table.from_pandas(dirty), adelaide).rejected["reason"].tolist() == ["excessive_miles"] * 50
    assert dirty["trip_miles"].max() <= 2.02 * adelaide.max_miles


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


def test_windows_of_the_place_have_rides(adelaide: Place) -> None:
    """The busiest hour of its Monday has more of them than the quietest, and each ride starts inside its window."""
    busy, quiet = (MIDNIGHT + pd.Timedelta(hours=hours) for hours in (20, 14))
    opens = [pd.date_range(start, periods=30, freq="2min") for start in (busy, quiet)]
    batches = [draw.windows(starts, draw.load_profile(adelaide)) for starts in opens]
    assert len(batches[0].rides) > 2 * len(batches[1].rides)
    for batch, starts in zip(batches, opens, strict=True):
        assert set(batch.rides["trip_start_timestamp"].dt.floor("2min")) == set(starts)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_profile_of_another_place_is_refused(swapped: bool, adelaide: Place) -> None:
    """The error says that the profile has the zones of another place."""
    drawn, other = (CHICAGO, adelaide) if swapped else (adelaide, CHICAGO)
    with pytest.raises(UsageError, match=f"not a simulator profile of {drawn.name} .*other zones than {drawn.name}"):
        draw.load_profile(drawn, other.profile)
