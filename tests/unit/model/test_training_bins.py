"""Bins of training rides, and rides counted in them."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from job.model import training_bins
from job.model.features import inputs, local_days
from job.model.training_bins import Bins, FeatureBins
from tests.rides import CHICAGO, ride

HALVES = {"all": (0.5, 0.5)}


def asked(rides: int, **columns: object) -> pd.DataFrame:
    """So many rides' inputs, some columns otherwise."""
    return inputs(ride().iloc[[0] * rides], CHICAGO).assign(**columns)


def learned(rides: int = 4000, **columns: object) -> Bins:
    """The bins of so many rides with 1, 2, 3, … minutes."""
    return training_bins.learn(asked(rides, **columns), np.arange(1.0, rides + 1))


SOME = learned()


def test_numbers_fall_into_ten_equally_filled_bins() -> None:
    """Each has a tenth of the training rides, the first and the last are open."""
    found = learned().features["prediction"]
    assert found.shares["all"] == pytest.approx([0.1] * 10, abs=0.001)
    assert found.edges == pytest.approx([400 * number + 1 for number in range(1, 10)], abs=1)
    assert found.assign(np.array([-5.0, 1e9])).tolist() == [0, 9]
    assert found.limits()[0] == (None, found.edges[0])
    assert found.limits()[9] == (found.edges[8], None)


def test_an_edge_is_the_first_value_of_the_next_bin() -> None:
    """What is counted at the edge is where training counted it."""
    found = FeatureBins(HALVES, edges=(10.0,))
    assert found.assign(np.array([9.999, 10.0])).tolist() == [0, 1]


def test_many_rides_of_one_value_share_a_bin() -> None:
    """No bin is empty because a value fills several tenths."""
    miles = np.where(np.arange(4000) < 3200, 1.0, np.arange(4000))
    found = learned(trip_miles=miles).features["miles"]
    assert found.size < 10
    assert found.shares["all"][0] == pytest.approx(0.8, abs=0.001)


def test_an_hour_is_a_bin() -> None:
    """Of the clock, whatever the training rides' hours."""
    found = learned(hour=17.75).features["hour"]
    assert found.size == 24
    assert found.assign(np.array([0.0, 0.75, 1.0, 17.75, 23.75])).tolist() == [0, 0, 1, 17, 23]


def test_rare_categories_are_the_rest() -> None:
    """A category has ten rides and its least share; what training never saw is the rest, too."""
    areas = np.repeat([0.0, 8.0, 32.0, 54.0], [1000, 2000, 991, 9])
    found = learned(pickup_community_area=areas).features["pickup"]
    assert found.values == (0.0, 8.0, 32.0)
    assert found.limits() == [(0, 0), (8, 8), (32, 32), (None, None)]
    assert found.assign(np.array([0.0, 8.0, 54.0, 77.0, 3.0])).tolist() == [0, 1, 3, 3, 3]
    assert found.shares["all"] == pytest.approx([0.25, 0.5, 0.24775, 0.00225], abs=0.0002)


def test_a_feature_of_rare_values_alone_is_all_rest() -> None:
    """Forty rides, forty pairs: one bin."""
    found = learned(40, area_pair=np.arange(40.0)).features["pair"]
    assert (found.values, found.assign(np.array([1.0, 2.0])).tolist()) == ((), [0, 0])


def test_shares_are_of_each_kind_of_day_that_training_has_enough_of() -> None:
    """Weekdays and weekends have the same bins and shares of their own; a thousand rides are enough."""
    weekend = np.arange(4000) >= 3000
    found = learned(weekend=weekend.astype(float)).features["prediction"]
    assert (found.shares["weekday"][9], found.shares["weekend"][9]) == pytest.approx((0, 0.4), abs=0.002)
    assert set(learned(weekend=(np.arange(4000) >= 3001).astype(float)).features["miles"].shares) == {"all", "weekday"}


