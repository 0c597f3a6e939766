"""Model inputs of rides."""

import numpy as np
import pandas as pd

from job.model.features import INPUTS, inputs
from job.simulator import draw
from tests.rides import CHICAGO, ride, simulated_trips


def test_the_inputs_of_a_ride_do_not_depend_on_its_batch() -> None:
    """Training and scoring therefore see the same inputs."""
    rides = simulated_trips(draw.load_profile(CHICAGO), days=1)
    together = inputs(rides, CHICAGO)
    miles, nowhere = rides["trip_miles"], rides["pickup_community_area"].isna()
    for row in (0, len(rides) - 1, int(miles.argmin()), int(miles.argmax()), int(nowhere.argmax())):
        alone = inputs(rides.iloc[[row]], CHICAGO)
        pd.testing.assert_frame_equal(alone, together.iloc[[row]])


def test_the_inputs_are_those_documented() -> None:
    """Inputs are float64 columns in the documented order, without the fare or anything known only later."""
    features = inputs(ride(), CHICAGO)
    assert list(features.columns) == list(INPUTS)
    assert set(features.dtypes) == {np.dtype("float64")}
    assert not {"fare", "trip_total", "actual_duration"} & set(INPUTS)
    pd.testing.assert_frame_equal(features, inputs(ride(fare=1.0, trip_total=None), CHICAGO))


def test_hour_and_weekday_are_in_local_time() -> None:
    """Noon on a Monday in Chicago has the same hour in winter and summer."""
    winter = inputs(ride(trip_start_timestamp=pd.Timestamp("2026-03-02T18:07Z")), CHICAGO)
    summer = inputs(ride(trip_start_timestamp=pd.Timestamp("2026-07-06T17:16Z")), CHICAGO)
    assert (winter["hour"].item(), winter["weekday"].item()) == (12.0, 0.0)
    assert (summer["hour"].item(), summer["weekday"].item()) == (12.25, 0.0)


def test_the_weekend_is_saturday_and_sunday_in_local_time() -> None:
    """It begins and ends at midnight in Chicago, not in UTC."""
    times = (
        "2026-03-07T05:59Z",
        "2026-03-07T06:00Z",
        "2026-03-09T04:59Z",
        "2026-03-09T05:00Z",
    )
    features = [inputs(ride(trip_start_timestamp=pd.Timestamp(time)), CHICAGO) for time in times]
    assert [(row["weekday"].item(), row["weekend"].item()) for row in features] == [(4, 0), (5, 1), (6, 1), (0, 0)]


def test_an_empty_area_is_area_0() -> None:
    """A ride from outside the city can be scored and has no distance between centroids."""
    features = inputs(ride(pickup_community_area=np.nan), CHICAGO)
    assert features["pickup_community_area"].item() == 0
    assert features["area_pair"].item() == 76
    assert np.isnan(features["centroid_miles"].item())


def test_an_empty_batch_keeps_its_columns() -> None:
    """It has no rows and every input column."""
    assert inputs(ride().iloc[:0], CHICAGO).shape == (0, len(INPUTS))
