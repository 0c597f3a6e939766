"""No password or token leaves the job: logs, tables, marts, page, cache, status, MLflow's records, command lines."""

import json
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from bench.places import mlflow_server
from job import config
from job.city import web
from job.commands import dbt
from job.registry import lookup
from tests.commands.conftest import Job, in_a_process, in_an_interpreter, scalar
from tests.unit.city.conftest import City, serving

PASSWORD, TOKEN = "canary-pass-8b1f", "canary-token-2c9d"
NOWHERE = "127.0.0.1:9"
TABLES = "select table_schema, table_name from information_schema.tables where table_schema = any(%s)"
# For `in_an_interpreter`: do not wait long for servers that cannot be reached.
QUICK = """
from job.city import web
from job.registry import lookup
web.FIRST_WAIT_SECONDS, lookup.SECONDS = 0.001, 4
"""
# For `in_a_process`: MLflow is asked in the command's own process, without a time limit, and would retry for minutes.
QUICK_HERE = f"""{QUICK}
from mlflow.store.db import utils
utils.MAX_RETRY_COUNT = 2
"""

# Let dbt run in an interpreter of its own, and write artifacts and a log, which other tests do without.
WITH_ARTIFACTS = """
import subprocess
from job.commands import dbt
dbt.subprocess = subprocess
dbt.DBT = "import os; os.environ |= dict(DBT_WRITE_JSON='true', DBT_LOG_LEVEL_FILE='debug')\\n" + forks.DBT
"""


def held(folder: Path) -> list[str]:
    """The files below a folder that contain a canary."""
    canaries = (PASSWORD.encode(), TOKEN.encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(canary in path.read_bytes() for canary in canaries)]


def stored(database: psycopg.Connection) -> list[str]:
    """The tables and views that contain a canary."""
    names = database.execute(TABLES, (["raw", "staging", "marts"],)).fetchall()
    assert ("raw", "runs") in names
    return [f"{schema}.{name}" for schema, name in names if leaked([text_of(database, schema, name)])]


def text_of(database: psycopg.Connection, schema: str, name: str) -> str:
    """All rows of a table as text."""
    return str(scalar(database, f"select string_agg(rows::text, ' ') from {schema}.{name} as rows"))


def leaked(texts: Iterable[object]) -> list[object]:
    """The texts that contain a canary."""
    return [text for text in texts if PASSWORD in str(text) or TOKEN in str(text)]


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect the command lines of all children of this process during the block."""
    seen: set[str] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            for child in psutil.Process().children(recursive=True):
                try:
                    seen.add(" ".join(child.cmdline()))
                except psutil.Error:
                    continue

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set every secret, and do not wait long for servers that cannot be reached."""
    for name in ("PGPASSWORD", "MLFLOW_TRACKING_PASSWORD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, PASSWORD)
    for name in ("CITY_APP_TOKEN", "MLFLOW_TRACKING_TOKEN"):
        monkeypatch.setenv(name, TOKEN)
    monkeypatch.setenv("PING_URL", f"http://user:{PASSWORD}@{NOWHERE}/{TOKEN}")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    monkeypatch.setattr(lookup, "SECONDS", 15)
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 0.001)


@pytest.fixture
def city() -> Iterator[City]:
    """A stand-in for the City's API that refuses every request and quotes the secrets."""
    with serving() as server:
        quoted = json.dumps({"message": f"{TOKEN} of {PASSWORD} is not valid"}).encode()
        server.answer = lambda *_: (403, quoted, {})
        yield server


