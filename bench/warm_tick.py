"""Measures the CPU time of one warm `tick` with one owed window: all of its processes, but not the servers."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.places import embedded, servers

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
children = resource.getrusage(resource.RUSAGE_CHILDREN)
dbt = children.ru_utime + children.ru_stime
print(json.dumps({"dbt": dbt, "imports": imports, "rest": time.process_time() - imports}))
sys.exit(code)
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        home = Path(folder) / "home"
        environment = embedded(home)
        print(f"one warm tick with one window of some ten rides: CPU seconds, medians of {RUNS} ticks")
        print(f"  {'':<28}{'all':>8}{'dbt':>8}{'imports':>9}{'rest':>8}")
        print(_row("embedded", environment, 2), flush=True)
        with servers(home, environment) as running:
            print(_row("running servers", running, 2 * (RUNS + 2)), flush=True)


def _row(name: str, environment: Mapping[str, str], minutes: int) -> str:
    """Tick once to warm up, and then each time one window later; the first one is this many minutes ahead."""
    ticks = [_tick(environment, minutes + 2 * number) for number in range(RUNS + 1)][1:]
    parts = [statistics.median(tick[name] for tick in ticks) for name in ("dbt", "imports", "rest")]
    whole = statistics.median(sum(tick.values()) for tick in ticks)
    return f"  {name:<28}{whole:>6.2f} s{parts[0]:>6.2f} s{parts[1]:>7.2f} s{parts[2]:>6.2f} s"


def _tick(environment: Mapping[str, str], minutes: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", TICK, str(minutes)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"tick failed: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
