"""Outcomes as they become known, on a real server, as the job's role."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job.store.raw import outcomes
from tests.postgres.conftest import trip_id, value

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
KNOWN = "select trip_id::text, actual_duration, batch_id from raw.ride_outcomes order by outcome_id"


@pytest.fixture(autouse=True)
def pending(writer: psycopg.Connection) -> None:
    """Three rides' truths, due half an hour ago, now and in a minute."""
    for number, due_at in enumerate((NOW - timedelta(minutes=30), NOW, NOW + timedelta(minutes=1)), 1):
        writer.execute(
            "insert into raw.pending_outcomes (trip_id, actual_duration, due_at) values (%s, %s, %s)",
            [trip_id(number), 10 * number, due_at],
        )


def test_what_is_due_is_observed_once(writer: psycopg.Connection) -> None:
    """What is due now counts, what is due later waits, and a second look finds nothing."""
    assert outcomes.overdue(writer, NOW) == 2
    assert [outcomes.observe(writer, batch, NOW, at_most=10) for batch in (7, 8)] == [2, 0]
    assert writer.execute(KNOWN).fetchall() == [(trip_id(1), 10, 7), (trip_id(2), 20, 7)]
    assert outcomes.overdue(writer, NOW) == 0
    assert outcomes.observe(writer, 9, NOW + timedelta(minutes=1), at_most=10) == 1


def test_the_oldest_come_first(writer: psycopg.Connection) -> None:
    """At most so many a batch, in the order in which they became due."""
    late = NOW + timedelta(hours=1)
    assert [outcomes.observe(writer, batch, late, at_most=2) for batch in (7, 8, 9)] == [2, 1, 0]
    assert [batch for _, _, batch in writer.execute(KNOWN)] == [7, 7, 8]


def test_a_truth_stays_where_the_run_wrote_it(writer: psycopg.Connection) -> None:
    """Observed, it is marked and not taken away; the job may change nothing else of it."""
    outcomes.observe(writer, 7, NOW, at_most=10)
    assert value(writer, "select array_agg(batch_id order by trip_id) from raw.pending_outcomes") == [7, 7, None]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        writer.execute("update raw.pending_outcomes set actual_duration = 1")


def test_only_news_is_appended(writer: psycopg.Connection) -> None:
    """A first outcome and another one are written; an equal one is known already."""
    ids = [trip_id(1), trip_id(2)]
    assert outcomes.correct(writer, 1, ids, [10.0, 20.0]) == 2
    assert outcomes.correct(writer, 2, ids, [10.0, 21.5]) == 1
    assert outcomes.correct(writer, 3, ids, [10.0, 21.5]) == 0
    assert outcomes.correct(writer, 4, ids, [10.0, 20.0]) == 1  # the newest counts, not any that was there once
    assert outcomes.correct(writer, 5, [], []) == 0
    told = [(trip_id(1), 10, 1), (trip_id(2), 20, 1), (trip_id(2), 21.5, 2), (trip_id(2), 20, 4)]
    assert writer.execute(KNOWN).fetchall() == told
