"""Score every window that is owed, or the given ones, or real records, and write the predictions.

The City's records may be paths, patterns or addresses: Parquet, CSV, JSON or JSON lines, plain, .gz or .zst.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from job import progress
from job.city import reading, sources
from job.config import Config
from job.errors import LockNotAcquired, UsageError
from job.model.contract import Model
from job.registry.registry import Registry
from job.rides.ride import Batch
from job.rides.source import SourceName
from job.scoring import batch, counted, to_file
from job.scoring.batch import Scoring
from job.simulator import draw, scenarios, window
from job.simulator.profile import Profile, load_profile
from job.store import store
from job.store.raw import windows
from job.store.run import Counts
from job.store.store import Store

log = structlog.get_logger()

WINDOWS_PER_BATCH = 720


@dataclass(frozen=True)
class Request:
    """What to score: real records, windows, or (neither given) what is owed; windows perhaps under a scenario."""

    trips: tuple[str, ...] = ()
    windows: tuple[datetime, ...] = ()
    scenario: str | None = None

    @property
    def source(self) -> SourceName:
        """Where the rides come from."""
        return "city" if self.trips else "simulator"


@dataclass(frozen=True)
class Scored:
    """What a run did: counts, rejects by reason, how many windows it was given, and the model that it used."""

    run_id: int
    counts: Counts
    reasons: Counter[str]
    windows: int | None
    model: Model
    stale: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="score the City's records instead of windows"
    )
    what.add_argument("--window", metavar="START[..END]", help="score these windows, such as 2026-01-31T08:02Z")
    parser.add_argument("--scenario", choices=scenarios.NAMES, help="a disturbance of the simulated city")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write predictions to a .csv or .parquet; leave the database alone"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Score, and print what happened; without arguments a lock that another run holds is not a failure."""
    now = datetime.now(UTC)
    request = _request(arguments, now)
    if arguments.output:
        return _to_file(arguments.output, request, config)
    with store.opened(config) as opened:
        try:
            scored = execute(request, opened, now)
        except LockNotAcquired as error:
            if request != Request():
                raise
            log.info("score.not_run", why=str(error))
            return 0
    print("\n".join(counted.lines(scored.counts, scored.reasons, scored.windows)))
    return 0


def _request(arguments: argparse.Namespace, now: datetime) -> Request:
    if arguments.trips and arguments.scenario:
        raise UsageError("--scenario changes simulated rides: leave it out with --trips, real records stay as they are")
    return Request(
        trips=tuple(arguments.trips or ()),
        windows=() if arguments.window is None else tuple(window.parse(arguments.window, now)),
        scenario=arguments.scenario,
    )


def execute(request: Request, store: Store, now: datetime) -> Scored:
    """One run, batch by batch, with one log line at its end."""
    began, config = time.monotonic(), store.config
    # Before the run starts: a source or profile that cannot be read is not a failed run.
    profile = None if request.trips else load_profile(config.place)
    city_records = reading.batches(sources.parse(request.trips, config.city_app_token), config.place)
    with store.run("score", request.source, profile.digest if profile else None, request.scenario) as run:
        scoring = batch.begin(run, request.source, Registry(config))
        starts = None
        if profile:
            starts = request.windows or windows.owed(run.database, config, now)
            records = _simulated(starts, profile, request.scenario)
        else:
            records = city_records
        reasons = _score(records, scoring)
    log.info(
        "score.completed", run_id=run.run_id, source=request.source, scenario=request.scenario, **scoring.models(),
        **asdict(run.counts), reasons=dict(reasons), seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip
    loaded = scoring.loaded
    return Scored(run.run_id, run.counts, reasons, None if starts is None else len(starts), loaded.model, loaded.stale)


def _score(records: Iterable[Batch], scoring: Scoring) -> Counter[str]:
    """Score and commit batch by batch; returns the rejects by reason."""
    reasons = Counter[str]()
    with progress.shown("records scored") as show:
        for parsed in records:
            scoring.write(parsed)
            reasons.update(parsed.rejected["reason"])
            show(scoring.run.counts.records_read)
    return reasons


def _simulated(starts: Sequence[datetime], profile: Profile, scenario: str | None) -> Iterator[Batch]:
    for first in range(0, len(starts), WINDOWS_PER_BATCH):
        yield draw.windows(starts[first : first + WINDOWS_PER_BATCH], profile, scenario)


def _to_file(path: Path, request: Request, config: Config) -> int:
    if not request.trips and not request.windows:
        raise UsageError("--output needs --trips or --window: only the database knows what is owed")
    if request.trips:
        records = reading.batches(sources.parse(request.trips, config.city_app_token), config.place)
    else:
        records = _simulated(request.windows, load_profile(config.place), request.scenario)
    counts, reasons = to_file.write(path, records, request.source, Registry(config).load().model, config.place)
    print("\n".join(counted.lines(counts, reasons, len(request.windows) or None)))
    return 0
