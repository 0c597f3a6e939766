"""Answers of the embedded registry, which are kept until its file changes."""

from pathlib import Path

import mlflow
import pytest

from job.child import ChildFailed
from job.config import MODEL_NAME
from job.registry import lookup
from job.registry.registry import Registry
from tests.models import register_constant, settings


class NoChild:
    """Replaces a child process that must not be needed."""

    def __init__(self, *_: object) -> None:
        raise ChildFailed("it was asked")


@pytest.fixture
def warm(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that has answered since its last change, and cannot be asked again."""
    registry = Registry(settings())
    registry.load_challenger(registry.load().model)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)  # MLflow sets it in the process that uses it
    monkeypatch.setattr(lookup, "Child", NoChild)


def test_an_unchanged_registry_is_not_asked_again(warm: None) -> None:
    """The champion comes from the cache, and so does the answer that there is no challenger."""
    registry = Registry(settings())
    loaded = registry.load()
    assert (loaded.model.version, loaded.stale) == ("1", False)
    assert registry.load_challenger(loaded.model) is None


def test_a_registry_that_has_changed_is_asked(warm: None) -> None:
    """Any write to it counts, even of a tag."""
    mlflow.MlflowClient(settings().tracking_uri).set_registered_model_tag(MODEL_NAME, "any", "thing")
    assert Registry(settings()).load().stale


def test_a_write_to_the_log_of_sqlite_is_a_change(warm: None) -> None:
    """In WAL mode, which whoever opens the file may set for good, a write leaves the file itself as it was."""
    (settings().home / "mlflow.db-wal").touch()
    assert Registry(settings()).load().stale


def test_a_promotion_takes_effect_at_once(home: Path) -> None:
    """Even one that was made with MLflow's own client."""
    client = mlflow.MlflowClient(settings().tracking_uri)
    assert Registry(settings()).load().model.version == "1"
    version = register_constant(client, 12.0)
    client.set_registered_model_alias(MODEL_NAME, "production", version)
    assert Registry(settings()).load().model.version == version


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"state": [], "answers": 1}'])
def test_a_damaged_file_counts_as_none(warm: None, content: bytes) -> None:
    """The registry is asked then."""
    (settings().home / ".mlflow.db.answers").write_bytes(content)
    assert Registry(settings()).load().stale


def test_an_answer_with_other_fields_counts_as_none(warm: None) -> None:
    """It may have been kept by another version of the job."""
    file = settings().home / ".mlflow.db.answers"
    file.write_text(file.read_text().replace('"created"', '"made"'))
    assert Registry(settings()).load().stale
