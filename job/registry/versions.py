"""The versions of our registered model: register one, note more with it, move the aliases."""

import io
from contextlib import redirect_stderr

from job.config import MODEL_NAME, Config
from job.errors import UsageError
from job.model.contract import Model
from job.registry.registry import NoSuchModel, answers, load_version

ALIAS, CHALLENGER = "production", "challenger"


def version_number(text: str) -> str:
    """A version as the registry writes it. Raises UsageError for what is not a version's number."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"version {text!r} cannot be used: give a version's number in the registry, such as 3")
    return str(int(text))


def load_challenger(config: Config, champion: Model) -> Model | None:
    """The model behind the alias `challenger`; None too where it is the champion, or the champion is of another name.

    Raises as `load` does.
    """
    version = challenger_version(config) if champion.name == MODEL_NAME else None
    return None if version in (None, champion.version) else load_version(config, str(version))


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
