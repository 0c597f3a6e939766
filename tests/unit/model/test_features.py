"""Rides to model inputs."""

import numpy as np
import pandas as pd

from job.model.features import INPUTS, inputs
from job.simulator import draw
from tests.rides import CHICAGO, ride, simulated_trips


def test_a_ride_alone_and_in_a_crowd_has_the_same_inputs() -> None:
    """No input depends on the other rides of the batch: training and scoring see the same."""
    crowd = simulated_trips(draw.load_profile(CHICAGO), days=1)
    together = inputs(crowd, CHICAGO)
    miles, nowhere = crowd["trip_miles"], crowd["pickup_community_area"].isna()
    for row in (0, len(crowd) - 1, int(miles.argmin()), int(miles.argmax()), int(nowhere.argmax())):
        alone = inputs(crowd.iloc[[row]], CHICAGO)
        pd.testing.assert_frame_equal(alone, together.iloc[[row]])


def test_the_inputs_are_those_documented_and_nothing_known_later() -> None:
    """Columns in their documented order, all float64; no fare, no duration."""
    found = inputs(ride(), CHICAGO)
    assert list(found.columns) == list(INPUTS)
    assert set(found.dtypes) == {np.dtype("float64")}
    assert not {"fare", "trip_total", "actual_duration"} & set(INPUTS)
    pd.testing.assert_frame_equal(found, inputs(ride(fare=1.0, trip_total=None), CHICAGO))


def test_hour_and_weekday_are_chicagos() -> None:
    """Noon on Monday in Chicago is six or five o'clock UTC later, by the season."""
    winter = inputs(ride(trip_start_timestamp=pd.Timestamp("2026-03-02T18:07Z")), CHICAGO)
    summer = inputs(ride(trip_start_timestamp=pd.Timestamp("2026-07-06T17:16Z")), CHICAGO)
    assert (winter["hour"].item(), winter["weekday"].item()) == (12.0, 0.0)
    assert (summer["hour"].item(), summer["weekday"].item()) == (12.25, 0.0)


def test_empty_areas_are_an_area_of_their_own() -> None:
    """A ride from outside the city is scored: area 0, and no distance between centroids."""
    found = inputs(ride(pickup_community_area=np.nan), CHICAGO)
    assert found["pickup_community_area"].item() == 0
    assert found["area_pair"].item() == 76
    assert np.isnan(found["centroid_miles"].item())


def test_no_rides_have_no_inputs() -> None:
    """An empty batch keeps its columns."""
    assert inputs(ride().iloc[:0], CHICAGO).shape == (0, len(INPUTS))
