"""FEED names a folder: each file that appears in it is scored once, whatever happens in between."""

import json
import os
import signal
import time
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest

from job.commands import tick
from job.scoring import feed
from tests.commands.conftest import (
    API_CSV,
    MILES,
    WITHOUT_DBT,
    Ended,
    Job,
    counts,
    ending_in_batch,
    in_a_process,
    last_run,
    records_of_runs,
    scalar,
)
from tests.conftest import REAL_DAY

HEADER, *LINES = API_CSV.read_text().splitlines()
BATCHES_OF_100_RECORDS = f"{WITHOUT_DBT}; from job.city import files; files.BATCH_RECORDS = 100"


@pytest.fixture
def inbox(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty inbox that every tick reads; nothing is simulated, and the marts are left alone."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("FEED", str(folder))
    monkeypatch.setenv("CATCH_UP_HOURS", "0")
    monkeypatch.setattr(tick.dbt, "execute", lambda *_, **__: None)
    return folder


def put(path: Path, content: str | bytes, age: float = 60) -> Path:
    """Write a file that was last modified some seconds ago."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    settle(path, age)
    return path


def settle(path: Path, age: float = 60) -> None:
    """Set the modification time."""
    os.utime(path, (time.time() - age, time.time() - age))


def trips(first: int, last: int) -> str:
    """A CSV file with good records of these numbers."""
    columns = "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area"
    rows = [f"t{number},2022-03-01T{number % 24:02d}:15:00.000,600,2.5,8,32" for number in range(first, last)]
    return "\n".join([columns, *rows, ""])


def runs_of_feed(database: psycopg.Connection) -> list[tuple[int, int, int, int]]:
    """How many records each scoring run read, scored, knew already and rejected, oldest first."""
    names = ("records_read", "rides_scored", "rides_known", "records_rejected")
    runs = [run for run in records_of_runs(database) if run["command"] == "score"]
    assert all(run["source"] == "city" for run in runs)
    return [tuple(run[name] for name in names) for run in runs]  # type: ignore[misc]


def file_rows(database: psycopg.Connection) -> dict[str, tuple[int, bool, str | None]]:
    """The records read of each file, whether it is finished, and its error."""
    query = "select name, records, finished_at is not null, error from raw.feed_files order by name"
    return {name: (records, finished, error) for name, records, finished, error in database.execute(query)}


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_a_real_day_in_twenty_files_is_scored_once(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ticks of 3,000 records, with files that appear in between, score the same rides as one run over the day."""
    day = pq.read_table(REAL_DAY)
    size = -(-len(day) // 20)
    monkeypatch.setenv("FEED_RECORDS", "3000")
    for number in range(20):
        path = inbox / f"part-{number:02d}.parquet"
        pq.write_table(day.slice(number * size, size), path)
        settle(path)
        if number % 5 == 4:
            assert job("tick").code == 0
    for _ in range(3):
        assert job("tick").code == 0
    runs = runs_of_feed(database)
    assert max(read for read, *_ in runs) == 3_000
    assert [sum(column) for column in zip(*runs, strict=True)] == [14_636, 12_748, 0, 1_888]
    assert counts(database).items() >= {"ride_predictions": 12_748, "rejected_records": 1_888}.items()
    assert scalar(database, "select count(*) from raw.feed_files where finished_at is not null") == 20
    assert len(list(inbox.iterdir())) == 20


def test_a_tick_with_nothing_new_records_no_run(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """Files are neither read again nor changed, and the tick is a success that `status` counts."""
    put(inbox / "a.csv", API_CSV.read_bytes())
    before = os.stat(inbox / "a.csv")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(2, 2, 0, 0)]
    database.execute("update raw.runs set started_at = '2026-01-01', finished_at = '2026-01-01'")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(2, 2, 0, 0)]
    assert job("status").code == 0
    after = os.stat(inbox / "a.csv")
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)


