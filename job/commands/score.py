"""Score every window that is owed, or the ones given, or real records; write the predictions.

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
from job.commands import rescore
from job.config import Config
from job.errors import LockNotGot, UsageError
from job.model.contract import Model
from job.rides.ride import REASONS, Batch
from job.scoring import to_file
from job.scoring.batch import Scoring, begin
from job.simulator import draw, scenarios, window
from job.simulator.draw import Profile
from job.store import connection
from job.store.raw import runs, windows
from job.store.raw.runs import Figures

log = structlog.get_logger()

WINDOWS_PER_BATCH = 720


@dataclass(frozen=True)
class Request:
    """What to score: real records, windows, or (neither given) what is owed; windows perhaps under a scenario."""

    trips: tuple[str, ...] = ()
    windows: tuple[datetime, ...] = ()
    scenario: str | None = None

    @property
    def source(self) -> str:
        """What the tables call it."""
        return "city" if self.trips else "simulator"


@dataclass(frozen=True)
class Scored:
    """What a run did: its figures, rejects by reason, and the model that it used."""

    run_id: int
    figures: Figures
    reasons: Counter[str]
    model: Model
    stale: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="score the City's records instead of windows"
    )
    what.add_argument("--window", metavar="START[..END]", help="score these windows, such as 2026-01-31T08:02Z")
    what.add_argument(
        "--rescore", action="store_true", help="ask --model about the database's rides that started --from … --to …"
    )
    parser.add_argument("--from", dest="start", metavar="START", help="with --rescore, such as 2026-01-31T08:00Z")
    parser.add_argument("--to", dest="end", metavar="END", help="with --rescore; rides before it")
    parser.add_argument("--model", metavar="VERSION", help="with --rescore: the version to ask")
    parser.add_argument("--scenario", choices=scenarios.NAMES, help="a disturbance of the simulated city")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write predictions to a .csv or .parquet; leave the database alone"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Score, and say what happened; without arguments a lock that is held is no failure."""
    if arguments.rescore:
        return rescore.asked(arguments, config)
    if arguments.start or arguments.end or arguments.model:
        raise UsageError("--from, --to and --model belong to --rescore: MODEL_URI names the model of other runs")
    now = datetime.now(UTC)
    if arguments.trips and arguments.scenario:
        raise UsageError("--scenario is of simulated rides: leave it out with --trips, real records stay as they are")
    request = Request(
        trips=tuple(arguments.trips or ()),
        windows=tuple(window.parse(arguments.window, now)) if arguments.window is not None else (),
        scenario=arguments.scenario,
    )
    if arguments.output:
        return _to_file(arguments.output, request, config)
    with connection.conninfo(config) as info:
        try:
            scored = once(request, config, info, now)
        except LockNotGot as error:
            if request != Request():
                raise
            log.info("score.not_run", why=str(error))
            return 0
    _report(scored.figures, scored.reasons)
    return 0


def once(request: Request, config: Config, info: dict[str, str], now: datetime) -> Scored:
    """One run: under the lock, recorded, batch by batch; one canonical log line at its end."""
    began = time.monotonic()
    profile = None if request.trips else draw.load_profile()
    digest = profile.digest if profile else None
    city_records = reading.batches(sources.parse(request.trips, config.city_app_token))
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
        runs.recorded(database, config, info, "score", request.source, digest, request.scenario) as run_id,
    ):
        scoring = begin(config, database, run_id, request.source)
        if profile:
            starts = request.windows or windows.owed(database, config, now)
            records = _simulated(starts, profile, request.scenario)
        else:
            records = city_records
        figures, reasons = _score(scoring, records)
    loaded, challenger = scoring.loaded, scoring.challenger
    log.info(
        "score.completed", run_id=run_id, source=request.source, scenario=request.scenario, model=loaded.model.name,
        version=loaded.model.version, model_stale=loaded.stale, challenger=challenger.version,
        challenger_error=challenger.error, **asdict(figures), reasons=dict(reasons),
        seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip
    return Scored(run_id, figures, reasons, loaded.model, loaded.stale)


def sentence(figures: Figures) -> str:
    """The run's figures for a person."""
    source = _counted(figures.records_read, "record") if not figures.windows else _counted(figures.windows, "window")
    return (
        f"{_counted(figures.rides_scored, 'ride')} scored from {source}; "
        f"{figures.rides_known:,} known before, {figures.records_rejected:,} rejected"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _report(figures: Figures, reasons: Counter[str]) -> None:
    print(sentence(figures))
    for reason, count in reasons.most_common():
        print(f"  {count:>9,}  {reason}: {REASONS[reason]}")


def _score(scoring: Scoring, records: Iterable[Batch]) -> tuple[Figures, Counter[str]]:
    figures, reasons, complete = Figures(), Counter[str](), False
    with progress.shown("records scored") as show:
        for batch, complete in _with_last(records):
            figures = scoring.write(batch, figures, complete)
            reasons.update(batch.rejected["reason"])
            show(figures.records_read)
    if not complete:
        runs.succeed(scoring.database, scoring.run_id)
    return figures, reasons


def _simulated(starts: Sequence[datetime], profile: Profile, scenario: str | None) -> Iterator[Batch]:
    for first in range(0, len(starts), WINDOWS_PER_BATCH):
        yield draw.windows(list(starts[first : first + WINDOWS_PER_BATCH]), profile, scenario)


def _to_file(path: Path, request: Request, config: Config) -> int:
    if not request.trips and not request.windows:
        raise UsageError("--output needs --trips or --window: what is owed only the database knows")
    if request.trips:
        records = reading.batches(sources.parse(request.trips, config.city_app_token))
    else:
        records = _simulated(request.windows, draw.load_profile(), request.scenario)
    figures, reasons = to_file.write(path, records, request.source, config)
    _report(figures, reasons)
    return 0


def _with_last(records: Iterable[Batch]) -> Iterator[tuple[Batch, bool]]:
    """Each batch and whether it is the last; one that is whole goes out even if the next cannot be read."""
    ahead = iter(records)
    batch = next(ahead, None)
    while batch is not None:
        try:
            following = next(ahead, None)
        except BaseException:
            yield batch, False
            raise
        yield batch, following is None
        batch = following
