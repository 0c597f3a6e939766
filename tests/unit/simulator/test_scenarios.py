"""Scenarios: each changes what its description says and nothing else."""

import numpy as np
import pandas as pd
import pytest

from job.rides.ride import Batch
from job.simulator import draw, scenarios
from job.simulator.published import taxi_number
from tests.rides import CHICAGO

WEEK = pd.date_range("2022-02-28T06:00", periods=5_040, freq="2min", tz="UTC")
WINDOW = pd.Timestamp("2022-03-01T14:02Z")
PLACES = ["pickup_community_area", "dropoff_community_area"]
TIMES = ["trip_start_timestamp"]
MONEY = ["fare", "trip_total"]


@pytest.fixture(scope="module")
def profile() -> draw.Profile:
    """The shipped profile."""
    return draw.load_profile(CHICAGO)


@pytest.fixture(scope="module")
def normal(profile: draw.Profile) -> pd.DataFrame:
    """A week without a scenario."""
    return flat(draw.windows(WEEK, profile))


def flat(batch: Batch) -> pd.DataFrame:
    """Rides with their outcomes, and 0 for empty areas."""
    return batch.rides.merge(batch.outcomes, on="trip_id").fillna(dict.fromkeys(PLACES, 0))


def under(scenario: str, profile: draw.Profile) -> pd.DataFrame:
    """The same week under a scenario."""
    return flat(draw.windows(WEEK, profile, scenario))


def changed(normal: pd.DataFrame, now: pd.DataFrame) -> set[str]:
    """The columns that differ in any ride, apart from the id."""
    return {name for name in normal if name != "trip_id" and not normal[name].equals(now[name])}


@pytest.mark.parametrize("scenario", scenarios.NAMES)
def test_a_window_under_a_scenario_is_the_same_alone_and_among_others(scenario: str, profile: draw.Profile) -> None:
    """A scenario is reproducible, and its rides have their own ids."""
    alone = draw.windows([WINDOW], profile, scenario).rides
    among = draw.windows(pd.date_range(WINDOW, periods=9, freq="2min"), profile, scenario).rides
    pd.testing.assert_frame_equal(alone, among.head(len(alone)))
    plain = draw.windows([WINDOW], profile).rides
    assert len(alone) == len(plain)
    assert not set(alone["trip_id"]) & set(plain["trip_id"])


def test_no_two_scenarios_share_an_id(profile: draw.Profile) -> None:
    """A window may be scored under every scenario, and each ride is a row of its own."""
    ids = pd.concat(draw.windows([WINDOW], profile, name).rides["trip_id"] for name in (None, *scenarios.NAMES))
    assert ids.is_unique


