"""Parses dates and times given by a person."""

from datetime import UTC, datetime, tzinfo

from job.errors import UsageError

EARLIEST, LATEST = (time.replace(tzinfo=UTC) for time in (datetime.min, datetime.max))  # for a range without an end


def instant(what: str, text: str, zone: tzinfo | None = None) -> datetime:
    """Parse a date or time as a UTC instant; without an offset it is local to the zone.

    Raises UsageError, which names `what`, if the text is not a time, or has no offset and no zone is given.
    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{what} {text!r} cannot be read: write it like 2026-01-31T08:00Z") from error
    if parsed.tzinfo is None:
        if zone is None:
            raise UsageError(f"{what} {text!r} has no offset: write it like 2026-01-31T08:00Z, where Z means UTC")
        parsed = parsed.replace(tzinfo=zone)
    return parsed.astimezone(UTC)
