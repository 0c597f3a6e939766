"""Bins of the training inputs, and counts of scored rides in them."""

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


def input_rows(rides: int, **columns: object) -> pd.DataFrame:
    """Inputs of this many rides, with the given columns."""
    return inputs(ride().iloc[[0] * rides], CHICAGO).assign(**columns)


def learned(rides: int = 4000, **columns: object) -> Bins:
    """Bins of this many rides with predictions of 1, 2, 3, … minutes."""
    return training_bins.learn(input_rows(rides, **columns), np.arange(1.0, rides + 1))


SOME = learned()


def test_numbers_fall_into_ten_equally_filled_bins() -> None:
    """Each has a tenth of the training rides, and the first and last are open-ended."""
    bins = learned().features["prediction"]
    assert bins.shares["all"] == pytest.approx([0.1] * 10, abs=0.001)
    assert bins.edges == pytest.approx([400 * number + 1 for number in range(1, 10)], abs=1)
    assert bins.assign(np.array([-5.0, 1e9])).tolist() == [0, 9]
    assert bins.limits()[0] == (None, bins.edges[0])
    assert bins.limits()[9] == (bins.edges[8], None)


def test_an_edge_is_the_first_value_of_the_next_bin() -> None:
    """Training and scoring count a value at an edge in the same bin."""
    bins = FeatureBins(HALVES, edges=(10.0,))
    assert bins.assign(np.array([9.999, 10.0])).tolist() == [0, 1]


def test_a_frequent_value_does_not_create_empty_bins() -> None:
    """A value that fills several tenths gets one bin."""
    miles = np.where(np.arange(4000) < 3200, 1.0, np.arange(4000))
    bins = learned(trip_miles=miles).features["miles"]
    assert bins.size < 10
    assert bins.shares["all"][0] == pytest.approx(0.8, abs=0.001)


def test_every_hour_is_a_bin() -> None:
    """There are 24 of them, whatever hours the training rides have."""
    bins = learned(hour=17.75).features["hour"]
    assert bins.size == 24
    assert bins.assign(np.array([0.0, 0.75, 1.0, 17.75, 23.75])).tolist() == [0, 0, 1, 17, 23]


def test_rare_categories_share_one_bin() -> None:
    """Categories with fewer than ten rides, and those unknown to training, are counted in the last bin."""
    areas = np.repeat([0.0, 8.0, 32.0, 54.0, 76.0], [1000, 2000, 981, 9, 10])
    bins = learned(pickup_community_area=areas).features["pickup"]
    assert bins.values == (0.0, 8.0, 32.0, 76.0)
    assert bins.limits() == [(0, 0), (8, 8), (32, 32), (76, 76), (None, None)]
    assert bins.assign(np.array([0.0, 8.0, 76.0, 54.0, 77.0, 3.0])).tolist() == [0, 1, 3, 4, 4, 4]
    assert bins.shares["all"] == pytest.approx([0.25, 0.5, 0.24525, 0.0025, 0.00225], abs=0.0003)


def test_a_pair_needs_a_larger_share() -> None:
    """A pair of areas has a bin of its own if it has at least 0.5 % of the rides."""
    pairs = np.repeat([832.0, 833.0, 834.0], [3961, 20, 19])
    assert learned(area_pair=pairs).features["pair"].values == (832.0, 833.0)


def test_a_feature_with_only_rare_values_has_one_bin() -> None:
    """Forty rides of forty pairs are all counted in it."""
    bins = learned(40, area_pair=np.arange(40.0)).features["pair"]
    assert (bins.values, bins.assign(np.array([1.0, 2.0])).tolist()) == ((), [0, 0])


def test_a_kind_of_day_with_a_thousand_rides_has_its_own_shares() -> None:
    """Weekdays and weekends have the same bins and separate shares."""
    weekend = np.arange(4000) >= 3000
    bins = learned(weekend=weekend.astype(float)).features["prediction"]
    assert (bins.shares["weekday"][9], bins.shares["weekend"][9]) == pytest.approx((0, 0.4), abs=0.002)
    assert set(learned(weekend=(np.arange(4000) >= 3001).astype(float)).features["miles"].shares) == {"all", "weekday"}


def test_no_share_is_zero() -> None:
    """Half a ride is added to every bin, because PSI takes the logarithm of a share."""
    share = learned(hour=12.0).features["hour"].shares["all"]
    assert share[3] == pytest.approx(0.5 / 4012)
    assert sum(share) == pytest.approx(1)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 2000), min_size=1, max_size=50))
def test_every_ride_is_counted_once_per_feature(starts: list[int]) -> None:
    """Counts are by local day, and each feature's counts add up to the rides of that day."""
    noon = pd.Timestamp("2026-03-07T18:00Z").as_unit("us")
    rides = ride().iloc[[0] * len(starts)].assign(trip_start_timestamp=noon + pd.to_timedelta(starts, unit="min"))
    counted = training_bins.count(SOME, inputs(rides, CHICAGO), local_days(rides, CHICAGO), np.arange(len(rides)))
    days = rides["trip_start_timestamp"].dt.tz_convert("America/Chicago").dt.date.value_counts()
    for _, of_feature in counted.groupby("feature"):
        per_day = of_feature.groupby("day")["rides"].sum()
        assert dict(zip(per_day.index.date, per_day, strict=True)) == days.to_dict()
    assert set(counted["feature"]) == set(training_bins.FEATURES)
    assert (counted["rides"] > 0).all()


def test_counts_of_batches_add_up_to_those_of_the_whole() -> None:
    """A file scored in several batches has the same counts as in one."""
    rides = pd.concat([ride(trip_miles=miles, pickup_community_area=area) for miles in (1, 2, 9) for area in (8, 9)])
    minutes = np.arange(6.0)

    def counted(part: slice) -> pd.DataFrame:
        return training_bins.count(SOME, inputs(rides[part], CHICAGO), local_days(rides[part], CHICAGO), minutes[part])

    parts = pd.concat([counted(slice(2)), counted(slice(2, 6))])
    summed = parts.groupby(["day", "feature", "bin"])["rides"].sum()
    assert summed.equals(counted(slice(6)).set_index(["day", "feature", "bin"])["rides"].sort_index())


def test_nothing_is_counted_without_bins_or_rides() -> None:
    """A model trained elsewhere has no bins, which is not an error."""
    rides = ride()
    assert training_bins.count(None, inputs(rides, CHICAGO), local_days(rides, CHICAGO), np.array([1.0])).empty
    none = rides.head(0)
    assert training_bins.count(SOME, inputs(none, CHICAGO), local_days(none, CHICAGO), np.empty(0)).empty


def test_bins_survive_a_json_round_trip() -> None:
    """Loading dumped bins gives equal ones."""
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
    """Any damage raises a ValueError."""
    whole = {"shares": {"all": [0.5, 0.5]}, "edges": [1], "values": None}
    assert training_bins.loads(json.dumps({"miles": whole})).features["miles"].size == 2
    with pytest.raises(ValueError):  # noqa: PT011 - each damage has its own message
        training_bins.loads(json.dumps({"miles": whole | damage}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"fare": {"shares": {"all": [1]}, "edges": null, "values": []}}'])
def test_anything_but_a_mapping_of_known_features_is_refused(text: str) -> None:
    """A crafted file raises a ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011 - each text has its own message
        training_bins.loads(text)
