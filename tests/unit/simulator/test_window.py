"""Parsing of --window."""

from datetime import UTC, datetime

import pytest

from job.errors import UsageError
from job.simulator import window

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)


def test_a_start_names_one_window() -> None:
    """It may be written with any offset."""
    assert window.parse("2026-01-31T08:00Z", NOW) == [datetime(2026, 1, 31, 8, 0, tzinfo=UTC)]
    assert window.parse("2026-01-31T02:00-06:00", NOW) == window.parse("2026-01-31T08:00Z", NOW)


def test_a_range_includes_both_ends() -> None:
    """START..END covers every window from the first to the last."""
    starts = window.parse("2026-01-31T07:56Z..2026-01-31T08:00Z", NOW)
    assert [start.minute for start in starts] == [56, 58, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-31T08:02Z", "not closed"),
        ("2027-01-31T08:02Z", "not closed"),
        ("2026-01-31T08:01Z", "even minute"),
        ("2026-01-31T08:00:30Z", "even minute"),
        ("2026-01-31T08:00", "'2026-01-31T08:00' has no offset"),
        ("2026-01-31T07:00Z..2026-01-31T08:00", "'2026-01-31T08:00' has no offset"),
        ("1999-01-31T08:00Z", "before 2000"),
        ("9999-12-31T23:58Z", "is not closed"),
        ("yesterday", "cannot be read"),
        ("", "cannot be read"),
        ("2026-01-31T08:00Z..2026-01-31T07:00Z", "ends before it starts"),
        ("2026-01-31T08:00Z..soon", "cannot be read"),
    ],
)
def test_an_invalid_window_is_refused(text: str, words: str) -> None:
    """A window that is not closed, not on an even minute, without an offset or not a time is a usage error."""
    with pytest.raises(UsageError, match=words):
        window.parse(text, NOW)
