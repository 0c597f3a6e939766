"""The challenger scores the champion's rides, too; whatever is wrong with it is recorded and never fails the run."""

from dataclasses import dataclass
from typing import Self

import pandas as pd
import structlog

from job.model.contract import Model
from job.model.features import inputs
from job.model.predict import predict
from job.place import Place
from job.registry.registry import Loaded, Registry
from job.store.raw import models
from job.store.raw.batches import Shadow
from job.store.run import Run

log = structlog.get_logger()


@dataclass
class Challenger:
    """A model that predicts the champion's rides, too, until its first fault; or none."""

    run: Run
    model: Model | None = None
    model_id: int = 0
    error: str | None = None
    _is_noted: bool = False

    @property
    def version(self) -> str | None:
        """Its version in the registry."""
        return self.model.version if self.model else None

    @classmethod
    def find(cls, run: Run, champion: Loaded, registry: Registry) -> Self:
        """Look the challenger up, unless the registry could not give the champion."""
        challenger = cls(run)
        if champion.stale:
            return challenger
        try:
            challenger.model = registry.load_challenger(champion.model)
            if challenger.model:
                challenger.model_id = models.note_model(run.database, challenger.model)
        except Exception as error:
            challenger._drop(error)
            challenger.note_error()
            log.warning("challenger.not_loaded", run_id=run.run_id, error=challenger.error, exc_info=True)
        return challenger

    def predict(self, rides: pd.DataFrame, place: Place) -> Shadow | None:
        """Its predictions for the rides, or None without a challenger that can give them."""
        if self.model is None:
            return None
        try:
            return Shadow(self.model_id, rides[["trip_id"]].join(predict(self.model, inputs(rides, place), place)))
        except Exception as error:
            self._drop(error)
            log.warning("challenger.dropped", run_id=self.run.run_id, error=self.error, exc_info=True)
            return None

    def note_error(self) -> None:
        """Record why it does not predict, once; `predict` leaves this to the thread that writes."""
        if self.error and not self._is_noted:
            self.run.note_challenger_error(self.error)
            self._is_noted = True

    def _drop(self, error: Exception) -> None:
        self.model, self.error = None, str(error) or repr(error)
