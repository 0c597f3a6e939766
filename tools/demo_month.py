"""Simulate a month in a separate home: a snow day, two days of a surge at the airports, a promotion and road works.

`make demo-month` runs it. Every step is an ordinary command on the embedded database in `.taxi-demo`. The first version
of the model is trained on a few trips of the weeks before. After 21 days `train` registers one that is trained on many
trips, and promotes it if it is significantly better. At the end `why` explains the days of each scenario.
"""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from job import config

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".taxi-demo"
DAYS = 30
SNOW, SURGE, PROMOTION, WORKS = range(9, 10), range(16, 18), 21, range(25, 26)  # days of the month, counted from 0


def main() -> int:
    """Simulate the month; an earlier one is deleted."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    zone = config.load(ROOT).place.tzinfo
    today = datetime.now(zone).date()

    def midnight(day: int) -> datetime:
        """Local midnight at the start of a day of the month, as an instant."""
        return datetime.combine(today - timedelta(days=DAYS - day), time(), zone).astimezone(UTC)

    def score(first: int, last: int, *scenario: str) -> None:
        end = midnight(last) - timedelta(minutes=2)
        job("score", "--window", f"{midnight(first):%Y-%m-%dT%H:%MZ}..{end:%Y-%m-%dT%H:%MZ}", *scenario)

    job("init-db")
    train(3_000, midnight(-14), midnight(0), seed=1)
    score(0, SNOW.start)
    score(SNOW.start, SNOW.stop, "--scenario", "snow")
    score(SNOW.stop, SURGE.start)
    score(SURGE.start, SURGE.stop, "--scenario", "airport-surge")
    score(SURGE.stop, PROMOTION)
    train(60_000, midnight(-28), midnight(0), seed=2)
    score(PROMOTION, WORKS.start)
    score(WORKS.start, WORKS.stop, "--scenario", "road-works")
    score(WORKS.stop, DAYS)
    job("observe")
    job("dbt", "--quiet", "run")
    for day in (*SNOW, *SURGE, *WORKS):
        job("why", "--day", today - timedelta(days=DAYS - day))
    page = HOME / "report.html"
    job(
        "report",
        "--from",
        f"{midnight(0):%Y-%m-%dT%H:%MZ}",
        "--to",
        f"{midnight(DAYS):%Y-%m-%dT%H:%MZ}",
        "--output",
        page,
    )
    print(f"\nThe report of the month: {page}\nTo query it: TAXI_HOME={HOME} python -m job psql, or status.")
    return 0


def train(trips: int, start: datetime, end: datetime, seed: int) -> None:
    """Train on simulated trips that are not part of the month."""
    path = HOME / f"trips-{seed}.parquet"
    period = ("--start", f"{start:%Y-%m-%dT%H:%MZ}", "--end", f"{end:%Y-%m-%dT%H:%MZ}")
    job("simulate", "--rides", trips, *period, "--seed", seed, "--output", path)
    job("train", "--trips", path)


def job(*arguments: object) -> None:
    """Print a command and run it; exit with its code if it fails."""
    words = [str(argument) for argument in arguments]
    print(f"\n$ python -m job {' '.join(words)}", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(
        [sys.executable, "-m", "job", *words], cwd=ROOT, env=environment | {"TAXI_HOME": str(HOME)}, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
