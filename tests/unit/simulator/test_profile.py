"""A profile describes a city's rides without revealing any single one."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from job.city import reading, sources
from job.errors import UsageError
from job.simulator import draw
from job.simulator.calibration import profile
from tests.conftest import OLD_YEARS, REAL_DAY
from tests.rides import CHICAGO

START, END = pd.Timestamp("2022-03-01T06:00Z"), pd.Timestamp("2022-03-08T06:00Z")


@pytest.fixture(scope="module")
def trips() -> pd.DataFrame:
    """A simulated week, in the form of `reading.labelled_trips`."""
    drawn = pd.concat(draw.spread(30_000, START, END, 0, draw.load_profile(CHICAGO)), ignore_index=True)
    return drawn.assign(taxi_id=[f"taxi-{number % 500}" for number in range(len(drawn))], tolls=0.0)


@pytest.fixture(scope="module")
def weekdays(trips: pd.DataFrame) -> pd.DataFrame:
    """The trips from Monday to Friday, with the local hour in which each starts."""
    local = trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt
    return trips.assign(local_hour=local.hour)[local.day_of_week < 5]


@pytest.fixture(scope="module")
def computed(trips: pd.DataFrame) -> dict:
    """The profile computed from the simulated week, read back from JSON."""
    return json.loads(profile.dumps(profile.compute(trips, CHICAGO)))


@pytest.fixture(scope="module")
def shipped() -> dict:
    """The shipped profile."""
    return json.loads(CHICAGO.profile.read_text())


def test_calibrating_on_simulated_trips_recovers_the_shares(computed: dict, shipped: dict) -> None:
    """Areas, pairs, hours, rounding, extras and tips are those that the trips were drawn from."""
    for name, most in (("pickup_share", 0.03), ("pair_share", 0.12), ("whole_minutes_share", 4.0)):
        both = pd.DataFrame({"then": shipped[name], "now": computed[name]}).fillna(0)
        assert (both["then"] - both["now"]).abs().sum() / 2 < most, name
    for days in ("weekday", "weekend"):
        then, now = np.array(shipped["hours"][days]), np.array(computed["hours"][days])
        assert np.abs(then - now).mean() < 0.06, days
    assert computed["sixteenth_share"] == pytest.approx(shipped["sixteenth_share"], abs=0.03)
    assert computed["tipped_share"] == pytest.approx(shipped["tipped_share"], abs=0.02)
    assert computed["extras_usd"]["airport"]["4.00"] == pytest.approx(
        shipped["extras_usd"]["airport"]["4.00"], abs=0.03
    )
    assert set(computed["companies"]) <= set(shipped["companies"])


@pytest.mark.parametrize(("name", "most"), [("speed_mph", 0.1), ("slow_usd_per_minute", 0.15)])
def test_calibrating_recovers_speeds_and_fares(name: str, most: float, computed: dict, shipped: dict) -> None:
    """The median of each band's levels is near that of the original profile."""
    place = "miles" if name == "speed_mph" else "mph"
    then = {band[place]: np.median(band["levels"]) for band in shipped[name]}
    for band in computed[name][1:-1]:
        expected = np.interp(band[place], list(then), list(then.values()))
        assert np.median(band["levels"]) == pytest.approx(expected, rel=most, abs=0.01)


def test_every_key_of_the_profile_is_described(shipped: dict) -> None:
    """The file describes each key with its unit, and no key that does not exist."""
    assert set(shipped["about"]) - {"levels"} == set(shipped) - {"about", "source"}


def test_a_profile_is_small_and_contains_no_trip(trips: pd.DataFrame) -> None:
    """It is under 200 KB and has neither ids nor times finer than an hour."""
    text = profile.dumps(profile.compute(trips, CHICAGO))
    assert len(text) < 200_000
    assert "taxi-" not in text
    for content in (text, CHICAGO.profile.read_text()):
        assert not re.search(r"[0-9a-f]{16}|\d\d:\d\d", content)


def test_rare_areas_and_pairs_are_merged(trips: pd.DataFrame) -> None:
    """Four trips of an area or pair are not enough for a value of its own; five are."""
    few = trips[~trips["pickup_community_area"].isin([55, 47])].head(2_000)
    rare = few[few["trip_miles"].between(1, 2)].head(5)
    rare = rare.assign(pickup_community_area=55.0, dropoff_community_area=55.0)
    four = profile.compute(pd.concat([few, rare.head(4)]), CHICAGO)
    five = profile.compute(pd.concat([few, rare]), CHICAGO)
    assert "55-55" not in four["pair_share"]
    assert four["pickup_share"]["55"] == four["pickup_share"]["47"]
    assert four["whole_minutes_share"]["55"] == four["whole_minutes_share"]["47"]
    assert "55-55" in five["pair_share"]
    assert five["pickup_share"]["55"] > five["pickup_share"]["47"]
    assert five["whole_minutes_share"]["55"] != five["whole_minutes_share"]["47"]


@pytest.mark.parametrize(
    ("counts", "suppressed"),
    [
        ([9, 5, 6], [9, 5, 6]),
        ([9, 4, 1, 3], [9, 8 / 3, 8 / 3, 8 / 3]),  # eight trips in three places
        ([9, 3, 0], [9, 2.5, 2.5]),  # three trips are raised to five
        ([9, 4], [9, 5]),
    ],
)
def test_counts_below_five_are_replaced_by_their_mean(counts: list[int], suppressed: list[float]) -> None:
    """Nobody can infer in which of these places a trip was, nor that there was only one."""
    assert profile.suppress_small_counts(np.array(counts)).tolist() == suppressed


