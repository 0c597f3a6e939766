"""One batch from rides to committed rows: what is known is left out, the model asked, the challenger beside it."""

from dataclasses import dataclass

import pandas as pd
import psycopg

from job.model import training_bins
from job.model.contract import Model
from job.model.features import chicago_days, inputs
from job.model.predict import predict
from job.registry.registry import Loaded, Registry
from job.rides.ride import Batch
from job.scoring.challenger import Challenger
from job.store.raw import batches, models, runs
from job.store.raw.runs import Figures


@dataclass(frozen=True)
class Scoring:
    """What every batch of a run is scored with."""

    database: psycopg.Connection
    run_id: int
    source: str
    loaded: Loaded
    model_id: int
    challenger: Challenger

    def write(self, batch: Batch, before: Figures, last: bool) -> Figures:
        """Commit the batch; returns the run's figures, `before` and its own."""
        new = batch.rides[~batches.known(self.database, batch.rides["trip_id"])]
        asked = inputs(new)
        predictions = predicted(self.loaded.model, new, self.source, asked)
        shadow = self.challenger.predicted(new, asked)
        minutes = predictions["predicted_duration"].to_numpy()
        counts = training_bins.count(self.loaded.model.bins, asked, chicago_days(new), minutes)
        return batches.write(
            self.database, self.run_id, self.model_id, batch, predictions, before, last, shadow, counts
        )  # fmt: skip


def begin(registry: Registry, database: psycopg.Connection, run_id: int, source: str) -> Scoring:
    """Load the model that MODEL_URI names and its challenger; record in the database that the run uses them."""
    loaded, challenger = registry.load(), Challenger(database, run_id)
    challenger.find(registry, loaded)
    model_id = models.note_model(database, loaded.model)
    runs.use_model(database, run_id, model_id, loaded.stale)
    return Scoring(database, run_id, source, loaded, model_id, challenger)


def predicted(model: Model, rides: pd.DataFrame, source: str, asked: pd.DataFrame) -> pd.DataFrame:
    """The rides with their predictions and source beside them."""
    return rides.join(predict(model, rides, asked)).assign(source=source)
