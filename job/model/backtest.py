"""The result of a backtest: two versions of the model on the same past rides, by week, by segment and overall."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Literal

import pandas as pd

from job.model import gate
from job.model.tally import ALL, WEEK, Pair, Tally
from job.place import Place

MIN_RIDES = gate.MIN_UNSEEN_RIDES  # for a verdict, and for a place among the segments
SEGMENTS = 6
Verdict = Literal["better", "worse", "not clearly different"]
IN_WORDS: dict[Verdict, str] = {
    "better": "better than", "worse": "worse than", "not clearly different": "not clearly different from",
}  # fmt: skip


@dataclass(frozen=True)
class Accuracy:
    """The errors of one version in minutes, and the share of rides in its band, which is None without a band."""

    mae: float
    bias: float
    coverage: float | None


@dataclass(frozen=True)
class Segment:
    """Both versions on the rides of a segment."""

    dimension: str
    segment: str
    rides: int
    candidate: Accuracy
    champion: Accuracy

    @property
    def difference(self) -> float:
        """Candidate minus champion, in minutes of mean absolute error."""
        return self.candidate.mae - self.champion.mae


@dataclass(frozen=True)
class Period:
    """Both versions on the rides from `start` until before `end`, except those that were left out.

    seen, implausible: how many were left out, and why (see `Tally`). low, high: the 95 % interval of the difference in
    mean absolute error, candidate minus champion. Without a verdict, `no_verdict_why` has the reason.
    """

    start: datetime
    end: datetime
    rides: int
    seen: int
    implausible: int
    candidate: Accuracy | None
    champion: Accuracy | None
    low: float | None
    high: float | None
    verdict: Verdict | None
    no_verdict_why: str | None


@dataclass(frozen=True)
class Backtest:
    """Two versions of the model on a source's past rides; `why` states the overall verdict in one line.

    segments: those with the largest differences.
    """

    name: str
    candidate: str
    champion: str
    source: str
    why: str
    overall: Period
    weeks: tuple[Period, ...]
    segments: tuple[Segment, ...]


def result(weeks: dict[int, Tally], pair: Pair, source: str, place: Place, start: datetime, end: datetime) -> Backtest:
    """The result, given the tallies of the weeks since `start`, at least one, and when the last of them ends."""
    first, last = start.astimezone(place.tzinfo), end.astimezone(place.tzinfo)
    unfair = _unfair(pair)
    total = reduce(add, (weeks[number] for number in sorted(weeks)))
    periods = tuple(
        # In the place's own time, in which a week may have an hour more or less.
        _period(weeks[number], unfair, first + number * WEEK, min(first + (number + 1) * WEEK, last))
        for number in sorted(weeks)
    )
    overall = _period(total, unfair, first, last)
    candidate, champion = pair.candidate.model, pair.champion.model
    return Backtest(
        candidate.name, candidate.version, champion.version, source,
        _why(overall, total, periods, champion.version), overall, periods, _largest_differences(total),
    )  # fmt: skip


def _unfair(pair: Pair) -> str | None:
    """Why a comparison would be unfair, or None."""
    for version in (pair.candidate, pair.champion):
        if version.learned_from is None:
            return (
                f"version {version.model.version} has no tags first_start and last_start, so it may have learned from "
                "these rides"
            )
    return None


def _period(tally: Tally, unfair: str | None, start: datetime, end: datetime) -> Period:
    few = f"fewer than {MIN_RIDES} rides" if tally.rides < MIN_RIDES else None
    compared = gate.compare_blocks(tally.blocks) if tally.rides else None
    sums = tally.sums[ALL] if tally.rides else None
    return Period(
        start=start, end=end, rides=tally.rides, seen=tally.seen, implausible=tally.implausible,
        candidate=None if sums is None else _accuracy(sums, "candidate"),
        champion=None if sums is None else _accuracy(sums, "champion"),
        low=compared.low if compared else None, high=compared.high if compared else None,
        verdict=_verdict(compared) if compared and not (unfair or few) else None,
        no_verdict_why=unfair or few,
    )  # fmt: skip


def _verdict(compared: gate.Comparison) -> Verdict:
    if compared.better:
        return "better"
    return "worse" if compared.worse else "not clearly different"


def _accuracy(sums: dict[str, float], role: str) -> Accuracy:
    rides, covered = sums["rides"], sums[f"{role}_covered"]
    coverage = None if pd.isna(covered) else float(covered / rides)
    return Accuracy(float(sums[role] / rides), float(sums[f"{role}_error"] / rides), coverage)


def _largest_differences(tally: Tally) -> tuple[Segment, ...]:
    segments = [
        Segment(*key, int(sums["rides"]), _accuracy(sums, "candidate"), _accuracy(sums, "champion"))
        for key, sums in tally.sums.items()
        if key != ALL and sums["rides"] >= MIN_RIDES
    ]
    return tuple(sorted(segments, key=lambda segment: -abs(segment.difference))[:SEGMENTS])


def _why(overall: Period, total: Tally, weeks: tuple[Period, ...], champion: str) -> str:
    if overall.verdict is None:
        return f"no verdict against version {champion}: {overall.no_verdict_why}"
    verdicts = [week.verdict for week in weeks if week.verdict]
    judged = f"{len(verdicts)} week{'s' * (len(verdicts) != 1)}"
    return (
        f"{IN_WORDS[overall.verdict]} version {champion}: {gate.compare_blocks(total.blocks).in_words('past')}; "
        f"of {judged} better in {verdicts.count('better')}, worse in {verdicts.count('worse')}"
    )