def test_windows_are_scored_beside_the_feed(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where CATCH_UP_HOURS is not 0, a tick does both."""
    monkeypatch.setenv("CATCH_UP_HOURS", "1")
    put(inbox / "a.csv", API_CSV.read_bytes())
    assert job("tick").code == 0
    sources = [run["source"] for run in records_of_runs(database)]
    assert sources == ["simulator", "city", None]


@pytest.mark.parametrize("name", [".a.csv", "a.csv.tmp", "a.csv.part", "A.CSV.crdownload", "a.csv~"])
def test_hidden_and_temporary_files_are_left_alone(
    database: psycopg.Connection, inbox: Path, job: Job, name: str
) -> None:
    """So are folders; a file is read once it has its final name."""
    put(inbox / name, API_CSV.read_bytes())
    (inbox / "older").mkdir()
    put(inbox / "older" / "b.csv", API_CSV.read_bytes())
    assert job("tick").code == 0
    assert (runs_of_feed(database), file_rows(database)) == ([], {})
    (inbox / name).rename(inbox / "a.csv")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(2, 2, 0, 0)]


def test_a_file_that_is_being_written_waits(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """For ten seconds after its last modification; a modification time in the future does not keep it waiting."""
    path = put(inbox / "a.csv", API_CSV.read_bytes(), age=1)
    assert job("tick").code == 0
    assert (runs_of_feed(database), file_rows(database)) == ([], {"a.csv": (0, False, None)})
    assert scalar(database, "select ended_at from raw.feeds") is None
    settle(path, age=-3600)
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(2, 2, 0, 0)]


def test_a_replaced_file_is_read_again(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """Its known rides stay as they are, corrected durations are appended, and new rides are scored."""
    put(inbox / "a.csv", trips(0, 10))
    job("tick")
    put(inbox / "a.csv", trips(5, 20).replace("t7,2022-03-01T07:15:00.000,600", "t7,2022-03-01T07:15:00.000,660"), 50)
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(10, 10, 0, 0), (15, 10, 5, 0)]
    assert counts(database)["ride_outcomes"] == 21


def test_a_file_with_the_same_content_and_another_time_is_known(
    database: psycopg.Connection, inbox: Path, job: Job
) -> None:
    """A touched file costs a run, and changes nothing."""
    put(inbox / "a.csv", trips(0, 10))
    job("tick")
    settle(inbox / "a.csv", 50)
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(10, 10, 0, 0), (10, 0, 10, 0)]


def test_a_removed_file_is_forgotten_and_remembered_when_it_comes_back(
    database: psycopg.Connection, inbox: Path, job: Job, tmp_path: Path
) -> None:
    """People may move files away; the same file is not read again."""
    path = put(inbox / "a.csv", trips(0, 10))
    job("tick")
    path.rename(tmp_path / "a.csv")
    assert job("tick").code == 0
    assert scalar(database, "select is_gone from raw.feed_files") is True
    (tmp_path / "a.csv").rename(path)
    assert job("tick").code == 0
    assert scalar(database, "select is_gone from raw.feed_files") is False
    assert runs_of_feed(database) == [(10, 10, 0, 0)]


def test_a_large_file_is_read_over_several_ticks(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tick reads FEED_RECORDS records at most, then goes on where the last one stopped."""
    monkeypatch.setenv("FEED_RECORDS", "100")
    put(inbox / "a.csv", trips(0, 250))
    put(inbox / "b.csv", trips(250, 260))
    for finished in (False, False, True):
        assert file_rows(database).get("a.csv", (0, False, None))[1] is False
        assert job("tick").code == 0
        assert file_rows(database)["a.csv"][1] is finished
    assert runs_of_feed(database) == [(100, 100, 0, 0), (100, 100, 0, 0), (60, 60, 0, 0)]
    assert scalar(database, "select ended_at is not null from raw.feeds")


def test_positions_of_rejected_records_count_from_the_start_of_the_file(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a tick went on."""
    monkeypatch.setenv("FEED_RECORDS", "2")
    put(inbox / "a.csv", MILES.read_bytes())
    for _ in range(3):
        job("tick")
    positions = scalar(database, "select array_agg(position order by position) from raw.rejected_records")
    assert positions == [2, 3, 4, 5]


def test_a_growing_file_is_read_to_its_end_and_then_again(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that grows faster than it is read neither starts over at every tick nor keeps new files waiting."""
    monkeypatch.setenv("FEED_RECORDS", "100")
    for records in (150, 160, 170):
        put(inbox / "a.csv", trips(0, records), age=300 - records)
        job("tick")
    assert file_rows(database)["a.csv"] == (100, False, None)  # begun again, after its end
    put(inbox / "z.csv", trips(900, 910))
    for _ in range(2):
        job("tick")
    assert scalar(database, "select count(*) from raw.ride_predictions") == 180
    assert {row[1] for row in file_rows(database).values()} == {True}


def test_new_files_come_before_changed_ones(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a file that somebody rewrites all the time would keep the others waiting."""
    monkeypatch.setenv("FEED_RECORDS", "10")
    put(inbox / "a.csv", trips(0, 5))
    job("tick")
    put(inbox / "a.csv", trips(0, 30), 50)
    put(inbox / "b.csv", trips(100, 105))
    job("tick")
    assert file_rows(database)["b.csv"] == (5, True, None)


def test_a_damaged_file_is_reported_once_and_the_others_are_read(
    database: psycopg.Connection, inbox: Path, job: Job
) -> None:
    """The tick fails with a sentence that names it; it is tried again when its content or its permissions change."""
    put(inbox / "a.parquet", b"PAR1 not really")
    put(inbox / "b.csv", API_CSV.read_bytes())
    put(inbox / "notes.txt", "hello")
    failed = job("tick")
    assert failed.code == 1
    assert failed.error.startswith(f"feed: {inbox / 'a.parquet'} is damaged, or not what its name says")
    assert failed.error.endswith("1 more cannot, `status` names up to three")
    assert runs_of_feed(database) == [(2, 2, 0, 0)]
    assert (last_city_run(database)["status"], last_city_run(database)["rides_scored"]) == ("failed", 2)
    rows = file_rows(database)
    assert {name: (row[1], bool(row[2])) for name, row in rows.items()} == {
        "a.parquet": (True, True), "b.csv": (True, False), "notes.txt": (True, True)
    }  # fmt: skip

    assert job("tick").code == 0
    assert len(runs_of_feed(database)) == 1
    time.sleep(0.01)
    (inbox / "notes.txt").chmod(0o600)
    assert job("tick").code == 1
    put(inbox / "a.parquet", b"")
    (inbox / "notes.txt").unlink()
    assert "a.parquet is empty" in job("tick").error


def last_city_run(database: psycopg.Connection) -> dict[str, object]:
    """The record of the feed's latest run."""
    return [run for run in records_of_runs(database) if run["command"] == "score"][-1]


def test_a_file_without_any_ride_is_reported_once(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """Its records are rejected as in any other run; a file with a header alone is a day without rides."""
    put(inbox / "a.csv", trips(0, 3).replace(",2.5,", ",none,"))
    put(inbox / "b.csv", trips(0, 0))
    failed = job("tick")
    assert (failed.code, failed.error) == (
        1, f"feed: {inbox / 'a.csv'}: none of its 3 records can be scored (bad_miles)"
    )  # fmt: skip
    assert runs_of_feed(database) == [(3, 0, 0, 3)]
    assert file_rows(database)["b.csv"] == (0, True, None)
    assert job("tick").code == 0


def test_an_unexpected_error_in_reading_does_not_keep_other_files_waiting(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a bug in a reader is recorded as the file's error, with the traceback in the log."""
    put(inbox / "a.csv", trips(0, 3))
    put(inbox / "b.csv", trips(3, 6))
    from job.city import csv_rows

    whole = csv_rows.tables

    def broken(path: Path, *arguments: object) -> object:
        if path.name == "a.csv":
            raise RecursionError("too deep")
        return whole(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(csv_rows, "tables", broken)
    failed = job("tick")
    assert failed.error == f"feed: {inbox / 'a.csv'} cannot be read: unexpected RecursionError: too deep"
    assert failed.named("feed.file_crashed")
    assert runs_of_feed(database) == [(3, 3, 0, 0)]


def test_a_failure_that_is_not_the_files_is_tried_again(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it fails, the file is read when the failure is over."""
    put(inbox / "a.csv", trips(0, 3))
    with monkeypatch.context() as patch:
        patch.setattr("job.store.raw.batches.write", lambda *_: 1 / 0)
        for _ in range(4):
            assert "ZeroDivisionError" in job("tick").error
    assert file_rows(database) == {"a.csv": (0, False, None)}
    assert job("tick").code == 0
    assert file_rows(database) == {"a.csv": (3, True, None)}


def test_a_killed_tick_loses_and_doubles_nothing(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """Killed between COPY and commit: the position is that of the last whole batch, and the next tick goes on."""
    put(inbox / "a.csv", trips(0, 250))
    killed = in_a_process("tick", before=BATCHES_OF_100_RECORDS + ending_in_batch(2))
    assert killed.code == -signal.SIGKILL
    assert file_rows(database) == {"a.csv": (100, False, None)}
    assert counts(database)["ride_predictions"] == 100
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(100, 100, 0, 0), (150, 150, 0, 0)]
    assert file_rows(database) == {"a.csv": (250, True, None)}
    assert scalar(database, "select records from raw.feeds") == 250


def test_a_file_that_kills_the_process_is_given_up(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """After three attempts it is reported, and the next file is read."""
    put(inbox / "a.csv", trips(0, 3))
    for _ in range(3):
        assert in_a_process("tick", before=WITHOUT_DBT + ending_in_batch(1)).code == -signal.SIGKILL
    put(inbox / "b.csv", trips(3, 6))
    failed = job("tick")
    assert failed.error.startswith(f"feed: {inbox / 'a.csv'} was given up: reading it ended the process 3 times")
    assert file_rows(database)["b.csv"] == (3, True, None)


def test_a_tick_stops_reading_in_time(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many small files there are, the marts are refreshed before the schedule's time limit."""
    monkeypatch.setattr(feed, "MOST_SECONDS", 0)
    put(inbox / "a.csv", trips(0, 3))
    put(inbox / "b.csv", trips(3, 6))
    done = job("tick")
    assert done.code == 0
    assert scalar(database, "select count(*) from raw.feed_files where finished_at is null") == 2


def test_a_missing_inbox_is_one_sentence(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick fails, no run is recorded for it, and the other steps run."""
    inbox.rmdir()
    failed = job("tick")
    assert failed.code == 1
    assert failed.error.startswith(f"feed: the inbox {inbox} cannot be read (No such file or directory): check FEED")
    assert [run["command"] for run in records_of_runs(database)] == ["observe"]
    assert last_run(database)["status"] == "succeeded"
    assert scalar(database, "select error from raw.feeds").startswith("the inbox")
    assert job("status").code == 1


def test_a_name_that_is_not_utf8(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """It is recorded in a form that PostgreSQL can store, and does not keep other files waiting."""
    path = Path(os.fsdecode(os.fsencode(inbox) + b"/caf\xe9.csv"))
    put(path, trips(0, 3))
    put(inbox / "d.csv", trips(3, 6))
    assert job("tick").error == rf"feed: {inbox}/caf\xe9.csv has a name that is not UTF-8: rename it"
    assert {name: row[1] for name, row in file_rows(database).items()} == {r"caf\xe9.csv": True, "d.csv": True}
    path.rename(inbox / "e.csv")
    assert job("tick").code == 0
    assert runs_of_feed(database) == [(3, 3, 0, 0), (3, 3, 0, 0)]


def test_a_locked_out_feed_waits_for_the_next_tick(
    database: psycopg.Connection, inbox: Path, locked_by_another: psycopg.Connection, job: Job
) -> None:
    """The tick exits with 0, and the log names the steps that did not run."""
    put(inbox / "a.csv", trips(0, 3))
    done: Ended = job("tick")
    assert (done.code, done.messages) == (0, [])
    assert [event["step"] for event in done.named("tick.step_not_run")] == ["feed", "observe"]
    assert file_rows(database) == {}


def test_status_shows_the_inbox(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how many files were read, how many wait and since when, and which failed, until they are removed."""
    assert "feed" not in job("status").out
    put(inbox / "a.csv", API_CSV.read_bytes())
    put(inbox / "b.csv", b"")
    put(inbox / "c.csv", trips(0, 3), age=0)
    assert job("tick").code == 1
    done = job("status")
    assert done.code == 0  # a tick could read the inbox itself
    assert "windows" not in done.out
    (line,) = [line for line in done.out.splitlines() if line.startswith("feed:")]
    assert f"inbox {inbox}: 1 file read (last a.csv), 1 waiting (since 20" in line
    assert "1 failed, 2 records; read to its end: never; newest ride: 2022-03-01 " in line
    assert f"warning:         the feed: {inbox / 'b.csv'} is empty" in done.out

    (inbox / "b.csv").unlink()
    settle(inbox / "c.csv")
    assert job("tick").code == 0
    shown = json.loads(job("status", "--json").out)
    (feed,) = shown["feeds"]
    assert feed["files"] == {"read": 2, "waiting": 0, "waiting_since": None, "failed": 0, "newest": "c.csv"}
    assert (feed["kind"], feed["records_read"], feed["errors"]) == ("inbox", 5, [])
    assert feed["last_read_to_end"] == feed["last_checked"]
    assert (shown["windows_owed"], shown["windows_skipped"]) == (0, 0)


def test_status_forgets_a_feed_that_is_no_longer_set(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour after ticks have gone on without it; while no tick runs at all, it is still shown."""
    job("tick")
    database.execute("update raw.feeds set looked_at = looked_at - interval '61 minutes'")
    database.execute("update raw.runs set started_at = started_at - interval '61 minutes'")
    assert "feed:" in job("status").out
    monkeypatch.delenv("FEED")
    job("tick")
    assert "feed:" not in job("status").out


def test_an_idle_feed_keeps_the_job_healthy_only_where_nothing_is_simulated(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it would hide that windows are no longer scored."""
    assert job("tick").code == 0
    assert job("status").code == 0
    monkeypatch.setenv("CATCH_UP_HOURS", "1")
    assert job("observe").code == 0  # which records the setting
    assert job("status").code == 1


def test_how_start_times_with_an_offset_are_read(
    database: psycopg.Connection, inbox: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As instants, which the log says once for each file, or with FEED_WALL_CLOCK=yes as the city's wall clock."""
    starts = "select array_agg(trip_start_timestamp::text order by trip_start_timestamp) from raw.ride_predictions"
    put(inbox / "a.csv", trips(0, 2).replace(".000,", "Z,"))
    (warning,) = job("tick").named("start_times.read_as_instants")
    assert "use FEED_WALL_CLOCK=yes" in warning["how_read"]
    assert scalar(database, starts) == ["2022-03-01 00:15:00+00", "2022-03-01 01:15:00+00"]
    monkeypatch.setenv("FEED_WALL_CLOCK", "yes")
    put(inbox / "b.csv", trips(2, 3).replace(".000,", "Z,"))
    assert job("tick").named("start_times.read_as_instants") == []
    assert scalar(database, starts)[-1] == "2022-03-01 08:15:00+00"


def test_values_that_cannot_be_read_are_counted(database: psycopg.Connection, inbox: Path, job: Job) -> None:
    """The count is in the log's line about the run, as for `score --trips`."""
    put(inbox / "a.csv", trips(0, 2).replace(",600,", ",ten minutes,"))
    (event,) = job("tick").named("score.completed")
    assert event["unreadable"] == {"trip_seconds": 2}
