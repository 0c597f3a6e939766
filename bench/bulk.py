r"""Measures scoring a file into PostgreSQL, next to `mlflow models predict` and psql's \copy on the same rides."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import psycopg
import pyarrow as pa
import pyarrow.parquet

from bench import alternative
from bench.places import JOB, embedded
from bench.process import Usage, median, timed
from job.embedded import embedded_server

RUNS = 5
DAYS = 30  # over which a real day's records are spread
GROUP = 125_000  # records per row group
SAVED = "bench_saved"


def main(rides: int = 1_000_000, real: str | None = None, runs: int = RUNS) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, the server runs as another user
        home = folder / "home"
        environment = embedded(home)
        files = _files(folder, rides, real, environment)
        print(f"{rides:,} records scored from a file into PostgreSQL, whole process; medians of {runs} runs")
        print(f"  {'':<44}{'seconds':>9}{'records/s':>11}{'CPU':>8}{'server':>8}{'peak':>11}")
        with _server(home) as server:
            measured = _measured(files, server, environment, runs)
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


@dataclass(frozen=True)
class _Server:
    """The embedded server, whose database is made anew before each measurement."""

    admin: psycopg.Connection
    process: psutil.Process
    login: dict[str, str]

    def anew(self) -> None:
        """Replace the database by the one that the first run left."""
        self.admin.execute("drop database if exists taxi with (force)")
        self.admin.execute(f"create database taxi template {SAVED}")
        self.admin.execute("checkpoint")

    def cpu(self) -> float:
        """Seconds of processor time that its processes have used, those that have ended included."""
        total = 0.0
        for process in [self.process, *self.process.children()]:
            times = process.cpu_times()
            total += times.user + times.system
            if process == self.process:
                total += times.children_user + times.children_system
        return total


@contextmanager
def _server(home: Path) -> Iterator[_Server]:
    with embedded_server(home) as address:
        login = {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": "postgres", "PGDATABASE": "taxi"}
        with psycopg.connect(
            host=address.host, port=address.port, user="postgres", dbname="postgres", autocommit=True
        ) as admin:
            admin.execute(f"alter database taxi rename to {SAVED}")
            number = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            yield _Server(admin, psutil.Process(number), login)


def _measured(
    files: _Files, server: _Server, environment: dict[str, str], runs: int
) -> dict[str, list[tuple[Usage, float]]]:
    """What each run used, and what the server used meanwhile; the rows of the table alternate."""
    rides = alternative.prepared(files.parquet, environment, server.login)
    measured: dict[str, list[tuple[Usage, float]]] = {}

    def note(row: str, work: object, *arguments: object) -> None:
        before = server.cpu()
        usage = work(*arguments)  # type: ignore[operator]
        measured.setdefault(row, []).append((usage, server.cpu() - before))

    def score(trips: Path) -> Usage:
        return timed([*JOB, "score", "--trips", str(trips)], environment)

    for _ in range(runs):
        server.anew()
        note("Parquet", score, files.parquet)
        note("the same file again, all rides known", score, files.parquet)
        server.anew()
        note("CSV", score, files.csv)
        server.anew()
        note(files.real_name, score, files.real)
        server.anew()
        note(alternative.NAME, alternative.run, rides)
    return measured


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
    """Write so many of a day's records, in time order, with new trip_ids and on random days."""
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
    parser.add_argument("--real", metavar="FILE", default=os.environ.get("REAL"), help="Parquet of the City's trips")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of which the medians are printed (default {RUNS})")
    options = parser.parse_args()
    sys.exit(main(options.rides, options.real, options.runs))