def test_hours_with_few_trips_have_the_same_share(weekdays: pd.DataFrame) -> None:
    """One trip at three o'clock and four trips at four give the same value."""
    hour = weekdays["local_hour"]
    early = pd.concat([weekdays[hour == 3].head(1), weekdays[hour == 4].head(4)])
    weekday = profile.compute(pd.concat([weekdays[hour > 5], early]), CHICAGO)["hours"]["weekday"]
    assert weekday[3] == weekday[4]


def test_hours_of_an_area_with_few_trips_have_the_same_share(weekdays: pd.DataFrame) -> None:
    """Moving a trip between an area's quiet hours does not change the values of that area."""
    hour = weekdays["local_hour"]
    loop, north = (weekdays["pickup_community_area"] == area for area in (32, 8))
    one, four = weekdays[loop & (hour == 3)].head(1), weekdays[loop & (hour == 4)].head(4)
    other = weekdays[north & (hour == 3)].head(1)
    rest = weekdays[~(loop & hour.isin([3, 4]))].drop(other.index)
    then = profile.compute(pd.concat([rest, one, four, other]), CHICAGO)
    now = profile.compute(pd.concat([rest, one, later(four.head(1), -1), four.tail(3), later(other, 1)]), CHICAGO)
    assert now["hours"] == then["hours"]
    assert now["pickup_hours"]["32"] == then["pickup_hours"]["32"]
    assert now["pickup_hours"]["8"] != then["pickup_hours"]["8"]


def later(trips: pd.DataFrame, hours: int) -> pd.DataFrame:
    """The trips, this many hours later."""
    return trips.assign(trip_start_timestamp=trips["trip_start_timestamp"] + pd.Timedelta(hours=hours))


def test_a_company_with_few_taxis_is_left_out(trips: pd.DataFrame) -> None:
    """The trips of a company with one taxi would reveal its driver's habits."""
    own = trips.assign(company=trips["company"].where(trips.index >= 1_000, "1 - One Cab"))
    of_one = own.assign(taxi_id=own["taxi_id"].where(own.index >= 1_000, "taxi-own"))
    assert "1 - One Cab" in profile.compute(own, CHICAGO)["companies"]
    assert "1 - One Cab" not in profile.compute(of_one, CHICAGO)["companies"]


def test_levels_are_means_of_at_least_five_trips(computed: dict) -> None:
    """No level is a single trip's value, and fewer than five trips give none."""
    assert profile.levels(np.array([1.0, 2, 3, 4])) == []
    assert profile.levels(np.array([9.0, 1, 2, 3, 4, 5, 6, 7, 8, 10])) == [3.0, 8.0]
    assert len(computed["pair_miles"]["8-32"]) <= 40


def test_the_order_of_the_trips_does_not_matter(trips: pd.DataFrame) -> None:
    """The same trips in another order give the same profile."""
    shuffled = trips.sample(frac=1, random_state=0)
    assert profile.dumps(profile.compute(shuffled, CHICAGO)) == profile.dumps(profile.compute(trips, CHICAGO))


def test_implausible_trips_are_left_out(trips: pd.DataFrame) -> None:
    """Trips with an implausible duration, speed or fare do not change the profile."""
    implausible = [
        trips.head(50).assign(**{name: value})
        for name, value in (("actual_duration", 0.9), ("actual_duration", 400.0), ("actual_duration", np.nan),
                            ("trip_miles", 240.0), ("fare", 0.0), ("fare", np.nan))
    ]  # fmt: skip
    assert profile.dumps(profile.compute(pd.concat([trips, *implausible]), CHICAGO)) == profile.dumps(
        profile.compute(trips, CHICAGO)
    )


def test_weekend_hours_need_trips_of_a_whole_week(trips: pd.DataFrame, weekdays: pd.DataFrame) -> None:
    """Without weekend trips the weekday's hours are used, unless other trips are given for the week."""
    alone, with_week = profile.compute(weekdays, CHICAGO)["hours"], profile.compute(weekdays, CHICAGO, trips)["hours"]
    assert alone["weekend"] == alone["weekday"]
    assert with_week["weekend"][1] > 1.5 * with_week["weekday"][1]
    assert with_week["weekend"][8] < with_week["weekday"][8]


def test_too_few_trips_are_refused(trips: pd.DataFrame) -> None:
    """The error has the number of trips that are needed."""
    with pytest.raises(UsageError, match=r"\d+ plausible trips are too few for a profile: give at least 500"):
        profile.compute(trips.head(100), CHICAGO)


@pytest.mark.skipif(not REAL_DAY.exists() or not OLD_YEARS.exists(), reason=f"no real trips in {REAL_DAY.parent}")
def test_the_shipped_profile_is_what_calibrate_computes() -> None:
    """The profile comes from the real day and the older years, and nobody edited it by hand."""
    calibrated = profile.compute(
        reading.labelled_trips(sources.parse([str(REAL_DAY)], None, CHICAGO), CHICAGO).trips,
        CHICAGO,
        reading.labelled_trips(sources.parse([str(OLD_YEARS)], None, CHICAGO), CHICAGO).trips,
    )
    assert profile.dumps(calibrated) == CHICAGO.profile.read_text()
