"""Scenarios: each changes what it says, by as much as it says, and nothing else."""

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
    """The shipped one."""
    return draw.load_profile(CHICAGO)


@pytest.fixture(scope="module")
def usual(profile: draw.Profile) -> pd.DataFrame:
    """A week without a scenario."""
    return flat(draw.windows(WEEK, profile))


def flat(batch: Batch) -> pd.DataFrame:
    """Rides and their truth side by side, areas with 0 for empty."""
    return batch.rides.merge(batch.outcomes, on="trip_id").fillna(dict.fromkeys(PLACES, 0))


def under(scenario: str, profile: draw.Profile) -> pd.DataFrame:
    """The same week under a scenario."""
    return flat(draw.windows(WEEK, profile, scenario))


def changed(usual: pd.DataFrame, now: pd.DataFrame) -> set[str]:
    """The columns in which any ride differs, the id aside."""
    return {name for name in usual if name != "trip_id" and not usual[name].equals(now[name])}


@pytest.mark.parametrize("scenario", scenarios.NAMES)
def test_a_window_under_a_scenario_is_the_same_alone_and_among_others(scenario: str, profile: draw.Profile) -> None:
    """A scenario is as reproducible as the city without it, and its rides have ids of their own."""
    alone = draw.windows([WINDOW], profile, scenario).rides
    among = draw.windows(pd.date_range(WINDOW, periods=9, freq="2min"), profile, scenario).rides
    pd.testing.assert_frame_equal(alone, among.head(len(alone)))
    plain = draw.windows([WINDOW], profile).rides
    assert len(alone) == len(plain)
    assert not set(alone["trip_id"]) & set(plain["trip_id"])


def test_no_two_scenarios_share_an_id(profile: draw.Profile) -> None:
    """A window may be scored under each of them, and every ride is a row."""
    ids = pd.concat(draw.windows([WINDOW], profile, name).rides["trip_id"] for name in (None, *scenarios.NAMES))
    assert ids.is_unique


def test_snow_slows_rides_and_the_meter_counts_it(usual: pd.DataFrame, profile: draw.Profile) -> None:
    """Minutes are 1 / .7 times as long, to the recorder's precision; places, starts and miles are the same."""
    snow = under("snow", profile)
    assert changed(usual, snow) == {"actual_duration", "due_at", *MONEY}
    minutes = usual["actual_duration"]
    usual_rides = minutes.between(2.5, 120)  # shorter and longer ones meet the simulator's bounds
    ratio = (snow["actual_duration"] / minutes)[usual_rides]
    assert ratio.median() == pytest.approx(1 / 0.7, rel=0.001)
    assert (snow["actual_duration"] - minutes / 0.7).abs()[usual_rides].max() < 1.3  # a whole minute, rounded twice
    assert snow["fare"].mean() == pytest.approx(1.09 * usual["fare"].mean(), rel=0.02)


def test_an_airport_surge_shifts_pairs(usual: pd.DataFrame, profile: draw.Profile) -> None:
    """Ends at airports are four times as likely against all others; a ride of the same pair is the same ride."""
    surge = under("airport-surge", profile)
    assert surge["trip_start_timestamp"].equals(usual["trip_start_timestamp"])
    for column, expected in (("pickup_community_area", 0.44), ("dropoff_community_area", 0.14)):
        assert surge[column].isin([56, 76]).mean() == pytest.approx(expected, abs=0.015)
    odds = [(frame["pickup_community_area"] == 76).mean() for frame in (usual, surge)]
    assert (odds[1] / (1 - surge["pickup_community_area"].isin([56, 76]).mean())) / (
        odds[0] / (1 - usual["pickup_community_area"].isin([56, 76]).mean())
    ) == pytest.approx(4, rel=0.1)
    same = (surge[PLACES] == usual[PLACES]).all(axis=1)
    assert same.mean() > 0.1
    assert changed(usual[same], surge[same]) == set()


def test_a_meter_change_shifts_fares_alone(usual: pd.DataFrame, profile: draw.Profile) -> None:
    """15 % more, in quarters, and as many dollars more in total; no duration, mile or place."""
    meter = under("meter-change", profile)
    assert changed(usual, meter) == set(MONEY)
    assert (meter["fare"] * 4 % 1 == 0).all()
    assert (meter["fare"] - usual["fare"] * 1.15).abs().max() <= 0.125 + 1e-9
    assert np.allclose(meter["trip_total"] - usual["trip_total"], meter["fare"] - usual["fare"], atol=0.006)


def test_a_sensor_fault_is_of_some_taxis_miles(usual: pd.DataFrame, profile: draw.Profile) -> None:
    """One ride in four has kilometres, one in four a mile whatever its way; the others' miles are right."""
    fault = under("sensor-fault", profile)
    assert changed(usual, fault) == {"trip_miles"}
    ratio, other = fault["trip_miles"] / usual["trip_miles"], fault["trip_miles"] != usual["trip_miles"]
    stuck = other & (fault["trip_miles"] == 1)
    assert stuck.mean() == pytest.approx(0.25, abs=0.03)
    assert (other & ~stuck).mean() == pytest.approx(0.25, abs=0.03)
    assert ratio[other & ~stuck & (usual["trip_miles"] > 1)].between(1.60, 1.62).all()


def test_a_taxi_with_a_faulty_sensor_has_it_on_every_ride(profile: draw.Profile) -> None:
    """The fault is the taxi's, not the ride's."""
    start = pd.Timestamp("2022-03-01T06:00Z")
    drawn = next(draw.spread(20_000, start, start + pd.Timedelta(days=1), 0, profile))
    faulty = scenarios.sensor_fault(drawn, profile)["trip_miles"] / drawn["trip_miles"]
    taxi = drawn["company"] + taxi_number(drawn, profile).astype(str)
    in_kilometres = faulty.between(1.6, 1.62).where(drawn["trip_miles"] > 1)
    assert in_kilometres.groupby(taxi).mean().dropna().isin([0, 1]).all()


def test_a_new_area_has_pairs_that_hardly_were(usual: pd.DataFrame, profile: draw.Profile) -> None:
    """Areas 54 and 55 get 6 % of each end, a fifth of all rides; the other pickups keep their proportions."""
    new = under("new-area", profile)
    assert new["trip_start_timestamp"].equals(usual["trip_start_timestamp"])
    for column in PLACES:
        shares = [frame[column].value_counts(normalize=True).reindex(range(78), fill_value=0) for frame in (usual, new)]
        assert shares[1][[54, 55]].tolist() == pytest.approx([0.06, 0.06], abs=0.005)
        if column == "pickup_community_area":
            kept = shares[1].drop([54, 55]) / 0.88 - shares[0].drop([54, 55])
            assert kept.abs().sum() / 2 < 0.02
    touched = [frame[PLACES].isin([54, 55]).any(axis=1).mean() for frame in (usual, new)]
    assert touched[0] < 0.005
    assert touched[1] == pytest.approx(0.23, abs=0.01)
    same = (new[PLACES] == usual[PLACES]).all(axis=1)
    assert changed(usual[same], new[same]) == set()


def test_every_scenario_says_what_it_changes_and_how_much() -> None:
    """Its docstring has a figure: the factor, the share or the bound."""
    for function in (*scenarios.PROFILES.values(), *scenarios.RECORDS.values()):
        assert any(character.isdigit() for character in function.__doc__ or "")
