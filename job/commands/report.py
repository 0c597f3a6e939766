"""Write the dashboards' panels as one web page that needs neither Grafana nor a network.

The default is the source that was scored last: the records of that run, or the simulator's newest week.
Times without an offset are local to the place.
"""

import argparse
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import structlog

from job import files
from job.config import ROOT, Config
from job.errors import UsageError
from job.redaction import everywhere
from job.report import page
from job.report.grafana import dashboards
from job.report.plot.frame import Range, Table
from job.report.sections import section, shown_by
from job.rides import times
from job.rides.source import SIMULATOR, SourceName
from job.store import store
from job.store.reading import panels, status
from job.store.store import Store

log = structlog.get_logger()

DASHBOARDS = ROOT / "grafana" / "dashboards"
NEWEST = timedelta(days=7)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Request:
    """The source and range to show; None means the default, which is looked up in the marts."""

    source: SourceName | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Written:
    """The result: the page's file, its numbers of panels and queries, the queries' total time; a warning or none."""

    path: Path
    panels: int
    queries: int
    query_seconds: float
    warning: str


class Queries:
    """Runs the panels' queries in one transaction, counts and times them, and hides secrets in their results."""

    def __init__(self, database: psycopg.Connection) -> None:
        self.database = database
        self.count = 0
        self.seconds = 0.0

    def __call__(self, statement: str, where: str) -> Table:
        """Run one statement; `where` describes its purpose in errors."""
        began = time.perf_counter()
        columns, rows = panels.query(self.database, statement, where)
        self.count += 1
        self.seconds += time.perf_counter() - began
        return Table(columns, [tuple(everywhere(row)) for row in rows])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the .html file to write")
    parser.add_argument("--from", dest="start", metavar="TIME", help="start, such as 2026-01-31 or 2026-01-31T08:00Z")
    parser.add_argument("--to", dest="end", metavar="TIME", help="end (default: the newest ride)")
    parser.add_argument("--source", metavar="NAME", help="source of the rides (default: the one scored last)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Write the page and print its path."""
    zone = config.place.tzinfo
    request = Request(arguments.source, _time(arguments.start, "--from", zone), _time(arguments.end, "--to", zone))
    with store.opened(config) as opened:
        written = execute(request, opened, arguments.output, datetime.now(UTC))
    print(f"{written.path}: {written.panels} panels, {written.queries} queries in {written.query_seconds:.2f} s")
    if written.warning:
        print(written.warning)
    return 0


def execute(request: Request, store: Store, output: Path, now: datetime) -> Written:
    """Query, draw and write the page; on failure an existing file is left unchanged."""
    if output.suffix not in {".html", ".htm"}:
        raise UsageError(f"{output} cannot be written: name a file that ends in .html")
    boards = dashboards.load(DASHBOARDS)
    is_given = bool(request.start or request.end)
    with store.reading() as database:
        current = status.gather(database, now)
        panels.limit_time(database)
        query = Queries(database)
        source, rides = _selection(request, database, now, store.config.place.tzinfo)
        warning = _warning(database, source, rides)
        sections = [section(board, source, shown_by(board, rides, is_given, now), query) for board in boards]
    top = _header(source, current, now, store.config)
    with files.written_whole(output) as partial:
        partial.write_text(page.render(top, sections), encoding="utf-8")
    written = Written(output, sum(len(board.panels) for board in boards), query.count, query.seconds, warning)
    log.info(
        "report.written", output=str(output), source=source, start=rides.start.isoformat(), end=rides.end.isoformat(),
        panels=written.panels, queries=written.queries, query_seconds=written.query_seconds,
    )  # fmt: skip
    return written


def _selection(
    request: Request, database: psycopg.Connection, now: datetime, zone: ZoneInfo
) -> tuple[SourceName, Range]:
    """The source and range to show; defaults are looked up in the marts."""
    latest = panels.latest_scored(database)
    source = request.source or (latest[0] if latest else SIMULATOR)
    of_one_run = source != SIMULATOR and latest is not None and latest[0] == source
    if source not in (sources := panels.sources(database)):
        raise UsageError(f"there is no source {source}: give --source one of {', '.join(sources)}")
    bounds = panels.starts(database, source, latest[1] if of_one_run and latest else times.EARLIEST)
    first, last = bounds or (now - NEWEST, now)
    end = request.end or last
    start = request.start or (max(first, end - LONGEST) if of_one_run and not request.end else end - NEWEST)
    if not start < end <= start + LONGEST:
        raise UsageError(
            f"--from {start:%Y-%m-%dT%H:%MZ} --to {end:%Y-%m-%dT%H:%MZ} cannot be shown: "
            f"give a start before its end, at most {LONGEST.days} days"
        )
    return source, Range(max(start, first) if request.start is None else start, end, zone)


def _warning(database: psycopg.Connection, source: SourceName, shown: Range) -> str:
    """A sentence if the source's rides are all outside the range, which is then probably a mistake."""
    bounds = panels.starts(database, source, times.EARLIEST)
    if bounds and bounds[0] < shown.end and shown.start < bounds[1]:
        return ""
    if not bounds:
        return f"no ride is shown: the source {source} has none in the marts"
    first, last = (f"{bound.astimezone(shown.zone):%Y-%m-%dT%H:%M}" for bound in bounds)
    return f"no ride is shown: the rides of the source {source} are from {first} to {last}"


def _header(source: SourceName, current: status.Status, now: datetime, config: Config) -> page.Header:
    place, model = config.place, current.model
    label = f"{model.name} version {model.version}" if model else None
    return page.header(place.name, source, label, current.healthy, current.last_success_age_minutes, now, place.tzinfo)


def _time(text: str | None, option: str, zone: ZoneInfo) -> datetime | None:
    return None if text is None else times.instant(option, text, zone)
