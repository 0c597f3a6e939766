"""What a run did, in words."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from job.city.reading import Labelled
from job.errors import JobError
from job.rides.ride import CAUSES, REASONS, Batch
from job.rides.unreadable import Unreadable
from job.store.run import Counts

INSTANTS = (
    "start times have an offset or a time zone and were read as instants; if they show the city's wall clock, "
    "as in files from BigQuery and Spark, use --wall-clock"
)
LONGEST_EXAMPLE = 100  # characters


@dataclass
class Tally:
    """Why records of a run were rejected, and which values of its rides could not be read.

    reasons: the number of records by reason.
    examples: by reason, the values at fault in the first record that was rejected for it.
    has_instants: whether start times have an offset or a zone.
    """

    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    unreadable: Unreadable = field(default_factory=Unreadable)
    has_instants: bool = False

    def add(self, batch: Batch) -> None:
        """Count one more batch."""
        self.reasons.update(batch.rejected["reason"])
        firsts = batch.rejected.drop_duplicates("reason")
        for reason, payload in zip(firsts["reason"], firsts["payload"], strict=True):
            self.examples.setdefault(reason, _example(reason, json.loads(payload)))
        self.unreadable += batch.unreadable
        self.has_instants |= batch.has_instants

    def explained(self, reason: str) -> str:
        """What the reason means, with an example."""
        example = self.examples.get(reason)
        return REASONS[reason] + (f" (first: {example})" if example else "")


def _example(reason: str, payload: dict[str, str]) -> str:
    """The values in a rejected record that are the reason."""
    examples = (f"{name} {payload[name][:LONGEST_EXAMPLE]!r}" for name in CAUSES.get(reason, ()) if name in payload)
    return ", ".join(examples)


def require_accepted(counts: Counts, tally: Tally) -> None:
    """Raise JobError if there were records and every one of them was rejected."""
    if counts.records_read and counts.records_rejected == counts.records_read:
        why = ", ".join(f"{count:,} {reason}" for reason, count in tally.reasons.most_common())
        raise JobError(
            f"nothing was accepted from {_counted(counts.records_read, 'record')} ({why}): "
            f"{tally.explained(tally.reasons.most_common(1)[0][0])}; docs/records.md says what is read"
        )


def sentence(counts: Counts, windows: int | None = None) -> str:
    """The counts of a run for a person; windows: how many were given, None for records."""
    read = _counted(counts.records_read, "record") if windows is None else _counted(windows, "window")
    return (
        f"{_counted(counts.rides_scored, 'ride')} scored from {read}; "
        f"{counts.rides_known:,} already scored, {counts.records_rejected:,} rejected"
    )


def lines(counts: Counts, tally: Tally, windows: int | None = None) -> Iterator[str]:
    """The sentence, each reason for which records were rejected, each unreadable column, and how times were read."""
    yield sentence(counts, windows)
    for reason, count in tally.reasons.most_common():
        yield f"  {count:>9,}  {reason}: {tally.explained(reason)}"
    yield from tally.unreadable.lines()
    if tally.has_instants:
        yield INSTANTS


def learned(labelled: Labelled) -> Iterator[str]:
    """What became of the records that were read to learn from, unless all of them are trips with all their values."""
    if labelled.left_out:
        left_out = ", ".join(f"{count:,} {reason}" for reason, count in labelled.left_out.most_common())
        yield f"{len(labelled.trips):,} trips from {_counted(labelled.read, 'record')}; left out: {left_out}"
    yield from labelled.unreadable.lines()
    if labelled.has_instants:
        yield INSTANTS


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
