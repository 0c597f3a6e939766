"""The MLflow registry: find a model, fetch it once, load it safely."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from job.config import MODEL_NAME, MODEL_URI, Config
from job.errors import JobError, UsageError
from job.model.contract import Model
from job.registry import loading
from job.registry.cache import Cache, Entry

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

log = structlog.get_logger()

# What a person can mend; anything else that MLflow raises counts as the registry being away.
FINAL_ERRORS = {
    "RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE", "PERMISSION_DENIED", "UNAUTHENTICATED", "BAD_REQUEST",
}  # fmt: skip


class RegistryAway(JobError):
    """The MLflow registry does not answer."""


class NoSuchModel(JobError):
    """The registry has no such model, version or alias."""


@dataclass(frozen=True)
class Loaded:
    """A model to score with; stale when the registry was away and the cache served its last good one."""

    model: Model
    stale: bool


def load(config: Config) -> Loaded:
    """The model that MODEL_URI names: asked from the registry, fetched if it is new, loaded from the cache.

    Raises NoSuchModel, ModelRefused, or RegistryAway when the registry is away and nothing is cached.
    """
    cache = Cache(config.model_cache)
    served_key = f"{config.tracking_uri} {config.model_uri}"
    try:
        entry, stale = _fetch(config, cache, config.model_uri), False
    except RegistryAway as error:
        last = cache.last_served(served_key)
        if last is None:
            raise RegistryAway(f"{error}; and the cache {config.model_cache} has no model to go on with") from error
        log.warning("registry.away", error=str(error), served=f"{last.name} version {last.version}")
        entry, stale = last, True
    model = _open(config, cache, entry)
    if not stale:
        cache.note_served(served_key, entry)
    return Loaded(model, stale)


def load_version(config: Config, version: str) -> Model:
    """A version of the registered model, whatever its aliases; raises as `load` does."""
    cache = Cache(config.model_cache)
    return _open(config, cache, _fetch(config, cache, f"models:/{MODEL_NAME}/{version}"))


def cached(config: Config, name: str, version: str, digest: str) -> Model | None:
    """The model with this digest, if the cache has it whole; asks nobody. Raises ModelRefused as `load` does."""
    cache, entry = Cache(config.model_cache), Entry(name, version, digest)
    return _open(config, cache, entry) if cache.has(entry) else None


def training_run(config: Config, name: str, version: str, used_at: datetime) -> str | None:
    """The MLflow run that logged a version; None for one that was registered after it was used: it is another's name.

    Raises NoSuchModel or RegistryAway.
    """
    with answers(config) as client:
        found = client.get_model_version(name, version)
    registered_at = datetime.fromtimestamp(found.creation_timestamp / 1000, UTC)
    return str(found.run_id) if found.run_id and registered_at <= used_at else None


def _open(config: Config, cache: Cache, entry: Entry) -> Model:
    return loading.load(
        cache.path(entry), entry.name, entry.version, entry.digest, config.allow_model_formats, config.predict_threads
    )


def _fetch(config: Config, cache: Cache, model_uri: str) -> Entry:
    """The registry's answer as files in the cache."""
    with answers(config) as client:
        found = _resolve(client, model_uri)
        # A registry that was made anew counts its versions from 1 again; the time of creation tells them apart.
        key = f"{config.tracking_uri} {found.name} {found.version} {found.creation_timestamp}"
        if entry := cache.version(key):
            return entry
        from mlflow.artifacts import download_artifacts

        with tempfile.TemporaryDirectory(prefix="taxi-model-") as folder:
            uri = f"models:/{found.name}/{found.version}"
            downloaded = Path(download_artifacts(uri, dst_path=folder, tracking_uri=config.tracking_uri))
            return cache.add(key, str(found.name), str(found.version), downloaded)


def _resolve(client: "MlflowClient", model_uri: str) -> "ModelVersion":
    match = MODEL_URI.fullmatch(model_uri)
    assert match  # config refuses other forms
    name, alias, rest = match["name"], match["alias"], match["rest"]
    if alias:
        return client.get_model_version_by_alias(name, alias)
    if rest.isdigit():
        return client.get_model_version(name, rest)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # stages are deprecated; who has them may go on
        versions = client.get_latest_versions(name, stages=[rest])
    if not versions:
        raise NoSuchModel(f"the registry has no version of {name} in stage {rest}: promote one, or set MODEL_URI")
    return versions[0]


@contextmanager
def answers(config: Config) -> Iterator["MlflowClient"]:
    """A client for the block; what MLflow raises becomes a sentence: final, or the registry is away."""
    if config.artifact_root is not None:
        _make_home(config.home)
    import mlflow
    from mlflow.exceptions import MlflowException

    mlflow.set_tracking_uri(config.tracking_uri)
    try:
        yield mlflow.MlflowClient(config.tracking_uri)
    except MlflowException as error:
        said = " ".join(str(error.message).split())
        if error.error_code in FINAL_ERRORS:
            raise NoSuchModel(
                f"the registry {config.tracking_uri} says: {said}. "
                "`python -m job train` registers a model; MODEL_URI names the one to use"
            ) from error
        raise RegistryAway(f"the MLflow registry {config.tracking_uri} does not answer: {said}") from error
    except OSError as error:
        raise RegistryAway(f"the MLflow registry {config.tracking_uri} does not answer: {error}") from error


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"TAXI_HOME {home} cannot be written: {error.strerror or error}. Set TAXI_HOME to a folder that can"
        ) from error
