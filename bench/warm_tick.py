"""Measures the processor time of one warm `tick` with one owed window: all of its processes, but not the servers."""

import json
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.places import embedded, servers
from bench.process import Usage, timed

RUNS = 5
# `python -m job tick` at a later time, so that the next window is owed; it notes what importing and dbt took.
TICK = """
import gc, json, resource, sys, time
from datetime import datetime, timedelta
gc.set_threshold(50_000)
from job.__main__ import main
from job.commands import tick
imports = time.process_time()
class Later(datetime):
    @classmethod
    def now(cls, tz):
        return datetime.now(tz) + timedelta(minutes=int(sys.argv[1]))
tick.datetime = Later
code = main(["tick"])
gc.freeze()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"imports": imports, "dbt": used.ru_utime + used.ru_stime}))
sys.exit(code)
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        home = Path(folder) / "home"
        environment = embedded(home)
        print(f"one warm tick with one window of some ten rides: processor seconds, medians of {RUNS} ticks")
        print(f"  {'':<28}{'all':>8}{'dbt':>8}{'imports':>9}{'rest':>8}")
        print(_row("embedded", environment, 2), flush=True)
        with servers(home, environment) as running:
            print(_row("running servers", running, 2 * (RUNS + 2)), flush=True)


def _row(name: str, environment: Mapping[str, str], minutes: int) -> str:
    """Tick once to warm up, and then each time one window later; the first one is so many minutes ahead."""
    ticks = [_tick(environment, minutes + 2 * number) for number in range(RUNS + 1)][1:]
    parts = [json.loads(tick.output.splitlines()[-1]) for tick in ticks]
    whole, dbt, imports = (
        statistics.median(values)
        for values in (
            [tick.cpu_seconds for tick in ticks],
            [part["dbt"] for part in parts],
            [part["imports"] for part in parts],
        )
    )
    return f"  {name:<28}{whole:>6.2f} s{dbt:>6.2f} s{imports:>7.2f} s{whole - dbt - imports:>6.2f} s"


def _tick(environment: Mapping[str, str], minutes: int) -> Usage:
    return timed([sys.executable, "-c", TICK, str(minutes)], environment)


if __name__ == "__main__":
    main()
