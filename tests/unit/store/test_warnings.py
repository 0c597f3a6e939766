"""What `status` warns of, and where the limits are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from job.store.reading.health import Failure, LastDay
from job.store.reading.quality import Alert
from job.store.reading.warnings import Facts, warnings

FINE = Facts(
    last_day=LastDay(1_000, 700, 0, 300, 0), failing=[], stale_minutes=None, challenger_error=None,
    alerts=[],
)  # fmt: skip


def alert(kind: str, subject: str, value: float, meaning: str) -> Facts:
    """All is well but for a day."""
    return replace(FINE, alerts=[Alert("2026-01-30", "city", kind, subject, value, meaning)])


def test_a_usual_day_gives_no_warning() -> None:
    """Nor does one whose marts cannot be read, where status says so itself."""
    assert list(warnings(FINE)) == []
    assert list(warnings(replace(FINE, alerts=None))) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (replace(FINE, last_day=LastDay(1_000, 499, 0, 501, 0)), "50% of the records of 24 hours were rejected"),
        (replace(FINE, stale_minutes=61.0), "the registry has been away for 61 minutes"),
        (replace(FINE, challenger_error="it is a pickle"), "the challenger did not score: it is a pickle"),
        (
            alert("error", "version 3", 1.333, "over 1.3 times"),
            "error of the city rides on 2026-01-30, version 3: 1.33, over 1.3 times; look at prediction_quality",
        ),
        (alert("drift", "pickup", 0.31, "it has"), "drift of the city rides on 2026-01-30, pickup: 0.31, it has; look"),
        (alert("mine", "x", 1, "of my own"), "mine of the city rides on 2026-01-30, x: 1.00, of my own; look at"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be(facts: Facts, said: str) -> None:
    """One sentence."""
    (sentence,) = warnings(facts)
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    "facts",
    [
        replace(FINE, last_day=LastDay(1_000, 500, 0, 500, 0)),
        replace(FINE, last_day=LastDay(99, 0, 0, 99, 3)),
        replace(FINE, stale_minutes=60.0),
    ],
)
def test_just_within_the_limits(facts: Facts) -> None:
    """Up to and including them; a few records, and what was never validated, are no ground for a warning."""
    assert list(warnings(facts)) == []


def test_each_failing_command_is_told() -> None:
    """With its run and its words."""
    at = datetime(2026, 1, 31, tzinfo=UTC)
    failing = [Failure(7, "dbt", at, "exit code 1"), Failure(6, "score", at, "no model")]
    assert list(warnings(replace(FINE, failing=failing))) == [
        "`dbt` failed when it last ran (run 7): exit code 1",
        "`score` failed when it last ran (run 6): no model",
    ]
