"""How like real trips the simulated ones are, on the shared real day; the whole score card is `bench.realism`'s."""

import pandas as pd
import pytest

from bench import similarity
from bench.realism import calibrated, independent, part_of_a_day, parted, rides_of, simulated
from job.city import reading, sources
from job.simulator import draw
from job.simulator.calibration import profile
from tests.conftest import REAL_DAY
from tests.rides import CHICAGO

pytestmark = pytest.mark.skipif(not REAL_DAY.exists(), reason="the shared real day is not there")

# The score card asks for .97 of the ceiling and an AUC of .66, on the mean of five splits; one split is rougher.
OF_THE_CEILING, HIGHEST_AUC = 0.95, 0.70


@pytest.fixture(scope="module")
def rides() -> dict[str, pd.DataFrame]:
    """Of one half of the taxis, of the other, and simulated from the first."""
    half, other = parted(
        profile.usable(reading.labelled_trips(sources.parse([str(REAL_DAY)], None), CHICAGO), CHICAGO), 0
    )
    ours = simulated(calibrated(half, CHICAGO), half, times=1, seed=0)
    return {"learned": rides_of(half), "other": rides_of(other), "simulated": rides_of(ours)}


def fallen(sample: pd.DataFrame, rides: dict[str, pd.DataFrame]) -> set[str]:
    """The figures of the card in which a sample is clearly below its bar."""
    found = similarity.card(sample, rides["other"], seed=0)
    ceiling = similarity.card(rides["learned"], rides["other"], seed=0)
    return {
        name
        for name, figure in found.items()
        if (figure > HIGHEST_AUC if name == "AUC" else figure < OF_THE_CEILING * ceiling[name])
    }


def test_simulated_rides_are_like_those_of_taxis_that_were_not_seen(rides: dict[str, pd.DataFrame]) -> None:
    """Every figure of the card; rides whose columns know nothing of each other fail, so the bars mean something."""
    assert fallen(rides["simulated"], rides) == set()
    assert fallen(independent(rides["learned"], seed=0), rides) >= {"fare per mile", "speed", "pair", "AUC"}


def test_as_many_rides_stay_in_one_area(rides: dict[str, pd.DataFrame]) -> None:
    """The share of rides that end where they began is the real one's."""
    share = {name: float((of["pickup"] == of["dropoff"]).mean()) for name, of in rides.items()}
    assert share["simulated"] == pytest.approx(share["learned"], abs=0.02)
    assert share["learned"] > 0.15


def test_a_part_of_a_day_is_called_one() -> None:
    """Whole days are simulated, and a morning lacks hours of them: the card says which; of a day it says nothing."""
    usual, shipped = (
        profile.usable(reading.labelled_trips(sources.parse([str(REAL_DAY)], None), CHICAGO), CHICAGO),
        draw.load_profile(CHICAGO),
    )
    said = part_of_a_day(usual[usual["hour"].between(6, 11)], shipped)
    assert said is not None
    assert said.startswith("no trip starts at 0, 1, 2, 3, 4, 5, 12, 13, 14")
    assert part_of_a_day(usual, shipped) is None
    assert part_of_a_day(usual[usual["hour"] != 3], shipped) is None  # the quietest hour may be empty
