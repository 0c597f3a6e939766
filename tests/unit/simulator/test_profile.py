"""A profile tells what a city's rides are like, and nothing about any one of them."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from conftest import OLD_YEARS, REAL_DAY

from job.errors import UsageError
from job.simulator import draw
from job.simulator.calibration import profile
from tests.rides import CHICAGO

START, END = pd.Timestamp("2022-03-01T06:00Z"), pd.Timestamp("2022-03-08T06:00Z")


@pytest.fixture(scope="module")
def trips() -> pd.DataFrame:
    """A simulated week as `reading.labelled_trips` gives real ones."""
    drawn = pd.concat(draw.spread(30_000, START, END, 0, draw.load_profile(CHICAGO)), ignore_index=True)
    return drawn.assign(taxi_id=[f"taxi-{number % 500}" for number in range(len(drawn))], tolls=0.0)


@pytest.fixture(scope="module")
def weekdays(trips: pd.DataFrame) -> pd.DataFrame:
    """Those from Monday to Friday, with the hour in Chicago that each starts in."""
    local = trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt
    return trips.assign(local_hour=local.hour)[local.day_of_week < 5]


@pytest.fixture(scope="module")
def figures(trips: pd.DataFrame) -> dict:
    """The JSON of the simulated week's profile, read back."""
    return json.loads(profile.dumps(profile.compute(trips, CHICAGO)))


@pytest.fixture(scope="module")
def shipped() -> dict:
    """The shipped profile's figures."""
    return json.loads(CHICAGO.profile.read_text())


def test_calibrating_on_simulated_trips_finds_the_profile_again(figures: dict, shipped: dict) -> None:
    """Areas, pairs, hours, recorders, extras and tips come out as they went in."""
    for name, most in (("pickup_share", 0.03), ("pair_share", 0.12), ("whole_minutes_share", 4.0)):
        both = pd.DataFrame({"then": shipped[name], "now": figures[name]}).fillna(0)
        assert (both["then"] - both["now"]).abs().sum() / 2 < most, name
    for days in ("weekday", "weekend"):
        then, now = np.array(shipped["hours"][days]), np.array(figures["hours"][days])
        assert np.abs(then - now).mean() < 0.06, days
    assert figures["sixteenth_share"] == pytest.approx(shipped["sixteenth_share"], abs=0.03)
    assert figures["tipped_share"] == pytest.approx(shipped["tipped_share"], abs=0.02)
    assert figures["extras_usd"]["airport"]["4.00"] == pytest.approx(shipped["extras_usd"]["airport"]["4.00"], abs=0.03)
    assert set(figures["companies"]) <= set(shipped["companies"])


@pytest.mark.parametrize(("name", "most"), [("speed_mph", 0.1), ("slow_usd_per_minute", 0.15)])
def test_speeds_and_the_meter_are_found_again(name: str, most: float, figures: dict, shipped: dict) -> None:
    """The middle of each band's levels is near what the rides were drawn from."""
    place = "miles" if name == "speed_mph" else "mph"
    then = {band[place]: np.median(band["levels"]) for band in shipped[name]}
    for band in figures[name][1:-1]:
        expected = np.interp(band[place], list(then), list(then.values()))
        assert np.median(band["levels"]) == pytest.approx(expected, rel=most, abs=0.01)


def test_every_figure_is_told_with_its_unit(shipped: dict) -> None:
    """Whoever opens the file finds a sentence for each figure in it, and no sentence without a figure."""
    assert set(shipped["about"]) - {"levels"} == set(shipped) - {"about", "source"}


def test_a_profile_is_small_and_holds_no_trip(trips: pd.DataFrame) -> None:
    """Under 200 KB, with no trip's or taxi's id and no time finer than an hour."""
    text = profile.dumps(profile.compute(trips, CHICAGO))
    assert len(text) < 200_000
    assert "taxi-" not in text
    for content in (text, CHICAGO.profile.read_text()):
        assert not re.search(r"[0-9a-f]{16}|\d\d:\d\d", content)


def test_rare_areas_and_pairs_are_merged(trips: pd.DataFrame) -> None:
    """A pair or an area of four trips has no figure of its own; with the fifth it has."""
    few = trips[~trips["pickup_community_area"].isin([55, 47])].head(2_000)
    strange = few[few["trip_miles"].between(1, 2)].head(5)
    strange = strange.assign(pickup_community_area=55.0, dropoff_community_area=55.0)
    four = profile.compute(pd.concat([few, strange.head(4)]), CHICAGO)
    five = profile.compute(pd.concat([few, strange]), CHICAGO)
    assert "55-55" not in four["pair_share"]
    assert four["pickup_share"]["55"] == four["pickup_share"]["47"]
    assert four["whole_minutes_share"]["55"] == four["whole_minutes_share"]["47"]
    assert "55-55" in five["pair_share"]
    assert five["pickup_share"]["55"] > five["pickup_share"]["47"]
    assert five["whole_minutes_share"]["55"] != five["whole_minutes_share"]["47"]


