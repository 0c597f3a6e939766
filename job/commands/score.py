"""Score every window that is owed, or the given ones, or real records, and write the predictions.

The City's records may be paths, patterns or addresses: Parquet, CSV, JSON or JSON lines, plain, .gz or .zst.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from job import progress
from job.city import reading, sources
from job.config import Config
from job.errors import LockNotAcquired, UsageError
from job.model.contract import Model
from job.registry.registry import Registry
from job.rides.ride import Batch
from job.rides.source import SIMULATOR, SourceName
from job.scoring import batch, cluster, counted, to_file
from job.scoring.batch import Scoring
from job.scoring.counted import Tally
from job.scoring.overlapping import Overlapping
from job.scoring.workers import HERE, Workers
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
    """What to score: real records, windows, or (neither given) what is owed; windows perhaps under a scenario.

    as_wall_clock: whether offsets and zones of the records' start times are ignored.
    """

    trips: tuple[str, ...] = ()
    windows: tuple[datetime, ...] = ()
    scenario: str | None = None
    as_wall_clock: bool = False

    def source(self, config: Config) -> SourceName:
        """Where the rides come from."""
        return config.source if self.trips else SIMULATOR


@dataclass(frozen=True)
class Scored:
    """What a run did: counts, tally, how many windows it was given, and the model that it used."""

    run_id: int
    counts: Counts
    tally: Tally
    windows: int | None
    model: Model
    stale: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    data = parser.add_mutually_exclusive_group()
    data.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="score the City's records instead of windows"
    )
    data.add_argument("--window", metavar="START[..END]", help="score these windows, such as 2026-01-31T08:02Z")
    parser.add_argument("--scenario", choices=scenarios.NAMES, help="a disturbance of the simulated city")
    parser.add_argument(
        "--wall-clock", action="store_true",
        help="ignore offsets and time zones of the records' start times, because they show the city's wall clock",
    )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write predictions to a .csv or .parquet; leave the database alone"
    )
    parser.add_argument(
        "--dask", metavar="ADDRESS",
        help="parse and predict on the workers of this Dask scheduler; `local` starts one worker per processor",
    )  # fmt: skip


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Score, and print what happened; without arguments a lock that another run holds is not a failure."""
    now = datetime.now(UTC)
    request = _request(arguments, now)
    if arguments.output:
        return _to_file(arguments.output, request, config)
    with _workers(arguments.dask) as workers, store.opened(config) as opened:
        try:
            scored = execute(request, opened, now, workers)
        except LockNotAcquired as error:
            if request != Request():
                raise
            log.info("score.not_run", why=str(error))
            return 0
    print("\n".join(counted.lines(scored.counts, scored.tally, scored.windows)))
    return 0


def _request(arguments: argparse.Namespace, now: datetime) -> Request:
    if arguments.trips and arguments.scenario:
        raise UsageError("--scenario changes simulated rides: leave it out with --trips, real records stay as they are")
    if arguments.dask and arguments.output:
        raise UsageError("--dask is for predictions in the database: leave it out with --output")
    if arguments.wall_clock and not arguments.trips:
        raise UsageError("--wall-clock says how to read the start times of records: give it with --trips")
    return Request(
        trips=tuple(arguments.trips or ()),
        windows=() if arguments.window is None else tuple(window.parse(arguments.window, now)),
        scenario=arguments.scenario,
        as_wall_clock=arguments.wall_clock,
    )


def _workers(dask: str | None) -> AbstractContextManager[Workers]:
    return cluster.connected(dask) if dask else nullcontext(HERE)


def execute(request: Request, store: Store, now: datetime, workers: Workers = HERE) -> Scored:
    """One run, batch by batch, with one log line at its end."""
    config = store.config
    # Before the run starts: a source or profile that cannot be read is not a failed run.
    profile = None if request.trips else load_profile(config.place)
    city_records = _city_records(request, config, workers)
    source = request.source(config)
    with store.run("score", source, profile.digest if profile else None, request.scenario) as run:
        scoring = batch.begin(run, source, Registry(config), workers)
        starts = None
        if profile:
            starts = request.windows or windows.owed(run.database, config, now)
            records = _simulated(starts, profile, request.scenario, workers)
        else:
            records = city_records
        tally = _score(records, scoring)
        counted.require_accepted(run.counts, tally)
    scoring.log_completed("score", tally, scenario=request.scenario)
    loaded = scoring.loaded
    return Scored(run.run_id, run.counts, tally, None if starts is None else len(starts), loaded.model, loaded.stale)


def _score(records: Iterable[Batch], scoring: Scoring) -> Tally:
    """Score and commit batch by batch."""
    tally = Tally()
    with progress.shown("records scored") as show, Overlapping(scoring) as overlapping:
        for parsed in records:
            overlapping.add(parsed)
            tally.add(parsed)
            show(scoring.run.counts.records_read)
    return tally


def _city_records(request: Request, config: Config, workers: Workers = HERE) -> Iterator[Batch]:
    given = sources.parse(request.trips, config.city_app_token, config.place)
    return reading.batches(given, config.place, config.source, as_wall_clock=request.as_wall_clock, mapped=workers.map)


def _simulated(
    starts: Sequence[datetime], profile: Profile, scenario: str | None, workers: Workers = HERE
) -> Iterator[Batch]:
    batches = (starts[first : first + WINDOWS_PER_BATCH] for first in range(0, len(starts), WINDOWS_PER_BATCH))
    return workers.map(partial(draw.windows, profile=profile, scenario=scenario), batches)


def _to_file(path: Path, request: Request, config: Config) -> int:
    if not request.trips and not request.windows:
        raise UsageError("--output needs --trips or --window: only the database knows what is owed")
    if request.trips:
        records = _city_records(request, config)
    else:
        records = _simulated(request.windows, load_profile(config.place), request.scenario)
    counts, tally = to_file.write(path, records, request.source(config), Registry(config).load().model, config.place)
    print("\n".join(counted.lines(counts, tally, len(request.windows) or None)))
    return 0
