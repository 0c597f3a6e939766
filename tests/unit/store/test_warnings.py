"""The warnings of `status` and their limits."""

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
    """Facts without a problem except for this alert."""
    return replace(FINE, alerts=[Alert("2026-01-30", "city", kind, subject, value, meaning)])


def test_a_healthy_day_gives_no_warning() -> None:
    """Unreadable marts give none either, because status reports them itself."""
    assert list(warnings(FINE)) == []
    assert list(warnings(replace(FINE, alerts=None))) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(FINE, last_day=LastDay(1_000, 499, 0, 501, 0)), "50% of the records of 24 hours were rejected"),
        (replace(FINE, stale_minutes=61.0), "the registry has given no model that loads for 61 minutes"),
        (replace(FINE, challenger_error="it is a pickle"), "the challenger did not score: it is a pickle"),
        (
            alert("error", "version 3", 1.333, "over 1.3 times"),
            "error of the city rides on 2026-01-30, version 3: 1.33, over 1.3 times; look at prediction_quality",
        ),
        (alert("drift", "pickup", 0.31, "it has"), "drift of the city rides on 2026-01-30, pickup: 0.31, it has; look"),
        (alert("mine", "x", 1, "of my own"), "mine of the city rides on 2026-01-30, x: 1.00, of my own; look at"),
    ],
)  # fmt: skip
def test_each_problem_gives_one_warning(facts: Facts, words: str) -> None:
    """The warning has the subject, the value and its meaning."""
    (sentence,) = warnings(facts)
    assert sentence.startswith(words)


@pytest.mark.parametrize(
    "facts",
    [
        replace(FINE, last_day=LastDay(1_000, 500, 0, 500, 0)),
        replace(FINE, last_day=LastDay(99, 0, 0, 99, 3)),
        replace(FINE, stale_minutes=60.0),
    ],
)
def test_values_at_the_limits_give_no_warning(facts: Facts) -> None:
    """Neither do rejects among only a few records."""
    assert list(warnings(facts)) == []


def test_each_failing_command_gives_a_warning() -> None:
    """It has the run and its error."""
    at = datetime(2026, 1, 31, tzinfo=UTC)
    failing = [Failure(7, "dbt", at, "exit code 1"), Failure(6, "score", at, "no model")]
    assert list(warnings(replace(FINE, failing=failing))) == [
        "`dbt` failed when it last ran (run 7): exit code 1",
        "`score` failed when it last ran (run 6): no model",
    ]
