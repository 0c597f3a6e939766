"""Load a model from a folder in MLflow's layout, without running code from its files."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import skops.io  # before MLflow: skops searches every loaded module, and MLflow loads thousands
import yaml
from skops.io.exceptions import UntrustedTypesFoundException

from job.model import contract, training_bins
from job.model.band import Band
from job.model.contract import Estimator, Model, ModelRefused
from job.model.expected_error import Curve
from job.model.training_bins import Bins
from job.registry import arrays

# The types of our pipeline that skops does not trust by default: a tree's arrays, the target encoder's folds and our
# own regressor. None of them runs code from the file. The list that a model file carries is ignored.
TRUSTED_TYPES = [
    "job.model.forests.MinutesAndPace",
    "sklearn.model_selection._split.KFold",
    "sklearn.tree._tree.Tree",
]


def digest(folder: Path) -> str:
    """Return the SHA-256 of the relative paths and contents of all files."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def load(
    folder: Path, name: str, version: str, digest: str, allow_formats: Iterable[str] = (), threads: int = 1
) -> Model:
    """Load a scikit-learn model that will predict on this many threads.

    Raises ModelRefused if it is not a scikit-learn model in the skops format or one of `allow_formats`, if it contains
    types that are not trusted or arrays that are not sound, or if this code cannot compute its inputs.
    """
    named = _named(name, version)
    estimator = _estimator(folder, _description(folder, named), named, frozenset(allow_formats))
    _set_threads(estimator, threads)
    return described(folder, name, version, digest, estimator)


def described(folder: Path, name: str, version: str, digest: str, estimator: Estimator) -> Model:
    """Read everything about a model except its estimator, which is given.

    Raises ModelRefused if something cannot be read, or if this code cannot compute the model's inputs.
    """
    named = _named(name, version)
    description = _description(folder, named)
    metadata = description.get("metadata") or {}
    inputs, outputs = _signature(description, named)
    try:
        features_version = metadata.get("features_version")
        contract.check(named, inputs, outputs, features_version)
        band = metadata.get("band")
        return Model(
            name, version, digest, estimator, inputs, features_version,
            metrics={key: float(value) for key, value in (metadata.get("metrics") or {}).items()},
            band=Band.read(band) if band else None,
            bins=_bins(folder),
            expected_error={
                kind: Curve(*(tuple(map(float, curve[part])) for part in ("minutes", "errors")))
                for kind, curve in (metadata.get("expected_error") or {}).items()
            },
        )  # fmt: skip
    except (OSError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise ModelRefused(
            f"{named} has metadata or a {training_bins.FILE_NAME} that cannot be read: {error!r}"
        ) from error


def _named(name: str, version: str) -> str:
    return f"model {name} version {version}"


def _description(folder: Path, named: str) -> dict[str, Any]:
    try:
        description = yaml.safe_load((folder / "MLmodel").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ModelRefused(f"{named} has no readable MLmodel file: log it with mlflow.sklearn.log_model") from error
    if not isinstance(description, dict):
        raise ModelRefused(f"{named} has an MLmodel file that is not a mapping: log it with mlflow.sklearn.log_model")
    return description


def _signature(description: dict[str, Any], named: str) -> tuple[tuple[str, ...], int | None]:
    """Return the names of the inputs, and the number of output columns if the signature has one."""
    signature = description.get("signature") or {}
    try:
        columns = json.loads(signature.get("inputs") or "[]")
        outputs = json.loads(signature.get("outputs") or "null")
        return tuple(column["name"] for column in columns), None if outputs is None else len(outputs)
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise ModelRefused(
            f"{named} has a signature that does not name its inputs: log it with a signature made from a data frame"
        ) from error


def _estimator(folder: Path, description: dict[str, Any], named: str, allowed: frozenset[str]) -> Estimator:
    flavor = (description.get("flavors") or {}).get("sklearn")
    if not isinstance(flavor, dict):
        raise ModelRefused(f"{named} is not a scikit-learn model: log it with mlflow.sklearn.log_model")
    written = str(flavor.get("serialization_format"))
    path = (folder / str(flavor.get("pickled_model"))).resolve()
    if not (path.is_relative_to(folder.resolve()) and path.is_file()):
        raise ModelRefused(f"{named} names a model file that is not in its folder")
    if written == "skops":
        return _from_skops(path, named)
    if written not in allowed:
        raise ModelRefused(
            f"{named} is in the {written} format, which runs code when it is loaded: log it with "
            f"serialization_format='skops', or set ALLOW_MODEL_FORMATS={written} if you trust who made it"
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
        raise ModelRefused(f"{named} holds types that are not trusted, nothing of it was loaded: {error}") from error
    except Exception as error:  # a damaged or crafted file can fail anywhere inside skops
        raise ModelRefused(f"{named} cannot be read by skops: {error!r}") from error


def _from_pickle(path: Path, named: str) -> Estimator:
    import cloudpickle

    try:
        with path.open("rb") as file:
            return cloudpickle.load(file)
    except Exception as error:  # unpickling runs the file's own code, which can raise anything
        raise ModelRefused(f"{named} cannot be unpickled: {error!r}") from error


def _bins(folder: Path) -> Bins | None:
    path = folder / training_bins.FILE_NAME
    return training_bins.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _set_threads(estimator: Any, threads: int) -> None:
    """Set the number of threads of every step that was fitted in parallel; the other steps stay sequential."""
    if hasattr(estimator, "get_params"):
        parameters = estimator.get_params(deep=True).items()
        parallel = [name for name, value in parameters if name.split("__")[-1] == "n_jobs" and value is not None]
        estimator.set_params(**dict.fromkeys(parallel, threads))
