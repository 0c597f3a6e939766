"""The ledger: which windows are owed, which are too old to be scored."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job import config
from job.config import Config
from job.store import connection
from job.store.raw import windows
from tests.postgres.conftest import value

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
NEWEST = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
WINDOW = timedelta(minutes=2)
DAY = 720  # windows
FIRST = 2 * DAY - 2  # before the newest: the oldest window that began within the last two days


@pytest.fixture
def settings(database: psycopg.Connection) -> Config:
    """A day to catch up with, two on an empty ledger."""
    return config.parse(os.environ | {"CATCH_UP_HOURS": "24", "FIRST_RUN_DAYS": "2"})


def back(first: int, last: int) -> list[datetime]:
    """The windows that are so many before the newest closed one, oldest first."""
    return [NEWEST - number * WINDOW for number in range(first, last - 1, -1)]


def score(
    database: psycopg.Connection, starts: Iterable[datetime], at: datetime = NOW, command: str = "score",
    source: str = "simulator",
) -> None:  # fmt: skip
    """A run at that time that scored these windows."""
    scored = list(starts)
    run_id = value(
        database,
        "insert into raw.runs (command, source, started_at, finished_at, status, windows, code_version) "
        "values (%s, %s, %s, %s, 'succeeded', %s, 'test') returning run_id",
        command, source, at, at, len(scored),
    )  # fmt: skip
    database.execute(
        "insert into raw.windows select unnest(%s::timestamptz[]), %s, 1 on conflict do nothing", [scored, run_id]
    )


def test_on_an_empty_ledger_the_first_days_are_owed(writer: psycopg.Connection, settings: Config) -> None:
    """FIRST_RUN_DAYS of closed windows, oldest first, and none is skipped."""
    owed = windows.owed(writer, settings, NOW)
    assert owed == back(FIRST, 0)
    assert owed[0] == datetime(2026, 1, 29, 8, 4, tzinfo=UTC)
    assert windows.skipped(writer, settings, NOW) == 0


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        (NEWEST + WINDOW, NEWEST),
        (NEWEST + 2 * WINDOW - timedelta(microseconds=1), NEWEST),
        (NEWEST + 2 * WINDOW, NEWEST + WINDOW),
    ],
)
def test_only_closed_windows_are_owed(
    writer: psycopg.Connection, settings: Config, now: datetime, newest: datetime
) -> None:
    """A window is owed from the instant on at which it ends."""
    assert windows.owed(writer, settings, now)[-1] == newest


def test_then_only_what_is_new_is_owed(writer: psycopg.Connection, settings: Config) -> None:
    """Nothing at first; each window once it is closed."""
    score(writer, windows.owed(writer, settings, NOW))
    assert windows.owed(writer, settings, NOW) == []
    assert windows.owed(writer, settings, NOW + WINDOW) == [NEWEST + WINDOW]
    assert windows.owed(writer, settings, NOW + 3 * WINDOW) == [NEWEST + number * WINDOW for number in (1, 2, 3)]


def test_a_gap_is_owed_oldest_first(writer: psycopg.Connection, database: psycopg.Connection, settings: Config) -> None:
    """Within CATCH_UP_HOURS, wherever it is."""
    score(writer, windows.owed(writer, settings, NOW))
    gap = [*back(600, 590), *back(3, 1)]
    database.execute("delete from raw.windows where window_start = any(%s)", [gap])
    assert windows.owed(writer, settings, NOW) == gap


def test_a_pause_is_caught_up_with(writer: psycopg.Connection, settings: Config) -> None:
    """Hours without a run: all of their windows, none skipped."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(hours=23)
    owed = windows.owed(writer, settings, later)
    assert owed == [NEWEST + number * WINDOW for number in range(1, 23 * 30 + 1)]
    assert windows.skipped(writer, settings, later) == 0


