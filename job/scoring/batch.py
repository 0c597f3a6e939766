"""One batch from rides to committed rows: what is known is left out, the model asked, the challenger beside it."""

from dataclasses import dataclass

import pandas as pd
import psycopg

from job.config import Config
from job.model import training_bins
from job.model.contract import Model
from job.model.features import inputs, local_days
from job.model.predict import predict
from job.place import Place
from job.registry import registry
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
    loaded: registry.Loaded
    model_id: int
    challenger: Challenger
    place: Place

    def write(self, batch: Batch, before: Figures, last: bool) -> Figures:
        """Commit the batch; returns the run's figures, `before` and its own."""
        new = batch.rides[~batches.known(self.database, batch.rides["trip_id"])]
        features = inputs(new, self.place)
        predictions = predicted(self.loaded.model, new, self.source, features)
        shadow = self.challenger.predicted(new, features)
        minutes = predictions["predicted_duration"].to_numpy()
        counts = training_bins.count(self.loaded.model.bins, features, local_days(new, self.place), minutes)
        return batches.write(
            self.database, self.run_id, self.model_id, batch, predictions, before, last, shadow, counts
        )  # fmt: skip


def begin(config: Config, database: psycopg.Connection, run_id: int, source: str) -> Scoring:
    """Load the model that MODEL_URI names and who challenges it; note that the run uses it."""
    loaded, challenger = registry.load(config), Challenger(database, run_id)
    challenger.find(config, loaded)
    model_id = models.note_model(database, loaded.model)
    runs.use_model(database, run_id, model_id, loaded.stale)
    return Scoring(database, run_id, source, loaded, model_id, challenger, config.place)


def predicted(model: Model, rides: pd.DataFrame, source: str, features: pd.DataFrame) -> pd.DataFrame:
    """The rides with their predictions and source; `features` are their inputs."""
    return rides.join(predict(model, features)).assign(source=source)
