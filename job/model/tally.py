"""Sums of the errors of two versions of the model over rides, which add up over batches and weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from job.model import evaluate, gate
from job.model.contract import Model
from job.model.features import inputs
from job.model.predict import predict
from job.place import Place
from job.rides import plausible

WEEK = timedelta(days=7)
ALL = ("all", "")


@dataclass(frozen=True)
class Version:
    """A model, and the period that it learned from; None if its tags do not state one."""

    model: Model
    learned_from: tuple[datetime, datetime] | None

    def has_seen(self, starts: "pd.Series[pd.Timestamp]") -> np.ndarray:
        """A mask of the rides that started in the period that it learned from."""
        if self.learned_from is None:
            return np.zeros(len(starts), dtype=bool)
        return gate.within(self.learned_from, starts)


@dataclass(frozen=True)
class Pair:
    """The versions to compare: a candidate, and the production version or another one in its place."""

    candidate: Version
    champion: Version


@dataclass(frozen=True)
class Tally:
    """Sums over rides.

    seen, implausible: rides that are left out because a version learned from their period, or because their duration
    or speed is not plausible. measures: sums of the columns of `_measures` by dimension and segment; ALL has those of
    all rides. blocks: the gate's blocks of rides.
    """

    seen: int
    implausible: int
    measures: pd.DataFrame
    blocks: pd.DataFrame

    @property
    def rides(self) -> int:
        """The number of rides that were not left out."""
        return int(self.blocks["rides"].sum())

    @property
    def sums(self) -> dict[tuple[str, str], dict[str, float]]:
        """The measures by dimension and segment."""
        return self.measures.to_dict("index")  # type: ignore[return-value]  # the stubs know no MultiIndex

    def __add__(self, later: "Tally") -> "Tally":
        measures = pd.concat([self.measures, later.measures])
        return Tally(
            self.seen + later.seen,
            self.implausible + later.implausible,
            measures.groupby(level=[0, 1]).sum(min_count=1),
            gate.blocks(pd.concat([self.blocks, later.blocks])),
        )


def by_week(rides: pd.DataFrame, pair: Pair, place: Place, start: datetime) -> dict[int, Tally]:
    """Tally labelled rides in chronological order by the number of the week since `start`, in the place's own time."""
    local = rides["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.tz_localize(None)
    since = local - start.astimezone(place.tzinfo).replace(tzinfo=None)
    numbers = (since // WEEK).clip(lower=0)  # in an hour that clocks repeat, a ride may seem to precede the start
    return {int(number): tally(some, pair, place) for number, some in rides.groupby(numbers)}


def tally(rides: pd.DataFrame, pair: Pair, place: Place) -> Tally:
    """Let both versions predict the rides that are plausible and that neither has learned from."""
    starts = rides["trip_start_timestamp"]
    seen = pair.candidate.has_seen(starts) | pair.champion.has_seen(starts)
    possible = plausible.possible(rides).to_numpy()
    kept = rides[~seen & possible]
    features = inputs(kept, place)
    measures = _measures(kept["actual_duration"].to_numpy(), features, pair, place)
    sums = {ALL[0]: measures.groupby(np.full(len(kept), ALL[1])).sum(min_count=1)}
    for dimension, segment in evaluate.segments(features, place).items():
        sums[dimension] = measures.groupby(segment.astype(str).to_numpy()).sum(min_count=1)
    blocks = gate.blocks(measures[["rides", "champion", "candidate"]])
    return Tally(int(seen.sum()), int((~seen & ~possible).sum()), pd.concat(sums), blocks)


def _measures(actual: np.ndarray, features: pd.DataFrame, pair: Pair, place: Place) -> pd.DataFrame:
    """Per ride: `gate.absolute_errors` and, for each version, its error and whether its band covers the ride."""
    versions = {"champion": pair.champion, "candidate": pair.candidate}
    predicted = {role: predict(version.model, features, place) for role, version in versions.items()}
    minutes = {role: columns["predicted_duration"].to_numpy() for role, columns in predicted.items()}
    measures = gate.absolute_errors(actual, **minutes)
    for role, columns in predicted.items():
        low, high = columns["predicted_low"].to_numpy(), columns["predicted_high"].to_numpy()
        measures[f"{role}_error"] = minutes[role] - actual
        measures[f"{role}_covered"] = np.where(np.isnan(high), np.nan, (low <= actual) & (actual <= high))
    return measures