def test_what_is_older_is_skipped_and_counted(writer: psycopg.Connection, settings: Config) -> None:
    """Two days without a run: a day is owed, the one before is not; every window is one or the other."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(days=2)
    owed, skipped = windows.owed(writer, settings, later), windows.skipped(writer, settings, later)
    assert owed[-1] == NEWEST + 2 * DAY * WINDOW
    assert owed[0] > later - timedelta(days=1)
    assert len(owed) + skipped == 2 * DAY
    score(writer, owed, at=later)
    assert windows.owed(writer, settings, later) == []
    assert windows.skipped(writer, settings, later) == skipped


def test_more_hours_to_catch_up_with_are_owed_and_not_skipped(writer: psycopg.Connection, settings: Config) -> None:
    """CATCH_UP_HOURS decides, also afterwards."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(days=2)
    patient = config.parse(os.environ | {"CATCH_UP_HOURS": "72", "FIRST_RUN_DAYS": "2"})
    assert len(windows.owed(writer, patient, later)) == 2 * DAY
    assert windows.skipped(writer, patient, later) == 0


def test_a_first_run_that_was_cut_is_completed_by_the_next(writer: psycopg.Connection, settings: Config) -> None:
    """It committed a batch, the oldest; what was left of the first days is owed, hours later too."""
    first = windows.owed(writer, settings, NOW)
    score(writer, first[:DAY])
    later = NOW + timedelta(hours=5)
    owed = windows.owed(writer, settings, later)
    assert owed == [*first[DAY:], *(NEWEST + number * WINDOW for number in range(1, 151))]
    assert windows.skipped(writer, settings, later) == 0


def test_a_first_run_that_wrote_nothing_leaves_everything_owed(writer: psycopg.Connection, settings: Config) -> None:
    """The first days are those before the run that is the first to score something."""
    score(writer, [], at=NOW - timedelta(days=30))
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert windows.skipped(writer, settings, NOW) == 0


@pytest.mark.parametrize("command_and_source", [("score", "city"), ("train", "simulator"), ("dbt", None)])
def test_other_runs_are_no_first_run(
    writer: psycopg.Connection, settings: Config, command_and_source: tuple[str, str]
) -> None:
    """Real records scored a month ago, or a training: the simulator's ledger is as empty as before."""
    command, source = command_and_source
    score(writer, [], at=NOW - timedelta(days=30), command=command, source=source)
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert windows.skipped(writer, settings, NOW) == 0


def test_a_window_of_long_ago_given_by_hand_spoils_nothing(writer: psycopg.Connection, settings: Config) -> None:
    """Before the first run: the first days are still owed, and the years since then are not skipped."""
    score(writer, [datetime(2022, 3, 1, tzinfo=UTC)])
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert windows.skipped(writer, settings, NOW) == 0


def test_a_newer_window_given_by_hand_is_not_owed_again(writer: psycopg.Connection, settings: Config) -> None:
    """The others around it are."""
    score(writer, back(5, 5))
    assert windows.owed(writer, settings, NOW) == [*back(FIRST, 6), *back(4, 0)]


@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)], ids=["spring", "autumn"]
)
def test_a_night_of_changing_clocks_has_as_many_windows_as_any(
    database: psycopg.Connection, settings: Config, night: datetime
) -> None:
    """Windows are UTC's, also in a database that speaks Chicago's time."""
    database.execute(f"alter database {database.info.dbname} set timezone = 'America/Chicago'")
    with connection.connect(settings, {}) as ours:
        owed = windows.owed(ours, settings, night)
    assert owed == [night - number * WINDOW for number in range(2 * DAY - 1, 0, -1)]


def test_the_ledger_takes_whole_windows_only(database: psycopg.Connection) -> None:
    """A start that is not on an even minute is refused by the database."""
    for second in (1, 60, 61, 119):
        with pytest.raises(psycopg.errors.CheckViolation):
            score(database, [NEWEST + timedelta(seconds=second)])
