"""The gate: a paired comparison with its interval, and the verdict in one line."""

import numpy as np
import pandas as pd
import pytest

from job.model import gate

DRAW = np.random.default_rng(7)
ACTUAL = DRAW.gamma(4, 5, 2_000)
GOOD, BAD = ACTUAL + DRAW.normal(0, 3, 2_000), ACTUAL + DRAW.normal(0, 4, 2_000)


def test_the_interval_holds_the_difference() -> None:
    """Of the mean absolute errors, candidate minus champion, in minutes."""
    found = gate.compare(ACTUAL, champion=BAD, candidate=GOOD)
    assert found.rides == 2_000
    assert found.champion_mae == pytest.approx(np.abs(BAD - ACTUAL).mean())
    assert found.candidate_mae == pytest.approx(np.abs(GOOD - ACTUAL).mean())
    assert found.low < found.candidate_mae - found.champion_mae < found.high < 0
    assert found.better
    assert not gate.compare(ACTUAL, champion=GOOD, candidate=BAD).better


def test_the_same_rides_give_the_same_interval() -> None:
    """It is database."""
    assert gate.compare(ACTUAL, BAD, GOOD) == gate.compare(ACTUAL, BAD, GOOD)


def test_a_tie_is_not_better() -> None:
    """The same predictions: an interval of nothing, and the champion stays."""
    found = gate.compare(ACTUAL, GOOD, GOOD)
    assert (found.low, found.high, found.better) == (0.0, 0.0, False)


def test_chance_is_rarely_taken_for_better() -> None:
    """Of two models that are equally good the second passes in about 2.5 of 100 comparisons."""
    draw = np.random.default_rng(11)
    passed = sum(
        gate.compare(np.zeros(400), draw.normal(0, 1, 400), draw.normal(0, 1, 400)).better for _ in range(1_000)
    )
    assert 10 <= passed <= 45


def test_rides_that_share_their_traffic_widen_the_interval() -> None:
    """An error of a whole hour is one surprise and not forty."""
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
def test_a_champion_may_have_seen_the_rides_of_its_own_period(first: str, last: str, unseen: list[bool]) -> None:
    """From its first ride to its last, both included."""
    starts = pd.Series(pd.to_datetime(["2026-03-02T12:00Z", "2026-03-03T12:00Z"]))
    assert gate.unseen({"first_start": first, "last_start": last}, starts).tolist() == unseen


def test_a_champion_that_does_not_say_may_have_seen_everything() -> None:
    """Somebody else's has no such tags."""
    assert not gate.unseen({"source": "elsewhere"}, pd.Series(pd.to_datetime(["2026-03-02T12:00Z"]))).any()


@pytest.mark.parametrize(("unseen", "chosen", "flattered"), [(299, 400, True), (300, 300, False), (400, 400, False)])
def test_the_rides_that_the_champion_has_not_seen_are_compared_where_they_are_enough(
    unseen: int, chosen: int, flattered: bool
) -> None:
    """300 are; else all are compared, and the line must say what that means."""
    starts = pd.Series(pd.date_range("2026-03-02", periods=400, freq="min", tz="UTC"))
    last = starts.iloc[399 - unseen] if unseen < 400 else starts.iloc[0] - pd.Timedelta(minutes=1)
    champion = {"first_start": "2026-01-01T00:00:00+00:00", "last_start": last.isoformat()}
    rides, told = gate.to_compare_on(champion, starts)
    assert (rides.sum(), rides[-1], told) == (chosen, True, flattered)


def test_the_first_model_needs_no_comparison() -> None:
    """There is nothing to be better than."""
    assert gate.decide(None, None, flattered=False, forced=False) == gate.Verdict(
        True, "the registry had no production model"
    )


def test_the_line_tells_the_figures() -> None:
    """Both errors, the rides, the difference and its interval; and what flatters the champion."""
    better = gate.Comparison(1_234, champion_mae=4.5, candidate_mae=4.25, low=-0.375, high=-0.125)
    assert gate.decide("3", better, flattered=False, forced=False) == gate.Verdict(
        True,
        "better than production version 3: mean error 4.25 min against 4.50 on the same 1,234 held-out rides, "
        "difference -0.25 (-0.38 to -0.12)",
    )
    worse = gate.Comparison(1_234, champion_mae=4.25, candidate_mae=4.5, low=-0.01, high=0.5)
    kept = gate.decide("3", worse, flattered=True, forced=False)
    assert not kept.promoted
    assert kept.why.startswith("not better with confidence than production version 3: mean error 4.50 min against 4.25")
    assert kept.why.endswith("difference +0.25 (-0.01 to +0.50); version 3 may have learned from some of them, "
                             "which flatters it")  # fmt: skip


def test_a_person_may_promote_what_the_gate_would_not() -> None:
    """And what cannot be compared; the line keeps the reason against it."""
    assert gate.decide("3", "it is a pickle", flattered=True, forced=False) == gate.Verdict(
        False, "it cannot be compared with production version 3: it is a pickle"
    )
    assert gate.decide("3", "it is a pickle", flattered=True, forced=True) == gate.Verdict(
        True, "--promote was given; it cannot be compared with production version 3: it is a pickle"
    )
