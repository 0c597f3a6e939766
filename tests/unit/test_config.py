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


def test_the_model_to_serve_follows_the_name_of_the_model() -> None:
    """MODEL_NAME names the model whose production version scores, unless MODEL_URI names another."""
    own = config.parse({"MODEL_NAME": "own.model_2"})
    assert (own.model_uri, own.serves_production) == ("models:/own.model_2@production", True)
    assert not config.parse({"MODEL_NAME": "own", "MODEL_URI": "models:/own/3"}).serves_production


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
        ("MODEL_NAME", "its name"),
        ("MODEL_NAME", "models:/own@production"),
        ("FEED", "ftp://example.org/trips"),
        ("FEED", "https://"),
        ("SOURCE", "simulator"),
        ("SOURCE", "New York"),
        ("SOURCE", "it's"),
        ("SOURCE", "a" * 41),
        ("FEED_RECORDS", "0"),
        ("FEED_OVERLAP_DAYS", "-1"),
        ("FEED_WALL_CLOCK", "maybe"),
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


def test_dot_env_may_have_settings_of_other_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of libpq, dbt, Grafana and others are accepted and exported; MLflow's, if they are used."""
    monkeypatch.setattr(os, "environ", {})
    others = [
        "POSTGRES_PORT", "POSTGRES_PASSWORD", "TAXI_READER_PASSWORD", "JOB_PORT", "GRAFANA_PORT",
        "PGSSLMODE", "PGOPTIONS", "PGSERVICEFILE", "PGTARGETSESSIONATTRS", "MLFLOW_TRACKING_USERNAME",
        "MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_TOKEN", "DBT_LOG_PATH", "DBT_TARGET_PATH", "GF_LOG_MODE",
        "COMPOSE_PROJECT_NAME", "TZ", "AWS_ACCESS_KEY_ID",
    ]  # fmt: skip
    (tmp_path / ".env").write_text("".join(f"{name}=x\n" for name in others))
    config.load(tmp_path)
    assert os.environ.keys() >= set(others)


def test_role_names_have_the_prefix() -> None:
    """Roles are shared by the whole server, so two installations need different names."""
    assert config.parse({"ROLE_PREFIX": "demo_"}).role("writer") == "demo_taxi_writer"


def test_without_a_tracking_server_no_variable_of_mlflow_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedded registry gets only our defaults, whatever the shell or .env sets."""
    monkeypatch.setattr(os, "environ", {"MLFLOW_RUN_ID": "1", "_MLFLOW_ACTIVE_MODEL_ID": "m", "MLFLOW_HTTP_X": "y"})
    (tmp_path / ".env").write_text("MLFLOW_EXPERIMENT_NAME=theirs\nMLFLOW_LOGGING_LEVEL=x\n")
    config.load(tmp_path)
    assert os.environ == config.MLFLOW_DEFAULTS


def test_with_a_tracking_server_the_connection_is_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials, TLS, timeouts and object storage are used; runs, experiments and other stores are not."""
    used = {
        "MLFLOW_TRACKING_URI": "https://mlflow.example.org", "MLFLOW_TRACKING_TOKEN": "secret",
        "MLFLOW_TRACKING_INSECURE_TLS": "true", "MLFLOW_S3_ENDPOINT_URL": "https://s3.example.org",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "60", "MLFLOW_WORKSPACE": "taxi", "AWS_ACCESS_KEY_ID": "x",
    }  # fmt: skip
    ignored = (
        "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME", "MLFLOW_REGISTRY_URI",
        "MLFLOW_ACTIVE_MODEL_ID", "MLFLOW_ENABLE_ASYNC_LOGGING", "MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING",
        "MLFLOW_DEFAULT_ARTIFACT_ROOT",
    )  # fmt: skip
    monkeypatch.setattr(os, "environ", used | dict.fromkeys(ignored, "x"))
    config.load(tmp_path)
    assert os.environ == config.MLFLOW_DEFAULTS | used


def test_the_code_version_is_this_checkouts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIT_DIR, which git sets in hooks of another repository, does not matter."""
    monkeypatch.delenv("GIT_DIR", raising=False)
    plain = config.parse({}).code_version
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert config.parse({}).code_version == plain


def test_without_git_the_code_version_is_the_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This is the case in an image that was built without CODE_VERSION."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert config.parse({}).code_version == config.release()
