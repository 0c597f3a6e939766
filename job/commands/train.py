"""Fit a model, validate it, log it to MLflow, register it as challenger; promote it if it is better with confidence.

It is compared with the production model on the same held-out rides. Without --trips it learns from simulated history.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd
import structlog

from job.commands import promote
from job.config import MODEL_NAME, Config
from job.model import fit, gate, registry, tracking
from job.model.contract import ModelRefused
from job.model.gate import Verdict
from job.model.predict import predict
from job.model.registry import NoSuchModel
from job.rides import city, simulator, window
from job.store import connection, migrate

log = structlog.get_logger()

HISTORY_DAYS = 7


@dataclass(frozen=True)
class Request:
    """What to learn from (without records: simulated history), and whether to promote in any case."""

    trips: tuple[str, ...] = ()
    promote: bool = False


@dataclass(frozen=True)
class Trained:
    """A registered version, what its validation showed (minutes), and the gate's verdict on it."""

    version: str
    metrics: dict[str, float]
    trips: int
    verdict: Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="the City's records to learn from"
    )
    parser.add_argument("--promote", action="store_true", help="make it production whatever the comparison says")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Train and say how good the model is."""
    request = Request(tuple(arguments.trips or ()), arguments.promote)
    with connection.conninfo(config) as info:
        trained = once(request, config, info, datetime.now(UTC))
    figures = trained.metrics
    print(
        f"{MODEL_NAME} version {trained.version}, fitted on {trained.trips:,} trips; on held-out trips: "
        f"mean error {figures['mae']:.2f} min, median {figures['median_absolute_error']:.2f} min, "
        f"RMSE {figures['rmse']:.2f} min, R² {figures['r2']:.3f}"
    )
    if trained.verdict.promoted:
        print(f"it is the production model now: {trained.verdict.why}")
    else:
        print(f"it is the challenger, production stays as it is: {trained.verdict.why}")
        print(f"`python -m job promote {trained.version}` makes it production all the same")
    return 0


def once(request: Request, config: Config, info: dict[str, str], now: datetime) -> Trained:
    """Fit, log, register as challenger; promote what passes the gate."""
    with connection.connect(config, info) as database:
        migrate.require_current(database)
    registry.production_version(config)  # both are asked before minutes of work, not after
    trips = list(request.trips)
    history = city.labelled_trips(trips, config.city_app_token) if trips else simulated_history(now)
    fitted = fit.fit(history, threads=config.predict_threads)
    source = " ".join(trips) or f"simulated, {HISTORY_DAYS} days"
    period = {name: fitted.parameters[name] for name in ("first_start", "last_start")}
    tags = {"source": source, "code_version": config.code_version} | period
    version = registry.register(config, tracking.log(fitted, config, tags), tags)
    registry.challenge(config, version)
    verdict = _judged(config, fitted, asked=request.promote)
    if verdict.promoted:
        promote.apply(config, info, version, verdict.why)
    registry.add_tags(config, version, {"gate": "promoted" if verdict.promoted else "kept", "gate_why": verdict.why})
    log.info(
        "train.completed", version=version, source=source, promoted=verdict.promoted, why=verdict.why, **fitted.metrics
    )
    return Trained(version, fitted.metrics, len(history), verdict)


def _judged(config: Config, fitted: fit.Fitted, asked: bool) -> Verdict:
    """The candidate as validated, on rides it has not seen, against production on the same rides."""
    champion = registry.production_version(config)
    if champion is None:
        return gate.decide(None, None, flattered=False, asked=asked)
    held_out = fitted.validation
    found: gate.Comparison | str
    try:
        predicted = predict(registry.load_version(config, champion), held_out)["predicted_duration"].to_numpy()
        found = gate.compare(held_out["actual_duration"].to_numpy(), predicted, fitted.predicted)
    except (ModelRefused, NoSuchModel) as error:  # somebody else's, or of other features: a person decides
        found = str(error)
    flattered = gate.may_have_learned(registry.tags(config, champion), held_out["trip_start_timestamp"])
    return gate.decide(champion, found, flattered, asked)


def simulated_history(now: datetime) -> pd.DataFrame:
    """Trips as `city.labelled_trips` gives them, from the days before those that a first run scores."""
    end = datetime.combine((now - timedelta(days=14)).date(), datetime.min.time(), UTC)
    starts = [end + number * window.LENGTH for number in range(timedelta(days=HISTORY_DAYS) // window.LENGTH)]
    batch = simulator.windows(starts, simulator.load_profile())
    return batch.rides.merge(batch.outcomes[["trip_id", "actual_duration"]], on="trip_id").assign(taxi_id=None)
