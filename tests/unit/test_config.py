"""Settings from the environment and from .env."""

import os
from pathlib import Path

import pytest

from job import config
from job.errors import UsageError


def test_without_settings_everything_is_embedded() -> None:
    """PostgreSQL, MLflow and the model cache are in one folder of the checkout."""
    settings = config.parse({"CODE_VERSION": "abc"})
    assert settings.embedded
    assert settings.home == config.ROOT / ".taxi"
    assert settings.tracking_uri == f"sqlite:///{config.ROOT / '.taxi' / 'mlflow.db'}"
    assert settings.model_uri == "models:/chicago-taxi-duration@production"
    assert settings.code_version == "abc"


@pytest.mark.parametrize("name", ["PGHOST", "PGDATABASE", "PGPORT", "PGSERVICE", "PGHOSTADDR"])
def test_libpq_variables_switch_off_the_embedded_server(name: str) -> None:
    """Naming a server or database is enough; an empty variable does not count."""
    assert not config.parse({name: "db"}).embedded
    assert config.parse({name: " "}).embedded


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CATCH_UP_HOURS", "soon"),
        ("CATCH_UP_HOURS", "-1"),
        ("CATCH_UP_HOURS", "1.5"),
        ("FIRST_RUN_DAYS", "-1"),
        ("LOCK_WAIT", "nan"),
        ("CONNECT_WAIT", "inf"),
        ("UNHEALTHY_AFTER", "1e9"),
        ("PREDICT_THREADS", "two"),
        ("LOG_FORMAT", "xml"),
        ("ROLE_PREFIX", "Prod-"),
        ("ROLE_PREFIX", 'x"; drop'),
        ("ALLOW_MODEL_FORMATS", "joblib"),
        ("FEED", "ftp://example.org/trips"),
        ("FEED", "https://"),
        ("FEED_RECORDS", "0"),
        ("FEED_OVERLAP_DAYS", "-1"),
    ],
)
def test_an_invalid_value_is_refused(name: str, value: str) -> None:
    """The error names the setting."""
    with pytest.raises(UsageError, match=name):
        config.parse({name: value})


def test_a_feed_is_a_folder_or_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is absolute; the error about an address leaves out what may be a password."""
    monkeypatch.chdir(tmp_path)
    assert config.parse({"FEED": "inbox"}).feed == tmp_path / "inbox"
    address = "https://data.cityofchicago.org/resource/ajtu-isnz.json?$where=trip_miles > 1"
    assert config.parse({"FEED": address}).feed == address
    assert config.parse({"FEED": " "}).feed is None
    with pytest.raises(UsageError) as raised:
        config.parse({"FEED": "ftp://user:secret@example.org"})
    assert "secret" not in str(raised.value)


def test_the_environment_takes_precedence_over_dot_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """.env adds only what the environment does not set."""
    monkeypatch.setattr(os, "environ", {"LOCK_WAIT": "7"})
    (tmp_path / ".env").write_text("LOCK_WAIT=1\nCATCH_UP_HOURS=3\n")
    settings = config.load(tmp_path)
    assert (settings.lock_wait_seconds, settings.catch_up_hours) == (7, 3)


@pytest.mark.parametrize("name", ["CATCHUP_HOURS", "PREDICT_THREAD", "MLFLOW_TRACKING_URL", "pghost", "LOCKWAIT"])
def test_a_misspelled_setting_in_dot_env_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise it would be ignored silently."""
    monkeypatch.setattr(os, "environ", {})
    (tmp_path / ".env").write_text(f"{name}=3\n")
    with pytest.raises(UsageError, match=f"sets {name}, which nothing reads: write "):
        config.load(tmp_path)


def test_a_dot_env_that_is_not_utf8_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some editors save it as UTF-16, and the error names the file."""
    monkeypatch.setattr(os, "environ", {})
    (tmp_path / ".env").write_bytes("LOCK_WAIT=3".encode("utf-16"))
    with pytest.raises(UsageError, match=r"\.env cannot be read: 'utf-8'"):
        config.load(tmp_path)


def test_dot_env_may_have_settings_of_other_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of libpq, MLflow, dbt, Grafana and others are accepted and exported."""
    monkeypatch.setattr(os, "environ", {})
    others = [
        "POSTGRES_PORT", "POSTGRES_PASSWORD", "TAXI_READER_PASSWORD", "MLFLOW_PORT", "JOB_PORT", "GRAFANA_PORT",
        "PGSSLMODE", "PGOPTIONS", "PGSERVICEFILE", "PGTARGETSESSIONATTRS", "MLFLOW_TRACKING_USERNAME",
        "MLFLOW_TRACKING_TOKEN", "MLFLOW_REGISTRY_URI", "DBT_LOG_PATH", "DBT_TARGET_PATH", "GF_LOG_MODE",
        "POSTGRES_PASSWORD", "COMPOSE_PROJECT_NAME", "TZ", "AWS_ACCESS_KEY_ID",
    ]  # fmt: skip
    (tmp_path / ".env").write_text("".join(f"{name}=x\n" for name in others))
    config.load(tmp_path)
    assert os.environ.keys() >= set(others)


def test_role_names_have_the_prefix() -> None:
    """Roles are shared by the whole server, so two installations need different names."""
    assert config.parse({"ROLE_PREFIX": "demo_"}).role("writer") == "demo_taxi_writer"
