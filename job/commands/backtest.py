"""Compare a version of the model with another one on past rides whose durations are known, week by week.

Rides from the periods that either version learned from are left out. Nothing is written to the database: the result is
printed, and kept in MLflow as a run of its own, which a tag of the version quotes.
"""

import argparse
import time
from dataclasses import dataclass
from datetime import datetime

import structlog

from job import progress
from job.config import Config
from job.errors import JobError, UsageError
from job.model import backtest, backtest_report, gate, tally
from job.model.backtest import Backtest
from job.model.tally import Pair, Tally, Version
from job.registry import tracking
from job.registry.registry import PRODUCTION, Registry, version_number
from job.rides import times
from job.rides.source import SourceName
from job.store import store
from job.store.raw import rides
from job.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True)
class Request:
    """The versions, and which rides: those of a source that started from `start` until before `end`.

    champion: None for the production version; source: None if the period has rides of only one.
    """

    candidate: str
    champion: str | None
    source: SourceName | None
    start: datetime
    end: datetime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", metavar="VERSION", help="the version's number in the registry")
    parser.add_argument(
        "--against", default=PRODUCTION, metavar="VERSION", help="what to compare it with (default: %(default)s)"
    )
    parser.add_argument(
        "--from", dest="start", metavar="START", required=True,
        help="start, such as 2026-01-31 or 2026-01-31T08:00Z; without an offset it is local to the place",
    )  # fmt: skip
    parser.add_argument("--to", dest="end", metavar="END", required=True, help="rides that started before it")
    parser.add_argument("--source", metavar="NAME", help="the rides' source; needed if the period has rides of several")
    parser.add_argument("--json", action="store_true", help="for a program: one JSON object")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Compare, print the result, then keep it in MLflow."""
    request = Request(
        candidate=version_number(arguments.version),
        champion=None if arguments.against == PRODUCTION else version_number(arguments.against),
        source=arguments.source,
        start=times.instant("--from", arguments.start, config.place.tzinfo),
        end=times.instant("--to", arguments.end, config.place.tzinfo),
    )
    if request.end <= request.start:
        raise UsageError(f"--to {arguments.end} is not after --from {arguments.start}")
    registry = Registry(config)
    with store.opened(config) as opened:
        result = execute(request, opened, registry)
    # Print first: if the registry has gone away meanwhile, the result is not lost.
    print(backtest_report.as_json(result) if arguments.json else backtest_report.text(result), flush=True)
    run_id = tracking.log_backtest(result, registry)
    if not arguments.json:
        print(f"kept in MLflow as run {run_id}")
    return 0


def execute(request: Request, store: Store, registry: Registry) -> Backtest:
    """Read the rides batch by batch without the lock, and let both versions predict each batch."""
    began, place = time.monotonic(), store.config.place
    pair = _pair(request, registry)
    source = request.source or _only_source(request, store)
    weeks: dict[int, Tally] = {}
    rides_read = 0
    with progress.shown("rides read") as show:
        for batch in rides.observed(store.reading, source, request.start, request.end):
            for number, tallied in tally.by_week(batch, pair, place, request.start).items():
                weeks[number] = weeks[number] + tallied if number in weeks else tallied
            rides_read += len(batch)
            show(rides_read)
    if not weeks:
        raise JobError(_nothing(f"the {source}", request))
    result = backtest.result(weeks, pair, source, place, request.start, request.end)
    log.info(
        "backtest.completed", version=result.candidate, against=result.champion, source=source, rides_read=rides_read,
        rides_compared=result.overall.rides, verdict=result.overall.verdict, why=result.why,
        seconds=time.monotonic() - began,
    )  # fmt: skip
    return result


def _pair(request: Request, registry: Registry) -> Pair:
    champion = request.champion or registry.production_version()
    if champion is None:
        raise JobError(
            f"{registry.model_name} has no production version to compare with: name another one with --against"
        )
    if champion == request.candidate:
        raise UsageError(f"version {champion} would be compared with itself: name another version with --against")
    pair = Pair(_version(request.candidate, registry), _version(champion, registry))
    registry.end_lookups()
    return pair


def _version(number: str, registry: Registry) -> Version:
    return Version(registry.load_version(number), gate.training_period(registry.tags(number)))


def _only_source(request: Request, store: Store) -> SourceName:
    with store.reading() as database:
        sources = rides.sources_observed(database, request.start, request.end)
    if not sources:
        raise JobError(_nothing("any source", request))
    if len(sources) > 1:
        raise UsageError(f"there are rides of {' and '.join(sources)} in this period: choose one with --source")
    return sources[0]


def _nothing(source: str, request: Request) -> str:
    return (
        f"no ride of {source} that started from {request.start.isoformat()} until {request.end.isoformat()} has a "
        "known duration: choose another period, or let `python -m job observe` add those that have become known"
    )
