"""`score` on the simulator: owed windows, given windows, and the ledger."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import Clock, Job, counts, last_run, predictions, scalar, started

WINDOW, RANGE = "2026-01-31T08:02Z", "2026-01-31T08:00Z..2026-01-31T08:58Z"


def test_a_first_run_scores_every_owed_window_and_a_second_none(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]
) -> None:
    """FIRST_RUN_DAYS of closed windows are scored, and a run without owed windows is a success."""
    first = job("score")
    assert first.code == 0
    run, after_first = last_run(database), counts(database)
    assert (run["status"], run["source"], run["windows"]) == ("succeeded", "simulator", 719)
    assert run["rides_scored"] == run["records_read"] == after_first["ride_predictions"] >= 719
    assert run["profile_digest"]
    assert scalar(database, "select max(window_start)::text from raw.windows") == "2026-03-02 17:58:00+00"
    assert scalar(database, "select count(*) from raw.ride_predictions where trip_start_timestamp > now()") == 0

    started(database, clock)
    again = job("score")
    assert again.code == 0
    run = last_run(database)
    assert (run["status"], run["windows"], run["records_read"]) == ("succeeded", 0, 0)
    assert counts(database) == after_first | {"runs": 2}
    assert again.named("score.completed")[0]["rides_scored"] == 0


def test_the_next_window_is_owed_when_it_has_closed(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]
) -> None:
    """A window is scored two minutes later, and after a pause those of the last CATCH_UP_HOURS are."""
    job("score")
    started(database, clock)
    for later, expected in [(timedelta(minutes=2), 1), (timedelta(hours=2), 29)]:
        clock.at += later
        job("score")
        assert last_run(database)["windows"] == expected
    newest = scalar(database, "select max(window_start) from raw.windows")
    assert newest == datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def test_the_rides_of_a_window(database: psycopg.Connection, home: Path, job: Job) -> None:
    """They start inside the window, the ledger counts them, and their outcomes wait until they are due."""
    job("score", "--window", WINDOW)
    (facts,) = database.execute(
        """
        select window_start::text, rides, min(trip_start_timestamp) >= window_start,
            max(trip_start_timestamp) < window_start + interval '2 minutes', count(*), count(due_at)
        from raw.windows
        inner join raw.ride_predictions using (run_id)
        left join raw.pending_outcomes using (trip_id)
        group by window_start, rides
        """
    )
    start, rides, after, before, predicted, pending = facts
    assert (start, after, before) == ("2026-01-31 08:02:00+00", True, True)
    assert 1 <= rides == predicted == pending <= 10
    assert counts(database)["ride_outcomes"] == 0
    assert scalar(database, "select bool_and(due_at > '2026-01-31 08:02Z') from raw.pending_outcomes")


@pytest.mark.parametrize(("given", "windows"), [(WINDOW, 1), (RANGE, 30)])
def test_a_given_window_is_scored_once(
    database: psycopg.Connection, home: Path, job: Job, given: str, windows: int
) -> None:
    """If the same window or range is given again, every ride is already known."""
    assert job("score", "--window", given).code == 0
    run, after_first = last_run(database), counts(database)
    assert (run["windows"], after_first["windows"]) == (windows, windows)

    assert job("score", "--window", given).code == 0
    again = last_run(database)
    assert (again["rides_scored"], again["rides_known"], again["windows"]) == (0, run["rides_scored"], 0)
    assert counts(database) == after_first | {"runs": 2}


def test_the_same_window_gives_the_same_rides_in_any_order(database: psycopg.Connection, home: Path, job: Job) -> None:
    """A window has the same rides alone and as part of a range."""
    job("score", "--window", WINDOW)
    alone = predictions(database)
    database.execute("truncate raw.ride_predictions, raw.windows, raw.pending_outcomes cascade")
    job("score", "--window", RANGE)
    assert {ride: predictions(database)[ride] for ride in alone} == {
        ride: pytest.approx(values) for ride, values in alone.items()
    }


def test_many_windows_are_written_in_batches(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each batch has its own number, and all windows are scored."""
    monkeypatch.setattr("job.commands.score.WINDOWS_PER_BATCH", 7)
    job("score", "--window", RANGE)
    assert scalar(database, "select count(distinct batch_id) from raw.ride_predictions") == 5
    assert last_run(database)["windows"] == counts(database)["windows"] == 30


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("2999-01-31T08:02Z", "is not closed"),
        ("2026-01-31T08:03Z", "does not start on an even minute"),
        ("2026-01-31T08:02:30Z", "does not start on an even minute"),
        ("2026-01-31T08:02", "has no offset"),
        ("2026-01-31T09:00Z..2026-01-31T08:00Z", "ends before it starts"),
        ("1999-01-31T08:02Z", "is before 2000"),
        ("yesterday", "cannot be read"),
        ("..", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_an_invalid_window_is_a_usage_error(database: psycopg.Connection, job: Job, given: str, words: str) -> None:
    """The error is one sentence, and no run is recorded."""
    before = counts(database)
    refused = job("score", "--window", given)
    assert refused.code == 2
    assert words in refused.error
    assert counts(database) == before


def test_an_open_window_is_not_scored(database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]) -> None:
    """It is refused one second before its end and scored at its end."""
    clock.at = datetime(2026, 1, 31, 8, 3, 59, tzinfo=UTC)
    assert job("score", "--window", WINDOW).code == 2
    clock.at = datetime(2026, 1, 31, 8, 4, tzinfo=UTC)
    assert job("score", "--window", WINDOW).code == 0
