"""Similarity of simulated rides to the shared real day; `bench.realism` prints the whole score card."""

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

# The score card requires 0.97 of the ceiling and an AUC of 0.66 on the mean of five splits; one split varies more.
LEAST_SHARE, HIGHEST_AUC = 0.95, 0.70


@pytest.fixture(scope="module")
def rides() -> dict[str, pd.DataFrame]:
    """Rides of one half of the taxis, of the other half, and rides simulated from the first."""
    half, other = parted(real_day(), 0)
    drawn = simulated(calibrated(half, CHICAGO), half, times=1, seed=0)
    return {"learned": rides_of(half), "other": rides_of(other), "simulated": rides_of(drawn)}


def real_day() -> pd.DataFrame:
    """The plausible trips of the shared real day."""
    labelled = reading.labelled_trips(sources.parse([str(REAL_DAY)], None, CHICAGO), CHICAGO)
    return profile.usable(labelled.trips, CHICAGO)


def below_bar(sample: pd.DataFrame, rides: dict[str, pd.DataFrame]) -> set[str]:
    """The measures of the card in which the sample clearly fails."""
    card = similarity.card(sample, rides["other"], seed=0)
    ceiling = similarity.card(rides["learned"], rides["other"], seed=0)
    return {
        name
        for name, value in card.items()
        if (value > HIGHEST_AUC if name == "AUC" else value < LEAST_SHARE * ceiling[name])
    }


def test_simulated_rides_are_like_those_of_unseen_taxis(rides: dict[str, pd.DataFrame]) -> None:
    """No measure fails for them, while rides with independently drawn columns fail several."""
    assert below_bar(rides["simulated"], rides) == set()
    assert below_bar(independent(rides["learned"], seed=0), rides) >= {"fare per mile", "speed", "pair", "AUC"}


def test_as_many_rides_stay_within_an_area_as_in_reality(rides: dict[str, pd.DataFrame]) -> None:
    """The share of rides that end in the area where they began is that of the real day."""
    share = {name: float((sample["pickup"] == sample["dropoff"]).mean()) for name, sample in rides.items()}
    assert share["simulated"] == pytest.approx(share["learned"], abs=0.02)
    assert share["learned"] > 0.15


def test_an_incomplete_day_is_reported() -> None:
    """The card names the hours without trips, and reports nothing for a whole day."""
    trips, shipped = real_day(), draw.load_profile(CHICAGO)
    message = part_of_a_day(trips[trips["hour"].between(6, 11)], shipped)
    assert message is not None
    assert message.startswith("no trip starts at 0, 1, 2, 3, 4, 5, 12, 13, 14")
    assert part_of_a_day(trips, shipped) is None
    assert part_of_a_day(trips[trips["hour"] != 3], shipped) is None  # the quietest hour may be empty