@pytest.fixture
def failing(secrets: None, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that is away, at an address with a password, and a feed that refuses its token."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"http://user:{PASSWORD}@{NOWHERE}/mlflow")
    feed = city.data_set.replace("//", f"//user:{PASSWORD}@")
    monkeypatch.setenv("FEED", f"{feed}.json?$$app_token={TOKEN}")


def test_a_registry_and_a_feed_that_fail(
    database: psycopg.Connection, home: Path, failing: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Their errors are recorded and shown everywhere, without the password and the token."""
    report = str(tmp_path / "report.html")
    with watched() as command_lines:
        shown = [
            in_an_interpreter(*command, before=QUICK) for command in (["score"], ["dbt", "--log-level=debug", "debug"])
        ]
        shown.append(in_a_process("tick", before=QUICK_HERE + WITH_ARTIFACTS))
        shown += [in_a_process(*command, before=QUICK_HERE) for command in (["status", "--json"], ["status"])]
        monkeypatch.setenv("LOG_FORMAT", "console")
        shown += [in_a_process(*command, before=QUICK_HERE) for command in (["score"], ["report", "--output", report])]
    assert [ended.code for ended in shown] == [1, 0, 1, 1, 1, 1, 0]
    assert all(f"http://***@{NOWHERE}" in str(ended.messages) for ended in (shown[0], shown[2]))
    assert {path.name for path in home.glob("dbt/*/*")} >= {"dbt.log", "manifest.json", "run_results.json"}
    assert any("dbt.cli" in line for line in command_lines)
    assert leaked([*shown, *command_lines]) == []
    assert f"http://***@{NOWHERE}" in text_of(database, "marts", "job_runs")
    assert "***" in scalar(database, "select error from raw.feeds")
    assert stored(database) == []
    assert held(home) == held(tmp_path) == []


def test_a_registry_in_a_database_that_fails(
    database: psycopg.Connection, home: Path, failing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MLflow connects to it in a child of the job's, whose errors are shown without the password, too."""
    address = f"postgresql://user:{PASSWORD}@{NOWHERE}/mlflow"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", address)
    with watched() as command_lines:
        shown = [in_an_interpreter("score", before=QUICK)]
        shown += [in_a_process(*command, before=QUICK_HERE) for command in (["status", "--json"], ["status"])]
        monkeypatch.setenv("LOG_FORMAT", "console")
        shown.append(in_a_process("score", before=QUICK_HERE))
    assert [ended.code for ended in shown] == [1, 1, 1, 1]
    assert address.replace(f"user:{PASSWORD}", "***") in str(shown[0].messages)
    assert address.replace(f"user:{PASSWORD}", "***") in text_of(database, "raw", "runs")
    assert leaked([*shown, *command_lines]) == []
    assert stored(database) == []
    assert held(home) == []


@pytest.mark.parametrize("form", ["json", "console"])
def test_addresses_on_the_command_line(
    database: psycopg.Connection, home: Path, secrets: None, city: City, job: Job, monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:  # fmt: skip
    """Errors about them show neither their password nor their token."""
    monkeypatch.setenv("LOG_FORMAT", form)
    address = city.data_set.replace("//", f"//user:{PASSWORD}@")
    for arguments in (
        ["score", "--trips", f"{address}.json?$$app_token={TOKEN}"],
        ["score", "--trips", f"ftp://user:{PASSWORD}@host/x?token={TOKEN}"],
        ["score", "--trips", f"http://user:{PASSWORD}/x@host/x?token={TOKEN}"],
        ["score", f"--nonsense=http://user:{PASSWORD}@host"],
        ["status", f"http://user:{PASSWORD}@host"],
    ):
        ended = job(*arguments)
        assert ended.code in {1, 2}
        assert leaked([ended]) == []
    assert stored(database) == []


def test_what_mlflow_records(
    database: psycopg.Connection, home: Path, secrets: None, monkeypatch: pytest.MonkeyPatch, simulated_file: Path
) -> None:
    """A model trained through addresses with passwords is registered, cached and served without them."""
    for name in ("MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"):
        monkeypatch.delenv(name)
    trip = "select trip_id::text from raw.ride_predictions limit 1"
    with mlflow_server(home) as uri, serving() as city:
        city.answer = lambda *_: (200, simulated_file.read_bytes(), {})
        monkeypatch.setenv("MLFLOW_TRACKING_URI", uri.replace("//", f"//user:{PASSWORD}@"))
        address = city.address.replace("//", f"//user:{PASSWORD}@") + f"/trips.parquet?access_token={TOKEN}"
        shown = [in_a_process(command, "--trips", address) for command in ("train", "score")]
        shown.append(in_a_process("explain", scalar(database, trip), "--json"))
    assert [ended.code for ended in shown] == [0, 0, 0], shown
    assert leaked(shown) == []
    assert "http://127.0.0.1" in (home / "models" / "index.json").read_text()
    assert held(home) == []
    assert stored(database) == []


def test_a_password_in_the_wrong_variable(secrets: None, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of libpq that quotes its settings shows no password."""
    monkeypatch.setenv("CONNECT_WAIT", "0.1")
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", f"password='{PASSWORD}'")
    result = job("status")
    assert result.code == 1
    assert "***" in result.error
    assert leaked([result]) == []


def test_dbt_gets_no_secret_but_the_databases(
    database: psycopg.Connection, secrets: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it never receives cannot be in its logs and artifacts."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"http://user:{PASSWORD}@{NOWHERE}")
    monkeypatch.setenv("FEED", f"http://user:{PASSWORD}@{NOWHERE}")
    given = dbt.environment(config.parse(os.environ), os.environ)
    assert {name for name, value in given.items() if PASSWORD in value or TOKEN in value} == {"PGPASSWORD"}
