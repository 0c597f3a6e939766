"""Parses dates and times given by a person."""

from datetime import UTC, datetime, tzinfo

from job.errors import UsageError

EARLIEST, LATEST = (time.replace(tzinfo=UTC) for time in (datetime.min, datetime.max))  # of an open-ended range


def instant(label: str, text: str, zone: tzinfo | None = None) -> datetime:
    """Parse a date or time as a UTC instant; without an offset it is local to the zone.

    Raises UsageError, which names `label`, if the text is not a time, or has no offset and no zone is given.
    """
    try:
        parsed = datetime.fromisoformat(text)
        if parsed.tzinfo is None and zone is not None:
            parsed = parsed.replace(tzinfo=zone)
        if parsed.tzinfo is not None:
            return parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # no time, or one that is outside the years 1 to 9999 in UTC
        raise UsageError(f"{label} {text!r} cannot be read: write it like 2026-01-31T08:00Z") from error
    raise UsageError(f"{label} {text!r} has no offset: write it like 2026-01-31T08:00Z, where Z means UTC")
