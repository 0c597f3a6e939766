"""Parsing of times on the command line."""

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
        ("2026-11-01 01:15", datetime(2026, 11, 1, 6, 15, tzinfo=UTC)),  # ambiguous: the first
        ("2026-03-08 02:15", datetime(2026, 3, 8, 8, 15, tzinfo=UTC)),  # does not exist: read as standard time
    ],
)
def test_a_time_uses_its_offset_or_the_time_zone(text: str, expected: datetime) -> None:
    """Without an offset a time is local time."""
    assert times.instant("--from", text, CHICAGO) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("today", "--from 'today' cannot be read"), ("2026-01-31", "--from '2026-01-31' has no offset"),
        ("0001-01-01T00:00+05:00", "cannot be read"), ("9999-12-31T23:59-05:00", "cannot be read"),
    ],
)  # fmt: skip
def test_a_time_that_is_not_an_instant_is_refused(text: str, words: str) -> None:
    """The error names the option and its value."""
    with pytest.raises(UsageError, match=words):
        times.instant("--from", text)
