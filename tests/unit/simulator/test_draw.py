"""Simulated rides of windows: reproducible, and similar to Chicago's."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from job.errors import UsageError
from job.rides.ride import OUTCOME_COLUMNS, REJECT_COLUMNS, RIDE_COLUMNS, Batch
from job.simulator import draw
from tests.rides import CHICAGO

WINDOW = pd.Timestamp("2022-03-01T14:02Z")
# Change both together and only on purpose: with another profile, windows scored earlier would get other rides.
PINNED_PROFILE = "23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b"
PINNED_RIDES = "8eb1bdc46cbb4a99872019cbadaab682a545534014fcf4c93943f955da6143c3"


def week_of(start: str) -> pd.DatetimeIndex:
    """All windows of seven days."""
    return pd.date_range(start, periods=5_040, freq="2min", tz="UTC")


@pytest.fixture(scope="module")
def profile() -> draw.Profile:
    """The shipped profile."""
    return draw.load_profile(CHICAGO)


@pytest.fixture(scope="module")
def week(profile: draw.Profile) -> Batch:
    """A week of windows, starting on a Monday."""
    return draw.windows(week_of("2022-02-28T06:00"), profile)


def test_a_window_has_the_same_rides_alone_and_among_others(profile: draw.Profile, week: Batch) -> None:
    """They do not depend on the other windows that are drawn."""
    alone = draw.windows([WINDOW.to_pydatetime()], profile)
    inside = week.rides["trip_start_timestamp"].between(WINDOW, WINDOW + pd.Timedelta(minutes=2), inclusive="left")
    pd.testing.assert_frame_equal(alone.rides, week.rides[inside].reset_index(drop=True))
    pd.testing.assert_frame_equal(alone.outcomes, week.outcomes[inside].reset_index(drop=True))


def test_the_rides_of_a_window_are_pinned(profile: draw.Profile) -> None:
    """The shipped profile gives the same rides to the last digit in every process."""
    batch = draw.windows([WINDOW.to_pydatetime()], profile)
    rides = batch.rides.merge(batch.outcomes, on="trip_id").to_csv(index=False)
    assert (profile.digest, hashlib.sha256(rides.encode()).hexdigest()) == (PINNED_PROFILE, PINNED_RIDES)


def test_another_profile_gives_other_rides(profile: draw.Profile, tmp_path: Path) -> None:
    """The profile's content is part of the seed."""
    other = tmp_path / "other.json"
    other.write_bytes(CHICAGO.profile.read_bytes() + b"\n")
    drawn = draw.windows([WINDOW], draw.load_profile(CHICAGO, other)).rides
    assert not drawn["fare"].equals(draw.windows([WINDOW], profile).rides["fare"])


def test_a_window_has_one_to_ten_rides_that_start_inside_it(week: Batch) -> None:
    """Rides start at whole seconds, and the ledger has their number for every window."""
    starts = week.rides["trip_start_timestamp"]
    counted = starts.dt.floor("2min").value_counts().sort_index()
    assert week.windows["rides"].between(1, 10).all()
    assert counted.index.tolist() == week.windows["window_start"].tolist()
    assert counted.tolist() == week.windows["rides"].tolist()
    assert starts.equals(starts.dt.floor("s"))


@pytest.mark.parametrize("night", ["2022-03-13T05:00", "2022-11-06T04:00"])
def test_nights_when_clocks_change_have_all_windows(profile: draw.Profile, night: str) -> None:
    """Windows are in UTC, so that each one has its rides once."""
    opens = pd.date_range(night, periods=150, freq="2min", tz="UTC")
    batch = draw.windows(opens, profile)
    assert batch.windows["window_start"].tolist() == opens.tolist()
    assert batch.rides["trip_id"].is_unique
    assert batch.rides["trip_start_timestamp"].dt.floor("2min").isin(opens).all()


