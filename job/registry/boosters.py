"""Reads models of XGBoost and LightGBM in the libraries' own file formats, which hold trees and no code.

The libraries do not check their files, so a crafted one can crash or hang the process that reads it.
"""

from collections.abc import Callable, Collection
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from job.model.contract import Estimator, ModelRefused

LIGHTGBM_CLASS = "lightgbm.basic.Booster"


class LightGBM:
    """A LightGBM model with scikit-learn's interface."""

    def __init__(self, lightgbm: ModuleType, path: Path, threads: int) -> None:
        self._booster = lightgbm.Booster(model_file=path)
        self._threads = threads

    def predict(self, inputs: pd.DataFrame, /) -> np.ndarray:
        """Predict the minutes of each row. The columns have the names and the order that the model was fitted with."""
        return self._booster.predict(inputs, num_threads=self._threads, validate_features=True)


def _xgboost(xgboost: ModuleType, path: Path, threads: int) -> Estimator:
    estimator = xgboost.XGBRegressor(n_jobs=threads)
    estimator.load_model(path)
    return estimator


FLAVORS: dict[str, Callable[[ModuleType, Path, int], Estimator]] = {"xgboost": _xgboost, "lightgbm": LightGBM}
PACKAGES = {"xgboost": "xgboost-cpu", "lightgbm": "lightgbm"}  # xgboost itself brings 300 MB for graphics cards


def read(
    name: str, flavor: dict[str, Any], path: Path, named: str, allowed: Collection[str], threads: int
) -> Estimator:
    """Read a model of the flavor `name` that will predict on this many threads.

    Raises ModelRefused if the flavor is not allowed, its package is not installed, or the file cannot be read.
    """
    if name not in allowed:
        raise ModelRefused(
            f"{named} is in the {name} format, whose files hold no code but can crash the job if they are crafted: "
            f"set ALLOW_MODEL_FORMATS={name} if you trust who made it, and install {PACKAGES[name]}"
        )
    if name == "lightgbm" and flavor.get("model_class", LIGHTGBM_CLASS) != LIGHTGBM_CLASS:
        raise ModelRefused(
            f"{named} is LightGBM's wrapper for scikit-learn, which MLflow pickles: log its booster instead, with "
            "mlflow.lightgbm.log_model(model.booster_, …)"
        )
    package = _imported(name, named)
    try:
        return FLAVORS[name](package, path, threads)
    except Exception as error:  # the library raises errors of its own, and others for a damaged file
        raise ModelRefused(f"{named} cannot be read by {name} {package.__version__}: {error}") from error


def _imported(name: str, named: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ModelRefused(
            f"{named} needs {error.name}, which is not installed where the job runs: `pip install {PACKAGES[name]}` "
            "there (docs/your-model.md says how)"
        ) from error
    except (ImportError, OSError) as error:  # such as LightGBM's without the system's libgomp
        raise ModelRefused(f"{named} needs {name}, which cannot be imported: {error}") from error
