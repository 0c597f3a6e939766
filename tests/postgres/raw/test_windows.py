"""The ledger of windows: which are owed, and which are too old to be scored."""

import os
from collections.abc import Iterable
from dataclasses import replace
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
FIRST = 2 * DAY - 2  # the oldest window that started within the last two days, counted back from the newest


@pytest.fixture
def settings(database: psycopg.Connection) -> Config:
    """Windows are caught up for a day; the first run covers two."""
    return config.parse(os.environ | {"CATCH_UP_HOURS": "24", "FIRST_RUN_DAYS": "2"})


def back(first: int, last: int) -> list[datetime]:
    """Closed windows, oldest first, by the number of newer ones: 2 and 0 give the newest three."""
    return [NEWEST - number * WINDOW for number in range(first, last - 1, -1)]


def score(
    database: psycopg.Connection, starts: Iterable[datetime], at: datetime = NOW, command: str = "score",
    source: str = "simulator", catch_up_hours: int = 24,
) -> None:  # fmt: skip
    """Record a run at that time that scored these windows."""
    scored = list(starts)
    run_id = value(
        database,
        "insert into raw.runs (command, source, started_at, finished_at, status, windows, code_version, "
        "catch_up_hours, first_run_days) values (%s, %s, %s, %s, 'succeeded', %s, 'test', %s, 2) returning run_id",
        command, source, at, at, len(scored), catch_up_hours,
    )  # fmt: skip
    database.execute(
        "insert into raw.windows select unnest(%s::timestamptz[]), %s, 1 on conflict do nothing", [scored, run_id]
    )


def skipped(database: psycopg.Connection, now: datetime) -> object:
    """The number of windows that are too old to be scored, by the settings of the last run."""
    return value(database, "select windows_skipped from raw.job_status(%s)", now)


def test_with_an_empty_ledger_the_first_days_are_owed(writer: psycopg.Connection, settings: Config) -> None:
    """FIRST_RUN_DAYS of closed windows are owed, oldest first, and none is skipped."""
    owed = windows.owed(writer, settings, NOW)
    assert owed == back(FIRST, 0)
    assert owed[0] == datetime(2026, 1, 29, 8, 4, tzinfo=UTC)
    assert skipped(writer, NOW) == 0


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
    """A window is owed from the instant at which it ends."""
    assert windows.owed(writer, settings, now)[-1] == newest


def test_a_window_that_was_scored_is_not_owed_again(writer: psycopg.Connection, settings: Config) -> None:
    """After the first run only windows that have closed since are owed."""
    score(writer, windows.owed(writer, settings, NOW))
    assert windows.owed(writer, settings, NOW) == []
    assert windows.owed(writer, settings, NOW + WINDOW) == [NEWEST + WINDOW]
    assert windows.owed(writer, settings, NOW + 3 * WINDOW) == [NEWEST + number * WINDOW for number in (1, 2, 3)]


def test_nothing_is_owed_when_nothing_is_caught_up(writer: psycopg.Connection) -> None:
    """CATCH_UP_HOURS=0 disables the simulator's windows, even on an empty ledger, and none is skipped."""
    off = config.parse(os.environ | {"CATCH_UP_HOURS": "0", "FIRST_RUN_DAYS": "2"})
    assert windows.owed(writer, off, NOW) == []
    score(writer, back(9, 5), catch_up_hours=0)
    assert windows.owed(writer, off, NOW) == []
    assert skipped(writer, NOW + timedelta(days=9)) == 0


def test_a_gap_is_owed_oldest_first(writer: psycopg.Connection, database: psycopg.Connection, settings: Config) -> None:
    """The gap may be anywhere within CATCH_UP_HOURS."""
    score(writer, windows.owed(writer, settings, NOW))
    gap = [*back(600, 590), *back(3, 1)]
    database.execute("delete from raw.windows where window_start = any(%s)", [gap])
    assert windows.owed(writer, settings, NOW) == gap


def test_a_pause_is_caught_up(writer: psycopg.Connection, settings: Config) -> None:
    """After hours without a run all of their windows are owed and none is skipped."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(hours=23)
    owed = windows.owed(writer, settings, later)
    assert owed == [NEWEST + number * WINDOW for number in range(1, 23 * 30 + 1)]
    assert skipped(writer, later) == 0


def test_older_windows_are_skipped_and_counted(writer: psycopg.Connection, settings: Config) -> None:
    """After two days without a run each window is either owed or skipped, and it stays skipped."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(days=2)
    owed, before = windows.owed(writer, settings, later), skipped(writer, later)
    assert owed[-1] == NEWEST + 2 * DAY * WINDOW
    assert owed[0] > later - timedelta(days=1)
    assert before == 2 * DAY - len(owed) > 0
    score(writer, owed, at=later)
    assert windows.owed(writer, settings, later) == []
    assert skipped(writer, later) == before


