"""Fit and validate a model, and register it as challenger; promote it if it is significantly better.

It is compared with the production model on the same held-out rides. The default training data is simulated history.
"""

import argparse
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import structlog

from job.city import reading, sources
from job.commands import promote
from job.config import Config
from job.errors import JobError, UsageError
from job.model import fit, gate
from job.model.contract import ModelRefused
from job.model.gate import Verdict
from job.model.predict import predict
from job.place import Place
from job.registry import tracking
from job.registry.client import NoSuchModel
from job.registry.registry import Registry
from job.rides import times
from job.rides.source import SourceName
from job.rides.unreadable import Unreadable
from job.scoring import counted
from job.simulator import draw, window
from job.store import store
from job.store.raw import rides
from job.store.store import Store

log = structlog.get_logger()

HISTORY_DAYS = 7
MAX_DAYS = 100_000
MIN_DAYS_BEFORE = 14  # the simulated history ends at least this long ago, before any ride that a first run scores


@dataclass(frozen=True)
class Request:
    """The training data: records, the database's rides from a source or, if neither is given, simulated history.

    days: only the database's rides of this many days up to its newest one whose true duration is known.
    promote: promote the model whatever the comparison says.
    as_wall_clock: whether offsets and zones of the records' start times are ignored.
    """

    trips: tuple[str, ...] = ()
    from_database: SourceName | None = None
    days: int | None = None
    promote: bool = False
    as_wall_clock: bool = False


@dataclass(frozen=True)
class Trained:
    """A registered version, its validation metrics, and the gate's verdict.

    trips: how many were given; left_out: how many of them are not plausible, so that it was not fitted on them.
    notes: what became of records that are not among the trips, and of values that could not be read.
    """

    version: str
    metrics: dict[str, float]
    trips: int
    left_out: int
    verdict: Verdict
    notes: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """The training trips as `fit.fit` takes them, a description of their source, and notes on its records."""

    trips: pd.DataFrame
    source: str
    notes: tuple[str, ...] = ()
    unreadable: Unreadable = field(default_factory=Unreadable)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_rides(parser)
    parser.add_argument("--promote", action="store_true", help="promote the model whatever the comparison says")
    parser.add_argument("--if-none", action="store_true", help="train only if there is no production model")


