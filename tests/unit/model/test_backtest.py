"""The result of a backtest: weeks, verdicts, sums that add up, text and picture."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from job.model import backtest, backtest_report, tally
from job.model.band import Band
from job.model.contract import Model
from job.model.tally import Pair, Version
from tests.rides import CHICAGO, ride

START = datetime(2026, 10, 26, 5, tzinfo=UTC)  # midnight in Chicago; clocks are set back on November 1
LAST_YEAR = (START - timedelta(days=400), START - timedelta(days=370))


class PerMile:
    """Predicts this many minutes per mile."""

    def __init__(self, pace: float) -> None:
        self.pace = pace

    def predict(self, inputs: pd.DataFrame) -> np.ndarray:
        return (inputs["trip_miles"] * self.pace).to_numpy()


def version(number: str, pace: float, learned_from: tuple[datetime, datetime] | None = LAST_YEAR) -> Version:
    """A version that predicts this many minutes per mile, give or take two minutes."""
    band = Band((), (-2.0,), (2.0,))
    return Version(Model("taxi", number, number, PerMile(pace), ("trip_miles",), 1, {}, band), learned_from)


def rides(number: int, start: datetime = START, pace: float = 4.0, days: float = 20) -> pd.DataFrame:
    """Labelled rides of 5 miles on average at about `pace` minutes per mile, evenly distributed over the days."""
    draw = np.random.default_rng(5)
    miles = draw.uniform(2, 8, number)
    starts = pd.Series(start + np.arange(number) * timedelta(days=days) / number).astype("datetime64[us, UTC]")
    return (
        ride()
        .loc[[0] * number]
        .reset_index(drop=True)
        .assign(trip_start_timestamp=starts, trip_miles=miles, actual_duration=miles * pace + draw.normal(0, 1, number))
    )


def compared(labelled: pd.DataFrame, pair: Pair, batch: int = 10_000) -> backtest.Backtest:
    """The backtest of these rides, read in batches."""
    weeks: dict[int, tally.Tally] = {}
    for first in range(0, len(labelled), batch):
        for week, tallied in tally.by_week(labelled[first : first + batch], pair, CHICAGO, START).items():
            weeks[week] = weeks[week] + tallied if week in weeks else tallied
    return backtest.result(weeks, pair, "city", CHICAGO, START, START + timedelta(days=20))


@pytest.mark.parametrize(
    ("candidate", "champion", "verdict"),
    [(4.0, 4.5, "better"), (4.5, 4.0, "worse"), (4.0, 4.0, "not clearly different")],
)
def test_each_week_and_all_together_get_a_verdict(candidate: float, champion: float, verdict: str) -> None:
    """The model with the right pace is better, and equal models are «not clearly different»."""
    found = compared(rides(3_000), Pair(version("2", candidate), version("1", champion)))
    assert [week.verdict for week in found.weeks] == [verdict] * 3
    assert found.overall.verdict == verdict
    assert found.why.startswith(backtest.IN_WORDS[found.overall.verdict] + " version 1: mean error ")


def test_a_week_is_seven_local_days() -> None:
    """The week in which daylight saving time ends is an hour longer; the last week ends with the period."""
    found = compared(rides(2_000), Pair(version("2", 4.0), version("1", 4.5)))
    ends = [(f"{week.start:%m-%d %H:%M %z}", f"{week.end:%m-%d %H:%M %z}") for week in found.weeks]
    assert ends == [
        ("10-26 00:00 -0500", "11-02 00:00 -0600"),
        ("11-02 00:00 -0600", "11-09 00:00 -0600"),
        ("11-09 00:00 -0600", "11-14 23:00 -0600"),
    ]
    # At 23:59 on November 1 and at 00:59 on November 2, after clocks were set back.
    labelled = rides(2, START + timedelta(days=7, minutes=59), days=1 / 12)
    assert set(tally.by_week(labelled, Pair(version("2", 4.0), version("1", 4.5)), CHICAGO, START)) == {0, 1}


def test_the_repeated_hour_belongs_to_the_first_week() -> None:
    """The second 01:00 is not before a period that starts at the first 01:30."""
    twice = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    pair = Pair(version("2", 4.0), version("1", 4.5))
    assert set(tally.by_week(rides(4, twice, days=1 / 24), pair, CHICAGO, twice)) == {0}


@pytest.mark.parametrize("batch", [1_999, 700, 64])
def test_sums_over_batches_are_those_of_all_rides(batch: int) -> None:
    """Errors, coverage and segments are the same, and the interval is nearly so."""
    pair = Pair(version("2", 4.1), version("1", 4.2))
    whole, parts = compared(rides(2_000), pair), compared(rides(2_000), pair, batch)
    assert parts.overall.candidate
    assert whole.overall.candidate
    assert parts.overall.candidate.mae == pytest.approx(whole.overall.candidate.mae)
    assert parts.overall.candidate.coverage == pytest.approx(whole.overall.candidate.coverage)
    assert [part.segment for part in parts.segments] == [part.segment for part in whole.segments]
    assert parts.overall.low == pytest.approx(whole.overall.low, rel=0.2)


def test_rides_that_are_left_out_are_counted_once() -> None:
    """A ride that a version has seen counts as such even if it is implausible; the rest are compared."""
    labelled = rides(2_000)
    labelled.loc[::10, "actual_duration"] = 500.0
    seen = (START, START + timedelta(days=2))
    found = compared(labelled, Pair(version("2", 4.0, seen), version("1", 4.5)))
    first = found.weeks[0]
    assert (first.seen, first.implausible, first.rides) == (201, 50, 705 - 201 - 50)
    assert found.overall.seen + found.overall.implausible + found.overall.rides == 2_000
    assert found.overall.candidate
    assert found.overall.candidate.mae < 1


def test_a_week_with_few_rides_gets_no_verdict() -> None:
    """300 are needed; the weeks before have them, and so has the whole period."""
    pair = Pair(version("2", 4.0), version("1", 4.5))
    found = compared(rides(900), pair)
    assert [week.rides for week in found.weeks] == [317, 315, 268]
    assert [week.verdict for week in found.weeks] == ["better", "better", None]
    assert found.weeks[2].no_verdict_why == "fewer than 300 rides"
    assert "of 2 weeks better in 2, worse in 0" in found.why
    assert "of 1 week better in 1, worse in 0" in compared(rides(400, days=6), pair).why


def test_a_version_without_a_training_period_gets_no_verdict() -> None:
    """The reason names the version."""
    found = compared(rides(900), Pair(version("2", 4.0), version("1", 4.5, None)))
    assert {week.verdict for week in (*found.weeks, found.overall)} == {None}
    assert found.why.startswith("no verdict against version 1: version 1 has no tags first_start and last_start")


def test_the_segments_with_the_largest_differences_come_first() -> None:
    """The candidate is wrong on long rides alone, so these lead; small segments are left out."""
    labelled = rides(3_000)
    labelled["actual_duration"] = np.where(labelled["trip_miles"] > 5, 2, 1) * labelled["actual_duration"]
    found = compared(labelled, Pair(version("2", 4.0), version("1", 8.0)))
    assert (found.segments[0].dimension, found.segments[0].segment) == ("miles", "5 to 10")
    assert found.segments[0].difference > 10
    assert all(segment.rides >= 300 for segment in found.segments)


def test_the_text_and_the_json_state_the_result() -> None:
    """The text has a line for each week and one for all; the JSON contains neither NaN nor Infinity."""
    banded = version("1", 4.5)
    without_band = replace(banded, model=replace(banded.model, band=None))
    found = compared(rides(900), Pair(version("2", 4.0), without_band))
    lines = backtest_report.text(found).splitlines()
    assert sum("better" in line for line in lines) == 4
    assert any("none: fewer than 300 rides" in line for line in lines)
    assert lines[-1] == f"version 2: {found.why}"
    written = json.loads(backtest_report.as_json(found), parse_constant=pytest.fail)
    assert written["weeks"][0]["champion"]["coverage"] is None
    assert written["overall"]["start"] == "2026-10-26T00:00:00-05:00"


@pytest.mark.parametrize(("seen", "weeks"), [(LAST_YEAR, 3), ((START, START + timedelta(days=30)), 0)])
def test_the_picture_has_a_point_for_each_week(seen: tuple[datetime, datetime], weeks: int) -> None:
    """It is empty if no week has rides."""
    figure = backtest_report.picture(compared(rides(900), Pair(version("2", 4.0, seen), version("1", 4.5))))
    assert isinstance(figure, Figure)
    assert len(figure.axes[0].lines[0].get_xdata()) == weeks
    figure.savefig(io.BytesIO())
