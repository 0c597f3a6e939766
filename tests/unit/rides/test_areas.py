"""Distances between the community areas."""

import subprocess
import sys

import numpy as np
import pytest

from job.rides import areas
from tests.rides import CHICAGO

LOOP, OHARE = 32, 76


def test_the_loop_is_as_far_from_ohare_as_a_map_says() -> None:
    """The centroids of the Loop and of O'Hare are some 16.4 miles apart, either way."""
    there, back = areas.centroid_miles(np.array([LOOP, OHARE]), np.array([OHARE, LOOP]), CHICAGO)
    assert there == back == pytest.approx(16.4, abs=0.2)


def test_an_area_is_no_distance_from_itself() -> None:
    """The 77 areas all have a centroid, so that within one the distance is 0 and never NaN."""
    every = np.arange(1, 78)
    assert (areas.centroid_miles(every, every, CHICAGO) == 0).all()


@pytest.mark.parametrize("empty", [np.nan, 0])
def test_an_empty_area_is_nowhere(empty: float) -> None:
    """With an empty end, NaN or 0, there is no distance."""
    pickup, dropoff = np.array([empty, LOOP, empty]), np.array([LOOP, empty, empty])
    assert np.isnan(areas.centroid_miles(pickup, dropoff, CHICAGO)).all()


def test_a_mile_north_is_a_mile() -> None:
    """A degree of latitude has 69.09 miles on a sphere of the earth's mean radius."""
    assert areas.great_circle_miles(*(np.array([degrees]) for degrees in (41.0, -87.0, 42.0, -87.0))) == pytest.approx(
        69.09, abs=0.01
    )


def test_bands_part_empty_same_and_far_pairs() -> None:
    """Every pair is in the band of its distance; empty ends and rides within an area have their own."""
    bands, names = areas.nearness_bands(CHICAGO), [f"{end} {band}" for end in areas.ENDS for band in areas.NEARNESS]
    assert names[bands[0, LOOP]] == names[bands[LOOP, 0]] == "elsewhere empty"
    assert names[bands[LOOP, LOOP]] == "elsewhere 0"
    assert names[bands[LOOP, OHARE]] == "to_airport 16"
    assert names[bands[OHARE, LOOP]] == "from_airport 16"


def test_importing_reads_no_file_of_figures() -> None:
    """Areas, profile and simulator open neither the seed nor the profile before they are asked."""
    watch = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import job.rides.areas, job.simulator.calibration.profile, job.simulator.draw\n"
        "print([name for name in opened if name.endswith(('zones.csv', 'profile.json'))])"
    )
    assert subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True).stdout == "[]\n"
