"""Access to MLflow, which is imported at first use: a client, the version that a URI names, errors as sentences."""

import re
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from job.config import MODEL_URI, Config
from job.errors import JobError, UsageError
from job.registry import moved
from job.registry.upgrade import upgrade

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

# Errors that a person has to fix. Any other error from MLflow means that the registry is away.
FINAL_ERRORS = {
    "RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE", "PERMISSION_DENIED", "UNAUTHENTICATED", "BAD_REQUEST",
}  # fmt: skip


class RegistryAway(JobError):
    """The MLflow registry does not answer."""


class NoSuchModel(JobError):
    """The registry has no such model, version or alias."""


@dataclass(frozen=True)
class Version:
    """A registered version. A recreated registry counts from 1 again; then the time of creation differs."""

    name: str
    version: str
    created: int  # milliseconds since 1970


def connect(config: Config) -> "MlflowClient":
    """Make a client.

    If the registry is a file in TAXI_HOME, creates TAXI_HOME, upgrades the file to MLflow's version, and corrects the
    addresses of the artifacts if TAXI_HOME has moved.

    Raises UsageError, or RegistryAway if the file cannot be used.
    """
    import mlflow

    if config.artifact_root is not None:
        _make_home(config.home)
        prepare(config.home)
    return mlflow.MlflowClient(config.tracking_uri)


def resolve(client: "MlflowClient", model_uri: str) -> "ModelVersion":
    """Find the version that a MODEL_URI names by alias, number or stage."""
    match = MODEL_URI.fullmatch(model_uri)
    assert match  # config refuses other forms
    name, alias, rest = match["name"], match["alias"], match["rest"]
    if alias:
        return client.get_model_version_by_alias(name, alias)
    if rest.isdigit():
        return client.get_model_version(name, rest)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # MLflow deprecates stages; MODEL_URI still accepts them
        versions = client.get_latest_versions(name, stages=[rest])
    if not versions:
        raise NoSuchModel(f"the registry has no version of {name} in stage {rest}: promote one, or set MODEL_URI")
    return versions[0]


def refusal(tracking_uri: str, message: str) -> NoSuchModel:
    """The error for a request that retrying cannot fix, with what the registry says."""
    return NoSuchModel(
        f"the registry {tracking_uri} says: {short(message).rstrip('.')}. "
        "`python -m job train` registers a model; MODEL_URI names the one to use"
    )


@contextmanager
def errors_translated(tracking_uri: str) -> Iterator[None]:
    """Replace what MLflow raises in the block by NoSuchModel, or by RegistryAway if trying again later may help.

    Raises UsageError if a variable of MLflow has a value that MLflow cannot read.
    """
    from mlflow.exceptions import MlflowException

    try:
        yield
    except MlflowException as error:
        message = short(error.message)
        if error.error_code in FINAL_ERRORS:
            raise refusal(tracking_uri, message) from error
        raise RegistryAway(f"the MLflow registry {tracking_uri} does not answer: {message}") from error
    except OSError as error:
        raise RegistryAway(f"the MLflow registry {tracking_uri} does not answer: {error}") from error
    except ValueError as error:
        if not re.search(r" for MLFLOW_|MLFLOW_[A-Z_]+ value must", str(error)):
            raise
        raise UsageError(f"MLflow cannot read one of its variables: {error}") from error


def short(message: object) -> str:
    """A message in one line, without SQLAlchemy's hints for programmers, its statement and its parameters."""
    return re.sub(r"\(raised as a result of .*?\) | \[SQL: .*", "", " ".join(str(message).split()))


def prepare(home: Path) -> None:
    """Upgrade the registry in TAXI_HOME and correct its addresses of artifacts. Raises RegistryAway."""
    from alembic.util import CommandError

    database = home / "mlflow.db"
    try:
        upgrade(database)
        moved.follow(database, home / "mlartifacts")
    except (sqlite3.Error, CommandError) as error:
        raise RegistryAway(
            f"the registry {database} cannot be used with the installed MLflow: {error}. "
            "If a newer one wrote the file, install that one; `mlflow-….db` next to it are copies from before upgrades"
        ) from error


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"TAXI_HOME {home} cannot be written: {error.strerror or error}. Set TAXI_HOME to a folder that can"
        ) from error
