"""`replay`: rejected records are parsed again after a fix; those that are still invalid stay rejected."""

import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg
import pytest

from job.rides.columns import numbers
from tests.commands.conftest import ASSETS, MILES, Job, counts, in_a_process, last_run, records_of_runs, scalar

pytestmark = pytest.mark.usefixtures("home")

COUNTS = ("records_read", "rides_scored", "rides_known", "records_rejected")
# The fix: negative miles are read as positive ones, and zero miles stay invalid.
FIX = """
import numpy as np
from job.rides import ride
read = ride.numbers
ride.numbers = lambda values, **options: (np.abs((parsed := read(values, **options))[0]), parsed[1])
"""
IN_THE_SECOND_BATCH = """
import os, signal
from job.store.raw import rejects
rejects.BATCH_RECORDS = 1
mark, batches = rejects.mark, []
def end_it(*arguments):
    mark(*arguments)
    batches.append(arguments[2])
    if sum(map(len, batches)) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
rejects.mark = end_it
"""


@pytest.fixture
def apply_fix(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function that applies the same fix in this process."""
    return lambda: monkeypatch.setattr(
        "job.rides.ride.numbers",
        lambda values, **options: (np.abs((parsed := numbers(values, **options))[0]), parsed[1]),
    )


def replay_counts(database: psycopg.Connection) -> tuple[int, ...]:
    """The counts of the last run, which must be a replay that succeeded."""
    run = last_run(database)
    assert (run["command"], run["source"], run["status"]) == ("replay", "city", "succeeded")
    return tuple(run[name] for name in COUNTS)


def records(tmp_path: Path, *rows: str) -> Path:
    """Write these records to a file."""
    path = tmp_path / "records.csv"
    header, *_ = MILES.read_text().splitlines()
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_without_a_fix_nothing_changes(database: psycopg.Connection, job: Job) -> None:
    """Records of every reason are read and rejected again, and keep their first reason and run."""
    job("score", "--trips", *sorted((ASSETS / "rejected").glob("*.csv")))
    everything = "select * from raw.rejected_records order by rejected_id"
    before, rows = database.execute(everything).fetchall(), counts(database)
    waiting = scalar(database, "select count(*) from raw.rejected_records where reason !~ '^(conflicting|malformed)'")
    assert waiting > 20
    done = job("replay")
    assert (done.code, done.messages) == (0, [])
    assert replay_counts(database) == (waiting, 0, 0, waiting)
    assert database.execute(everything).fetchall() == before
    assert counts(database) == rows | {"runs": rows["runs"] + 1}


def test_a_record_that_the_fix_accepts_is_scored_once(
    database: psycopg.Connection, job: Job, apply_fix: Callable[[], None]
) -> None:
    """It is marked as replayed and gets its outcome; a second replay reads only the others."""
    assert job("score", "--trips", MILES).code == 0
    apply_fix()
    done = job("replay")
    assert (done.code, done.out) == (0, "1 ride scored from 4 records; 0 already scored, 3 rejected\n")
    assert replay_counts(database) == (4, 1, 0, 3)
    run_id = last_run(database)["run_id"]
    marked = database.execute(
        "select source_trip_id from raw.rejected_records where replayed_by = %s", [run_id]
    ).fetchall()
    assert marked == [("n3",)]
    scored = database.execute(
        "select source_trip_id, trip_miles, source, actual_duration from raw.ride_predictions "
        "inner join raw.ride_outcomes using (trip_id) where run_id = %s", [run_id],
    ).fetchall()  # fmt: skip
    assert scored == [("n3", 2.5, "city", 10.0)]
    before = counts(database)
    assert job("replay").code == 0
    assert replay_counts(database) == (3, 0, 0, 3)
    assert counts(database) == before | {"runs": before["runs"] + 1}


def test_a_killed_replay_is_completed_by_the_next(database: psycopg.Connection, tmp_path: Path) -> None:
    """Nothing of the interrupted batch is written, and the next replay reads it again."""
    rows = [f"k{number},2022-03-01T00:15:00.000,600,-2.5,8,32,10.25,13.25" for number in range(4)]
    assert in_a_process("score", "--trips", str(records(tmp_path, *rows))).code == 1
    assert in_a_process("replay", before=FIX + IN_THE_SECOND_BATCH).code == -signal.SIGKILL
    marked = "select count(*) from raw.rejected_records where replayed_by is not null"
    assert (scalar(database, marked), counts(database)["ride_predictions"]) == (1, 1)
    assert in_a_process("replay", before=FIX).code == 0
    assert replay_counts(database) == (3, 3, 0, 0)
    assert (scalar(database, marked), counts(database)["ride_predictions"]) == (4, 4)
    assert [run["status"] for run in records_of_runs(database)] == ["failed", "failed", "succeeded"]


def test_a_ride_scored_from_another_record_is_already_known(
    database: psycopg.Connection, job: Job, apply_fix: Callable[[], None], tmp_path: Path
) -> None:
    """Its rejected record is marked as replayed, and the older duration does not replace the newer one."""
    wrong, right = (f"r,2022-03-01T00:15:00.000,{values},8,32,10.25,13.25" for values in ("600,-2.5", "900,2.5"))
    for row, code in ((wrong, 1), (right, 0)):
        assert job("score", "--trips", records(tmp_path, row)).code == code
    apply_fix()
    assert job("replay").code == 0
    assert replay_counts(database) == (1, 0, 1, 0)
    assert database.execute("select actual_duration from raw.ride_outcomes").fetchall() == [(15.0,)]
    assert scalar(database, "select count(replayed_by) from raw.rejected_records") == 1


def test_a_second_record_of_a_ride_conflicts(
    database: psycopg.Connection, job: Job, apply_fix: Callable[[], None], tmp_path: Path
) -> None:
    """The first becomes the ride, and a different second one stays rejected."""
    rows = [f"t,2022-03-01T00:15:00.000,600,{miles},8,32,10.25,13.25" for miles in ("-2.5", "-3.5")]
    assert job("score", "--trips", records(tmp_path, *rows)).code == 1
    apply_fix()
    assert job("replay").code == 0
    assert replay_counts(database) == (2, 1, 0, 1)
    assert counts(database)["rejected_records"] == 2
    assert scalar(database, "select trip_miles from raw.ride_predictions") == 2.5
