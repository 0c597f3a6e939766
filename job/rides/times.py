"""Times as a person gives them."""

from datetime import UTC, datetime, tzinfo

from job.errors import UsageError


def instant(what: str, text: str, zone: tzinfo | None = None) -> datetime:
    """A date or time as an instant in UTC; one without an offset is the zone's.

    Raises UsageError, which begins with `what`, for what is no time, and without a zone for what has no offset.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{what} {text!r} cannot be read: write it like 2026-01-31T08:00Z") from error
    if found.tzinfo is None:
        if zone is None:
            raise UsageError(f"{what} {text!r} has no offset: write it like 2026-01-31T08:00Z, Z for UTC")
        found = found.replace(tzinfo=zone)
    return found.astimezone(UTC)
