"""The challenger beside the champion in one run: what is wrong with it is noted, and never fails the run."""

from dataclasses import dataclass

import pandas as pd
import psycopg
import structlog

from job.model.contract import Model
from job.model.predict import predict
from job.registry.registry import Loaded, Registry
from job.store.raw import models, runs
from job.store.raw.batches import Shadow

log = structlog.get_logger()


@dataclass
class Challenger:
    """A model that is asked beside the champion until its first fault, or none."""

    database: psycopg.Connection
    run_id: int
    model: Model | None = None
    model_id: int = 0
    error: str | None = None

    @property
    def version(self) -> str | None:
        """Its version in the registry."""
        return self.model.version if self.model else None

    def find(self, registry: Registry, champion: Loaded) -> None:
        """Load the challenger, if there is one. While the registry is away there is none."""
        if champion.stale:
            return
        try:
            self.model = registry.load_challenger(champion.model)
        except Exception as error:
            self._drop(error)
            log.warning("challenger.not_loaded", run_id=self.run_id, error=self.error, exc_info=True)
        if self.model:
            self.model_id = models.note_model(self.database, self.model)

    def predicted(self, rides: pd.DataFrame, asked: pd.DataFrame) -> Shadow | None:
        """Its predictions of the same rides, if it gives them; `asked` is features.inputs of them."""
        if self.model is None:
            return None
        try:
            return Shadow(self.model_id, rides[["trip_id"]].join(predict(self.model, rides, asked)))
        except Exception as error:
            self._drop(error)
            log.warning("challenger.dropped", run_id=self.run_id, error=self.error, exc_info=True)
            return None

    def _drop(self, error: Exception) -> None:
        """Whatever it is, the champion's rides are due."""
        self.model, self.error = None, str(error) or repr(error)
        runs.note_challenger_error(self.database, self.run_id, self.error)
