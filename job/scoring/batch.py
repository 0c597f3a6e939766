"""One batch from rides to committed rows: known rides are left out, the model and the challenger predict the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd
import structlog

from job.model import expected_error, training_bins
from job.model.contract import Model
from job.model.features import inputs, kinds_of_rides, local_days
from job.model.predict import predict
from job.place import Place
from job.registry.registry import Loaded, Registry
from job.registry.sent import Sent, opened
from job.rides.ride import Batch
from job.rides.source import SourceName
from job.scoring.challenger import Challenger
from job.scoring.counted import Tally
from job.scoring.tracking import Tracking
from job.scoring.workers import HERE, Workers
from job.store.raw import batches, models
from job.store.raw.batches import Scored
from job.store.run import Run
from job.store.session import Connection

log = structlog.get_logger()


@dataclass(frozen=True)
class Scoring:
    """Everything that is needed to score the batches of a run.

    model: in the form that the workers take.
    """

    run: Run
    source: SourceName
    loaded: Loaded
    workers: Workers
    model: Model | Sent
    model_id: int
    challenger: Challenger
    tracking: Tracking
    place: Place

    def known(self, batch: Batch, connection: Connection | None = None) -> np.ndarray:
        """Whether each ride of the batch was scored earlier, by a query on the given connection or the run's own."""
        return batches.known(connection or self.run.database, batch.rides["trip_id"])

    def predict(self, batch: Batch, known: np.ndarray) -> Callable[[], Scored]:
        """Predict the rides of the batch that are not known yet, with static bands; the database is left alone.

        Returns a function that waits for the workers' result.
        """
        new = batch.rides[~known]
        scored = self.workers.submit(score, self.model, self.model_id, new, self.source, self.place)
        shadow = self.challenger.predict(new, self.place)
        return lambda: replace(self.workers.result(scored), shadow=shadow)

    @contextmanager
    def written(self, batch: Batch) -> Iterator[None]:
        """Score the batch; the block's own writes are committed together with it."""
        scored = self.predict(batch, self.known(batch))()
        with self._written(batch, scored):
            yield

    def write(self, batch: Batch, scored: Scored) -> None:
        """Commit the batch, together with the run's counts."""
        with self._written(batch, scored):
            pass

    @contextmanager
    def _written(self, batch: Batch, scored: Scored) -> Iterator[None]:
        scored = replace(scored, predictions=self.tracking.tracked(batch, scored.predictions))
        with self.run.batch() as batch_id:
            batches.write(self.run, batch_id, batch, scored)
            self.challenger.note_error()
            yield

    def log_completed(self, command: str, tally: Tally, **more: object) -> None:
        """Log one line about the run: which models scored, and what became of the records."""
        log.info(
            f"{command}.completed", run_id=self.run.run_id, seconds=self.run.seconds, source=self.source, **more,
            model=self.loaded.model.name, version=self.loaded.model.version, model_stale=self.loaded.stale,
            challenger=self.challenger.version, challenger_error=self.challenger.error,
            **asdict(self.run.counts), reasons=dict(tally.reasons), unreadable=dict(tally.unreadable.counts),
        )  # fmt: skip


def begin(run: Run, source: SourceName, registry: Registry, workers: Workers = HERE) -> Scoring:
    """Load the production model and its challenger, and record that the run uses the model."""
    loaded = registry.load()
    challenger = Challenger.find(run, loaded, registry)
    registry.end_lookups()
    model_id = models.note_model(run.database, loaded.model)
    run.use_model(model_id, loaded.stale)
    if registry.config.serves_production and not loaded.stale:
        models.complete_promotions(run.database, loaded.model.name, loaded.model.version)
    place = registry.config.place
    tracking = Tracking(run, source, model_id, place)
    model = workers.send(loaded.model, registry)
    return Scoring(run, source, loaded, workers, model, model_id, challenger, tracking, place)


def score(model: Model | Sent, model_id: int, rides: pd.DataFrame, source: SourceName, place: Place) -> Scored:
    """What the model says about new rides: a pure function, which a worker on another machine can call."""
    loaded = opened(model)
    features = inputs(rides, place)
    predictions = predicted(loaded, rides, source, features, place)
    minutes = predictions["predicted_duration"].to_numpy()
    counts = training_bins.count(loaded.bins, features, local_days(rides, place), minutes)
    return Scored(model_id, predictions, None, counts)


def predicted(
    model: Model, rides: pd.DataFrame, source: SourceName, features: pd.DataFrame, place: Place
) -> pd.DataFrame:
    """The rides with predictions, static bands, expected errors (minutes), kind and source, given their inputs."""
    predictions = predict(model, features, place)
    kinds, minutes = kinds_of_rides(features, place), predictions["predicted_duration"].to_numpy()
    errors = expected_error.expected(model.expected_error, kinds, minutes)
    return rides.join(predictions).assign(expected_error=errors, kind=kinds.codes, source=source)
