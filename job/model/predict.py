"""Predicts durations with a model."""

import numpy as np
import pandas as pd

from job.model.contract import MAX_PREDICTED_MINUTES, MIN_PREDICTED_MINUTES, Model, ModelRefused
from job.model.features import kinds_of_rides
from job.place import Place

PREDICTION_COLUMNS = ["predicted_duration", "predicted_low", "predicted_high"]


def predict(model: Model, features: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Minutes and their 90 % band (NaN if the model has none): one row per ride, same index.

    `features` is the result of features.inputs. Minutes are clipped to a day at most. Raises ModelRefused if the model
    does not return one finite number per ride.
    """
    minutes = raw_minutes(model, features) if len(features) else np.empty(0)
    minutes = np.clip(minutes, MIN_PREDICTED_MINUTES, MAX_PREDICTED_MINUTES)
    no_band = np.full(len(features), np.nan)
    low, high = model.band.around(minutes, kinds_of_rides(features, place)) if model.band else (no_band, no_band)
    columns = (minutes, low, np.minimum(high, MAX_PREDICTED_MINUTES))
    return pd.DataFrame(dict(zip(PREDICTION_COLUMNS, columns, strict=True)), index=features.index)


def raw_minutes(model: Model, features: pd.DataFrame) -> np.ndarray:
    """The estimator's predictions: one finite number per ride. Raises ModelRefused if it returns anything else."""
    named = f"{model.name} version {model.version}"
    try:
        predicted = np.asarray(model.estimator.predict(features[list(model.inputs)]))
        if predicted.dtype.kind == "c":
            raise TypeError("its predictions are complex numbers")
        minutes = predicted.astype(float)
    except ModelRefused:
        raise
    except Exception as error:  # an estimator, or the version of a package that it was fitted with, can raise anything
        raise ModelRefused(f"{named} cannot score: {str(error) or repr(error)}") from error
    minutes = minutes.reshape(-1) if minutes.shape == (len(features), 1) else minutes
    if minutes.shape != (len(features),):
        raise ModelRefused(
            f"{named} gave an array of shape {minutes.shape}, not one number for each of {len(features)} rides"
        )
    if bad := int((~np.isfinite(minutes)).sum()):
        raise ModelRefused(f"{named} gave {bad} predictions that are not finite")
    return minutes
