"""A trip_id twice in one input: the first is the ride, an equal one is known, a different one is rejected."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from job.rides.ride import Batch, rejected_records

COMPARED = [
    "trip_start_timestamp", "trip_miles", "pickup_community_area", "dropoff_community_area", "fare", "trip_total",
]  # fmt: skip


class Seen:
    """The rides of an input so far: 16 bytes each, in sorted runs of which each is at most half the one before.

    Keys are 64-bit hashes: among ten million rides two different trip_ids meet with a chance of 3 in a million.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def meet(self, keys: np.ndarray, contents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Whether each ride is the first with its key, and what the first with its key contains; all are remembered."""
        unique, index, inverse = np.unique(keys, return_index=True, return_inverse=True)
        firsts = contents[index]
        new = np.ones(len(unique), bool)
        for known, known_contents in self._runs:
            at = np.minimum(np.searchsorted(known, unique), len(known) - 1)
            hit = known[at] == unique
            firsts = np.where(hit, known_contents[at], firsts)
            new &= ~hit
        if new.any():
            self._remember(unique[new], firsts[new])
        first = np.zeros(len(keys), bool)
        first[index[new]] = True
        return first, firsts[inverse]

    def _remember(self, keys: np.ndarray, contents: np.ndarray) -> None:
        while self._runs and len(keys) * 2 > len(self._runs[-1][0]):
            before, before_contents = self._runs.pop()
            keys, contents = np.concatenate([before, keys]), np.concatenate([before_contents, contents])
            order = np.argsort(keys, kind="stable")  # merges runs: they are sorted already
            keys, contents = keys[order], contents[order]
        self._runs.append((keys, contents))


def resolve(batch: Batch, records: pa.Table, first_position: int, seen: Seen) -> Batch:
    """The batch that `parse` made of these records, without rides that came before in it or in what was seen.

    Equal means the same in all that is kept: start, miles, areas, money, and the true duration.
    """
    rides = batch.rides
    if rides.empty:
        return batch
    keys = pd.util.hash_array(rides["trip_id"].to_numpy(object), categorize=False)
    first, contents = seen.meet(keys, own := _contents(batch))
    if first.all():
        return batch
    equal = ~first & (contents == own)
    rows = rides.index.to_numpy()[~first & ~equal]
    conflicting = rejected_records(records, rows, np.full(len(rows), "conflicting_record", object), first_position)
    kept = rides.index[first]
    return replace(
        batch,
        rides=rides.loc[kept],
        outcomes=batch.outcomes[batch.outcomes.index.isin(kept)],
        rejected=pd.concat([batch.rejected, conflicting]).sort_values("position", ignore_index=True),
        repeated=batch.repeated + int(equal.sum()),
    )


def _contents(batch: Batch) -> np.ndarray:
    """A 64-bit hash of what each ride says."""
    minutes = batch.outcomes["actual_duration"].reindex(batch.rides.index)
    compared = batch.rides[COMPARED].assign(minutes=minutes)
    return pd.util.hash_pandas_object(compared, index=False).to_numpy()
