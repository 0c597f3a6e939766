"""Champion or challenger: whether a candidate may serve, by both models' errors on the same rides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

ENOUGH_UNSEEN = 300
BLOCKS = 50
RESAMPLES = 2_000
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Comparison:
    """Both mean absolute errors in minutes; the candidate's minus the champion's lies in low..high (95 %)."""

    rides: int
    champion_mae: float
    candidate_mae: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """Whether the candidate is better with confidence."""
        return self.high < 0


@dataclass(frozen=True)
class Verdict:
    """Whether the candidate becomes production, and why, in one line."""

    promoted: bool
    why: str


def compare(actual: np.ndarray, champion: np.ndarray, candidate: np.ndarray, seed: int = 0) -> Comparison:
    """Paired: true and predicted minutes of the same rides, in order of time.

    The interval is a percentile bootstrap over up to 50 stretches of consecutive rides (Carlstein 1986, blocks that do
    not overlap): rides of one hour share its traffic, and drawn one by one they would make it too narrow.
    """
    champion_error, candidate_error = np.abs(champion - actual), np.abs(candidate - actual)
    stretches = np.array_split(candidate_error - champion_error, min(BLOCKS, len(actual)))
    blocks = np.array([stretch.mean() for stretch in stretches])
    drawn = np.random.default_rng(seed).choice(blocks, (RESAMPLES, len(blocks))).mean(axis=1)
    low, high = np.quantile(drawn, INTERVAL)
    return Comparison(len(actual), float(champion_error.mean()), float(candidate_error.mean()), float(low), float(high))


def unseen(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> np.ndarray:
    """Which rides, by their starts, the champion cannot have learned from; none of a version that does not say.

    A version's tags `first_start` and `last_start` tell the period of the rides that it was fitted on.
    """
    if not {"first_start", "last_start"} <= champion.keys():
        return np.zeros(len(starts), dtype=bool)
    first, last = (datetime.fromisoformat(champion[name]) for name in ("first_start", "last_start"))
    return ((starts < first) | (last < starts)).to_numpy()


def to_compare_on(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> tuple[np.ndarray, bool]:
    """Which held-out rides to compare on, and whether that flatters the champion.

    Those that it has not seen, where there are enough of them; else all, of which it may have learned from some.
    """
    fair = unseen(champion, starts)
    if fair.sum() >= ENOUGH_UNSEEN:
        return fair, False
    return np.ones_like(fair), True


def decide(champion: str | None, found: Comparison | str | None, flattered: bool, forced: bool) -> Verdict:
    """The verdict on a candidate.

    champion: the production version, if any; found: the comparison with it, or why there is none; flattered: whether
    the champion may have learned from the rides; forced: whether a person wants the promotion in any case.
    """
    if champion is None:
        return Verdict(True, "the registry had no production model")
    verdict = (
        _by_comparison(champion, found, flattered) if isinstance(found, Comparison) else _not_compared(champion, found)
    )
    return Verdict(True, f"--promote was given; {verdict.why}") if forced else verdict


def _by_comparison(champion: str, found: Comparison, flattered: bool) -> Verdict:
    said = "better" if found.better else "not better with confidence"
    why = (
        f"{said} than production version {champion}: mean error {found.candidate_mae:.2f} min against "
        f"{found.champion_mae:.2f} on the same {found.rides:,} held-out rides, difference "
        f"{found.candidate_mae - found.champion_mae:+.2f} ({found.low:+.2f} to {found.high:+.2f})"
    )
    if flattered:
        why += f"; version {champion} may have learned from some of them, which flatters it"
    return Verdict(found.better, why)


def _not_compared(champion: str, problem: str | None) -> Verdict:
    return Verdict(False, f"it cannot be compared with production version {champion}: {problem}")
