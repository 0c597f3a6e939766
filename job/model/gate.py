"""The promotion gate: compares a candidate with the production model (the champion) on the same rides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

MIN_UNSEEN_RIDES = 300
BLOCKS = 50
RESAMPLES = 2_000
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Comparison:
    """Mean absolute errors of both models in minutes; low to high is the 95 % interval of candidate minus champion."""

    rides: int
    champion_mae: float
    candidate_mae: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """Whether the whole interval lies below zero."""
        return self.high < 0


@dataclass(frozen=True)
class Verdict:
    """Whether the candidate becomes the production model, and why, in one line."""

    promoted: bool
    why: str


def compare(actual: np.ndarray, champion: np.ndarray, candidate: np.ndarray, seed: int = 0) -> Comparison:
    """Compare two models on the same rides: actual and predicted minutes, in chronological order.

    The interval is a percentile bootstrap over up to 50 non-overlapping blocks of consecutive rides (Carlstein 1986).
    Rides of the same hour share its traffic, so resampling single rides would make the interval too narrow.
    """
    champion_error, candidate_error = np.abs(champion - actual), np.abs(candidate - actual)
    pieces = np.array_split(candidate_error - champion_error, min(BLOCKS, len(actual)))
    blocks = np.array([piece.mean() for piece in pieces])
    resampled = np.random.default_rng(seed).choice(blocks, (RESAMPLES, len(blocks))).mean(axis=1)
    low, high = np.quantile(resampled, INTERVAL)
    return Comparison(len(actual), float(champion_error.mean()), float(candidate_error.mean()), float(low), float(high))


def unseen(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> np.ndarray:
    """A mask of the rides that started outside the champion's training period.

    The tags `first_start` and `last_start` of its version state that period; without them the mask is all False.
    """
    if not {"first_start", "last_start"} <= champion.keys():
        return np.zeros(len(starts), dtype=bool)
    first, last = (datetime.fromisoformat(champion[name]) for name in ("first_start", "last_start"))
    return ((starts < first) | (last < starts)).to_numpy()


def to_compare_on(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> tuple[np.ndarray, bool]:
    """A mask of the held-out rides to compare on, and whether the comparison flatters the champion.

    These are the rides that the champion has not seen, if there are enough of them. Otherwise they are all held-out
    rides, and the champion may have been fitted on some of them.
    """
    fair = unseen(champion, starts)
    if fair.sum() >= MIN_UNSEEN_RIDES:
        return fair, False
    return np.ones_like(fair), True


def decide(champion: str | None, comparison: Comparison | str | None, flattered: bool, forced: bool) -> Verdict:
    """Decide whether to promote a candidate.

    champion: the production version, if any; comparison: the comparison with it, or why there is none; flattered:
    whether the champion may have been fitted on some of the rides; forced: promote regardless of the comparison.
    """
    if champion is None:
        return Verdict(True, "the registry had no production model")
    if isinstance(comparison, Comparison):
        verdict = _by_comparison(champion, comparison, flattered)
    else:
        verdict = Verdict(False, f"it cannot be compared with production version {champion}: {comparison}")
    return Verdict(True, f"--promote was given; {verdict.why}") if forced else verdict


def _by_comparison(champion: str, comparison: Comparison, flattered: bool) -> Verdict:
    result = "better" if comparison.better else "not significantly better"
    why = (
        f"{result} than production version {champion}: mean error {comparison.candidate_mae:.2f} min against "
        f"{comparison.champion_mae:.2f} on the same {comparison.rides:,} held-out rides, difference "
        f"{comparison.candidate_mae - comparison.champion_mae:+.2f} ({comparison.low:+.2f} to {comparison.high:+.2f})"
    )
    if flattered:
        why += f"; version {champion} may have learned from some of them, which flatters it"
    return Verdict(comparison.better, why)
