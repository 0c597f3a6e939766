"""The promotion gate: a paired comparison with a confidence interval, and its verdict in one line."""

import numpy as np
import pandas as pd
import pytest

from job.errors import JobError
from job.model import gate

DRAW = np.random.default_rng(7)
ACTUAL = DRAW.gamma(4, 5, 2_000)
GOOD, BAD = ACTUAL + DRAW.normal(0, 3, 2_000), ACTUAL + DRAW.normal(0, 4, 2_000)


def test_the_interval_contains_the_difference() -> None:
    """It is the difference in mean absolute error, candidate minus champion, in minutes."""
    comparison = gate.compare(ACTUAL, champion=BAD, candidate=GOOD)
    assert comparison.rides == 2_000
    assert comparison.champion_mae == pytest.approx(np.abs(BAD - ACTUAL).mean())
    assert comparison.candidate_mae == pytest.approx(np.abs(GOOD - ACTUAL).mean())
    assert comparison.low < comparison.candidate_mae - comparison.champion_mae < comparison.high < 0
    assert (comparison.better, comparison.worse) == (True, False)
    other = gate.compare(ACTUAL, champion=GOOD, candidate=BAD)
    assert (other.better, other.worse) == (False, True)


def test_blocks_can_be_merged() -> None:
    """Blocks of several parts give the same means as all rides together, and nearly the same interval."""
    errors = gate.absolute_errors(ACTUAL, BAD, GOOD)
    parts = [gate.blocks(errors[first:last]) for first, last in ((0, 1_000), (1_000, 1_010), (1_010, 2_000))]
    blocks = gate.blocks(pd.concat(parts))
    assert 40 <= len(blocks) <= 50
    assert blocks["rides"].max() <= 80
    whole, merged = gate.compare(ACTUAL, BAD, GOOD), gate.compare_blocks(blocks)
    assert merged.rides == 2_000
    assert merged.candidate_mae == pytest.approx(whole.candidate_mae)
    assert (merged.low, merged.high) == (pytest.approx(whole.low, rel=0.1), pytest.approx(whole.high, rel=0.1))


def test_fewer_rides_than_blocks_are_a_block_each() -> None:
    """With no ride there is no block."""
    errors = gate.absolute_errors(ACTUAL, BAD, GOOD)
    pd.testing.assert_frame_equal(gate.blocks(errors[:30]), errors[:30], check_dtype=False)
    assert gate.blocks(errors[:0]).empty


def test_the_interval_is_reproducible() -> None:
    """Its random draws are seeded."""
    assert gate.compare(ACTUAL, BAD, GOOD) == gate.compare(ACTUAL, BAD, GOOD)


def test_a_tie_is_not_better() -> None:
    """Equal predictions give an interval of zero width, and the champion stays."""
    comparison = gate.compare(ACTUAL, GOOD, GOOD)
    assert (comparison.low, comparison.high) == (0.0, 0.0)
    assert not comparison.better
    assert not comparison.worse


def test_equal_models_are_rarely_promoted() -> None:
    """Of 1,000 comparisons of equally good models about 2.5 % pass."""
    draw = np.random.default_rng(11)
    passed = sum(
        gate.compare(np.zeros(400), draw.normal(0, 1, 400), draw.normal(0, 1, 400)).better for _ in range(1_000)
    )
    assert 10 <= passed <= 45


def test_correlated_errors_widen_the_interval() -> None:
    """Errors that all rides of an hour share count as one observation."""
    hours = np.random.default_rng(3).normal(0, 4, 50)
    together = gate.compare(np.zeros(2_000), np.repeat(hours, 40), np.zeros(2_000))
    apart = gate.compare(np.zeros(2_000), DRAW.permutation(np.repeat(hours, 40)), np.zeros(2_000))
    assert together.high - together.low > 2 * (apart.high - apart.low)


