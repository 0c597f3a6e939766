"""A model and rides in, predictions out."""

import numpy as np
import pandas as pd

from job.model.contract import MIN_MINUTES, Model, ModelRefused
from job.model.features import inputs
from job.rides.ride import MAX_MINUTES

PREDICTION_COLUMNS = ["predicted_duration", "predicted_low", "predicted_high"]


def predict(model: Model, rides: pd.DataFrame, asked: pd.DataFrame | None = None) -> pd.DataFrame:
    """Minutes and their 90 % band (NaN where the model has none), one row a ride, same index; a day at most.

    `asked` is features.inputs of the rides, from a caller who has it already.
    Raises ModelRefused when the model does not answer with one finite number a ride.
    """
    minutes = _ask(model, inputs(rides) if asked is None else asked) if len(rides) else np.empty(0)
    minutes = np.clip(minutes, MIN_MINUTES, MAX_MINUTES)
    nothing = np.full(len(rides), np.nan)
    low, high = model.band.around(minutes) if model.band else (nothing, nothing)
    columns = (minutes, low, np.minimum(high, MAX_MINUTES))
    return pd.DataFrame(dict(zip(PREDICTION_COLUMNS, columns, strict=True)), index=rides.index)


def _ask(model: Model, asked: pd.DataFrame) -> np.ndarray:
    named = f"{model.name} version {model.version}"
    try:
        minutes = np.asarray(model.estimator.predict(asked[list(model.inputs)]), dtype=float)
    except (ValueError, TypeError) as error:
        raise ModelRefused(f"{named} cannot score: {error}") from error
    minutes = minutes.reshape(-1) if minutes.shape == (len(asked), 1) else minutes
    if minutes.shape != (len(asked),):
        raise ModelRefused(f"{named} gave {minutes.shape} numbers for {len(asked)} rides: one each is needed")
    if bad := int((~np.isfinite(minutes)).sum()):
        raise ModelRefused(f"{named} gave {bad} predictions that are not finite")
    return minutes
