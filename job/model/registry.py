"""The MLflow registry: find a model, fetch it once, register, move the aliases."""

import io
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from job.config import MODEL_NAME, MODEL_URI, Config
from job.errors import JobError, UsageError
from job.model import artifact
from job.model.cache import Cache, Entry
from job.model.contract import Model

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

log = structlog.get_logger()

ALIAS, CHALLENGER = "production", "challenger"
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


def load_challenger(config: Config, champion: Model) -> Model | None:
    """The model behind the alias `challenger`; None too where it is the champion, or the champion is of another name.

    Raises as `load` does.
    """
    version = challenger_version(config) if champion.name == MODEL_NAME else None
    return None if version in (None, champion.version) else load_version(config, str(version))


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


def production_version(config: Config) -> str | None:
    """The version behind the alias `production`, or None."""
    return _aliased(config, ALIAS)


def challenger_version(config: Config) -> str | None:
    """The version behind the alias `challenger`, or None."""
    return _aliased(config, CHALLENGER)


def promote(config: Config, version: str) -> str | None:
    """Point `production` at a version, which challenges nobody any more; returns the one it pointed at before.

    Raises as `load` does for a version that cannot be asked: every run from now on would fail.
    """
    before = production_version(config)
    with answers(config) as client:
        there = sorted(int(found.version) for found in client.search_model_versions(f"name = '{MODEL_NAME}'"))
        if int(version) not in there:
            known = ", ".join(map(str, there[-10:])) or "none: `python -m job train` registers one"
            raise NoSuchModel(f"{MODEL_NAME} has no version {version}; it has {known}")
        load_version(config, version)
        client.set_registered_model_alias(MODEL_NAME, ALIAS, version)
    if challenger_version(config) == version:
        with answers(config) as client:
            client.delete_registered_model_alias(MODEL_NAME, CHALLENGER)
    return before


def challenge(config: Config, version: str) -> None:
    """Point `challenger` at a version, instead of the one that it pointed at."""
    with answers(config) as client:
        client.set_registered_model_alias(MODEL_NAME, CHALLENGER, version)


def tags(config: Config, version: str) -> dict[str, str]:
    """What is noted with a version."""
    with answers(config) as client:
        return dict(client.get_model_version(MODEL_NAME, version).tags)


def add_tags(config: Config, version: str, tags: dict[str, str]) -> None:
    """Note more with a version."""
    with answers(config) as client:
        for name, value in tags.items():
            client.set_model_version_tag(MODEL_NAME, version, name, value)


def register(config: Config, model_uri: str, tags: dict[str, str]) -> str:
    """Make a logged model the next version of the registered model; returns its number."""
    import mlflow

    with answers(config), redirect_stderr(io.StringIO()):  # it announces itself there
        return str(mlflow.register_model(model_uri, MODEL_NAME, tags=tags).version)


def _aliased(config: Config, alias: str) -> str | None:
    try:
        with answers(config) as client:
            return str(client.get_model_version_by_alias(MODEL_NAME, alias).version)
    except NoSuchModel:
        return None


def _open(config: Config, cache: Cache, entry: Entry) -> Model:
    return artifact.load(
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
