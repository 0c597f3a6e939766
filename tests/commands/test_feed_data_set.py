"""FEED names a data set: ticks follow it by a cursor, and read its last days again for late and corrected records."""

import json
import signal
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from job.city import api, web
from job.commands import tick
from job.store import connection
from tests.commands.conftest import WITHOUT_DBT, Job, counts, ending_in_batch, in_a_process, records_of_runs, scalar
from tests.unit.city.conftest import Answer, City, serving

COLUMNS = (
    "trip_id", "trip_start_timestamp", "trip_seconds", "trip_miles", "pickup_community_area", "dropoff_community_area"
)  # fmt: skip
PAGES_OF_10_RECORDS = f"{WITHOUT_DBT}; from job.city import api; api.PAGE = 10"


@dataclass
class Portal:
    """A data set that understands $where and $order, because a table of SQLite answers."""

    city: City
    lock: threading.Lock = field(default_factory=threading.Lock)
    table: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:", check_same_thread=False))

    def __post_init__(self) -> None:
        self.table.execute(f"create table trips ({', '.join(COLUMNS)}, primary key (trip_id))")
        self.city.answer = self.answer

    def publish(self, trip_id: str, start: str | None, seconds: str = "600", miles: str = "2.5") -> None:
        """Add a record, or replace it."""
        values = (trip_id, start, seconds, miles, "8", "32")
        with self.lock:
            self.table.execute("insert or replace into trips values (?, ?, ?, ?, ?, ?)", values)

    def publish_hours(self, day: str, hours: int, prefix: str = "t") -> None:
        """Add a record for each hour of a day."""
        for hour in range(hours):
            self.publish(f"{prefix}-{day}-{hour:02d}", f"{day}T{hour:02d}:15:00.000")

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        assert path == "/resource/wrvz-psew.json"
        statement = (
            f"select * from trips where {query['$where']} order by {query['$order']} nulls last "
            f"limit {query['$limit']} offset {query['$offset']}"
        )
        with self.lock:
            rows = self.table.execute(statement).fetchall()
        records = [{name: value for name, value in zip(COLUMNS, row, strict=True) if value is not None} for row in rows]
        return 200, json.dumps(records).encode(), {}


