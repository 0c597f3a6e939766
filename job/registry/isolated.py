"""A model in a process of its own, where it can crash, hang or take memory without disturbing the job."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from job.child import Answer, Child, ChildFailed
from job.model.contract import Model, ModelRefused
from job.model.features import INPUTS
from job.model.predict import raw_minutes
from job.registry import loading

SECONDS = 60  # for loading, and for each prediction; a champion needs two to load and predicts 20,000 rides in one
# Rides with and without areas, short and long, at night and by day.
PROBE = pd.DataFrame({
    "pickup_community_area": [8, 1, 0, 0],
    "dropoff_community_area": [32, 55, 0, 70],
    "area_pair": [832, 155, 0, 70],
    "pickup_latitude": [41.90, 42.01, np.nan, np.nan],
    "pickup_longitude": [-87.63, -87.67, np.nan, np.nan],
    "dropoff_latitude": [41.88, 41.66, np.nan, 41.75],
    "dropoff_longitude": [-87.63, -87.54, np.nan, -87.71],
    "trip_miles": [1.4, 28.5, 0.1, 90],
    "centroid_miles": [1.5, 24.8, np.nan, np.nan],
    "detour_ratio": [0.93, 1.15, np.nan, np.nan],
    "hour": [8.25, 23.75, 0, 12],
    "hour_sine": [0.83, -0.07, 0, 0],
    "hour_cosine": [-0.6, 1.0, 1, -1],
    "weekday": [0, 6, 3, 5],
    "weekend": [0, 1, 0, 1],
}).reindex(columns=list(INPUTS)).astype(float)  # fmt: skip


class IsolatedEstimator:
    """Predicts in a child process that has loaded the model. Every failure is a ModelRefused."""

    def __init__(
        self, folder: Path, name: str, version: str, digest: str, allow_formats: Iterable[str], threads: int
    ) -> None:
        self._named = f"model {name} version {version}"
        try:
            self._child = Child(_answerer, folder, name, version, digest, tuple(allow_formats), threads)
        except ChildFailed as error:
            raise self._refused(error) from error

    def predict(self, inputs: pd.DataFrame) -> np.ndarray:
        """Predict the minutes of each row."""
        try:
            return np.frombuffer(self._child.ask(inputs, SECONDS))
        except ChildFailed as error:
            raise self._refused(error) from error

    def try_out(self) -> None:
        """Load the model and predict a few rides. It may refuse to predict them: some models need every value."""
        try:
            self._child.ask(None, SECONDS)
            self._child.ask(PROBE, SECONDS)
        except ChildFailed as error:
            if error.error != CannotPredict.__name__:
                raise self._refused(error) from error

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def _refused(self, error: ChildFailed) -> ModelRefused:
        return ModelRefused(str(error) if error.error else f"{self._named} was not used: {error}")


class CannotPredict(Exception):
    """The model raised an error for these rides, or returned something other than their minutes."""


def load(
    folder: Path, name: str, version: str, digest: str, allow_formats: Iterable[str] = (), threads: int = 1
) -> Model:
    """Like loading.load, with an estimator that predicts in a child process."""
    estimator = IsolatedEstimator(folder, name, version, digest, allow_formats, threads)
    try:
        estimator.try_out()
        return loading.described(folder, name, version, digest, estimator)
    except BaseException:
        estimator.close()
        raise


def try_out(folder: Path, name: str, version: str, digest: str, allow_formats: Iterable[str] = ()) -> None:
    """Raise ModelRefused if the model cannot be loaded, or if loading it or predicting crashes or hangs its process."""
    estimator = IsolatedEstimator(folder, name, version, digest, allow_formats, threads=1)
    try:
        estimator.try_out()
    finally:
        estimator.close()


def _answerer(
    folder: Path, name: str, version: str, digest: str, allow_formats: tuple[str, ...], threads: int
) -> Answer:
    """Load the model, in the child process; the answer to a table of inputs is the bytes of their minutes."""
    import joblib  # here, because a run without a challenger does not need it

    model = loading.load(folder, name, version, digest, allow_formats, threads)

    def answer(inputs: pd.DataFrame | None) -> bytes:
        if inputs is None:
            return b""
        try:
            # By default, joblib allows scikit-learn one thread in a process like this one, and warns on stderr.
            with joblib.parallel_config("threading"):
                return raw_minutes(model, inputs).tobytes()
        except ModelRefused as error:
            raise CannotPredict(str(error)) from error

    return answer
