"""Values of accepted rides that are given but cannot be read: counted by column, so that none passes for missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from job.rides.columns import text

LONGEST_EXAMPLE = 40  # characters


@dataclass(frozen=True)
class Unreadable:
    """How many values of each column could not be read, and the first of them as an example."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @classmethod
    def counted(cls, name: str, values: pa.ChunkedArray, unreadable: np.ndarray) -> "Unreadable":
        """Count the values of one column that the mask selects."""
        rows = np.flatnonzero(unreadable)
        if not len(rows):
            return cls()
        (example,) = text(values.take(pa.array(rows[:1]))).to_pylist()
        return cls(Counter({name: len(rows)}), {name: example[:LONGEST_EXAMPLE]})

    def __add__(self, other: "Unreadable") -> "Unreadable":
        return Unreadable(self.counts + other.counts, other.examples | self.examples)

    def lines(self) -> Iterator[str]:
        """A sentence for each column."""
        for name, count in self.counts.most_common():
            values = "value" if count == 1 else "values"
            yield f"{count:,} {values} of {name} could not be read (first: {self.examples[name]!r})"
