"""Fit a model, validate it, log it to MLflow and register it; it becomes production if there is none.

Without --trips it learns from simulated history.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd
import structlog

from job.commands import promote
from job.config import MODEL_NAME, Config
from job.model import fit, registry, tracking
from job.rides import city, simulator, window
from job.store import connection, migrate

log = structlog.get_logger()

HISTORY_DAYS = 7


@dataclass(frozen=True)
class Trained:
    """A registered version, what its validation showed (minutes), and whether it was made production."""

    version: str
    metrics: dict[str, float]
    trips: int
    promoted: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trips", nargs="+", action="extend", metavar="PATH-or-URL", help="the City's records to learn from"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Train and say how good the model is."""
    with connection.conninfo(config) as info:
        trained = once(arguments.trips or [], config, info, datetime.now(UTC))
    figures = trained.metrics
    print(
        f"{MODEL_NAME} version {trained.version}, fitted on {trained.trips:,} trips; on held-out trips: "
        f"mean error {figures['mae']:.2f} min, median {figures['median_absolute_error']:.2f} min, "
        f"RMSE {figures['rmse']:.2f} min, R² {figures['r2']:.3f}"
    )
    if trained.promoted:
        print("it is the production model now: there was none")
    else:
        print(f"production stays as it is; `python -m job promote {trained.version}` makes it this one")
    return 0


def once(trips: list[str], config: Config, info: dict[str, str], now: datetime) -> Trained:
    """Fit, log, register; promote where nothing is production yet."""
    with connection.connect(config, info) as database:
        migrate.require_current(database)
    registry.production_version(config)  # both are asked before minutes of work, not after
    history = city.labelled_trips(trips, config.city_app_token) if trips else simulated_history(now)
    fitted = fit.fit(history, threads=config.predict_threads)
    source = " ".join(trips) or f"simulated, {HISTORY_DAYS} days"
    tags = {"source": source, "code_version": config.code_version}
    version = registry.register(config, tracking.log(fitted, config, tags), tags)
    promoted = registry.production_version(config) is None
    if promoted:
        promote.apply(config, info, version, "the registry had no production model")
    log.info("train.completed", version=version, source=source, promoted=promoted, **fitted.metrics)
    return Trained(version, fitted.metrics, len(history), promoted)


def simulated_history(now: datetime) -> pd.DataFrame:
    """Trips as `city.labelled_trips` gives them, from the days before those that a first run scores."""
    end = datetime.combine((now - timedelta(days=14)).date(), datetime.min.time(), UTC)
    starts = [end + number * window.LENGTH for number in range(timedelta(days=HISTORY_DAYS) // window.LENGTH)]
    batch = simulator.windows(starts, simulator.load_profile())
    return batch.rides.merge(batch.outcomes[["trip_id", "actual_duration"]], on="trip_id").assign(taxi_id=None)
