"""A trip_id twice in one input: the first is the ride, an equal one is known, a different one is rejected."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from job.rides.ride import Batch, rejected_records

COMPARED = [
    "trip_start_timestamp", "trip_miles", "pickup_community_area", "dropoff_community_area", "fare", "trip_total",
]  # fmt: skip
EMPTY = np.empty(0, np.uint64)


class Seen:
    """The trip_ids of an input so far and what stood with them: 16 bytes a ride, in sorted runs.

    Keys are 64-bit hashes: among ten million rides two different trip_ids meet with a chance of 3 in a million.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def first_digests(self, keys: np.ndarray, digests: np.ndarray) -> np.ndarray:
        """For each record the digest of the first record with its key; unseen ones are remembered."""
        firsts = pd.Series(digests).groupby(keys, sort=False).transform("first").to_numpy(np.uint64)
        found = np.zeros(len(keys), bool)
        for known_keys, known_digests in self._runs:
            at = np.minimum(np.searchsorted(known_keys, keys), len(known_keys) - 1)
            hit = known_keys[at] == keys
            firsts = np.where(hit, known_digests[at], firsts)
            found |= hit
        self._remember(*_sorted_unique(keys[~found], firsts[~found]))
        return firsts

    def has(self, keys: np.ndarray) -> np.ndarray:
        """Whether each key came in an earlier batch."""
        return np.logical_or.reduce([np.isin(keys, known) for known, _ in self._runs] or [np.zeros(len(keys), bool)])

    def _remember(self, keys: np.ndarray, digests: np.ndarray) -> None:
        if len(keys):
            self._runs.append((keys, digests))
        while len(self._runs) > 1 and len(self._runs[-1][0]) * 2 > len(self._runs[-2][0]):
            last, before = self._runs.pop(), self._runs.pop()
            self._runs.append(_sorted_unique(*(np.concatenate(pair) for pair in zip(before, last, strict=True))))


def _sorted_unique(keys: np.ndarray, digests: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    unique, index = np.unique(keys, return_index=True)
    return unique, digests[index]
