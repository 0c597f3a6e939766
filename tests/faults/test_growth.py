"""After many ticks in one process, nothing has grown that should not."""

import json
import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.faults.conftest import Jobs
from tests.faults.ledger import Tally
from tests.faults.processes import NOW, small_batches

TICKS = 30
SETTLED = 5  # ticks after which everything that a tick needs has been loaded
GROWING = (
    "runs", "windows", "ride_predictions", "shadow_predictions", "pending_outcomes", "ride_outcomes", "input_counts",
)  # fmt: skip
TABLES = "select tablename from pg_tables where schemaname = 'raw' order by tablename"
SESSIONS = "select count(*) from pg_stat_activity where datname = current_database()"


class TickClock(datetime):
    """A clock that advances two minutes per tick."""

    ticks = 0

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return NOW + timedelta(minutes=2 * cls.ticks)


def files(folder: Path) -> dict[str, int]:
    """The size of each file below the folder."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def measured() -> dict[str, object]:
    """What a process, its folders and its database hold between two ticks."""
    home = Path(os.environ["TAXI_HOME"])
    with psycopg.connect(user="postgres", autocommit=True) as connection:
        tables = {
            name: connection.execute(f"select count(*) from raw.{name}".encode()).fetchone()
            for (name,) in connection.execute(TABLES)
            if name not in GROWING
        }
        sessions = connection.execute(SESSIONS).fetchone()
        connection.execute("update raw.runs set started_at = %s", [NOW])  # as Jobs.stop_clock does
    return {
        "open files": len(os.listdir("/proc/self/fd")), "threads": threading.active_count(),
        "processes": [child.name() for child in psutil.Process().children(recursive=True)],
        "files": files(home), "temporary files": files(Path(os.environ["TMPDIR"])),
        "tables": tables, "sessions": sessions,
    }  # fmt: skip


def measure_between_ticks() -> None:
    """Replace the wait of `live` between two ticks: record what the process holds, and end after the last."""
    from job.commands import live, observe, score, tick

    small_batches()
    for module in (score, observe, tick):
        module.datetime = TickClock  # type: ignore[attr-defined]
    output = Path(os.environ["TAXI_HOME"]).with_name("measured.jsonl")

    class Time:
        @staticmethod
        def sleep(_seconds: float) -> None:
            with output.open("a") as file:
                file.write(json.dumps(measured()) + "\n")
            TickClock.ticks += 1
            if TickClock.ticks == TICKS:
                raise KeyboardInterrupt

    live.time = Time  # type: ignore[assignment]


@pytest.mark.timeout(900)
def test_ticks_leave_nothing_behind(jobs: Jobs, tally: Tally) -> None:
    """Each scores a window; processes, files, sessions and the tables without rides stay as they were."""
    temporary = jobs.folder / "temporary"
    temporary.mkdir()
    jobs.prepare = measure_between_ticks
    done = jobs.start("live", TMPDIR=str(temporary)).wait(800)
    tally.require(done.code == 0 and "a step failed" not in done.printed, f"{done.code} {done.error}")
    found = [json.loads(line) for line in (jobs.folder / "measured.jsonl").read_text().splitlines()]
    tally.tried += len(found)
    tally.require(len(found) == TICKS, f"{len(found)} ticks")
    for number, after in enumerate(found[SETTLED:], SETTLED):
        changed = {name: (before, after[name]) for name, before in found[SETTLED].items() if before != after[name]}
        tally.require(not changed, f"tick {number}: {changed}")
    with jobs.connected() as connection:
        windows = connection.execute("select count(*) from raw.windows where window_start >= %s", [NOW]).fetchone()
    # NOW is shortly after a window began, and the first window that starts after it has ended two ticks later.
    tally.require(windows == (TICKS - 2,), f"{windows} windows")