@pytest.mark.parametrize(
    ("first", "last", "unseen"),
    [
        ("2026-03-01T00:00:00+00:00", "2026-03-02T12:00:00+00:00", [False, True]),
        ("2026-03-01T00:00:00+00:00", "2026-03-02T11:59:59+00:00", [True, True]),
        ("2026-03-03T12:00:00+00:00", "2026-03-05T00:00:00+00:00", [True, False]),
    ],
)
def test_rides_of_the_champions_training_are_seen(first: str, last: str, unseen: list[bool]) -> None:
    """The first and the last start are included."""
    starts = pd.Series(pd.to_datetime(["2026-03-02T12:00Z", "2026-03-03T12:00Z"]))
    assert gate.unseen({"first_start": first, "last_start": last}, starts).tolist() == unseen


def test_a_champion_without_a_training_period_has_seen_every_ride() -> None:
    """A model of another origin has no such tags."""
    assert not gate.unseen({"source": "elsewhere"}, pd.Series(pd.to_datetime(["2026-03-02T12:00Z"]))).any()


@pytest.mark.parametrize("time", ["yesterday", "2026-03-02", "2026-03-02T12:00:00"])
def test_a_training_period_that_cannot_be_read_is_refused(time: str) -> None:
    """A person may have edited the tags; times need an offset."""
    with pytest.raises(JobError, match=f"first_start and last_start of a version must be times .*{time}"):
        gate.training_period({"first_start": time, "last_start": "2026-03-05T00:00:00+00:00"})


@pytest.mark.parametrize(("unseen", "chosen", "flattered"), [(299, 400, True), (300, 300, False), (400, 400, False)])
def test_unseen_rides_are_compared_if_there_are_enough(unseen: int, chosen: int, flattered: bool) -> None:
    """300 are enough; with fewer, all rides are compared and the verdict says that this favours the champion."""
    starts = pd.Series(pd.date_range("2026-03-02", periods=400, freq="min", tz="UTC"))
    last = starts.iloc[399 - unseen] if unseen < 400 else starts.iloc[0] - pd.Timedelta(minutes=1)
    champion = {"first_start": "2026-01-01T00:00:00+00:00", "last_start": last.isoformat()}
    rides, is_flattered = gate.to_compare_on(champion, starts)
    assert (rides.sum(), rides[-1], is_flattered) == (chosen, True, flattered)


def test_the_first_model_needs_no_comparison() -> None:
    """It is promoted because the registry has no production model."""
    assert gate.decide(None, None, flattered=False, forced=False) == gate.Verdict(
        True, "the registry had no production model"
    )


def test_the_verdict_states_the_comparison() -> None:
    """It has both errors, the number of rides, the difference with its interval, and any advantage of the champion."""
    better = gate.Comparison(1_234, champion_mae=4.5, candidate_mae=4.25, low=-0.375, high=-0.125)
    assert gate.decide("3", better, flattered=False, forced=False) == gate.Verdict(
        True,
        "better than production version 3: mean error 4.25 min against 4.50 on the same 1,234 held-out rides, "
        "difference -0.25 (-0.38 to -0.12)",
    )
    worse = gate.Comparison(1_234, champion_mae=4.25, candidate_mae=4.5, low=-0.01, high=0.5)
    kept = gate.decide("3", worse, flattered=True, forced=False)
    assert not kept.promoted
    assert kept.why.startswith("not significantly better than production version 3: mean error 4.50 min against 4.25")
    assert kept.why.endswith("difference +0.25 (-0.01 to +0.50); version 3 may have learned from some of them, "
                             "which flatters it")  # fmt: skip


def test_promotion_can_be_forced() -> None:
    """The verdict keeps the reason against it."""
    assert gate.decide("3", "it is a pickle", flattered=True, forced=False) == gate.Verdict(
        False, "it cannot be compared with production version 3: it is a pickle"
    )
    assert gate.decide("3", "it is a pickle", flattered=True, forced=True) == gate.Verdict(
        True, "--promote was given; it cannot be compared with production version 3: it is a pickle"
    )
