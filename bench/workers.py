"""Measures scoring a file with a heavy model, in one process and on Dask clusters of one and two workers.

The model is the one in docs/your-model.md with 1,000 trees of up to 127 leaves.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]
from distributed import LocalCluster

from bench.database import Server, server
from bench.places import JOB, embedded
from bench.process import Usage, timed
from job.config import ROOT

RIDES = 12 * 65_536  # twelve batches, so that two workers are busy most of the time
TREES, LEAVES = 1_000, 127
RUNS = 3
CLUSTERS = {1: "one worker", 2: "two workers", 0: "without Dask"}


@dataclass(frozen=True)
class Used:
    """One run: what the command used, the scheduler's CPU time included, and the CPU time of workers and PostgreSQL."""

    job: Usage
    workers: float
    server: float

    def least(self, workers: int, cores: int = 2) -> float:
        """A lower bound of the elapsed time on this many idle cores, if nothing in the command runs in parallel."""
        return max(self.workers / max(workers, 1), self.job.cpu, (self.job.cpu + self.workers + self.server) / cores)


def main(rides: int = RIDES, trees: int = TREES, runs: int = RUNS) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # started by root, the server runs as another user, who has to enter the folder
        home, trips = folder / "home", folder / "trips.parquet"
        environment = embedded(home) | {"OMP_NUM_THREADS": "1"}
        _promote(trees, folder, environment)
        simulated = ["simulate", "--rides", str(rides), "--start", "2026-02-02", "--seed", "7", "--output", str(trips)]
        timed([*JOB, *simulated], environment)
        measured: dict[int, list[Used]] = {workers: [] for workers in CLUSTERS}
        with server(home) as running:
            for _ in range(runs):
                for workers, used in measured.items():
                    used.append(_score(trips, workers, running, environment))
                    print(f"{CLUSTERS[workers]}: {used[-1]}", file=sys.stderr, flush=True)
    _print(rides, trees, measured)


def _promote(trees: int, folder: Path, environment: Mapping[str, str]) -> None:
    """Follow docs/your-model.md with more trees."""
    page = (ROOT / "docs" / "your-model.md").read_text()
    (script,) = re.findall(r"^```python\n(import os.*?)^```", page, re.MULTILINE | re.DOTALL)
    options = f"max_iter={trees}, max_leaf_nodes={LEAVES}, early_stopping=False"
    heavier = script.replace('loss="absolute_error"', f'loss="absolute_error", {options}')
    for name in ("training.parquet", "bins.json"):
        heavier = heavier.replace(f'"{name}"', repr(str(folder / name)))
    assert options in heavier
    (folder / "train_mine.py").write_text(heavier)
    export = ["export", "--from-database", "--source", "simulator", "--output", str(folder / "training.parquet")]
    timed([*JOB, *export], environment)
    here = {"PYTHONPATH": str(ROOT)}  # the page runs the script in the repository
    timed([sys.executable, str(folder / "train_mine.py")], {**environment, **here})
    timed([*JOB, "promote", "2", "--why", "heavy"], environment)


def _score(trips: Path, workers: int, running: Server, environment: Mapping[str, str]) -> Used:
    """Score the file into a new database, on a new cluster of this many workers, or without one for 0."""
    running.reset()
    with ExitStack() as stack:
        processes, dask = [], []
        if workers:
            cluster = stack.enter_context(LocalCluster(workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"))
            processes = [psutil.Process(nanny.pid) for nanny in cluster.workers.values()]
            dask = ["--dask", cluster.scheduler_address]
        before, scheduler, served = sum(map(_cpu, processes)), time.process_time(), running.cpu()
        job = timed([*JOB, "score", "--trips", str(trips), *dask], environment)
        working = sum(map(_cpu, processes)) - before
        # The scheduler runs in this process.
        job = Usage(job.seconds, job.cpu + time.process_time() - scheduler, job.peak_mib)
        return Used(job, working, running.cpu() - served)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _print(rides: int, trees: int, measured: Mapping[int, list[Used]]) -> None:
    print(
        f"{rides:,} rides scored with {trees:,} boosted trees, one thread a process; medians of {len(measured[1])} runs"
    )
    print("  seconds, CPU time of each part, the lower bound of seconds on two cores, and the command's peak memory")
    print(f"  {'':<18}{'seconds':>9}{'command':>8}{'workers':>9}{'server':>8}{'bound':>8}{'peak':>11}")
    for workers, used in measured.items():
        columns = (
            [one.job.seconds for one in used], [one.job.cpu for one in used], [one.workers for one in used],
            [one.server for one in used], [one.least(workers) for one in used],
        )  # fmt: skip
        seconds, job, working, served, least = map(median, columns)
        peak = median(one.job.peak_mib for one in used)
        row = f"{seconds:>9.1f}{job:>8.1f}{working:>9.1f}{served:>8.1f}{least:>8.1f}"
        print(f"  {CLUSTERS[workers]:<18}{row}{peak:>7,.0f} MiB")
    pairs = list(zip(measured[1], measured[2], strict=True))
    clock = median(one.job.seconds / two.job.seconds for one, two in pairs)
    cpu = median(one.least(1) / two.least(2) for one, two in pairs)
    print(f"  two workers are {clock:.2f} × as fast as one by elapsed time, {cpu:.2f} × by CPU time on two cores")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rides", type=int, default=RIDES)
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--runs", type=int, default=RUNS)
    main(**vars(parser.parse_args()))
