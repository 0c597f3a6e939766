"""Measures what the marts cost as rides accumulate: full refresh, refresh after a tick, panels, bytes. For Linux."""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
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
# The dashboard of the project that this one replaced queried its one table; the rows are counted, not transferred.
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
class Measured:
    """What this many rides cost: seconds of the server's processor time, and of the whole `dbt run` by the clock."""

    rides: int
    full_refresh: float
    full_refresh_wall: float
    tick: float
    tick_wall: float
    slowest: dict[str, tuple[float, str]]  # by range: the panel with the longest query, in seconds
    all_panels: float  # of 90 days
    replaced: float
    raw_bytes: int
    mart_bytes: int
    by_table: dict[str, float]  # seconds of its query in a full refresh


ROWS: dict[str, Callable[[Measured], str]] = {
    "rides": lambda size: f"{size.rides:,}",
    "full refresh": lambda size: f"{size.full_refresh:.1f} s",
    "full refresh, by the clock": lambda size: f"{size.full_refresh_wall:.1f} s",
    "full refresh, per ride": lambda size: f"{1e6 * size.full_refresh / size.rides:.0f} µs",
    "refresh after a tick": lambda size: f"{size.tick:.2f} s",
    "refresh after a tick, by the clock": lambda size: f"{size.tick_wall:.1f} s",
    **{
        f"slowest panel of {name}": lambda size, name=name: f"{1000 * size.slowest[name][0]:.0f} ms"  # type: ignore[misc]
        for name in (*RANGES, QUARTER)
    },
    f"all panels of {QUARTER}": lambda size: f"{size.all_panels:.2f} s",
    "five queries on the raw table": lambda size: f"{size.replaced:.2f} s",
    "raw, bytes per ride": lambda size: f"{size.raw_bytes / size.rides:.0f}",
    "marts, bytes per ride": lambda size: f"{size.mart_bytes / size.rides:.0f}",
}


def main(sizes: Sequence[int] = SIZES, picture: Path | None = None) -> None:
    """Print the table, and draw the picture if a file is named."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, the server runs as another user
        environment, week = embedded(folder / "home"), str(folder / "week.parquet")
        # A smaller week would repeat its rides, and have fewer pairs of areas than these rides have.
        timed([*JOB, "simulate", "--rides", str(max(sizes) // WEEKS), "--output", week], environment)
        timed([*JOB, "score", "--trips", week], environment)
        with server(folder / "home") as running:
            measured = [_measured(rides, running, environment) for rides in sizes]
    print(f"marts of rides over thirteen weeks: processor time of PostgreSQL, medians of {RUNS} ticks and queries")
    for title, value in ROWS.items():
        print(f"  {title:<40}" + "".join(f"{value(size):>14}" for size in measured))
    for size in measured:
        print(f"  of {size.rides:,} rides, the slowest panel of {QUARTER} is «{size.slowest[QUARTER][1]}»", flush=True)
    print("\nof which the queries of a full refresh, without writing, indexes and views")
    for table in sorted(measured[-1].by_table, key=measured[-1].by_table.__getitem__, reverse=True):
        print(f"  {table:<40}" + "".join(f"{size.by_table[table]:>12.1f} s" for size in measured))
    if picture:
        from bench import growth

        growth.draw(measured, picture)


def _measured(rides: int, running: Server, environment: dict[str, str]) -> Measured:
    running.anew()
    with psycopg.connect(running.address(), autocommit=True, cursor_factory=psycopg.ClientCursor) as database:
        database.execute(HISTORY.read_bytes(), {"rides": rides})
        database.execute("vacuum analyze")

        def dbt(*arguments: str) -> tuple[float, float]:
            before = running.cpu()
            seconds = timed([*JOB, "dbt", "--quiet", "run", *arguments], environment).seconds
            return running.cpu() - before, seconds

        full_refresh, full_refresh_wall = dbt("--full-refresh")
        database.execute("vacuum analyze")
        ticks = [dbt() for _ in _ticks(database, environment)][1:]  # the first one warms up
        tick, tick_wall = (statistics.median(column) for column in zip(*ticks, strict=True))
        slowest, sums = {}, {}
        for name, length in (RANGES | {QUARTER: timedelta(days=90)}).items():
            used = _panels(database, length, environment)
            slowest[name] = max((seconds, where) for where, seconds in used.items())
            sums[name] = sum(used.values())
        return Measured(
            rides=rides,
            full_refresh=full_refresh,
            full_refresh_wall=full_refresh_wall,
            tick=tick,
            tick_wall=tick_wall,
            slowest=slowest,
            all_panels=sums[QUARTER],
            replaced=sum(_used(database, statement) for statement in REPLACED),
            raw_bytes=_bytes(database, "raw"),
            mart_bytes=_bytes(database, "marts", "staging"),
            by_table=_by_table(database, environment),
        )


def _ticks(database: psycopg.Connection, environment: dict[str, str]) -> Iterator[None]:
    """Score one window after the other and observe outcomes, each time before the marts are refreshed."""
    for _ in range(RUNS + 1):
        ((start,),) = database.execute(NEXT_WINDOW).fetchall()
        timed([*JOB, "score", "--window", start.isoformat()], environment)
        timed([*JOB, "observe"], environment)
        yield


def _panels(database: psycopg.Connection, length: timedelta, environment: dict[str, str]) -> dict[str, float]:
    """Each panel's seconds of processor time, by its title, for a range that ends with the newest ride."""
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
    database.execute("set jit = off")
    database.execute("set work_mem = '32MB'")
    return {
        name: _used(database, f"explain (analyze, timing off) {path.read_text()}", runs=1)
        for (name,) in database.execute(TABLES)
        for path in compiled.glob(f"**/{name}.sql")
    }


def _used(database: psycopg.Connection, statement: str, runs: int = RUNS) -> float:
    """The seconds of processor time that a statement takes, the median of several times."""
    database.execute("set max_parallel_workers_per_gather = 0")  # whose time would be another process's
    schedule = Path(f"/proc/{database.info.backend_pid}/schedstat")

    def seconds() -> float:
        before = int(schedule.read_text().split()[0])
        database.execute(statement.encode()).fetchall()
        return (int(schedule.read_text().split()[0]) - before) / 1e9

    return statistics.median(seconds() for _ in range(runs))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rides", type=int, nargs="+", default=SIZES, help="how many (default 100000 1000000)")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the growth into this file, .svg or .png")
    options = parser.parse_args()
    main(options.rides, options.picture)