def test_no_share_is_zero() -> None:
    """Half a ride more in every bin: an empty one has a logarithm."""
    share = learned(hour=12.0).features["hour"].shares["all"]
    assert share[3] == pytest.approx(0.5 / 4012)
    assert sum(share) == pytest.approx(1)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 2000), min_size=1, max_size=50))
def test_every_ride_is_counted_once_a_feature(starts: list[int]) -> None:
    """By Chicago's day; each feature's counts add up to the rides of that day."""
    noon = pd.Timestamp("2026-03-07T18:00Z").as_unit("us")
    rides = ride().iloc[[0] * len(starts)].assign(trip_start_timestamp=noon + pd.to_timedelta(starts, unit="min"))
    counted = training_bins.count(SOME, inputs(rides, CHICAGO), local_days(rides, CHICAGO), np.arange(len(rides)))
    days = rides["trip_start_timestamp"].dt.tz_convert("America/Chicago").dt.date.value_counts()
    for _, of_feature in counted.groupby("feature"):
        found = of_feature.groupby("day")["rides"].sum()
        assert dict(zip(found.index.date, found, strict=True)) == days.to_dict()
    assert set(counted["feature"]) == set(training_bins.FEATURES)
    assert (counted["rides"] > 0).all()


def test_counts_of_parts_add_up_to_those_of_the_whole() -> None:
    """A file in batches is counted as in one."""
    rides = pd.concat([ride(trip_miles=miles, pickup_community_area=area) for miles in (1, 2, 9) for area in (8, 9)])
    minutes = np.arange(6.0)

    def counted(part: slice) -> pd.DataFrame:
        return training_bins.count(SOME, inputs(rides[part], CHICAGO), local_days(rides[part], CHICAGO), minutes[part])

    parts = pd.concat([counted(slice(2)), counted(slice(2, 6))])
    summed = parts.groupby(["day", "feature", "bin"])["rides"].sum()
    assert summed.equals(counted(slice(6)).set_index(["day", "feature", "bin"])["rides"].sort_index())


def test_nothing_is_counted_of_a_model_without_bins_or_of_no_rides() -> None:
    """A foreign model has no drift, and no fault."""
    rides = ride()
    assert training_bins.count(None, inputs(rides, CHICAGO), local_days(rides, CHICAGO), np.array([1.0])).empty
    none = rides.head(0)
    assert training_bins.count(SOME, inputs(none, CHICAGO), local_days(none, CHICAGO), np.empty(0)).empty


def test_bins_survive_json() -> None:
    """What is read back is what was written."""
    assert training_bins.loads(training_bins.dumps(SOME)) == SOME


@pytest.mark.parametrize(
    "damage",
    [
        {"edges": None, "values": None},
        {"edges": [1], "values": [1]},
        {"edges": [2, 1], "shares": {"all": [0.2, 0.3, 0.5]}},
        {"edges": [float("nan")]},
        {"shares": {"all": [1]}},
        {"shares": {"all": [0, 1]}},
        {"shares": {"all": [0.5, 0.6]}},
        {"shares": {"weekday": [0.5, 0.5]}},
        {"shares": {"all": [0.5, 0.5], "monday": [0.5, 0.5]}},
        {"shares": [0.5, 0.5]},
        {"shares": None},
        {"edges": ["x"]},
        {"edges": 7},
    ],
)
def test_damaged_bins_are_refused(damage: dict[str, object]) -> None:
    """With a ValueError, whatever is wrong with them."""
    whole = {"shares": {"all": [0.5, 0.5]}, "edges": [1], "values": None}
    assert training_bins.loads(json.dumps({"miles": whole})).features["miles"].size == 2
    with pytest.raises(ValueError):  # noqa: PT011  each damage has its own words
        training_bins.loads(json.dumps({"miles": whole | damage}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"fare": {"shares": {"all": [1]}, "edges": null, "values": []}}'])
def test_what_is_not_a_mapping_of_known_features_is_refused(text: str) -> None:
    """A crafted file does not get further than here."""
    with pytest.raises(ValueError):  # noqa: PT011
        training_bins.loads(text)