def test_snow_makes_rides_longer_and_more_expensive(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """Durations are 1 / 0.7 times as long within rounding, and places, starts and miles stay the same."""
    snow = under("snow", profile)
    assert changed(normal, snow) == {"actual_duration", "due_at", *MONEY}
    minutes = normal["actual_duration"]
    within_bounds = minutes.between(2.5, 120)  # others reach the simulator's bounds
    ratio = (snow["actual_duration"] / minutes)[within_bounds]
    assert ratio.median() == pytest.approx(1 / 0.7, rel=0.001)
    assert (snow["actual_duration"] - minutes / 0.7).abs()[within_bounds].max() < 1.3  # a whole minute, rounded twice
    assert snow["fare"].mean() == pytest.approx(1.09 * normal["fare"].mean(), rel=0.02)


def test_an_airport_surge_shifts_pairs(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """The odds of an airport are four times as high, and a ride between the same areas is the same ride."""
    surge = under("airport-surge", profile)
    assert surge["trip_start_timestamp"].equals(normal["trip_start_timestamp"])
    for column, expected in (("pickup_community_area", 0.44), ("dropoff_community_area", 0.14)):
        assert surge[column].isin([56, 76]).mean() == pytest.approx(expected, abs=0.015)
    odds = [(frame["pickup_community_area"] == 76).mean() for frame in (normal, surge)]
    assert (odds[1] / (1 - surge["pickup_community_area"].isin([56, 76]).mean())) / (
        odds[0] / (1 - normal["pickup_community_area"].isin([56, 76]).mean())
    ) == pytest.approx(4, rel=0.1)
    same = (surge[PLACES] == normal[PLACES]).all(axis=1)
    assert same.mean() > 0.1
    assert changed(normal[same], surge[same]) == set()


def test_a_meter_change_shifts_only_fares(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """Fares rise by 15 % in quarters, totals by the same amount, and nothing else changes."""
    meter = under("meter-change", profile)
    assert changed(normal, meter) == set(MONEY)
    assert (meter["fare"] * 4 % 1 == 0).all()
    assert (meter["fare"] - normal["fare"] * 1.15).abs().max() <= 0.125 + 1e-9
    assert np.allclose(meter["trip_total"] - normal["trip_total"], meter["fare"] - normal["fare"], atol=0.006)


def test_a_sensor_fault_changes_the_miles_of_some_taxis(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """A quarter of the rides report kilometres, a quarter always one mile, and the others are correct."""
    fault = under("sensor-fault", profile)
    assert changed(normal, fault) == {"trip_miles"}
    ratio, other = fault["trip_miles"] / normal["trip_miles"], fault["trip_miles"] != normal["trip_miles"]
    stuck = other & (fault["trip_miles"] == 1)
    assert stuck.mean() == pytest.approx(0.25, abs=0.03)
    assert (other & ~stuck).mean() == pytest.approx(0.25, abs=0.03)
    assert ratio[other & ~stuck & (normal["trip_miles"] > 1)].between(1.60, 1.62).all()


def test_a_taxi_with_a_faulty_sensor_has_it_on_every_ride(profile: draw.Profile) -> None:
    """The fault belongs to the taxi and not to the ride."""
    start = pd.Timestamp("2022-03-01T06:00Z")
    drawn = next(draw.spread(20_000, start, start + pd.Timedelta(days=1), 0, profile))
    faulty = scenarios.sensor_fault(drawn, profile)["trip_miles"] / drawn["trip_miles"]
    taxi = drawn["company"] + taxi_number(drawn, profile).astype(str)
    in_kilometres = faulty.between(1.6, 1.62).where(drawn["trip_miles"] > 1)
    assert in_kilometres.groupby(taxi).mean().dropna().isin([0, 1]).all()


def test_a_new_area_has_pairs_that_were_rare(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """Areas 54 and 55 get 6 % of each end, and the other pickups keep their proportions."""
    new = under("new-area", profile)
    assert new["trip_start_timestamp"].equals(normal["trip_start_timestamp"])
    for column in PLACES:
        shares = [
            frame[column].value_counts(normalize=True).reindex(range(78), fill_value=0) for frame in (normal, new)
        ]
        assert shares[1][[54, 55]].tolist() == pytest.approx([0.06, 0.06], abs=0.005)
        if column == "pickup_community_area":
            kept = shares[1].drop([54, 55]) / 0.88 - shares[0].drop([54, 55])
            assert kept.abs().sum() / 2 < 0.02
    new_area_shares = [frame[PLACES].isin([54, 55]).any(axis=1).mean() for frame in (normal, new)]
    assert new_area_shares[0] < 0.005
    assert new_area_shares[1] == pytest.approx(0.23, abs=0.01)
    same = (new[PLACES] == normal[PLACES]).all(axis=1)
    assert changed(normal[same], new[same]) == set()


def test_road_works_halve_the_speed_between_two_zones(normal: pd.DataFrame, profile: draw.Profile) -> None:
    """From 16:00 to 18:00, rides from 8 to 32 and back take twice as long, and every other ride stays the same."""
    works = under("road-works", profile)
    assert changed(normal, works) == {"actual_duration", "due_at", *MONEY}
    hour = normal["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.hour
    ends = normal["pickup_community_area"] * 100 + normal["dropoff_community_area"]
    slow = hour.isin([16, 17]) & ends.isin([832, 3208])
    assert slow[hour.isin([16, 17])].mean() == pytest.approx(0.11, abs=0.02)
    assert changed(normal[~slow], works[~slow]) == set()
    minutes = normal["actual_duration"][slow & normal["actual_duration"].between(2.5, 80)]
    assert (works["actual_duration"][minutes.index] - 2 * minutes).abs().max() <= 1.5  # a whole minute, rounded twice


def test_every_scenario_documents_its_size() -> None:
    """Its docstring contains a number."""
    for function in (*scenarios.PROFILES.values(), *scenarios.RECORDS.values()):
        assert any(character.isdigit() for character in function.__doc__ or "")
