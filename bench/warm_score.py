"""Measures one warm `score` of one window as a whole process.

The baseline is a process that only imports scikit-learn and loads the cached model.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.places import JOB, embedded, servers
from bench.process import Usage, median, timed
from job import config

RUNS = 5
BASE = """
import sys
from pathlib import Path
import sklearn.ensemble, sklearn.pipeline
from job.registry import loading
from job.registry.cache import Cache
cache = Cache(Path(sys.argv[1]))
entry = cache.last_served(sys.argv[2])
loading.load(cache.path(entry), entry.name, entry.version, entry.digest)
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        home = Path(folder) / "home"
        environment = embedded(home)
        windows = _windows()
        print(f"one warm score of one window; medians of {RUNS} runs, alternating with the baseline")
        print(f"  {'':<28}{'score':>9}{'baseline':>9}{'ratio':>8}")
        print(_row("embedded", environment, windows), flush=True)
        with servers(home, environment) as running:
            print(_row("running servers", running, windows), flush=True)


def _row(name: str, environment: dict[str, str], windows: Iterator[str]) -> str:
    scores: list[Usage] = []
    bases: list[Usage] = []
    settings = config.parse(environment)
    served = f"{settings.tracking_uri} {settings.model_uri}"
    base = [sys.executable, "-c", BASE, str(settings.model_cache), served]
    timed([*JOB, "score", "--window", next(windows)], environment)  # warm: the model is in this registry's cache
    for _ in range(RUNS):
        scores.append(timed([*JOB, "score", "--window", next(windows)], environment))
        bases.append(timed(base, environment))
    took, floor = median(scores).seconds, median(bases).seconds
    return f"  {name:<28}{took:>7.2f} s{floor:>7.2f} s{took / floor:>7.2f}×"


def _windows() -> Iterator[str]:
    """The starts of windows that no run has scored."""
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=30)
    while True:
        yield start.isoformat()
        start += timedelta(minutes=2)


if __name__ == "__main__":
    main()
