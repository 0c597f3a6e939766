"""Invalid input: one clear sentence, the documented exit code, and nothing written."""

import os
from collections.abc import Iterator
from pathlib import Path

import mlflow
import psycopg
import pytest

from job import config
from tests.commands.conftest import API_CSV, ASSETS, Job, counts, last_run, scalar
from tests.servers import Server
from tests.web import answering

# tests/unit/city/test_files.py has the error message for each file.
DAMAGED = {
    "damaged_page.parquet", "truncated.parquet", "csv_named.parquet", "truncated.csv.gz", "damaged.csv.zst",
    "broken_off.json", "numbers.json",
}  # fmt: skip
FOUND_WHILE_READING = {"damaged_page.parquet"}  # its header is intact
RIDE_TABLES = ("ride_predictions", "rejected_records", "ride_outcomes", "windows")


def nothing_written(database: psycopg.Connection) -> bool:
    """Whether there is no ride, reject, outcome or window."""
    rows = counts(database)
    return not any(rows[table] for table in RIDE_TABLES)


def test_score_refuses_an_unusable_file(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The exit code is 2 for a wrong file and 1 for a damaged one; a run starts only if reading reveals the fault."""
    for path in sorted((ASSETS / "refused").iterdir()):
        runs = counts(database)["runs"]
        refused = job("score", "--trips", path)
        assert refused.code == (1 if path.name in DAMAGED else 2), path.name
        assert refused.error.startswith(str(path))
        assert nothing_written(database)
        started = counts(database)["runs"] - runs
        assert started == (path.name in FOUND_WHILE_READING), path.name
        if started:
            assert (last_run(database)["status"], last_run(database)["error"]) == ("failed", refused.error)


def test_train_refuses_an_unusable_file(database: psycopg.Connection, home: Path, job: Job) -> None:
    """`train` refuses the same files as `score`, and registers and promotes nothing."""
    before = counts(database)
    for path in sorted((ASSETS / "refused").iterdir()):
        refused = job("train", "--trips", path)
        assert refused.code in (1, 2)
        assert refused.error
    assert counts(database) == before
    assert len(mlflow.MlflowClient(config.parse(os.environ).tracking_uri).search_model_versions()) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("none.csv", "No such file"),
        ("", "is a directory"),
        (".", "is a directory"),
        ("*.csv", "no file matches"),
        ("ftp://host/trips.csv", "http"),
        ("/dev/null", "not a regular file"),
    ],
)
def test_a_path_without_a_file_is_a_usage_error(database: psycopg.Connection, job: Job, path: str, words: str) -> None:
    """The command exits with 2, even without a model or registry, and no run is recorded."""
    before = counts(database)
    refused = job("score", "--trips", API_CSV, path)
    assert refused.code == 2
    assert words in refused.error
    assert counts(database) == before


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that answers every request with 404."""
    monkeypatch.setattr("job.city.web.FIRST_WAIT_SECONDS", 0.01)
    with answering(lambda handler: handler.send_error(404)) as started:
        yield started


@pytest.mark.parametrize("is_up", [False, True])
def test_a_failed_download_fails_the_run(
    database: psycopg.Connection, home: Path, job: Job, address: str, is_up: bool
) -> None:
    """If an address does not answer or has no such file, the run fails and keeps the rides of earlier files."""
    url = f"{address}/resource/abcd-1234.json" if is_up else "http://127.0.0.1:9/trips.csv"
    failed = job("score", "--trips", API_CSV, url)
    assert failed.code == 1
    assert failed.error.startswith(url)
    run = last_run(database)
    assert (run["status"], run["error"], run["rides_scored"]) == ("failed", failed.error, 2)


def test_a_missing_database_is_named(database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the database and the command that creates its tables."""
    monkeypatch.setenv("PGDATABASE", "nothing_of_this_name")
    failed = job("score", "--window", "2026-01-31T08:02Z")
    assert failed.code == 1
    assert 'database "nothing_of_this_name" does not exist' in failed.error
    assert "init-db" in failed.error


@pytest.fixture
def with_password(server: Server) -> Iterator[str]:
    """A role that can log in only with its password."""
    with server.connect() as admin:
        rules = Path(scalar(admin, "show hba_file"))
        before = rules.read_text()
        admin.execute("create role stranger login password 'right'")
        rules.write_text(f"local all stranger scram-sha-256\n{before}")
        admin.execute("select pg_reload_conf()")
        yield "stranger"
        rules.write_text(before)
        admin.execute("drop role stranger")
        admin.execute("select pg_reload_conf()")


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password_fails_without_a_retry(
    database: psycopg.Connection, with_password: str, job: Job, monkeypatch: pytest.MonkeyPatch, password: str | None
) -> None:
    """The error names the settings to check and never contains the password."""
    monkeypatch.setenv("PGUSER", with_password)
    monkeypatch.setenv("CONNECT_WAIT", "1000")  # a retry would exceed the test's time limit
    if password:
        monkeypatch.setenv("PGPASSWORD", password)
    failed = job("status")
    assert failed.code == 1
    assert "Check PGUSER and PGPASSWORD or PGPASSFILE" in failed.error
    assert not password or password not in failed.error


@pytest.mark.parametrize("command", [("score", "--window", "2026-01-31T08:02Z"), ("train",), ("dbt", "run")])
def test_a_home_that_cannot_be_written_is_a_usage_error(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """If TAXI_HOME lies below a file, the error names the folder and the setting."""
    monkeypatch.setenv("TAXI_HOME", str(home / "mlflow.db" / "below"))
    refused = job(*command)
    assert refused.code == 2
    assert f"{home / 'mlflow.db' / 'below'}" in refused.error
    assert "cannot be written" in refused.error
    assert "Set TAXI_HOME" in refused.error
    assert nothing_written(database)


def test_a_model_cache_that_cannot_be_written_fails_nothing(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run uses the model without the cache, and its log says what to do."""
    monkeypatch.setenv("MODEL_CACHE", str(home / "mlflow.db" / "below"))
    done = job("score", "--window", "2026-01-31T08:02Z")
    assert done.code == 0
    assert "set MODEL_CACHE to a folder that can" in done.named("cache.not_written")[0]["remedy"]
    assert last_run(database)["model_stale"] is False


def test_a_role_without_write_permission_is_reported_in_one_sentence(
    database: psycopg.Connection, server: Server, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the dashboards' reader, the command fails and names the role to use."""
    monkeypatch.setenv("PGUSER", "taxi_reader")
    failed = job("score", "--window", "2026-01-31T08:02Z")
    assert failed.code == 1
    assert "permission denied" in failed.error
    assert "taxi_writer" in failed.error
