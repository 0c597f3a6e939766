"""Measures what the marts cost as rides accumulate: full refresh, refresh after a tick, panels, bytes. For Linux."""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg

from bench.database import Server, server
from bench.places import JOB, embedded
from bench.process import timed
from job import config
from job.report.grafana import dashboards
from job.report.plot.frame import Range, Table
from job.report.sections import section
from job.store.reading import panels

SIZES = (100_000, 1_000_000)
WEEKS = 13  # of the history, each with the rides of one simulated week
RUNS = 3
RANGES = {"an hour": timedelta(hours=1), "a day": timedelta(days=1), "a week": timedelta(days=7)}
QUARTER = "90 days"
HISTORY = Path(__file__).with_name("history.sql")
NEXT_WINDOW = "select max(window_start) + interval '2 minutes' from raw.windows"
TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = any('{marts,staging}'::regnamespace[])"
BYTES = """
select sum(pg_total_relation_size(oid))::bigint from pg_class
where relkind = 'r' and relnamespace = any(%s::regnamespace[])
"""
# The five queries of the dashboard that this one replaced. Two of them returned rides, which are counted here.
REPLACED = (
    """
    select count(predicted_duration) from raw.ride_predictions
    where trip_start_timestamp > (select max(trip_start_timestamp) from raw.ride_predictions) - interval '1 hour'
    """,
    "select date_trunc('minute', trip_start_timestamp), count(*) from raw.ride_predictions group by 1 order by 1",
    "select count(fare / trip_miles) from raw.ride_predictions",
    """
    select concat(pickup_community_area, '-', dropoff_community_area), count(*) from raw.ride_predictions
    group by 1 order by 2 desc limit 10
    """,
    "select * from raw.ride_predictions order by trip_start_timestamp desc limit 5",
)


@dataclass(frozen=True)
class Measurement:
    """What this many rides cost, in seconds of the server's CPU time; `_elapsed` is the time of the whole `dbt run`."""

    rides: int
    full_refresh: float
    full_refresh_elapsed: float
    tick: float
    tick_elapsed: float
    slowest: dict[str, tuple[float, str]]  # by range: the largest sum of a panel's queries, and the panel
    all_panels: float  # over 90 days
    replaced: float
    raw_bytes: int
    mart_bytes: int
    by_table: dict[str, float]  # seconds of its query in a full refresh


ROWS: dict[str, Callable[[Measurement], str]] = {
    "rides": lambda one: f"{one.rides:,}",
    "full refresh": lambda one: f"{one.full_refresh:.1f} s",
    "full refresh, elapsed": lambda one: f"{one.full_refresh_elapsed:.1f} s",
    "full refresh, per ride": lambda one: f"{1e6 * one.full_refresh / one.rides:.0f} µs",
    "refresh after a tick": lambda one: f"{one.tick:.2f} s",
    "refresh after a tick, elapsed": lambda one: f"{one.tick_elapsed:.1f} s",
    **{
        f"slowest panel over {name}": lambda one, name=name: f"{1000 * one.slowest[name][0]:.0f} ms"  # type: ignore[misc]
        for name in (*RANGES, QUARTER)
    },
    f"all panels over {QUARTER}": lambda one: f"{one.all_panels:.2f} s",
    "five queries on the raw table": lambda one: f"{one.replaced:.2f} s",
    "raw, bytes per ride": lambda one: f"{one.raw_bytes / one.rides:.0f}",
    "marts, bytes per ride": lambda one: f"{one.mart_bytes / one.rides:.0f}",
}


