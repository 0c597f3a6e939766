"""Load a model from a folder in MLflow's layout. Only formats that a setting allows can run code from its files."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from job.model import contract, training_bins
from job.model.band import Band
from job.model.contract import Estimator, Model, ModelRefused
from job.model.expected_error import Curve
from job.model.training_bins import Bins
from job.registry import estimators


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
    """Load a model that will predict on this many threads.

    Raises ModelRefused if it is neither a scikit-learn model in the skops format nor in one of `allow_formats`, if it
    contains types that are not trusted or arrays that are not sound, or if this code cannot compute its inputs.
    """
    named = _named(name, version)
    description = _description(folder, named)
    flavors = description.get("flavors")
    estimator = estimators.read(
        folder, flavors if isinstance(flavors, dict) else {}, named, frozenset(allow_formats), threads
    )
    return _model(description, folder, name, version, digest, estimator)


def described(folder: Path, name: str, version: str, digest: str, estimator: Estimator) -> Model:
    """Read everything about a model except its estimator, which is given.

    Raises ModelRefused if something cannot be read, or if this code cannot compute the model's inputs.
    """
    return _model(_description(folder, _named(name, version)), folder, name, version, digest, estimator)


def _model(
    description: dict[str, Any], folder: Path, name: str, version: str, digest: str, estimator: Estimator
) -> Model:
    named = _named(name, version)
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
    except (OSError, TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise ModelRefused(
            f"{named} has metadata or a {training_bins.FILE_NAME} that cannot be read: {error!r}"
        ) from error


def _named(name: str, version: str) -> str:
    return f"model {name} version {version}"


def _description(folder: Path, named: str) -> dict[str, Any]:
    try:
        description = yaml.safe_load((folder / "MLmodel").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
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
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise ModelRefused(
            f"{named} has a signature that does not name its inputs: log it with a signature made from a data frame"
        ) from error


def _bins(folder: Path) -> Bins | None:
    path = folder / training_bins.FILE_NAME
    return training_bins.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
