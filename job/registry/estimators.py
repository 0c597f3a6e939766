"""Reads the estimator of a folder in MLflow's layout; a format that runs code is refused unless a setting allows it."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import skops.io  # before MLflow: skops searches every loaded module, and MLflow loads thousands
from skops.io.exceptions import UntrustedTypesFoundException

from job.model.contract import Estimator, ModelRefused
from job.registry import arrays, boosters

# The types of scikit-learn's trees and of our pipeline that skops does not trust by default: a tree's arrays, the
# target encoder's folds and our own regressor. None of them runs code from the file. The list that a model file carries
# is ignored.
TRUSTED_TYPES = [
    "job.model.forests.MinutesAndPace",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.model_selection._split.KFold",
    "sklearn.tree._tree.Tree",
]
TABLE = "docs/your-model.md has a table of what works"


def read(folder: Path, flavors: dict[str, Any], named: str, allowed: Collection[str], threads: int) -> Estimator:
    """Read the estimator, which will predict on this many threads.

    flavors: those of the MLmodel file; allowed: the formats besides skops that may be read. Raises ModelRefused.
    """
    for name in boosters.FLAVORS:
        if isinstance(flavor := flavors.get(name), dict):
            return boosters.read(name, flavor, file_of(folder, flavor.get("data"), named), named, allowed, threads)
    flavor = flavors.get("sklearn")
    if not isinstance(flavor, dict):
        raise ModelRefused(
            f"{named} has the flavors {', '.join(map(str, flavors)) or 'of no library'}, which cannot be used: log it "
            f"with mlflow.sklearn, mlflow.xgboost or mlflow.lightgbm; {TABLE}"
        )
    estimator = _scikit_learn(flavor, file_of(folder, flavor.get("pickled_model"), named), named, allowed)
    _set_threads(estimator, threads)
    return estimator


def file_of(folder: Path, name: object, named: str) -> Path:
    """The file that the MLmodel file names. Raises ModelRefused if it is not in the folder."""
    path = (folder / str(name)).resolve()
    if not (path.is_relative_to(folder.resolve()) and path.is_file()):
        raise ModelRefused(f"{named} names a model file that is not in its folder")
    return path


def _scikit_learn(flavor: dict[str, Any], path: Path, named: str, allowed: Collection[str]) -> Estimator:
    written = str(flavor.get("serialization_format"))
    if written == "skops":
        return _from_skops(path, named)
    if written not in allowed:
        raise ModelRefused(
            f"{named} is in the {written} format, which runs code when it is loaded: log a scikit-learn model with "
            f"serialization_format='skops', and one of XGBoost or LightGBM with mlflow.xgboost or mlflow.lightgbm; "
            f"or set ALLOW_MODEL_FORMATS={written} if you trust who made it"
        )
    return _from_pickle(path, named)


def _from_skops(path: Path, named: str) -> Estimator:
    try:
        estimator = skops.io.load(path, trusted=TRUSTED_TYPES)
        arrays.check(estimator)
        return estimator
    except arrays.Unsound as error:
        raise ModelRefused(f"{named} was not used: {error}") from error
    except UntrustedTypesFoundException as error:
        raise ModelRefused(
            f"{named} holds types that are not trusted, nothing of it was loaded: {error}; {_instead(str(error))}"
        ) from error
    except Exception as error:  # a damaged or crafted file can fail anywhere inside skops
        raise ModelRefused(f"{named} cannot be read by skops: {error!r}") from error


def _instead(types: str) -> str:
    """What to do with a model that holds such types."""
    for name in boosters.FLAVORS:
        if f"{name}." in types:
            return f"log it with mlflow.{name}.log_model instead, and set ALLOW_MODEL_FORMATS={name}"
    return (
        "build it without them, or, if you trust who made it, log it with serialization_format='cloudpickle' and set "
        f"ALLOW_MODEL_FORMATS=cloudpickle; {TABLE}"
    )


def _from_pickle(path: Path, named: str) -> Estimator:
    import cloudpickle

    try:
        with path.open("rb") as file:
            return cloudpickle.load(file)
    except Exception as error:  # unpickling runs the file's own code, which can raise anything
        raise ModelRefused(f"{named} cannot be unpickled: {error!r}") from error


def _set_threads(estimator: Any, threads: int) -> None:
    """Set the number of threads of every step that was fitted in parallel; the other steps stay sequential."""
    if hasattr(estimator, "get_params"):
        parameters = estimator.get_params(deep=True).items()
        parallel = [name for name, value in parameters if name.split("__")[-1] == "n_jobs" and value is not None]
        estimator.set_params(**dict.fromkeys(parallel, threads))
