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

# A champion loads in two seconds and predicts 20,000 rides in less than one.
SECONDS = 60
# Rides with and without areas, short and long, at night and by day.
PROBE = pd.DataFrame(
    [
        [8, 32, 832, 41.90, -87.63, 41.88, -87.63, 1.2, 1.3, 0.94, 8.25, 0.83, -0.6, 0, 0],
        [33, 8, 3308, 41.98, -87.91, 41.90, -87.63, 17.5, 15.2, 1.15, 23.75, -0.07, 1.0, 6, 1],
        [0, 0, 0, *[np.nan] * 4, 0.1, np.nan, np.nan, 0, 0, 1, 3, 0],
        [0, 70, 70, *[np.nan] * 2, 41.99, -87.66, 90, np.nan, np.nan, 12, 0, -1, 5, 1],
    ],
    columns=list(INPUTS),
    dtype=float,
)


class IsolatedEstimator:
    """Predicts in a child process that has loaded the model. Every failure is a ModelRefused."""

    def __init__(
        self, folder: Path, name: str, version: str, digest: str, allow_formats: Iterable[str], threads: int
    ) -> None:
        self._named = f"model {name} version {version}"
        self._child = Child(_served, folder, name, version, digest, tuple(allow_formats), threads)

    def predict(self, inputs: pd.DataFrame) -> np.ndarray:
        """Predict the minutes of each row."""
        try:
            return np.frombuffer(self._child.ask(inputs, SECONDS))
        except ChildFailed as error:
            raise self._refused(error) from error

    def try_out(self) -> None:
        """Load the model and predict a few rides. Predictions may fail, as only some rides suit some models."""
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
    """The model raised an error for these rides, or returned something else than their minutes."""


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
    """Raise ModelRefused if the model cannot be loaded, or crashes or hangs the process that loads it and predicts."""
    estimator = IsolatedEstimator(folder, name, version, digest, allow_formats, threads=1)
    try:
        estimator.try_out()
    finally:
        estimator.close()


def _served(folder: Path, name: str, version: str, digest: str, formats: tuple[str, ...], threads: int) -> Answer:
    model = loading.load(folder, name, version, digest, formats, threads)

    def answer(inputs: pd.DataFrame | None) -> bytes:
        try:
            return b"" if inputs is None else raw_minutes(model, inputs).tobytes()
        except ModelRefused as error:
            raise CannotPredict(str(error)) from error

    return answer
