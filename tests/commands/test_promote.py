"""`promote` and `rollback`: the alias and its history change together or not at all."""

import os
from pathlib import Path

import mlflow
import psycopg
import pytest

from job import config
from job.config import MODEL_NAME
from job.registry.registry import Registry
from job.store.raw import models
from tests.commands.conftest import Job, counts, point_at_nothing


@pytest.fixture
def three_versions(home: Path) -> Path:
    """Register versions 2 and 3; version 1 is in production."""
    settings = config.parse(os.environ)
    source = mlflow.MlflowClient(settings.tracking_uri).get_model_version(MODEL_NAME, "1").source
    assert [Registry(settings).register(source, {}) for _ in range(2)] == ["2", "3"]
    return home


def production() -> str | None:
    """Return the version behind the alias `production`."""
    return Registry(config.parse(os.environ)).production_version()


def history(database: psycopg.Connection) -> list[tuple[str | None, str, str]]:
    """Return from, to and why of every promotion, oldest first."""
    return database.execute(
        "select from_version, to_version, why from raw.model_promotions order by promotion_id"
    ).fetchall()


def test_a_promotion_moves_the_alias_and_is_recorded(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """The history has the given reason, and the command prints the version before."""
    done = job("promote", "2", "--why", "better at night")
    assert (done.code, done.messages) == (0, [])
    assert done.out == (
        f"{MODEL_NAME} version 2 is production now; before it was 1\n"
        "it has no backtest, which compares it on past rides\n"
    )
    assert production() == "2"
    assert history(database) == [("1", "2", "better at night")]
    assert [event["event"] for event in done.events] == ["model.promoted"]


@pytest.mark.parametrize(
    ("version", "code"),
    [("99", 1), ("999999999", 1), ("0", 1), ("-1", 2), ("two", 2), ("", 2), ("1.5", 2), ("9" * 5_000, 2)],
)
def test_a_version_that_does_not_exist(
    database: psycopg.Connection, three_versions: Path, job: Job, version: str, code: int
) -> None:
    """A version that is not registered exits with 1, a value that is not a version number with 2; nothing changes."""
    refused = job("promote", "--", version)
    assert refused.code == code
    assert refused.error
    assert code == 2 or refused.error == f"{MODEL_NAME} has no version {version}; it has 1, 2, 3"
    assert production() == "1"
    assert history(database) == []


def test_a_version_that_cannot_be_loaded(
    database: psycopg.Connection, three_versions: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that scoring would refuse is not promoted, because every later run would fail."""
    client = mlflow.MlflowClient(config.parse(os.environ).tracking_uri)
    empty = three_versions / "empty"
    empty.mkdir()
    client.create_model_version(MODEL_NAME, empty.as_uri())
    refused = job("promote", "4")
    assert refused.code == 1
    assert "version 4" in refused.error
    assert production() == "1"
    assert history(database) == []


def test_rollback_goes_back_one_promotion_at_a_time(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """Each rollback goes one promotion further back, until the history has none left and the command exits with 1."""
    job("promote", "2")
    job("promote", "3")
    first = job("rollback")
    assert first.out == f"{MODEL_NAME} version 2 is production again; version 3 is not\n"
    assert production() == "2"
    assert job("rollback").code == 0
    assert production() == "1"
    recorded = history(database)
    assert recorded[2:] == [("3", "2", "rollback from version 3"), ("2", "1", "rollback from version 2")]

    refused = job("rollback")
    assert refused.code == 1
    assert "version 1 has none before it in the history: `python -m job promote VERSION`" in refused.error
    assert production() == "1"
    assert history(database) == recorded


def test_a_version_can_be_promoted_again_after_a_rollback(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """Promoting it again and rolling back returns to the same version as the first time."""
    for command in (["promote", "2"], ["rollback"], ["promote", "2"], ["promote", "3"], ["rollback"], ["rollback"]):
        assert job(*command).code == 0
    assert production() == "1"


def test_rollback_never_alternates_between_two_versions(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """Rolling back a version that was promoted twice returns each time to the version before that promotion."""
    for version in ("2", "3", "2"):
        job("promote", version)
    seen = []
    while job("rollback").code == 0:
        seen.append(production())
    assert seen == ["3", "2", "1"]


def test_promoting_the_production_version_changes_nothing(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """No promotion is recorded, so rollback still finds the version before."""
    job("promote", "2")
    again = job("promote", "2")
    assert (again.code, again.out) == (0, f"{MODEL_NAME} version 2 is production already\n")
    assert history(database) == [("1", "2", "by hand")]
    assert job("rollback").code == 0
    assert production() == "1"


def test_a_version_number_with_a_leading_zero(database: psycopg.Connection, three_versions: Path, job: Job) -> None:
    """The history has the number as the registry writes it, so rollback finds it."""
    assert job("promote", "02").code == 0
    assert history(database) == [("1", "2", "by hand")]
    assert job("rollback").code == 0


def test_rollback_without_a_production_model(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The command exits with 1 and says that there is no production version."""
    mlflow.MlflowClient(config.parse(os.environ).tracking_uri).delete_registered_model_alias(MODEL_NAME, "production")
    refused = job("rollback")
    assert refused.code == 1
    assert "has no production version" in refused.error


def test_a_promotion_that_cannot_be_recorded_does_not_happen(
    database: psycopg.Connection, three_versions: Path, job: Job
) -> None:
    """If the history cannot be written, the alias does not move."""
    database.execute("alter table raw.model_promotions add constraint refuse check (to_version <> '2')")
    failed = job("promote", "2")
    assert failed.code == 1
    assert "PostgreSQL says" in failed.error
    assert production() == "1"
    assert counts(database)["model_promotions"] == 0


def test_a_registry_that_is_away_records_no_promotion(
    database: psycopg.Connection, three_versions: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command exits with 1 and says that the registry does not answer."""
    point_at_nothing(monkeypatch)
    failed = job("promote", "2")
    assert failed.code == 1
    assert "does not answer" in failed.error
    assert history(database) == []


@pytest.mark.parametrize("command", [["promote", "3"], ["rollback"], ["score", "--window", "2026-01-31T08:02Z"]])
def test_an_alias_that_moved_without_a_record_is_recorded_by_the_next_command(
    database: psycopg.Connection, three_versions: Path, job: Job, command: list[str]
) -> None:
    """A promotion that was killed before its record was committed, or one by another program, is not lost."""
    job("promote", "2")
    mlflow.MlflowClient(config.parse(os.environ).tracking_uri).set_registered_model_alias(MODEL_NAME, "production", "3")
    done = job(*command)
    assert (done.code, done.messages) == (0, [])
    assert history(database)[:2] == [("1", "2", "by hand"), ("2", "3", models.NOTICED)]
    assert production() == ("2" if command == ["rollback"] else "3")
