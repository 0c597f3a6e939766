"""The MLflow registry: find a model, cache it, load it, register it, promote it."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from job import redaction
from job.config import Config
from job.errors import UsageError
from job.model.contract import Model, ModelRefused
from job.registry import isolated, loading
from job.registry.cache import Cache, Entry
from job.registry.client import NoSuchModel, RegistryAway, Version, connect, errors_translated
from job.registry.lookup import Lookup
from job.registry.sent import Sent

if TYPE_CHECKING:
    from mlflow import MlflowClient

log = structlog.get_logger()

PRODUCTION, CHALLENGER = "production", "challenger"
BACKTEST = "backtest"  # the tag of a version that quotes its newest backtest
ABOUT = """\
Minutes of a taxi ride in {}, with a 90 % band, from what is known when the ride starts.

The version with the alias `production` scores the rides, and `challenger` predicts them, too, without effect.
"""


@dataclass(frozen=True)
class Loaded:
    """A model to score with. Stale: the registry could not give one, so this is the last good model from the cache."""

    model: Model
    stale: bool


class Registry:
    """The registry that the settings name, and the cache of its models.

    A command makes one and passes it on. Models are looked up in a child process, so that a registry cannot keep the
    job waiting; everything else uses a client in this process. Either imports MLflow at first use.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.model_name = config.model_name
        self.cache = Cache(config.model_cache)
        self._lookup = Lookup(config)
        # In the cache, without credentials: others may read it, and a new password does not make another registry.
        self._name = redaction.address(config.tracking_uri)

    @contextmanager
    def client(self) -> Iterator["MlflowClient"]:
        """Give the MLflow client to the block. Errors from MLflow become NoSuchModel or RegistryAway."""
        with errors_translated(self.config.tracking_uri):
            client = self._client
            import mlflow

            # MLflow's module-level functions (download, log, register) use the URI that the process set last.
            mlflow.set_tracking_uri(self.config.tracking_uri)
            yield client

    def load(self) -> Loaded:
        """Load the model that MODEL_URI names; download it if the cache does not have it.

        While the registry cannot give a model that can be loaded, load the one that served last. Raises NoSuchModel,
        ModelRefused or RegistryAway if there is none.
        """
        served_key = f"{self._name} {self.config.model_uri}"
        try:
            model = self._load(self._lookup.resolve(self.config.model_uri))
        except (RegistryAway, NoSuchModel, ModelRefused) as error:
            last = self.cache.last_served(served_key)
            if last is None:
                raise type(error)(f"{error}; and the cache {self.cache.folder} has no model to go on with") from error
            log.warning("registry.away", error=str(error), served=f"{last.name} version {last.version}")
            return Loaded(self._open(last, self.cache.path(last)), stale=True)
        self.cache.note_served(served_key, Entry(model.name, model.version, model.digest))
        return Loaded(model, stale=False)

    def load_version(self, version: str) -> Model:
        """Load a version of our registered model by its number. Raises NoSuchModel, ModelRefused or RegistryAway."""
        try:
            resolved = self._lookup.resolve(f"models:/{self.model_name}/{version}")
        except NoSuchModel:
            self._refuse_unknown(version)
            raise
        return self._load(resolved)

    def load_challenger(self, champion: Model) -> Model | None:
        """Load the version behind the alias `challenger` into a child process.

        Returns None if there is none, if it is the champion, or if the champion is another registered model. Raises as
        `load_version` does.
        """
        if champion.name != self.model_name:
            return None
        try:
            resolved = self._lookup.resolve(f"models:/{self.model_name}@{CHALLENGER}")
        except NoSuchModel:
            return None
        if resolved.version == champion.version:
            return None
        return self._load(resolved, isolated.load)

    def end_lookups(self) -> None:
        """End the child process that looks models up, which holds MLflow in memory; a later lookup starts another."""
        self._lookup.close()

    def cached(self, name: str, version: str, digest: str) -> Model | None:
        """Load the model with this digest from the cache, without the registry; None if the cache does not have it.

        Raises ModelRefused.
        """
        entry = Entry(name, version, digest)
        return self._open(entry, self.cache.path(entry)) if self.cache.has(entry) else None

    def sent(self, model: Model) -> Sent:
        """Read the files of a model that was loaded. Raises RegistryAway if the cache does not have them."""
        entry = Entry(model.name, model.version, model.digest)
        if not self.cache.has(entry):
            raise RegistryAway(
                f"model {model.name} version {model.version} cannot be sent to the workers, because the cache does not "
                f"have it: make room in {self.cache.folder}, or set MODEL_CACHE to a folder that can be written"
            )
        return Sent.read(
            self.cache.path(entry), model.name, model.version, model.digest, self.config.allow_model_formats
        )

    def training_run(self, name: str, version: str, used_at: datetime) -> str | None:
        """Return the MLflow run that logged a version which was in use at `used_at`.

        None if the version was logged without a run, or was registered later: then the registry was recreated, and the
        number is another model's. Raises NoSuchModel or RegistryAway.
        """
        with self.client() as client:
            registered = client.get_model_version(name, version)
        registered_at = datetime.fromtimestamp(registered.creation_timestamp / 1000, UTC)
        return str(registered.run_id) if registered.run_id and registered_at <= used_at else None

    def production_version(self) -> str | None:
        """Return the version behind the alias `production`, or None."""
        return self._aliased(PRODUCTION)

    def challenger_version(self) -> str | None:
        """Return the version behind the alias `challenger`, or None."""
        return self._aliased(CHALLENGER)

    def promote(self, version: str) -> None:
        """Point `production` at a version; a promoted challenger loses its other alias.

        Raises as `load_version` does, before the alias moves: with a model that cannot be loaded every run would fail.
        """
        with self.client() as client:
            self.load_version(version)
            if self.challenger_version() == version:
                client.delete_registered_model_alias(self.model_name, CHALLENGER)
            # Last, so that an earlier failure leaves production as it was, and the caller can roll its record back.
            client.set_registered_model_alias(self.model_name, PRODUCTION, version)

    def challenge(self, version: str) -> None:
        """Point `challenger` at a version."""
        with self.client() as client:
            client.set_registered_model_alias(self.model_name, CHALLENGER, version)

    def tags(self, version: str) -> dict[str, str]:
        """Return the tags of a version."""
        with self.client() as client:
            return dict(client.get_model_version(self.model_name, version).tags)

    def add_tags(self, version: str, tags: dict[str, str]) -> None:
        """Set tags of a version; its other tags stay."""
        with self.client() as client:
            for name, value in tags.items():
                client.set_model_version_tag(self.model_name, version, name, value)

    def register(self, model_uri: str, tags: dict[str, str], description: str = "") -> str:
        """Make a logged model the next version of our registered model; return its number.

        description: of the version. The model itself gets one unless it has one.
        """
        with self.client() as client, redirect_stderr(io.StringIO()):  # MLflow announces the version on stderr
            import mlflow

            version = str(mlflow.register_model(model_uri, self.model_name, tags=tags).version)
            client.update_model_version(self.model_name, version, description)
            if not client.get_registered_model(self.model_name).description:
                client.update_registered_model(self.model_name, ABOUT.format(self.config.place.name))
            return version

    @cached_property
    def _client(self) -> "MlflowClient":
        return connect(self.config)

    def _refuse_unknown(self, version: str) -> None:
        """Raise NoSuchModel, with the versions that there are, unless this is one of them."""
        with self.client() as client:
            versions = client.search_model_versions(f"name = '{self.model_name}'")
        registered = sorted(int(each.version) for each in versions)
        if int(version) not in registered:
            existing = ", ".join(map(str, registered[-10:])) or "none: `python -m job train` registers one"
            raise NoSuchModel(f"{self.model_name} has no version {version}; it has {existing}")

    def _aliased(self, alias: str) -> str | None:
        try:
            with self.client() as client:
                return str(client.get_model_version_by_alias(self.model_name, alias).version)
        except NoSuchModel:
            return None

    def _load(self, resolved: Version, load: Callable[..., Model] = loading.load) -> Model:
        """Load a version; download it unless the cache has it."""
        key = f"{self._name} {resolved.name} {resolved.version} {resolved.created}"
        if entry := self.cache.version(key):
            return self._open(entry, self.cache.path(entry), load)
        with _temporary_folder() as folder:
            downloaded = self._lookup.download(resolved, folder)
            entry = Entry(resolved.name, resolved.version, loading.digest(downloaded))
            # Before it enters the cache, because what is in the cache is not downloaded again.
            isolated.try_out(downloaded, entry.name, entry.version, entry.digest, self.config.allow_model_formats)
            return self._open(entry, self.cache.add(key, entry, downloaded), load)

    def _open(self, entry: Entry, folder: Path, load: Callable[..., Model] = loading.load) -> Model:
        return load(
            folder, entry.name, entry.version, entry.digest, self.config.allow_model_formats,
            self.config.predict_threads,
        )  # fmt: skip


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder to download to. Raises RegistryAway if there is none, as on a full disk."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="taxi-model-", ignore_cleanup_errors=True)
    except OSError as error:
        raise RegistryAway(f"the model cannot be downloaded: {error.strerror or error}") from error
    with folder as path:
        yield Path(path)


def version_number(text: str) -> str:
    """Return a version number as the registry writes it. Raises UsageError if the text is not one."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"version {text!r} cannot be used: give a version's number in the registry, such as 3")
    return str(int(text))
