"""What a run did, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from job.city.reading import Labelled
from job.errors import JobError
from job.rides.ride import REASONS, Batch
from job.rides.unreadable import Unreadable
from job.store.run import Counts

INSTANTS = (
    "start times with an offset or a time zone were read as instants; "
    "if they show the wall clock, as in files from BigQuery and Spark, use --wall-clock"
)


@dataclass
class Tally:
    """Why records of a run were rejected, which values of its rides could not be read, and how times were read."""

    reasons: Counter[str] = field(default_factory=Counter)
    unreadable: Unreadable = field(default_factory=Unreadable)
    has_instants: bool = False

    def add(self, batch: Batch) -> None:
        """Count one more batch."""
        self.reasons.update(batch.rejected["reason"])
        self.unreadable += batch.unreadable
        self.has_instants |= batch.has_instants


def require_accepted(counts: Counts, tally: Tally) -> None:
    """Raise JobError if there were records and every one of them was rejected."""
    if counts.records_read and counts.records_rejected == counts.records_read:
        why = ", ".join(f"{count:,} {reason}" for reason, count in tally.reasons.most_common())
        raise JobError(
            f"nothing was accepted from {_counted(counts.records_read, 'record')} ({why}): "
            "compare the file with docs/records.md, which explains each reason"
        )


def sentence(counts: Counts, windows: int | None = None) -> str:
    """The counts of a run for a person, of this many windows or of records."""
    read = _counted(counts.records_read, "record") if windows is None else _counted(windows, "window")
    return (
        f"{_counted(counts.rides_scored, 'ride')} scored from {read}; "
        f"{counts.rides_known:,} known before, {counts.records_rejected:,} rejected"
    )


def lines(counts: Counts, tally: Tally, windows: int | None = None) -> Iterator[str]:
    """The sentence, each reason for which records were rejected, each unreadable column, and how times were read."""
    yield sentence(counts, windows)
    for reason, count in tally.reasons.most_common():
        yield f"  {count:>9,}  {reason}: {REASONS[reason]}"
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
