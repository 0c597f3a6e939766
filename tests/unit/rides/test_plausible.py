"""Which rides are plausible."""

import numpy as np
import pandas as pd
import pytest

from job.rides.plausible import plausible, plausible_between_known_areas, possible
from tests.rides import ride


def lasted(minutes: float, **columns: object) -> pd.DataFrame:
    """The ride from the Loop to O'Hare, of so many minutes."""
    return ride(**columns).assign(actual_duration=minutes)


@pytest.mark.parametrize(
    ("rides", "expected"),
    [
        (lasted(40.0), (True, True, True)),
        (lasted(40.0, dropoff_community_area=np.nan), (True, True, False)),
        (lasted(40.0, fare=0.0), (True, False, False)),
        (lasted(40.0, fare=np.nan), (True, False, False)),
        (lasted(40.0, fare=500.5), (True, False, False)),
        (lasted(1.0, trip_miles=0.5), (False, False, False)),
        (lasted(180.0), (False, False, False)),
        (lasted(40.0, trip_miles=0.3), (False, False, False)),
        (lasted(10.0, trip_miles=13.5), (False, False, False)),
        (lasted(np.nan), (False, False, False)),
    ],
)
def test_each_bound(rides: pd.DataFrame, expected: tuple[bool, bool, bool]) -> None:
    """1 to 180 minutes at 0.5 to 80 mph; then a fare of a cent to 500 dollars; then two known areas."""
    assert tuple(of(rides).item() for of in (possible, plausible, plausible_between_known_areas)) == expected
