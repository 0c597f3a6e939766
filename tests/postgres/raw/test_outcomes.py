"""Outcomes as they become known."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import psycopg
import pytest

from job.store.binary import Floats, Uuids
from job.store.raw import outcomes
from tests.postgres.conftest import trip_id, value

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
KNOWN = "select trip_id::text, actual_duration, batch_id from raw.ride_outcomes order by outcome_id"


@pytest.fixture(autouse=True)
def pending(writer: psycopg.Connection) -> None:
    """The true durations of three rides, due half an hour ago, now and in a minute."""
    for number, due_at in enumerate((NOW - timedelta(minutes=30), NOW, NOW + timedelta(minutes=1)), 1):
        writer.execute(
            "insert into raw.pending_outcomes (trip_id, actual_duration, due_at) values (%s, %s, %s)",
            [trip_id(number), 10 * number, due_at],
        )


def test_an_outcome_that_is_due_is_observed_once(writer: psycopg.Connection) -> None:
    """One that is due at this instant is included, a later one waits, and a second attempt finds nothing."""
    assert [outcomes.observe(writer, batch, NOW, at_most=10) for batch in (7, 8)] == [2, 0]
    assert writer.execute(KNOWN).fetchall() == [(trip_id(1), 10, 7), (trip_id(2), 20, 7)]
    assert outcomes.observe(writer, 9, NOW + timedelta(minutes=1), at_most=10) == 1


def test_the_oldest_outcomes_are_observed_first(writer: psycopg.Connection) -> None:
    """Each batch takes at most `at_most`, in the order in which they became due."""
    late = NOW + timedelta(hours=1)
    assert [outcomes.observe(writer, batch, late, at_most=2) for batch in (7, 8, 9)] == [2, 1, 0]
    assert [batch for _, _, batch in writer.execute(KNOWN)] == [7, 7, 8]


def test_an_observed_outcome_keeps_its_pending_row(writer: psycopg.Connection) -> None:
    """The row is marked with the batch; the job has no right to change anything else in it."""
    outcomes.observe(writer, 7, NOW, at_most=10)
    assert value(writer, "select array_agg(batch_id order by trip_id) from raw.pending_outcomes") == [7, 7, None]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        writer.execute("update raw.pending_outcomes set actual_duration = 1")


def test_a_correction_is_appended_only_if_it_changes_the_outcome(writer: psycopg.Connection) -> None:
    """A first outcome and a different one are new rows; an equal one is not."""
    for batch_id, second, appended_rows in ((1, 20.0, 2), (2, 21.5, 1), (3, 21.5, 0), (4, 20.0, 1)):
        given = Uuids(pd.Series([trip_id(1), trip_id(2)])), Floats(np.array([10.0, second]))
        assert outcomes.correct(writer, batch_id, *given) == appended_rows  # compared with the newest outcome only
    assert outcomes.correct(writer, 5, Uuids(pd.Series([], dtype=str)), Floats(np.empty(0))) == 0
    appended = [(trip_id(1), 10, 1), (trip_id(2), 20, 1), (trip_id(2), 21.5, 2), (trip_id(2), 20, 4)]
    assert writer.execute(KNOWN).fetchall() == appended
