"""Distances between community areas."""

import subprocess
import sys

import numpy as np
import pytest

from job.rides import areas
from tests.rides import CHICAGO

LOOP, OHARE = 32, 76


def test_the_distance_from_the_loop_to_ohare() -> None:
    """Their centroids are about 16.4 miles apart in both directions."""
    there, back = areas.centroid_miles(np.array([LOOP, OHARE]), np.array([OHARE, LOOP]), CHICAGO)
    assert there == back == pytest.approx(16.4, abs=0.2)


def test_the_distance_within_an_area_is_zero() -> None:
    """All 77 areas have a centroid, so that it is never NaN."""
    every = np.arange(1, 78)
    assert (areas.centroid_miles(every, every, CHICAGO) == 0).all()


@pytest.mark.parametrize("empty", [np.nan, 0])
def test_an_empty_area_has_no_distance(empty: float) -> None:
    """The distance is NaN if either end is NaN or 0."""
    pickup, dropoff = np.array([empty, LOOP, empty]), np.array([LOOP, empty, empty])
    assert np.isnan(areas.centroid_miles(pickup, dropoff, CHICAGO)).all()


def test_a_degree_of_latitude_is_69_miles() -> None:
    """This is 69.09 miles on a sphere with the earth's mean radius."""
    assert areas.great_circle_miles(*(np.array([degrees]) for degrees in (41.0, -87.0, 42.0, -87.0))) == pytest.approx(
        69.09, abs=0.01
    )


def test_pairs_are_banded_by_distance_and_kind() -> None:
    """Empty ends, rides within an area, rides to an airport and rides from one have their own bands."""
    bands, names = areas.nearness_bands(CHICAGO), [f"{end} {band}" for end in areas.ENDS for band in areas.NEARNESS]
    assert names[bands[0, LOOP]] == names[bands[LOOP, 0]] == "elsewhere empty"
    assert names[bands[LOOP, LOOP]] == "elsewhere 0"
    assert names[bands[LOOP, OHARE]] == "to_airport 16"
    assert names[bands[OHARE, LOOP]] == "from_airport 16"


def test_importing_reads_no_data_file() -> None:
    """Neither the zones nor the profile is opened before it is needed."""
    watch = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import job.rides.areas, job.simulator.calibration.profile, job.simulator.draw\n"
        "print([name for name in opened if name.endswith(('zones.csv', 'profile.json'))])"
    )
    assert subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True).stdout == "[]\n"
