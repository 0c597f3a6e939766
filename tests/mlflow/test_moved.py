"""The registry under TAXI_HOME works after the folder has moved or was copied."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from job.config import MODEL_NAME
from job.registry.client import NoSuchModel
from job.registry.registry import Registry
from tests.models import settings


@pytest.fixture
def moved(home: Path, trained_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trained TAXI_HOME with its artifacts, in a place whose name holds what URIs and SQL treat specially."""
    place = home.parent / "moved to_a 100% new 'place'"
    shutil.copytree(trained_home, place)
    shutil.rmtree(place / "models", ignore_errors=True)
    monkeypatch.setenv("TAXI_HOME", str(place))
    return place


def addresses(registry: Registry) -> set[str]:
    """Where the registry says that its experiment, its run and its model are."""
    with registry.client() as client:
        version = client.get_model_version(MODEL_NAME, "1")
        experiment = client.get_experiment_by_name(MODEL_NAME)
        assert experiment
        return {
            experiment.artifact_location,
            client.get_run(version.run_id).info.artifact_uri,
            client.get_logged_model(version.source.rpartition("/")[2]).artifact_location,
            client.get_model_version_download_uri(MODEL_NAME, "1"),
        }


def test_artifacts_are_found_after_a_move(moved: Path, trained_home: Path) -> None:
    """The model loads from the new place, and every address that MLflow records leads there, not to the old one."""
    registry = Registry(settings())
    registry.load()
    assert all(address.startswith((moved / "mlartifacts").as_uri()) for address in addresses(registry))
    with closing(sqlite3.connect(moved / "mlflow.db")) as database:
        assert not [statement for statement in database.iterdump() if str(trained_home) in statement]


def test_artifacts_elsewhere_keep_their_addresses(home: Path, trained_home: Path) -> None:
    """An experiment whose runs are not in TAXI_HOME was put elsewhere on purpose."""
    (home / "mlartifacts").mkdir()
    registry = Registry(settings())
    registry.load()
    assert all(address.startswith((trained_home / "mlartifacts").as_uri()) for address in addresses(registry))


def test_a_link_to_the_folder_is_no_move(moved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses stay as they are when TAXI_HOME names the same folder in another way."""
    before = addresses(Registry(settings()))
    link = moved.with_name("link")
    link.symlink_to(moved)
    monkeypatch.setenv("TAXI_HOME", str(link))
    assert addresses(Registry(settings())) == before


def test_missing_files_are_named(moved: Path) -> None:
    """The error says where the files of the model should be, and what brings them back."""
    (models,) = moved.glob("mlartifacts/models")
    shutil.rmtree(models)
    with pytest.raises(NoSuchModel, match=f"version 1 has no files in .*{models.name}.*: put them back"):
        Registry(settings()).load()
