"""The promotion gate: a paired comparison with a confidence interval, and its verdict in one line."""

import numpy as np
import pandas as pd
import pytest

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
    assert comparison.better
    assert not gate.compare(ACTUAL, champion=GOOD, candidate=BAD).better


def test_the_interval_is_reproducible() -> None:
    """Its random draws are seeded."""
    assert gate.compare(ACTUAL, BAD, GOOD) == gate.compare(ACTUAL, BAD, GOOD)


def test_a_tie_is_not_better() -> None:
    """Equal predictions give an empty interval, and the champion stays."""
    comparison = gate.compare(ACTUAL, GOOD, GOOD)
    assert (comparison.low, comparison.high, comparison.better) == (0.0, 0.0, False)


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
