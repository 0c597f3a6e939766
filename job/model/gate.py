"""The promotion gate: compares a candidate with the production model (the champion) on the same rides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from job.errors import JobError

MIN_UNSEEN_RIDES = 300
BLOCKS = 50
RESAMPLES = 2_000
INTERVAL = (0.025, 0.975)
INVALID_PERIOD = (
    "the tags first_start and last_start of a version must be times such as 2026-03-02T06:00:00+00:00; correct them in "
    "the registry"
)


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

    @property
    def worse(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low > 0

    def in_words(self, rides: str) -> str:
        """Both errors and the difference, in one line; `rides` says which rides they are."""
        return (
            f"mean error {self.candidate_mae:.2f} min against {self.champion_mae:.2f} on the same {self.rides:,} "
            f"{rides} rides, difference {self.candidate_mae - self.champion_mae:+.2f} "
            f"({self.low:+.2f} to {self.high:+.2f})"
        )


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
    return compare_blocks(blocks(absolute_errors(actual, champion, candidate)), seed)


def absolute_errors(actual: np.ndarray, champion: np.ndarray, candidate: np.ndarray) -> pd.DataFrame:
    """Per ride: `rides`, which is 1, and the absolute error of each model in minutes."""
    return pd.DataFrame({"rides": 1, "champion": np.abs(champion - actual), "candidate": np.abs(candidate - actual)})


def blocks(consecutive: pd.DataFrame) -> pd.DataFrame:
    """Merge consecutive rides, or blocks of them, into up to 50 blocks of about equally many rides.

    The columns are those of `absolute_errors`; those of a block are the sums over its rides.
    """
    rides = consecutive["rides"].to_numpy()
    number = (rides.cumsum() - rides / 2) * BLOCKS // rides.sum()
    first = np.flatnonzero(np.diff(number, prepend=-1))
    return pd.DataFrame(np.add.reduceat(consecutive.to_numpy(float), first), columns=consecutive.columns)


def compare_blocks(blocks: pd.DataFrame, seed: int = 0) -> Comparison:
    """Compare two models by the blocks of rides that `blocks` makes."""
    rides = blocks["rides"].to_numpy()
    difference = (blocks["candidate"] - blocks["champion"]).to_numpy()
    drawn = np.random.default_rng(seed).integers(len(blocks), size=(RESAMPLES, len(blocks)))
    low, high = np.quantile(difference[drawn].sum(axis=1) / rides[drawn].sum(axis=1), INTERVAL)
    total = int(rides.sum())
    champion_mae, candidate_mae = (float(blocks[name].sum() / total) for name in ("champion", "candidate"))
    return Comparison(total, champion_mae, candidate_mae, float(low), float(high))


def training_period(tags: Mapping[str, str]) -> tuple[datetime, datetime] | None:
    """The period of a version's training rides, from its tags `first_start` and `last_start`; None without them.

    Raises JobError if a tag is not a time with an offset.
    """
    if not {"first_start", "last_start"} <= tags.keys():
        return None
    try:
        first, last = (datetime.fromisoformat(tags[name]) for name in ("first_start", "last_start"))
    except ValueError as error:
        raise JobError(f"{INVALID_PERIOD}: {error}") from error
    if first.tzinfo is None or last.tzinfo is None:
        raise JobError(f"{INVALID_PERIOD}: {tags['first_start']} and {tags['last_start']} have no offset")
    return first, last


def within(period: tuple[datetime, datetime], starts: "pd.Series[pd.Timestamp]") -> np.ndarray:
    """A mask of the rides that started in a training period, both ends included."""
    return starts.between(*period).to_numpy()


def unseen(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> np.ndarray:
    """A mask of the rides that started outside the champion's training period.

    The tags of its version state that period; without them the mask is all False.
    """
    period = training_period(champion)
    if period is None:
        return np.zeros(len(starts), dtype=bool)
    return ~within(period, starts)


def to_compare_on(champion: Mapping[str, str], starts: "pd.Series[pd.Timestamp]") -> tuple[np.ndarray, bool]:
    """A mask of the held-out rides to compare on, and whether the comparison may flatter the champion.

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
    why = f"{result} than production version {champion}: {comparison.in_words('held-out')}"
    if flattered:
        why += f"; version {champion} may have learned from some of them, which flatters it"
    return Verdict(comparison.better, why)
