"""Windows: two minutes of the clock, named by their start, on even minutes of UTC."""

from datetime import UTC, datetime, timedelta

from job.errors import UsageError
from job.rides import times

LENGTH = timedelta(minutes=2)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def parse(text: str, now: datetime) -> list[datetime]:
    """The starts that `START` or `START..END` names, both included.

    Raises UsageError for what is not a time with its offset, not on an even minute, before 2000 or not closed yet.
    """
    first, _, last = text.partition("..")
    start, end = _start(first, text), _start(last or first, text)
    if end < start:
        raise UsageError(f"window {text!r} ends before it starts: write START..END")
    if end + LENGTH > now:
        closes = f"{end + LENGTH:%Y-%m-%dT%H:%MZ}"
        raise UsageError(f"window {text!r} is not closed: it ends at {closes}, and now is {now:%Y-%m-%dT%H:%M:%SZ}")
    return [start + number * LENGTH for number in range((end - start) // LENGTH + 1)]


def _start(text: str, whole: str) -> datetime:
    start = times.instant("window", text)
    if start.minute % 2 or start.second or start.microsecond:
        raise UsageError(f"window {whole!r} does not start on an even minute: windows start at :00, :02, … of the hour")
    if start < FIRST:
        raise UsageError(f"window {whole!r} is before 2000: rides are simulated from then on")
    return start