@pytest.mark.parametrize(
    ("trips", "told"),
    [
        ([9, 5, 6], [9, 5, 6]),
        ([9, 4, 1, 3], [9, 8 / 3, 8 / 3, 8 / 3]),  # eight trips in three places
        ([9, 3, 0], [9, 2.5, 2.5]),  # three: told as if there were five
        ([9, 4], [9, 5]),
    ],
)
def test_counts_below_a_handful_are_told_together(trips: list[int], told: list[float]) -> None:
    """Nobody can say where of several places one trip was, nor that it was only one."""
    assert profile.suppress_small_counts(np.array(trips)).tolist() == told


def test_hours_of_few_trips_are_told_alike(weekdays: pd.DataFrame) -> None:
    """One of the city's trips at three and four at four o'clock make the same figure."""
    hour = weekdays["local_hour"]
    early = pd.concat([weekdays[hour == 3].head(1), weekdays[hour == 4].head(4)])
    weekday = profile.compute(pd.concat([weekdays[hour > 5], early]), CHICAGO)["hours"]["weekday"]
    assert weekday[3] == weekday[4]


def test_an_areas_hours_of_few_trips_are_told_alike(weekdays: pd.DataFrame) -> None:
    """Nor can anybody say in which of its quiet hours an area's trip was: here another area's takes its place."""
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
    """The trips, so many hours later."""
    return trips.assign(trip_start_timestamp=trips["trip_start_timestamp"] + pd.Timedelta(hours=hours))


def test_a_company_of_few_taxis_is_not_told_of(trips: pd.DataFrame) -> None:
    """One driver's own company has trips by the hundred, and what it did would be that driver's."""
    own = trips.assign(company=trips["company"].where(trips.index >= 1_000, "1 - One Cab"))
    of_one = own.assign(taxi_id=own["taxi_id"].where(own.index >= 1_000, "taxi-own"))
    assert "1 - One Cab" in profile.compute(own, CHICAGO)["companies"]
    assert "1 - One Cab" not in profile.compute(of_one, CHICAGO)["companies"]


def test_levels_are_means_of_a_handful(figures: dict) -> None:
    """Groups are of five trips at least, so that no level is one trip's value; the curve keeps the middle."""
    assert profile.levels(np.array([1.0, 2, 3, 4])) == []
    assert profile.levels(np.array([9.0, 1, 2, 3, 4, 5, 6, 7, 8, 10])) == [3.0, 8.0]
    assert len(figures["pair_miles"]["8-32"]) <= 40


def test_the_order_of_the_trips_decides_nothing(trips: pd.DataFrame) -> None:
    """The same trips in another order are the same profile."""
    shuffled = trips.sample(frac=1, random_state=0)
    assert profile.dumps(profile.compute(shuffled, CHICAGO)) == profile.dumps(profile.compute(trips, CHICAGO))


def test_unusual_trips_do_not_count(trips: pd.DataFrame) -> None:
    """Trips of a minute, of hours, of impossible speeds or fares, or without a duration change nothing."""
    odd = [
        trips.head(50).assign(**{name: value})
        for name, value in (("actual_duration", 0.9), ("actual_duration", 400.0), ("actual_duration", np.nan),
                            ("trip_miles", 240.0), ("fare", 0.0), ("fare", np.nan))
    ]  # fmt: skip
    assert profile.dumps(profile.compute(pd.concat([trips, *odd]), CHICAGO)) == profile.dumps(
        profile.compute(trips, CHICAGO)
    )


def test_a_weekend_comes_from_trips_of_a_whole_week(trips: pd.DataFrame, weekdays: pd.DataFrame) -> None:
    """Trips of weekdays alone have the weekday's hours for the weekend, unless other trips tell how it differs."""
    alone, told = profile.compute(weekdays, CHICAGO)["hours"], profile.compute(weekdays, CHICAGO, trips)["hours"]
    assert alone["weekend"] == alone["weekday"]
    assert told["weekend"][1] > 1.5 * told["weekday"][1]
    assert told["weekend"][8] < told["weekday"][8]


def test_too_few_trips_are_refused(trips: pd.DataFrame) -> None:
    """A hundred trips tell no city; the person reads how many it takes."""
    with pytest.raises(UsageError, match=r"\d+ plausible trips are too few for a profile: give at least 500"):
        profile.compute(trips.head(100), CHICAGO)


@pytest.mark.skipif(not REAL_DAY.exists() or not OLD_YEARS.exists(), reason=f"no real trips in {REAL_DAY.parent}")
def test_the_shipped_profile_is_what_calibrate_computes() -> None:
    """Nobody edited profile.json by hand: it is the real day's, its weekend by the older years'."""
    from job.city import reading, sources

    computed = profile.compute(
        reading.labelled_trips(sources.parse([str(REAL_DAY)], None), CHICAGO),
        CHICAGO,
        reading.labelled_trips(sources.parse([str(OLD_YEARS)], None), CHICAGO),
    )
    assert profile.dumps(computed) == CHICAGO.profile.read_text()