def test_busy_hours_have_more_rides(week: Batch) -> None:
    """Weekday evenings are busier than weekday nights, and weekend nights are busier than these."""
    local = week.rides["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone)
    weekend = local.dt.day_of_week >= 5
    weekday_hour = local[~weekend].dt.hour.value_counts() / 5
    weekend_hour = local[weekend].dt.hour.value_counts() / 2
    assert weekday_hour[17] > 5 * weekday_hour[3]
    assert weekend_hour[1] > 2 * weekday_hour[1]


def test_a_week_has_about_28000_rides(week: Batch) -> None:
    """It has 5,040 windows with 5.5 rides on average."""
    assert len(week.rides) == pytest.approx(28_000, rel=0.1)


def test_areas_are_as_frequent_as_on_the_real_day(week: Batch) -> None:
    """This holds for rides within one area, with an empty end, and from O'Hare."""
    pickup, dropoff = week.rides["pickup_community_area"], week.rides["dropoff_community_area"]
    assert (pickup == dropoff).sum() / (pickup.notna() & dropoff.notna()).sum() == pytest.approx(0.175, abs=0.02)
    assert pickup.isna().mean() == pytest.approx(0.09, abs=0.015)
    assert dropoff.isna().mean() == pytest.approx(0.11, abs=0.015)
    assert (pickup == 76).mean() == pytest.approx(0.14, abs=0.03)


def test_fares_are_multiples_of_a_quarter_dollar(week: Batch) -> None:
    """A fare is at least the base fare and follows the miles; extras and tips are added to it."""
    fare, miles = week.rides["fare"], week.rides["trip_miles"]
    assert (fare * 4 % 1 == 0).all()
    assert (fare >= 3.25).all()
    beyond_miles = fare - 3.25 - 2.25 * miles
    assert beyond_miles.between(-1, 8).mean() > 0.85
    assert (week.rides["trip_total"] >= fare).all()


def test_slow_traffic_and_airports_cost_extra(week: Batch) -> None:
    """Minutes in slow traffic cost more than fast ones, and rides from airports cost $4 more."""
    minutes = week.outcomes["actual_duration"]
    mph = week.rides["trip_miles"] / minutes * 60
    beyond = (week.rides["fare"] - 3.25 - 2.25 * week.rides["trip_miles"]) / minutes
    assert beyond[mph < 8].median() > 0.15
    assert 0 < beyond[mph > 30].median() < 0.05
    on_top = week.rides["trip_total"] - week.rides["fare"] >= 4
    airport = week.rides["pickup_community_area"].isin([56, 76])
    assert on_top[airport].mean() > 0.9
    assert on_top[~airport].mean() < 0.3


def test_two_kinds_of_taximeters_round_differently(week: Batch) -> None:
    """A third of the rides has whole minutes and tenths of a mile, the others seconds and hundredths."""
    whole = week.outcomes["actual_duration"] % 1 == 0
    in_tenths = week.rides["trip_miles"] * 10
    tenths = (in_tenths - in_tenths.round()).abs() < 1e-3
    assert whole.mean() == pytest.approx(0.33, abs=0.05)
    assert tenths[whole].mean() > 0.9
    assert tenths[~whole].mean() < 0.2


def test_every_value_is_valid(week: Batch) -> None:
    """Only areas may be empty, numbers keep their bounds, and outcomes are due after the ride."""
    rides, outcomes = week.rides, week.outcomes
    assert list(rides) == RIDE_COLUMNS
    assert list(outcomes) == OUTCOME_COLUMNS
    assert list(week.rejected) == REJECT_COLUMNS
    assert rides["source_trip_id"].isna().all()
    empty = ["source_trip_id", "pickup_community_area", "dropoff_community_area"]
    assert rides.drop(columns=empty).notna().all(axis=None)
    assert outcomes.notna().all(axis=None)
    assert rides["trip_id"].is_unique
    assert rides["pickup_community_area"].dropna().isin(range(1, 78)).all()
    assert rides["dropoff_community_area"].dropna().isin(range(1, 78)).all()
    assert rides["trip_miles"].between(0.01, CHICAGO.max_miles).all()
    assert outcomes["actual_duration"].between(0, 1440, inclusive="right").all()
    ended = rides["trip_start_timestamp"] + pd.to_timedelta(outcomes["actual_duration"], unit="min")
    assert (outcomes["due_at"] >= ended.dt.floor("s")).all()
    assert (outcomes["due_at"] <= ended + pd.Timedelta(hours=2, seconds=1)).all()


def test_no_windows_give_an_empty_batch_of_the_same_types(profile: draw.Profile, week: Batch) -> None:
    """The caller needs no special case if no window is owed."""
    nothing = draw.windows([], profile)
    assert nothing.read == 0
    assert nothing.rides.dtypes.equals(week.rides.dtypes)
    assert nothing.outcomes.dtypes.equals(week.outcomes.dtypes)
    assert nothing.windows.dtypes.equals(week.windows.dtypes)


def test_rides_are_spread_over_a_span_by_the_hours_of_the_profile(profile: draw.Profile) -> None:
    """The number is exact, all rides are inside the span, and the same seed gives the same rides."""
    start, end = pd.Timestamp("2022-03-01T06:00Z"), pd.Timestamp("2022-03-02T06:00Z")
    drawn = pd.concat(draw.spread(20_000, start, end, 7, profile))
    again = pd.concat(draw.spread(20_000, start, end, 7, profile))
    other = pd.concat(draw.spread(20_000, start, end, 8, profile))
    pd.testing.assert_frame_equal(drawn, again)
    assert not drawn["fare"].equals(other["fare"])
    assert len(drawn) == 20_000
    assert drawn["trip_start_timestamp"].between(start, end, inclusive="left").all()
    hour = drawn["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.hour.value_counts(normalize=True)
    assert hour.sub(pd.Series(profile.hours[0] / 24)).abs().sum() < 0.05 + abs(profile.hours[0].mean() - 1)


def broken_profiles() -> dict[str, bytes]:
    """Invalid contents of a profile's file."""
    shipped = json.loads(CHICAGO.profile.read_text())
    return {
        "empty": b"",
        "truncated": CHICAGO.profile.read_bytes()[:5_000],
        "a list": b"[]",
        "without levels": json.dumps({**shipped, "speed_mph": []}).encode(),
        "without a key": json.dumps({name: shipped[name] for name in shipped if name != "hours"}).encode(),
        "with NaN": json.dumps({**shipped, "tipped_share": float("nan")}).encode(),
        "with a word for a number": json.dumps({**shipped, "pair_share": {"8-32": "many"}}).encode(),
        "with an unknown pair": json.dumps({**shipped, "pair_share": {"8-99": 0.1}}).encode(),
    }


@pytest.mark.parametrize("name", broken_profiles())
def test_an_invalid_profile_is_refused(name: str, tmp_path: Path) -> None:
    """The error is one sentence that names the file and the command that makes a valid one."""
    path = tmp_path / "profile.json"
    path.write_bytes(broken_profiles()[name])
    with pytest.raises(UsageError, match=r"profile\.json is not a simulator profile .*calibrate") as refused:
        draw.load_profile(CHICAGO, path)
    assert "\n" not in str(refused.value)


def test_a_missing_profile_is_refused(tmp_path: Path) -> None:
    """A missing file and a directory are refused with a reason."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            draw.load_profile(CHICAGO, path)