def test_windows_are_owed_again_when_catch_up_hours_grows(writer: psycopg.Connection, settings: Config) -> None:
    """Windows that were skipped are no longer too old."""
    score(writer, windows.owed(writer, settings, NOW))
    later = NOW + timedelta(days=2)
    assert skipped(writer, later) == DAY + 1
    longer = config.parse(os.environ | {"CATCH_UP_HOURS": "72", "FIRST_RUN_DAYS": "2"})
    assert len(windows.owed(writer, longer, later)) == 2 * DAY
    score(writer, [], at=later, catch_up_hours=72)
    assert skipped(writer, later) == 0


def test_a_first_run_that_was_cut_short_is_completed_by_the_next(writer: psycopg.Connection, settings: Config) -> None:
    """The oldest windows were committed; the rest of the first days is owed, even hours later."""
    first = windows.owed(writer, settings, NOW)
    score(writer, first[:DAY])
    later = NOW + timedelta(hours=5)
    owed = windows.owed(writer, settings, later)
    assert owed == [*first[DAY:], *(NEWEST + number * WINDOW for number in range(1, 151))]
    assert skipped(writer, later) == 0


def test_a_run_without_windows_is_not_the_first_run(writer: psycopg.Connection, settings: Config) -> None:
    """The first days are those before the first run that scored a window."""
    score(writer, [], at=NOW - timedelta(days=30))
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert skipped(writer, NOW) == 0


def test_a_later_change_of_first_run_days_makes_no_old_window_owed(
    writer: psycopg.Connection, settings: Config
) -> None:
    """The first run's own setting says how far back its windows reach."""
    score(writer, back(FIRST, 0))
    assert windows.owed(writer, replace(settings, first_run_days=5), NOW) == []


def test_a_first_run_before_settings_were_recorded_reached_back_to_its_oldest_window(
    database: psycopg.Connection, writer: psycopg.Connection, settings: Config
) -> None:
    """An upgrade to a longer default makes nothing owed before that window; what a cut-short run left is still owed."""
    score(writer, [*back(FIRST, FIRST), *back(5, 0)])
    database.execute("update raw.runs set first_run_days = null")
    assert windows.owed(writer, replace(settings, first_run_days=14), NOW) == back(FIRST - 1, 6)


def test_a_first_run_of_an_old_window_before_settings_were_recorded_reached_back_seven_days(
    database: psycopg.Connection, writer: psycopg.Connection, settings: Config
) -> None:
    """Seven days was the default then, so the years since a manually scored window are not owed."""
    score(writer, [datetime(2022, 3, 1, tzinfo=UTC)])
    database.execute("update raw.runs set first_run_days = null")
    assert len(windows.owed(writer, replace(settings, first_run_days=14), NOW)) == 7 * DAY - 1


@pytest.mark.parametrize(("command", "source"), [("score", "city"), ("rescore", None), ("dbt", None)])
def test_a_run_of_another_kind_is_not_the_first_run(
    database: psycopg.Connection, writer: psycopg.Connection, settings: Config, command: str, source: str | None
) -> None:
    """Scored City records, a rescoring or a refresh do not count, so the ledger is still empty."""
    database.execute(
        "insert into raw.runs (command, source, started_at, finished_at, status, windows, code_version, "
        "catch_up_hours, first_run_days) values (%s, %s, %s, %s, 'succeeded', 1, 'test', 24, 2)",
        [command, source, *[NOW - timedelta(days=30)] * 2],
    )
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert skipped(writer, NOW) == 0


def test_an_old_window_scored_by_hand_does_not_move_the_first_run(writer: psycopg.Connection, settings: Config) -> None:
    """The first days are still owed, and the years since that window are not skipped."""
    score(writer, [datetime(2022, 3, 1, tzinfo=UTC)])
    assert windows.owed(writer, settings, NOW) == back(FIRST, 0)
    assert skipped(writer, NOW) == 0


def test_a_newer_window_scored_by_hand_is_not_owed_again(writer: psycopg.Connection, settings: Config) -> None:
    """The windows around it are."""
    score(writer, back(5, 5))
    assert windows.owed(writer, settings, NOW) == [*back(FIRST, 6), *back(4, 0)]


@pytest.mark.parametrize(
    "noon", [datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)], ids=["spring", "autumn"]
)
def test_a_night_when_clocks_change_has_as_many_windows_as_any(
    database: psycopg.Connection, settings: Config, noon: datetime
) -> None:
    """Windows are counted in UTC, even in a database whose time zone is Chicago's."""
    database.execute(f"alter database {database.info.dbname} set timezone = 'America/Chicago'")
    with connection.connect(settings, {}) as ours:
        owed = windows.owed(ours, settings, noon)
    assert owed == [noon - number * WINDOW for number in range(2 * DAY - 1, 0, -1)]


@pytest.mark.parametrize("second", [1, 60, 61, 119])
def test_the_ledger_accepts_only_starts_of_windows(database: psycopg.Connection, second: int) -> None:
    """The database refuses a start that is not on an even minute."""
    with pytest.raises(psycopg.errors.CheckViolation):
        score(database, [NEWEST + timedelta(seconds=second)])
