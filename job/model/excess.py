"""Finds the groups of rides whose errors are further above the expected ones than chance explains.

Each group of segments is tested for a mean error of more than TOLERATED times the expected one: the expected error does
not depend on the hour, so without this tolerance the rush hour would stand out every day. There are many groups, so
each is compared with the Šidák limit for as many tests (Šidák, JASA 62, 1967), which also holds for overlapping groups,
as in a scan statistic (Kulldorff, Communications in Statistics 26, 1997).
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

FALSE_ALARMS = 0.05  # at most, of days on which nothing happened, if rides are independent
TOLERATED = 1.05
LEAST_RIDES = 30  # of a group; the sum of fewer rides is too far from a normal distribution
MOST_FINDINGS = MOST_AREAS = 3
WHOLE_DAY = (0, 24)
OTHER = "other"


@dataclass(frozen=True)
class Segment:
    """Rides of one kind, pickup area, pair of hours and range of miles, as in the mart; `other` where pooled.

    The numbers are sums over the rides: minutes of expected and realised absolute errors, and the squares of their
    differences.
    """

    kind: str
    area: str
    hours: str
    miles: str
    rides: int
    expected: float
    realised: float
    squared_excess: float

    @property
    def excess(self) -> float:
        """The sum of the realised minus the expected errors, in minutes."""
        return self.realised - self.expected


@dataclass(frozen=True)
class Finding:
    """A group of rides that was worse than expected.

    kind, areas (of the pickup, at most three), hours (from and until, such as (16, 18)), miles: what the rides have in
    common, None or empty if nothing; expected, realised: mean absolute errors in minutes; share: of the positive excess
    of all segments.
    """

    kind: str | None
    areas: tuple[str, ...]
    hours: tuple[int, int] | None
    miles: str | None
    rides: int
    expected: float
    realised: float
    share: float


def findings(segments: Sequence[Segment]) -> list[Finding]:
    """The groups that stand out, clearest first; none has a segment in common with another."""
    groups = list(_groups(segments))
    limit = NormalDist().inv_cdf((1 - FALSE_ALARMS) ** (1 / len(groups))) if groups else math.inf
    scored = sorted(((_score(group), number) for number, group in enumerate(groups)), reverse=True)
    chosen: list[Sequence[Segment]] = []
    for score, number in scored:
        if score <= limit or len(chosen) == MOST_FINDINGS or sum(map(len, chosen)) == len(segments):
            break
        if not any(segment in other for other in chosen for segment in groups[number]):
            chosen.append(groups[number])
    return [_finding(group, segments) for group in chosen]


def _groups(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    """Yield each group once: all rides, a kind or an area; all hours or a span of hours; all miles or a range of miles.

    A set of segments is an integer with a bit for each, which makes the many intersections cheap.
    """
    everything = (1 << len(segments)) - 1
    kinds, areas, miles = (_sets([getattr(one, name) for one in segments]) for name in ("kind", "area", "miles"))
    spans = _spans([one.hours for one in segments])
    seen = {0}
    for who in [*kinds, *areas, everything]:
        for when in [*spans, everything]:
            for far in [*miles, everything]:
                group = who & when & far
                if group not in seen:
                    seen.add(group)
                    yield [one for number, one in enumerate(segments) if group >> number & 1]


def _sets(names: Sequence[str]) -> list[int]:
    """The set of each name's segments, in the order of the names."""
    return [_set(names, {name}) for name in sorted({*names} - {OTHER})]


def _spans(hours: Sequence[str]) -> list[int]:
    """The set of segments of each span of consecutive hours; between two of them, hours may be pooled."""
    named = sorted({*hours} - {OTHER})
    spans = (named[first:end] for first in range(len(named)) for end in range(first + 1, len(named) + 1))
    return [_set(hours, span) for span in spans if _is_consecutive(span)]


def _is_consecutive(hours: Sequence[str]) -> bool:
    return all(before.split(" to ")[1] == after.split(" to ")[0] for before, after in pairwise(hours))


def _set(names: Sequence[str], chosen: Collection[str]) -> int:
    return sum(1 << number for number, name in enumerate(names) if name in chosen)


def _score(group: Sequence[Segment]) -> float:
    """How many standard errors the mean error is above the tolerated one; -inf for too few rides or no spread."""
    rides = sum(one.rides for one in group)
    excess = sum(one.excess for one in group)
    spread = sum(one.squared_excess for one in group) - excess**2 / rides if rides else 0.0
    if rides < LEAST_RIDES or spread <= 0:
        return -math.inf
    tolerated = (TOLERATED - 1) * sum(one.expected for one in group)
    return (excess - tolerated) / math.sqrt(spread * rides / (rides - 1))


def _finding(group: Sequence[Segment], segments: Sequence[Segment]) -> Finding:
    rides = sum(one.rides for one in group)
    kind, miles = _common([one.kind for one in group]), _common([one.miles for one in group])
    areas = sorted({one.area for one in group})
    hours = (
        []
        if any(one.hours == OTHER for one in group)
        else [int(hour) for one in group for hour in one.hours.split(" to ")]
    )
    span = (min(hours), max(hours)) if hours else WHOLE_DAY
    return Finding(
        kind=kind,
        areas=() if OTHER in areas or len(areas) > MOST_AREAS else tuple(areas),
        hours=None if span == WHOLE_DAY else span,
        miles=miles,
        rides=rides,
        expected=sum(one.expected for one in group) / rides,
        realised=sum(one.realised for one in group) / rides,
        share=_positive(group) / _positive(segments),
    )


def _common(names: Sequence[str]) -> str | None:
    """The name that all have, None if they differ or are pooled."""
    return names[0] if {*names} == {names[0]} != {OTHER} else None


def _positive(segments: Sequence[Segment]) -> float:
    """The sum of the excesses above zero."""
    return sum(max(one.excess, 0.0) for one in segments)
