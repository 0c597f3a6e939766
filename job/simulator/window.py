"""Windows: two minutes each, named by their start, which is an even minute of UTC."""

from datetime import UTC, datetime, timedelta

from job.errors import UsageError
from job.rides import times

LENGTH = timedelta(minutes=2)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def parse(text: str, now: datetime) -> list[datetime]:
    """The starts of the windows in `START` or `START..END`, both included.

    Raises UsageError if a time has no offset, is not an even minute or is before 2000, or if a window is not closed.
    """
    first, _, last = text.partition("..")
    start, end = _start(first, text), _start(last or first, text)
    if end < start:
        raise UsageError(f"window {text!r} ends before it starts: write START..END")
    if end > now - LENGTH:
        raise UsageError(
            f"window {text!r} is not closed: a window lasts two minutes, and it is now {now:%Y-%m-%dT%H:%M:%SZ}"
        )
    return [start + number * LENGTH for number in range((end - start) // LENGTH + 1)]


def _start(text: str, whole: str) -> datetime:
    start = times.instant("window", text)
    if start.minute % 2 or start.second or start.microsecond:
        raise UsageError(f"window {whole!r} does not start on an even minute: windows start at :00, :02, … of the hour")
    if start < FIRST:
        raise UsageError(f"window {whole!r} is before 2000: rides are simulated from 2000 on")
    return start
