r"""Measures scoring a file into PostgreSQL, next to `mlflow models predict` and psql's \copy on the same rides."""

import argparse
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from bench import alternative
from bench.database import Server, server
from bench.places import JOB, embedded
from bench.process import Usage, median, timed

T = TypeVar("T")
RUNS = 5
DAYS = 30  # over which a real day's records are spread
GROUP = 125_000  # records per row group


def main(rides: int = 1_000_000, real: str | None = None, runs: int = RUNS) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, the server runs as another user
        home = folder / "home"
        environment = embedded(home)
        files = _elsewhere(_files, folder, rides, real, environment)
        print(f"{rides:,} records scored from a file into PostgreSQL, whole process; medians of {runs} runs")
        print(f"  {'':<44}{'seconds':>9}{'records/s':>11}{'CPU':>8}{'server':>8}{'peak':>11}")
        with server(home) as running:
            measured = _measured(files, running, environment, runs)
        for row, used in measured.items():
            took, serving = median([usage for usage, _ in used]), float(np.median([cpu for _, cpu in used]))
            print(
                f"  {row:<44}{took.seconds:>9.1f}{rides / took.seconds:>11,.0f}{took.cpu:>8.1f}{serving:>8.1f}"
                f"{took.peak_mib:>7,.0f} MiB"
            )
        ratios = [
            theirs.seconds / ours.seconds
            for (ours, _), (theirs, _) in zip(measured["Parquet"], measured[alternative.NAME], strict=True)
        ]
        print(f"  Parquet is {np.median(ratios):.2f} times as fast as {alternative.NAME}", flush=True)


@dataclass(frozen=True)
class _Files:
    parquet: Path
    csv: Path
    real: Path
    real_name: str


def _measured(
    files: _Files, server: Server, environment: dict[str, str], runs: int
) -> dict[str, list[tuple[Usage, float]]]:
    """What each run used, and the server's CPU time meanwhile; each round measures every row of the table once."""
    rides = _elsewhere(alternative.prepared, files.parquet, environment, server.login)
    measured: dict[str, list[tuple[Usage, float]]] = {}

    def note(row: str, work: Callable[..., Usage], *arguments: object) -> None:
        before = server.cpu()
        usage = work(*arguments)
        measured.setdefault(row, []).append((usage, server.cpu() - before))

    def score(trips: Path) -> Usage:
        return timed([*JOB, "score", "--trips", str(trips)], environment)

    for _ in range(runs):
        server.reset()
        note("Parquet", score, files.parquet)
        note("the same file again, all rides known", score, files.parquet)
        server.reset()
        note("CSV", score, files.csv)
        server.reset()
        note(files.real_name, score, files.real)
        server.reset()
        note(alternative.NAME, alternative.run, rides)
    return measured


def _elsewhere(work: Callable[..., T], *arguments: object) -> T:
    """Call `work` in another process: the memory of this one would count towards the peak of processes it forks."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(work, *arguments).result()


def _files(folder: Path, rides: int, real: str | None, environment: dict[str, str]) -> _Files:
    parquet, csv, spread = (folder / name for name in ("trips.parquet", "trips.csv", "real.parquet"))
    for path in (parquet, csv):
        timed([*JOB, "simulate", "--rides", str(rides), "--output", str(path)], environment)
    if real:
        _resample(Path(real), rides, spread)
        return _Files(parquet, csv, spread, f"a real day, resampled over {DAYS} days")
    timed([*JOB, "simulate", "--rides", str(rides), "--dirty", "--output", str(spread)], environment)
    return _Files(parquet, csv, spread, "simulated with the faults of real records")


def _resample(day: Path, records: int, into: Path) -> None:
    """Write this many of a day's records, in time order, with new trip_ids and on random days."""
    random = np.random.default_rng(0)
    table = pa.parquet.read_table(day).replace_schema_metadata(None)
    table = table.take(pa.array(random.integers(0, len(table), records)))
    shift = random.integers(0, DAYS, records).astype("timedelta64[D]")
    for name in ("trip_start_timestamp", "trip_end_timestamp"):
        times = table[name].cast(pa.timestamp("us")).to_numpy() + shift
        table = table.set_column(table.column_names.index(name), name, pa.array(times, pa.timestamp("us")))
    trip_ids = pa.array([random.bytes(20).hex() for _ in range(records)])
    table = table.set_column(table.column_names.index("trip_id"), "trip_id", trip_ids)
    pa.parquet.write_table(table.sort_by("trip_start_timestamp"), into, row_group_size=GROUP)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rides", type=int, default=1_000_000, help="how many records (default 1,000,000)")
    parser.add_argument(
        "--real", metavar="FILE", default=os.environ.get("REAL"), help="a day of the City's trips, .parquet"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help=f"runs to take the medians of (default {RUNS})")
    options = parser.parse_args()
    main(options.rides, options.real, options.runs)
