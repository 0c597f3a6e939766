"""Measures scoring a million rides from a Parquet file into PostgreSQL: rides per second and peak memory."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.places import JOB, embedded
from bench.process import timed


def main(rides: int = 1_000_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        environment = embedded(Path(folder) / "home")
        trips = str(Path(folder) / "trips.parquet")
        timed([*JOB, "simulate", "--rides", str(rides), "--output", trips], environment)
        print(f"{rides:,} rides scored from Parquet into PostgreSQL, whole process")
        print(f"  {'':<28}{'seconds':>9}{'rides/s':>10}{'peak':>11}")
        for name in ("new rides", "rides scored before"):
            usage = timed([*JOB, "score", "--trips", trips], environment)
            print(
                f"  {name:<28}{usage.seconds:>9.1f}{rides / usage.seconds:>10,.0f}{usage.peak_mib:>7,.0f} MiB",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rides", type=int, default=1_000_000, help="how many (default 1,000,000)")
    sys.exit(main(parser.parse_args().rides))
