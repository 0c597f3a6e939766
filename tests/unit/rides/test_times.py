"""Times as a person gives them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from job.errors import UsageError
from job.rides import times

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31T08:00Z", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("2026-01-31T08:00+01:00", datetime(2026, 1, 31, 7, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 31, 6, tzinfo=UTC)),
        ("2026-11-01 01:15", datetime(2026, 11, 1, 6, 15, tzinfo=UTC)),  # twice that night: the first
        ("2026-03-08 02:15", datetime(2026, 3, 8, 8, 15, tzinfo=UTC)),  # never: as if clocks had not changed yet
    ],
)
def test_a_time_is_an_instant(text: str, expected: datetime) -> None:
    """By its own offset, else by the zone's."""
    assert times.instant("--from", text, CHICAGO) == expected


@pytest.mark.parametrize(
    ("text", "said"), [("today", "--from 'today' cannot be read"), ("2026-01-31", "--from '2026-01-31' has no offset")]
)
def test_what_is_no_instant_is_refused(text: str, said: str) -> None:
    """In a sentence that names the option and what was given."""
    with pytest.raises(UsageError, match=said):
        times.instant("--from", text)
