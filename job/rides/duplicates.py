"""Duplicate trip_ids in one input: the first record counts, an equal one is skipped, a different one is rejected."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from job.rides.identity import hashes
from job.rides.ride import Batch, rejected_records

COMPARED = [
    "trip_start_timestamp", "trip_miles", "pickup_community_area", "dropoff_community_area", "fare", "trip_total",
]  # fmt: skip
BUCKETS_LOG2 = 4


class Seen:
    """The rides of an input so far, 16 bytes each.

    Keys are 64-bit hashes: the probability of a collision among ten million rides is 3 in a million. Their highest bits
    choose a bucket, because merging within one takes a multiple of its memory.
    """

    def __init__(self) -> None:
        self._buckets = [_Bucket() for _ in range(1 << BUCKETS_LOG2)]

    def add(self, keys: np.ndarray, contents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Add rides; return whether each is the first with its key, and the contents of the first with its key."""
        first, firsts = np.empty(len(keys), bool), np.empty(len(keys), np.uint64)
        numbers = (keys >> np.uint64(64 - BUCKETS_LOG2)).astype(int)
        for number, bucket in enumerate(self._buckets):
            rows = np.flatnonzero(numbers == number)
            first[rows], firsts[rows] = bucket.add(keys[rows], contents[rows])
        return first, firsts


class _Bucket:
    """Rides in sorted runs, each at most half as long as the one before."""

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, keys: np.ndarray, contents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See Seen.add."""
        unique, index, inverse = np.unique(keys, return_index=True, return_inverse=True)
        firsts = contents[index]
        new = np.ones(len(unique), bool)
        for earlier, earlier_contents in self._runs:
            at = np.minimum(np.searchsorted(earlier, unique), len(earlier) - 1)
            hit = earlier[at] == unique
            firsts = np.where(hit, earlier_contents[at], firsts)
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
            order = np.argsort(keys, kind="stable")  # fast, since it merges two sorted runs
            keys, contents = keys[order], contents[order]
        self._runs.append((keys, contents))


def resolve(batch: Batch, records: pa.Table, first_position: int, seen: Seen) -> Batch:
    """Remove duplicates from the batch that `parse` made of these records: rides seen earlier, in it or before it.

    Two rides are equal if their start, miles, areas, money and true duration are the same.
    """
    rides = batch.rides
    if rides.empty:
        return batch
    first, contents = seen.add(hashes(rides["trip_id"]), own := _contents(batch))
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
    """A 64-bit hash of each ride's values."""
    minutes = batch.outcomes["actual_duration"].reindex(batch.rides.index)
    compared = batch.rides[COMPARED].assign(minutes=minutes)
    return pd.util.hash_pandas_object(compared, index=False).to_numpy()
