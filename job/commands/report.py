"""Write the dashboards' panels as one web page that needs neither Grafana nor a network.

Shown are the rides of the source that was scored last: of the City's those of that run, of the simulator's the newest
week. Times without an offset are Chicago's.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import structlog

from job import files
from job.config import ROOT, Config
from job.errors import UsageError
from job.report import page
from job.report.grafana import dashboards, interval
from job.report.grafana.dashboards import Dashboard, Panel
from job.report.grafana.fill import asked_for, filled
from job.report.grafana.macros import Value, expand
from job.report.plot.draw import Drawn, Mark, draw
from job.report.plot.frame import Range, Table, instant
from job.rides import times
from job.rides.source import SOURCES
from job.rides.times import CHICAGO
from job.store import store
from job.store.reading import panels, status
from job.store.store import Store

log = structlog.get_logger()

DASHBOARDS = ROOT / "grafana" / "dashboards"
NEWEST = timedelta(days=7)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Request:
    """What to show; a source, start or end that is None is found in the marts."""

    source: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Written:
    """A page: its file, what it shows, how many queries it took and how long these did."""

    path: Path
    panels: int
    queries: int
    query_seconds: float


class Queries:
    """The panels' queries on one state of the marts, counted and timed."""

    def __init__(self, database: psycopg.Connection) -> None:
        self.database = database
        self.count = 0
        self.seconds = 0.0

    def table(self, statement: str, where: str) -> Table:
        """What a statement gives."""
        began = time.perf_counter()
        columns, rows = panels.query(self.database, statement, where)
        self.count += 1
        self.seconds += time.perf_counter() - began
        return Table(columns, rows)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the .html file to write")
    parser.add_argument("--from", dest="start", metavar="TIME", help="such as 2026-01-31 or 2026-01-31T08:00Z")
    parser.add_argument("--to", dest="end", metavar="TIME", help="until then (default: the newest ride)")
    parser.add_argument("--source", choices=SOURCES, help="whose rides (default: those that were scored last)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Write the page and say where it is."""
    request = Request(arguments.source, _time(arguments.start, "--from"), _time(arguments.end, "--to"))
    with store.opened(config) as opened:
        written = execute(request, opened, arguments.output, datetime.now(UTC))
    print(f"{written.path}: {written.panels} panels, {written.queries} queries in {written.query_seconds:.2f} s")
    return 0


def execute(request: Request, store: Store, output: Path, now: datetime) -> Written:
    """Query, draw, write; the file is there whole or as it was."""
    if output.suffix not in {".html", ".htm"}:
        raise UsageError(f"{output} cannot be written: name a file that ends in .html")
    boards = dashboards.load(DASHBOARDS)
    with store.reading() as database:
        header_status = status.gather(database, now)
        panels.limit_time(database)
        queries = Queries(database)
        source, rides = _shown(request, database, now)
        sections = [_section(board, source, _range(board, rides, request, now), queries) for board in boards]
    header = _header(source, header_status, now)
    with files.written_whole(output) as partial:
        partial.write_text(page.render(header, sections))
    written = Written(output, sum(len(board.panels) for board in boards), queries.count, queries.seconds)
    log.info(
        "report.written", output=str(output), source=source, start=rides.start.isoformat(), end=rides.end.isoformat(),
        panels=written.panels, queries=written.queries, query_seconds=round(written.query_seconds, 3),
    )  # fmt: skip
    return written


def _shown(request: Request, database: psycopg.Connection, now: datetime) -> tuple[str, Range]:
    """The source and the range of its rides, found in the marts where the request leaves them open."""
    latest = panels.latest_scored(database)
    source = request.source or (latest[0] if latest else SOURCES[0])
    of_one_run = source == "city" and latest is not None and latest[0] == source
    found = panels.starts(database, source, latest[1] if of_one_run and latest else datetime.min.replace(tzinfo=UTC))
    first, last = found or (now - NEWEST, now)
    end = request.end or last
    start = request.start or (max(first, end - LONGEST) if of_one_run and not request.end else end - NEWEST)
    if not start < end <= start + LONGEST:
        raise UsageError(
            f"--from {start:%Y-%m-%dT%H:%MZ} --to {end:%Y-%m-%dT%H:%MZ} cannot be shown: "
            f"give a start before its end, at most {LONGEST.days} days"
        )
    return source, Range(max(start, first) if request.start is None else start, end)


def _range(board: Dashboard, rides: Range, request: Request, now: datetime) -> Range:
    """The rides'; of a dashboard without a source, which is about the job's runs, its own span until now."""
    if board.has("source") or request.start or request.end:
        return rides
    return Range(now - board.span, now)


def _section(board: Dashboard, source: str, shown: Range, queries: Queries) -> page.Section:
    variables = _variables(board, source, shown, queries)
    tables = [_table(sql, board.title, shown, 1, variables, queries) for sql in board.annotations]
    marks = [
        Mark(instant(row[table.columns.index("time")]), str(row[table.columns.index("text")]))
        for table in tables
        for row in table.rows
    ]
    drawn = [_drawn(board, panel, shown, variables, marks, queries) for panel in board.panels]
    return page.Section(board, shown, drawn)


def _variables(board: Dashboard, source: str, shown: Range, queries: Queries) -> dict[str, Value]:
    """Every variable's value: the source as asked for, «All» as all of its options, others as the dashboard opens."""
    values: dict[str, Value] = {}
    for variable in board.variables:
        if variable.name == "source":
            values[variable.name] = source
        elif variable.current != "$__all":
            values[variable.name] = [variable.current] if variable.several else variable.current
        elif variable.all_value:
            values[variable.name] = variable.all_value
        elif variable.sql is None:
            values[variable.name] = list(variable.options)
        else:
            options = _table(variable.sql, f"{board.title}, ${variable.name}", shown, 1, values, queries)
            at = options.columns.index("__value") if "__value" in options.columns else 0
            # Without any option nothing can be in the list: null is in none.
            values[variable.name] = [str(row[at]) for row in options.rows] or "null"
    return values


def _drawn(
    board: Dashboard, panel: Panel, shown: Range, variables: dict[str, Value], marks: Sequence[Mark], queries: Queries
) -> Drawn:
    width = interval.chosen(shown.start, shown.end, panel.max_data_points, panel.least_interval)
    tables = []
    for target in panel.targets:
        table = _table(target.sql, f"{board.title}, {panel.title}", shown, width, variables, queries)
        fill = asked_for(target.sql, width)
        if fill and table.columns[0] == "time":
            rows = [(instant(row[0]), *row[1:]) for row in table.rows]
            table = Table(table.columns, filled(rows, fill, shown.start, shown.end))
        tables.append(table)
    return draw(panel, tables, shown, marks)


def _table(
    sql: str, where: str, shown: Range, width: float, variables: dict[str, Value], queries: Queries
) -> Table:  # fmt: skip
    return queries.table(expand(sql, shown.start, shown.end, width, variables), where)


def _header(source: str, found: status.Status, now: datetime) -> page.Header:
    age = found.last_success_age_minutes
    since = "has not succeeded yet" if age is None else f"no success for {age:,.0f} minutes"
    return page.Header(
        source="the simulator" if source == "simulator" else "the City",
        model=f"{found.model.name} {found.model.version}" if found.model else "none yet",
        healthy=found.healthy,
        health="healthy" if found.healthy else since,
        written=f"{now.astimezone(ZoneInfo(CHICAGO)):%a %-d %b %Y %H:%M} (Chicago)",
    )


def _time(text: str | None, option: str) -> datetime | None:
    return None if text is None else times.instant(option, text, ZoneInfo(CHICAGO))