def main(sizes: Sequence[int] = SIZES, picture: Path | None = None) -> None:
    """Print the table, and draw the picture if a file is named."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # started by root, the server runs as another user, who has to enter the folder
        environment, week = embedded(folder / "home"), str(folder / "week.parquet")
        # A smaller week would have to repeat its rides, and would contain fewer pairs of areas.
        timed([*JOB, "simulate", "--rides", str(max(sizes) // WEEKS), "--output", week], environment)
        timed([*JOB, "score", "--trips", week], environment)
        with server(folder / "home") as running:
            measurements = [_measure(rides, running, environment) for rides in sizes]
    print(f"marts of rides over {WEEKS} weeks: CPU time of PostgreSQL, medians of {RUNS} ticks and queries")
    for title, value in ROWS.items():
        print(f"  {title:<40}" + "".join(f"{value(one):>14}" for one in measurements))
    for one in measurements:
        print(f"  with {one.rides:,} rides, the slowest panel over {QUARTER} is «{one.slowest[QUARTER][1]}»")
    print("\nCPU time of each table's query in a full refresh, without writing the table or building its indexes")
    last = measurements[-1].by_table
    for table in sorted(last, key=last.__getitem__, reverse=True):
        print(f"  {table:<40}" + "".join(f"{one.by_table[table]:>12.1f} s" for one in measurements))
    if picture:
        _draw(measurements, picture)


def _draw(measurements: Sequence[Measurement], picture: Path) -> None:
    """Draw times on logarithmic axes and bytes per ride on a linear one."""
    from matplotlib import pyplot  # here, because the import takes a second

    rides = [one.rides for one in measurements]
    figure, (times, sizes) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for label, seconds in {
        "full refresh": [one.full_refresh for one in measurements],
        "five queries on the raw table": [one.replaced for one in measurements],
        "refresh after a tick": [one.tick for one in measurements],
        f"all panels over {QUARTER}": [one.all_panels for one in measurements],
    }.items():
        times.loglog(rides, seconds, marker="o", label=label)
    times.set(title="CPU time of PostgreSQL", xlabel="rides", ylabel="seconds")
    for label, per_ride in {
        "raw": [one.raw_bytes / one.rides for one in measurements],
        "marts": [one.mart_bytes / one.rides for one in measurements],
    }.items():
        sizes.semilogx(rides, per_ride, marker="o", label=label)
    sizes.set(title="Size", xlabel="rides", ylabel="bytes per ride")
    sizes.set_ylim(bottom=0)
    for axes in (times, sizes):
        axes.grid(alpha=0.3)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=2)
    figure.savefig(picture)


def _measure(rides: int, running: Server, environment: dict[str, str]) -> Measurement:
    running.reset()
    with psycopg.connect(running.address(), autocommit=True, cursor_factory=psycopg.ClientCursor) as database:
        database.execute(HISTORY.read_bytes(), {"rides": rides})
        database.execute("vacuum analyze")

        def dbt(*arguments: str) -> tuple[float, float]:
            before = running.cpu()
            seconds = timed([*JOB, "dbt", "--quiet", "run", *arguments], environment).seconds
            return running.cpu() - before, seconds

        full_refresh, full_refresh_elapsed = dbt("--full-refresh")
        database.execute("vacuum analyze")
        ticks = []
        for _ in range(RUNS + 1):  # the first one warms up
            _score_and_observe(database, environment)
            ticks.append(dbt())
        tick, tick_elapsed = (statistics.median(column) for column in zip(*ticks[1:], strict=True))
        slowest, sums = {}, {}
        for name, length in (RANGES | {QUARTER: timedelta(days=90)}).items():
            used = _panels(database, length, environment)
            slowest[name] = max((seconds, where) for where, seconds in used.items())
            sums[name] = sum(used.values())
        return Measurement(
            rides=rides,
            full_refresh=full_refresh,
            full_refresh_elapsed=full_refresh_elapsed,
            tick=tick,
            tick_elapsed=tick_elapsed,
            slowest=slowest,
            all_panels=sums[QUARTER],
            replaced=sum(_used(database, statement) for statement in REPLACED),
            raw_bytes=_bytes(database, "raw"),
            mart_bytes=_bytes(database, "marts", "staging"),
            by_table=_by_table(database, environment),
        )


def _score_and_observe(database: psycopg.Connection, environment: dict[str, str]) -> None:
    """Do what a tick does before it refreshes the marts, for the next window."""
    ((start,),) = database.execute(NEXT_WINDOW).fetchall()
    timed([*JOB, "score", "--window", start.isoformat()], environment)
    timed([*JOB, "observe"], environment)


def _panels(database: psycopg.Connection, length: timedelta, environment: dict[str, str]) -> dict[str, float]:
    """Seconds of CPU time by panel for a range that ends with the newest ride; also by variable and annotations."""
    ((end,),) = database.execute(NEXT_WINDOW).fetchall()
    period = Range(end - length, end, config.parse(environment).place.tzinfo)
    used: dict[str, float] = {}

    def query(statement: str, where: str) -> Table:
        used[where] = used.get(where, 0) + _used(database, statement)
        return Table(*panels.query(database, statement, where))

    for board in dashboards.load(config.ROOT / "grafana" / "dashboards"):
        section(board, "simulator", period, query)
    return used


def _bytes(database: psycopg.Connection, *schemas: str) -> int:
    ((size,),) = database.execute(BYTES, [list(schemas)]).fetchall()
    return int(size)


def _by_table(database: psycopg.Connection, environment: dict[str, str]) -> dict[str, float]:
    """Each table's seconds in a full refresh, with the settings of begin_refresh; its query is run once."""
    timed([*JOB, "dbt", "--quiet", "compile", "--full-refresh"], environment)
    compiled = Path(environment["TAXI_HOME"]) / "dbt" / "target" / "compiled"
    with database.transaction():
        database.execute("set local jit = off")
        database.execute("set local work_mem = '32MB'")
        return {
            name: _used(database, f"explain (analyze, timing off) {path.read_text()}", runs=1)
            for (name,) in database.execute(TABLES)
            for path in compiled.glob(f"**/{name}.sql")
        }


def _used(database: psycopg.Connection, statement: str, runs: int = RUNS) -> float:
    """The CPU time of a statement in seconds, the median of several runs."""
    # Parallel workers are other processes, whose time is not counted here.
    database.execute("set max_parallel_workers_per_gather = 0")
    schedule = Path(f"/proc/{database.info.backend_pid}/schedstat")

    def seconds() -> float:
        before = int(schedule.read_text().split()[0])
        database.execute(statement.encode()).fetchall()
        return (int(schedule.read_text().split()[0]) - before) / 1e9

    return statistics.median(seconds() for _ in range(runs))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rides", type=int, nargs="+", default=SIZES, help=f"numbers of rides (default {SIZES})")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write a chart to this file, .svg or .png")
    options = parser.parse_args()
    main(options.rides, options.picture)
