"""Which rides are plausible."""

import numpy as np
import pandas as pd
import pytest

from job.rides.plausible import plausible, plausible_between_known_areas, possible
from tests.rides import ride


def ride_of(minutes: float, **columns: object) -> pd.DataFrame:
    """The ride from the Loop to O'Hare with this duration in minutes."""
    return ride(**columns).assign(actual_duration=minutes)


@pytest.mark.parametrize(
    ("rides", "expected"),
    [
        (ride_of(40.0), (True, True, True)),
        (ride_of(40.0, dropoff_community_area=np.nan), (True, True, False)),
        (ride_of(40.0, fare=0.0), (True, False, False)),
        (ride_of(40.0, fare=np.nan), (True, False, False)),
        (ride_of(40.0, fare=500.5), (True, False, False)),
        (ride_of(1.0, trip_miles=0.5), (False, False, False)),
        (ride_of(180.0), (False, False, False)),
        (ride_of(40.0, trip_miles=0.3), (False, False, False)),
        (ride_of(10.0, trip_miles=13.5), (False, False, False)),
        (ride_of(np.nan), (False, False, False)),
    ],
)
def test_the_bounds_of_plausible_rides(rides: pd.DataFrame, expected: tuple[bool, bool, bool]) -> None:
    """First over 1 and under 180 minutes at 0.5 to 80 mph, then also a fare of $0.01 to $500 and two known areas."""
    assert tuple(check(rides).item() for check in (possible, plausible, plausible_between_known_areas)) == expected
