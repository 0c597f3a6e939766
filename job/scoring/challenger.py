"""The challenger beside the champion in one run: what is wrong with it is noted, and never fails the run."""

from dataclasses import dataclass

import pandas as pd
import psycopg
import structlog

from job.config import Config
from job.model.contract import Model
from job.model.predict import predict
from job.registry import versions
from job.registry.registry import Loaded
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

    def find(self, config: Config, champion: Loaded) -> None:
        """Look for one; a registry that is away cannot tell whether there is one."""
        if champion.stale:
            return
        try:
            self.model = versions.load_challenger(config, champion.model)
        except Exception as error:
            self._drop(error)
            log.warning("challenger.not_loaded", run_id=self.run_id, error=self.error, exc_info=True)
        if self.model:
            self.model_id = models.note_model(self.database, self.model)

    def predicted(self, rides: pd.DataFrame, features: pd.DataFrame) -> Shadow | None:
        """Its predictions for the same rides, or None if it fails; `features` are their inputs."""
        if self.model is None:
            return None
        try:
            return Shadow(self.model_id, rides[["trip_id"]].join(predict(self.model, features)))
        except Exception as error:
            self._drop(error)
            log.warning("challenger.dropped", run_id=self.run_id, error=self.error, exc_info=True)
            return None

    def _drop(self, error: Exception) -> None:
        """Whatever it is, the champion's rides are due."""
        self.model, self.error = None, str(error) or repr(error)
        runs.note_challenger_error(self.database, self.run_id, self.error)
