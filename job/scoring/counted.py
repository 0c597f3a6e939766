"""What a scoring run did, in words."""

from collections import Counter
from collections.abc import Iterator

from job.rides.ride import REASONS
from job.store.run import Counts


def sentence(counts: Counts, windows: int | None = None) -> str:
    """The counts of a run for a person, of this many windows or of records."""
    read = _counted(counts.records_read, "record") if windows is None else _counted(windows, "window")
    return (
        f"{_counted(counts.rides_scored, 'ride')} scored from {read}; "
        f"{counts.rides_known:,} known before, {counts.records_rejected:,} rejected"
    )


def lines(counts: Counts, reasons: Counter[str], windows: int | None = None) -> Iterator[str]:
    """The sentence, and a line for each reason for which records were rejected."""
    yield sentence(counts, windows)
    for reason, count in reasons.most_common():
        yield f"  {count:>9,}  {reason}: {REASONS[reason]}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