def add_rides(parser: argparse.ArgumentParser, required: bool = False) -> None:
    """Add the arguments that name rides to learn from."""
    data = parser.add_mutually_exclusive_group(required=required)
    data.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="the City's records to learn from"
    )
    data.add_argument(
        "--from-database", action="store_true", help="learn from the database's rides whose true durations are known"
    )
    parser.add_argument(
        "--source", metavar="NAME",
        help="with --from-database, the rides' source: SOURCE (default), or simulator, whose rides teach a model "
        "nothing new because their distribution never changes",
    )  # fmt: skip
    parser.add_argument(
        "--days", type=_days, metavar="N",
        help="with --from-database, only the last N days up to the newest ride whose true duration is known",
    )  # fmt: skip
    parser.add_argument(
        "--wall-clock", action="store_true",
        help="ignore offsets and time zones of the records' start times, because they show the city's wall clock",
    )  # fmt: skip


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Train a model and print its accuracy."""
    registry = Registry(config)
    if arguments.if_none and not first_needed(registry):
        print(f"nothing to train: the model is {config.model_uri}")
        return 0
    request = replace(parsed(arguments, config), promote=arguments.promote)
    with store.opened(config) as opened:
        trained = execute(request, opened, registry, datetime.now(UTC))
    _report(trained, config)
    return 0


def parsed(arguments: argparse.Namespace, config: Config) -> Request:
    """The rides that the arguments of `add_rides` name. Raises UsageError for arguments that exclude each other."""
    if arguments.source and not arguments.from_database:
        raise UsageError("--source belongs to --from-database: records and simulated history have one source")
    if arguments.days and not arguments.from_database:
        raise UsageError("--days belongs to --from-database: records are all learned from")
    if arguments.wall_clock and not arguments.trips:
        raise UsageError("--wall-clock says how to read the start times of records: give it with --trips")
    source = (arguments.source or config.source) if arguments.from_database else None
    return Request(tuple(arguments.trips or ()), source, arguments.days, as_wall_clock=arguments.wall_clock)


def _report(trained: Trained, config: Config) -> None:
    metrics = trained.metrics
    print(
        f"{config.model_name} version {trained.version}, fitted on {trained.trips - trained.left_out:,} of "
        f"{trained.trips:,} trips; on held-out trips: mean error {metrics['mae']:.2f} min, median "
        f"{metrics['median_absolute_error']:.2f} min, RMSE {metrics['rmse']:.2f} min, R² {metrics['r2']:.3f}; "
        f"mean error on all accepted trips, recording errors included, {metrics['mae_all_accepted']:.2f} min"
    )
    for note in trained.notes:
        print(note)
    if trained.verdict.promoted:
        print(f"it is the production model now: {trained.verdict.why}")
    else:
        print(f"it is the challenger, production stays as it is: {trained.verdict.why}")
        print(f"`python -m job promote {trained.version}` promotes it anyway")


def execute(request: Request, store: Store, registry: Registry, now: datetime) -> Trained:
    """Fit, log and register a challenger; promote it if it passes the gate."""
    config = store.config
    with store.reading():  # fail before minutes of work, not after, if the database or the registry is unreachable
        registry.production_version()
    history = _history(request, store, now)
    fitted = fit.fit(history.trips, config.place, threads=config.predict_threads)
    period = {name: fitted.parameters[name] for name in ("first_start", "last_start")}
    tags = {"source": history.source, "code_version": config.code_version} | period
    logged = tracking.log(fitted, registry, tags, history.trips)
    version = registry.register(logged, tags, tracking.description(fitted))
    registry.challenge(version)
    verdict = _judged(registry, fitted, forced=request.promote)
    if verdict.promoted:
        promote.execute(version, verdict.why, store, registry)
    registry.add_tags(version, {"gate": "promoted" if verdict.promoted else "kept", "gate_why": verdict.why})
    log.info(
        "train.completed", version=version, source=history.source, promoted=verdict.promoted, why=verdict.why,
        unreadable=dict(history.unreadable.counts), **fitted.metrics,
    )  # fmt: skip
    left_out = int(fitted.parameters["trips_left_out"])
    return Trained(version, fitted.metrics, len(history.trips), left_out, verdict, history.notes)


def _judged(registry: Registry, fitted: fit.Fitted, forced: bool) -> Verdict:
    """Compare the validated candidate with the production model on the same held-out rides."""
    champion = registry.production_version()
    if champion is None:
        return gate.decide(None, None, flattered=False, forced=forced)
    starts = fitted.validation["trip_start_timestamp"]
    chosen, flattered = gate.to_compare_on(registry.tags(champion), starts)
    held_out, features = fitted.validation[chosen], fitted.features[chosen]
    comparison: gate.Comparison | str
    try:
        predictions = predict(registry.load_version(champion), features, registry.config.place)
        predicted = predictions["predicted_duration"].to_numpy()
        comparison = gate.compare(held_out["actual_duration"].to_numpy(), predicted, fitted.predicted[chosen])
    except (ModelRefused, NoSuchModel) as error:  # no comparison is possible, so a person has to decide
        comparison = str(error)
    return gate.decide(champion, comparison, flattered, forced)


def _history(request: Request, store: Store, now: datetime) -> History:
    config = store.config
    if request.trips:
        return from_records(request, config)
    if request.from_database:
        return from_database(request, store)
    first_scored = now - timedelta(days=max(config.first_run_days, MIN_DAYS_BEFORE))
    return History(simulated_history(config.place, first_scored), f"simulated, {HISTORY_DAYS} days")


def from_records(request: Request, config: Config) -> History:
    """The records' rides whose durations are known. Raises as `reading.labelled_trips` does."""
    given = sources.parse(request.trips, config.city_app_token, config.place)
    labelled = reading.labelled_trips(given, config.place, config.source, as_wall_clock=request.as_wall_clock)
    return History(labelled.trips, sources.names(given), tuple(counted.learned(labelled)), labelled.unreadable)


def from_database(request: Request, store: Store) -> History:
    """The database's rides whose durations are known. Raises JobError if there is none."""
    assert request.from_database
    with store.reading() as database:
        history = rides.labelled(database, request.from_database, request.days)
        others = rides.sources_observed(database, times.EARLIEST, times.LATEST) if history.empty else []
    if history.empty:
        other = f"learn from others with {' or '.join(f'--source {name}' for name in others)}, " if others else ""
        raise JobError(
            f"the database has no ride of the source {request.from_database} whose true duration is known: {other}"
            "score the City's records with `score --trips`, or give a file with --trips"
        )
    days = f", {request.days} days" if request.days else ""
    return History(history, f"database, {request.from_database}{days}")


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MAX_DAYS:,}")
    return int(text)


def first_needed(registry: Registry) -> bool:
    """Whether MODEL_URI has its default value and the registry has no production model."""
    return registry.config.serves_production and registry.production_version() is None


def simulated_history(place: Place, before: datetime) -> pd.DataFrame:
    """Simulated trips, as `fit.fit` takes them, of the HISTORY_DAYS days before an instant's day (UTC)."""
    end = datetime.combine(before.date(), datetime.min.time(), UTC)
    windows = timedelta(days=HISTORY_DAYS) // window.LENGTH
    starts = [end - number * window.LENGTH for number in range(windows, 0, -1)]
    batch = draw.windows(starts, draw.load_profile(place))
    return batch.rides.merge(batch.outcomes[["trip_id", "actual_duration"]], on="trip_id").assign(taxi_id=None)