@pytest.fixture
def portal(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """An empty data set that every tick follows, ten records per page; nothing is simulated, marts are left alone."""
    monkeypatch.setattr(api, "PAGE", 10)
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setenv("CATCH_UP_HOURS", "0")
    monkeypatch.setattr(tick.dbt, "execute", lambda *_, **__: None)
    with serving() as city:
        monkeypatch.setenv("FEED", f"{city.data_set}.json")
        yield Portal(city)


def runs_of_feed(database: psycopg.Connection) -> list[tuple[int, int, int, int]]:
    """How many records each scoring run read, scored, knew already and rejected, oldest first."""
    names = ("records_read", "rides_scored", "rides_known", "records_rejected")
    return [tuple(run[name] for name in names) for run in records_of_runs(database) if run["command"] == "score"]  # type: ignore[misc]


def cursor(database: psycopg.Connection) -> tuple[str, str]:
    """The cursor's start and trip_id."""
    return scalar(database, "select (cursor_start, cursor_trip_id) from raw.feeds")  # type: ignore[no-any-return]


def an_hour_later(database: psycopg.Connection) -> None:
    """Let the next tick read the last days again."""
    database.execute("update raw.feeds set overlap_began_at = overlap_began_at - interval '61 minutes'")


def test_new_records_are_scored_once(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """From the first record on, in pages; later ticks read only what is new, with one request if nothing is."""
    portal.publish_hours("2022-03-01", 24)
    assert job("tick").code == 0
    # The first time, the last days are read again at once.
    assert runs_of_feed(database) == [(48, 24, 24, 0)]
    assert cursor(database) == ("2022-03-01T23:15:00.000", "t-2022-03-01-23")

    portal.city.queries.clear()
    assert job("tick").code == 0
    (request,) = portal.city.queries
    assert (request["$order"], request["$limit"]) == ("trip_start_timestamp, trip_id", "10")
    assert len(runs_of_feed(database)) == 1

    portal.publish_hours("2022-03-02", 5)
    assert job("tick").code == 0
    assert runs_of_feed(database)[1:] == [(5, 5, 0, 0)]
    assert counts(database)["ride_predictions"] == 29


def test_records_that_start_together_are_told_apart_by_their_id(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The City rounds starts to quarters of an hour, so a page may end among equal ones; ids may contain quotes."""
    monkeypatch.setenv("FEED_OVERLAP_DAYS", "0")
    for number in range(25):
        portal.publish(f"o'{number:02d}", "2022-03-01T00:15:00.000")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(25, 25, 0, 0)]


def test_a_tick_is_bounded(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads FEED_RECORDS records at most, and the last days only once the end is reached."""
    monkeypatch.setenv("FEED_RECORDS", "15")
    portal.publish_hours("2022-03-01", 24)
    for _ in range(4):
        assert job("tick").code == 0
    assert [run[0] for run in runs_of_feed(database)] == [15, 15, 15, 3]
    assert scalar(database, "select sum(rides_scored) from raw.runs") == 24
    assert scalar(database, "select overlap_start is null and ended_at is not null from raw.feeds")


def test_late_and_corrected_records(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """An hour later the last three days are read again: a late ride is scored, a corrected duration appended."""
    portal.publish_hours("2022-03-01", 3)
    portal.publish_hours("2022-03-05", 3)
    job("tick")
    portal.publish("late", "2022-03-03T12:00:00.000")
    portal.publish("much-later", "2022-03-01T12:00:00.000")
    portal.publish("t-2022-03-05-01", "2022-03-05T01:15:00.000", seconds="660")
    assert job("tick").code == 0
    assert len(runs_of_feed(database)) == 1
    an_hour_later(database)
    assert job("tick").code == 0
    assert runs_of_feed(database)[1:] == [(4, 1, 3, 0)]
    assert counts(database).items() >= {"ride_predictions": 7, "ride_outcomes": 8}.items()


def test_a_killed_tick_loses_and_doubles_nothing(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between COPY and commit: the cursor is that of the last whole page, and the next tick goes on."""
    portal.publish_hours("2022-03-01", 24)
    killed = in_a_process("tick", before=PAGES_OF_10_RECORDS + ending_in_batch(2))
    assert killed.code == -signal.SIGKILL
    assert cursor(database)[0] == "2022-03-01T09:15:00.000"
    assert counts(database)["ride_predictions"] == 10
    monkeypatch.setenv("FEED_OVERLAP_DAYS", "0")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(10, 10, 0, 0), (14, 14, 0, 0)]


@pytest.mark.parametrize("start", [None, "2999-01-01T00:00:00.000", "soon"])
def test_a_start_that_no_ride_can_have_does_not_move_the_cursor(
    database: psycopg.Connection, portal: Portal, job: Job, start: str | None
) -> None:
    """Records without a start, or with one in the future, are not requested; those published after them are."""
    portal.publish_hours("2022-03-01", 3)
    portal.publish("odd", start)
    assert job("tick").code == 0
    portal.publish_hours("2022-03-02", 3)
    assert job("tick").code == 0
    assert counts(database)["ride_predictions"] == 6
    assert cursor(database)[0] == "2022-03-02T02:15:00.000"


def test_unreadable_starts_among_the_others(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """They are rejected, and the cursor is that of the last readable one; if a page has none, the tick says so."""
    portal.publish_hours("2022-03-01", 3)
    portal.publish("odd", "2022-03-01T02:20")
    assert job("tick").code == 0
    assert cursor(database)[0] == "2022-03-01T02:15:00.000"
    for number in range(12):
        portal.publish(f"odd-{number}", "2022-03-01T02:30")
    failed = job("tick")
    assert failed.code == 1
    assert "records without a start such as 2022-03-01T00:15:00.000" in failed.error


@pytest.mark.parametrize("ignored", ["$where", "$order"])
def test_a_server_that_ignores_the_query_is_one_sentence(
    database: psycopg.Connection, portal: Portal, job: Job, ignored: str
) -> None:
    """The tick fails instead of reading the same records forever or reporting nothing new."""
    portal.publish_hours("2022-03-01", 12)
    portal.publish("a", "2022-03-01T23:15:00.000")
    other = {"$where": "true", "$order": "trip_id"}[ignored]
    portal.city.answer = lambda path, query: portal.answer(path, query | {ignored: other})
    failed = job("tick")
    assert failed.code == 1
    assert "returned other records than those requested" in failed.error
    assert failed.error.endswith("it ignores $where or $order, so it cannot be followed")
    assert scalar(database, "select error from raw.feeds").endswith("so it cannot be followed")
    assert len(portal.city.queries) < 5


def test_an_api_that_does_not_answer(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """The tick fails without a run, the other steps run, and the next tick reads what this one could not."""
    portal.publish_hours("2022-03-01", 3)
    portal.city.answer = lambda *_: (500, b"", {})
    failed = job("tick")
    assert failed.code == 1
    assert "wrvz-psew.json" in failed.error
    assert [run["command"] for run in records_of_runs(database)] == ["observe"]
    portal.city.answer = portal.answer
    assert job("tick").code == 0
    assert counts(database)["ride_predictions"] == 3
    assert scalar(database, "select error from raw.feeds") is None


def test_conditions_and_secrets_in_the_address(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its $where is combined with ours by `and`; another $where makes another feed; no secret is stored."""
    portal.publish_hours("2022-03-01", 10)
    where = "trip_id = 'x' or trip_start_timestamp >= '2022-03-01T08:00:00'"
    address = portal.city.data_set.replace("//", "//user:secret@")
    monkeypatch.setenv("FEED", f"{address}.json?$where={where}&$$app_token=secret")
    assert job("tick").code == 0
    monkeypatch.setenv("FEED", f"{address}.csv?$where={where}&$$app_token=other")
    assert job("tick").code == 0
    assert counts(database)["ride_predictions"] == 2
    assert scalar(database, "select count(*) from raw.feeds") == 1
    assert "secret" not in scalar(database, "select feeds::text from raw.feeds")
    monkeypatch.setenv("FEED", f"{address}.json")
    assert job("tick").code == 0
    assert counts(database)["ride_predictions"] == 10
    assert scalar(database, "select count(*) from raw.feeds") == 2


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (".json?$limit=5", "with $limit cannot be a feed, which has a cursor"),
        (".json?$order=fare", "with $order cannot be a feed"),
    ],
)
def test_addresses_that_cannot_be_followed(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch, ending: str, words: str
) -> None:
    """They are refused before any request; so is a single file."""
    monkeypatch.setenv("FEED", portal.city.data_set + ending)
    assert words in job("tick").error
    monkeypatch.setenv("FEED", f"{portal.city.address}/trips.csv")
    assert "trips.csv cannot be a feed: give a folder, or a data set such as https://" in job("tick").error
    assert portal.city.queries == []


def test_records_of_which_none_can_be_scored(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred of them are a failure, once; fewer are an ordinary day."""
    monkeypatch.setenv("FEED_OVERLAP_DAYS", "0")
    for number in range(99):
        portal.publish(f"{number:03d}", f"2022-03-01T{number % 24:02d}:15:00.000", miles="0")
    assert job("tick").code == 0
    for number in range(100):
        portal.publish(f"{number:03d}", f"2022-03-02T{number % 24:02d}:15:00.000", miles="0")
    failed = job("tick")
    assert "none of the 100 new records can be scored (nonpositive_miles)" in failed.error
    assert job("tick").code == 0


def test_a_change_of_clocks(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """The cursor is wall clock: the hour that occurs twice is read in wall-clock order, and no record is lost."""
    for minute in range(0, 60, 5):
        portal.publish(f"{minute:02d}", f"2022-11-06T01:{minute:02d}:00.000")
    assert job("tick").code == 0
    portal.publish("99", "2022-11-06T02:00:00.000")
    assert job("tick").code == 0
    assert counts(database)["ride_predictions"] == 13


def test_status_shows_the_data_set(database: psycopg.Connection, portal: Portal, job: Job) -> None:
    """It says how far the cursor is, when the end was last reached, and what is wrong."""
    portal.publish_hours("2022-03-01", 3)
    assert job("tick").code == 0
    done = job("status")
    (line,) = [line for line in done.out.splitlines() if line.startswith("feed:")]
    assert f"data set {portal.city.data_set}.json: read up to 2022-03-01T02:15:00.000, 6 records; read to its" in line
    assert line.endswith("newest ride: 2022-03-01 08:15:00 UTC")
    portal.city.answer = lambda *_: (404, b"", {})
    assert job("tick").code == 1
    shown = json.loads(job("status", "--json").out)
    assert (shown["feeds"][0]["cursor"], shown["feeds"][0]["files"]) == ("2022-03-01T02:15:00.000", None)
    assert "answered 404" in shown["feeds"][0]["errors"][0]
    assert [warning for warning in shown["warnings"] if warning.startswith("the feed: ")]


def test_a_position_is_not_moved_without_the_lock(
    database: psycopg.Connection, portal: Portal, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick whose session has lost the lock records no progress, even if there is no new record."""
    portal.publish_hours("2022-03-01", 1)
    assert job("tick").code == 0
    database.execute("update raw.feeds set overlap_began_at = null")

    def lose_the_lock(path: str, query: dict[str, str]) -> Answer:
        monkeypatch.setattr(connection, "HOLDS_LOCK", "select false")
        return 200, b"[]", {}

    portal.city.answer = lose_the_lock
    assert job("tick").code == 1
    assert scalar(database, "select overlap_began_at from raw.feeds") is None
