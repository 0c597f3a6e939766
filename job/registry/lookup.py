"""Look up and download model versions within bounded time and memory.

MLflow is asked in a child process, because its client retries for minutes when a database is away, and reads an answer
of any length. It is not asked if its REST API or an earlier answer says which version is meant.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from job.child import Answer, Child, ChildFailed
from job.config import Config
from job.errors import UsageError
from job.log import redact_libraries
from job.registry import answers, rest
from job.registry.client import NoSuchModel, RegistryAway, Version, connect, errors_translated, resolve, short

if TYPE_CHECKING:
    from mlflow import MlflowClient

SECONDS = 60  # for one question; MLflow's import takes one second, a download a few


Question = str | tuple[Version, Path]  # a URI to resolve, or a version to download into a folder


class Lookup:
    """Asks the registry, if need be through a child process, which is started at the first question."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._child: Child | None = None

    def resolve(self, model_uri: str) -> Version:
        """The version that a MODEL_URI names. Raises NoSuchModel, RegistryAway, or UsageError for MLflow's settings."""
        if self._config.artifact_root is not None:
            return answers.resolve(self._config.home / "mlflow.db", model_uri, self._resolve_in_child)
        return rest.find(self._config, model_uri) or self._resolve_in_child(model_uri)

    def download(self, resolved: Version, folder: Path) -> Path:
        """Download a version's files; return their folder. Raises as `resolve` does."""
        return Path(self._ask((resolved, folder)).decode())

    def close(self) -> None:
        """End the child process; a later question starts another."""
        if self._child:
            self._child.close()
            self._child = None

    def _resolve_in_child(self, model_uri: str) -> Version:
        return Version(**json.loads(self._ask(model_uri)))

    def _ask(self, question: Question) -> bytes:
        try:
            self._child = self._child or Child(_answerer, self._config)
            return self._child.ask(question, SECONDS)
        except ChildFailed as error:
            for kind in (NoSuchModel, RegistryAway, UsageError):
                if error.error == kind.__name__:
                    raise kind(str(error)) from error
            self.close()
            raise RegistryAway(
                f"the MLflow registry {self._config.tracking_uri} cannot be used: {short(error)}"
            ) from error


def _answerer(config: Config) -> Answer:
    redact_libraries()  # MLflow logs to stderr
    client = connect(config)
    import mlflow

    mlflow.set_tracking_uri(config.tracking_uri)  # what MLflow's module-level functions use

    def answer(question: Question) -> bytes:
        with errors_translated(config.tracking_uri):
            if isinstance(question, tuple):
                return _download(client, *question)
            resolved = resolve(client, question)
            created = int(resolved.creation_timestamp or 0)
            return json.dumps(asdict(Version(str(resolved.name), str(resolved.version), created))).encode()

    return answer


def _download(client: "MlflowClient", resolved: Version, folder: Path) -> bytes:
    from mlflow.artifacts import download_artifacts

    uri = f"models:/{resolved.name}/{resolved.version}"
    downloaded = download_artifacts(uri, dst_path=str(folder), tracking_uri=client.tracking_uri)
    if not any(Path(downloaded).iterdir()):
        where = client.get_model_version_download_uri(resolved.name, resolved.version)
        raise NoSuchModel(
            f"model {resolved.name} version {resolved.version} has no files in {where}: put them back there, "
            "or restore a backup of the registry"
        )
    return str(downloaded).encode()
