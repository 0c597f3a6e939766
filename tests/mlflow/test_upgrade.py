"""A registry whose database an older MLflow made is upgraded before it is used."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests
import sqlalchemy
from alembic import command
from mlflow.store.db.utils import _get_alembic_config, _get_latest_schema_revision
from mlflow.store.tracking.dbmodels.initial_models import Base
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from job.config import MODEL_NAME, ROOT
from job.registry.client import RegistryAway
from job.registry.registry import Registry
from tests.forks import Fork
from tests.models import settings
from tests.servers import Server

# MLflow would upgrade the first in place, because it lacks a whole table, and refuse the second, which lacks columns.
WITHOUT_TABLES, WITHOUT_COLUMNS = "400f98739977", "75868b020152"
HEAD = _get_latest_schema_revision()
CONNECT = "import os; from job import config; from job.registry import client; client.connect(config.parse(os.environ))"
# Ends the process when the upgraded copy would replace the database.
KILLED = (
    "import os; from job.registry import upgrade; copy = upgrade._copy; upgrade._copy = lambda source, target: "
    f"os._exit(9) if target.name == 'mlflow.db' else copy(source, target); {CONNECT}"
)


def migrated(url: str, revision: str) -> None:
    """Make an empty registry as the MLflow of this revision did."""
    engine = sqlalchemy.create_engine(url)
    Base.metadata.create_all(engine)
    alembic = _get_alembic_config(url)
    with engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, revision)
    engine.dispose()


def dump(database: Path) -> list[str]:
    """Everything in a SQLite file, as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def revision(database: Path) -> object:
    """The revision of a registry's schema."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("select version_num from alembic_version").fetchone()[0]


def columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    """The columns of a table; none if the schema lacks the table."""
    found = connection.execute("select name from pragma_table_info(?, ?)", [table, schema])
    return [f'"{name}"' for (name,) in found]


@pytest.fixture(params=[WITHOUT_TABLES, WITHOUT_COLUMNS])
def old(home: Path, request: pytest.FixtureRequest) -> Path:
    """The trained registry as an older MLflow would have written it: its rows in that revision's tables and columns."""
    new, old = home / "new.db", home / "mlflow.db"
    old.rename(new)
    migrated(f"sqlite:///{old}", request.param)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("attach ? as new", [str(new)])
        tables = connection.execute("select name from main.sqlite_master where type = 'table'").fetchall()
        for (table,) in tables:
            both = set(columns(connection, "main", table)) & set(columns(connection, "new", table))
            if table != "alembic_version" and both:
                names = ", ".join(sorted(both))
                connection.execute(f"delete from main.{table}")
                connection.execute(f"insert into main.{table} ({names}) select {names} from new.{table}")
        connection.commit()
    new.unlink()
    assert revision(old) == request.param
    return old


def connect(program: str = CONNECT) -> int:
    """Connect to the registry in a process of its own; returns the exit code."""
    return Fork(program, folder=ROOT, environ=os.environ).wait()[0]


def test_the_embedded_registry_is_upgraded_when_it_is_used(old: Path) -> None:
    """The model loads, and a copy of the old file stays next to it."""
    before, old_revision = dump(old), revision(old)
    loaded = Registry(settings()).load()
    assert (loaded.stale, loaded.model.version) == (False, "1")
    assert revision(old) == HEAD
    kept = old.with_name(f"mlflow-{old_revision}.db")
    assert dump(kept) == before
    assert Registry(settings()).production_version() == "1"
    assert {path.name for path in old.parent.glob("*mlflow*db*")} == {
        "mlflow.db", kept.name, ".mlflow.db.lock", ".mlflow.db.answers",
    }  # fmt: skip


@pytest.mark.parametrize("old", [WITHOUT_COLUMNS], indirect=True)
def test_a_killed_upgrade_leaves_the_registry_as_it_was(old: Path) -> None:
    """The next process that uses the registry upgrades it."""
    before = old.read_bytes()
    assert connect(KILLED) == 9
    assert old.read_bytes() == before
    assert Registry(settings()).production_version() == "1"
    assert revision(old) == HEAD


@pytest.mark.parametrize("old", [WITHOUT_COLUMNS], indirect=True)
def test_processes_upgrade_a_registry_together(old: Path) -> None:
    """One of them upgrades the file; the other waits for it."""
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(connect, [CONNECT] * 2)) == [0, 0]
    assert revision(old) == HEAD
    assert Registry(settings()).production_version() == "1"


def test_a_registry_of_a_newer_mlflow_is_left_alone(home: Path) -> None:
    """The error says so; the last good model serves."""
    embedded = settings()  # once, because MLflow sets MLFLOW_TRACKING_URI in the process that uses it
    assert not Registry(embedded).load().stale
    with closing(sqlite3.connect(home / "mlflow.db")) as connection:
        connection.execute("update alembic_version set version_num = 'ffffffffffff'")
        connection.commit()
    before = (home / "mlflow.db").read_bytes()
    with pytest.raises(RegistryAway, match="cannot be used with the installed MLflow: .*ffffffffffff.*newer"):
        Registry(embedded).production_version()
    assert Registry(embedded).load().stale
    assert (home / "mlflow.db").read_bytes() == before


@pytest.fixture
def old_server_database(server: Server) -> Iterator[str]:
    """The URI of an MLflow database of an older revision in PostgreSQL, with a registered model."""
    with server.connect() as admin:
        admin.execute("create database mlflow")
    uri = f"postgresql+psycopg://postgres@/mlflow?host={server.host}&port={server.port}"
    migrated(uri, WITHOUT_COLUMNS)
    with server.connect("mlflow") as database:
        database.execute("insert into registered_models (name, workspace) values (%s, 'default')", [MODEL_NAME])
    yield uri
    with server.connect() as admin:
        admin.execute("drop database mlflow with (force)")


def test_the_server_of_the_stack_upgrades_its_database(
    old_server_database: str, server: Server, tmp_path: Path
) -> None:
    """It starts on the database of an older MLflow, and lists the model that is registered in it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["server", "--port", str(port), "--workers", "1", "--backend-store-uri", old_server_database]
    environment = os.environ | {
        "BACKEND_STORE_URI": old_server_database, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, ROOT / "docker" / "mlflow_server.py", *arguments], cwd=tmp_path, env=environment,
        start_new_session=True,
    ) as running:  # fmt: skip
        try:
            assert registered(f"http://127.0.0.1:{port}") == MODEL_NAME
        finally:
            os.killpg(running.pid, signal.SIGKILL)
    with server.connect("mlflow") as database:
        assert database.execute("select version_num from alembic_version").fetchone() == (HEAD,)


@retry(retry=retry_if_exception_type(requests.RequestException), stop=stop_after_delay(120), wait=wait_fixed(0.5))
def registered(address: str) -> object:
    """The name of a server's registered model."""
    query = f"{address}/api/2.0/mlflow/registered-models/search?max_results=2"
    (model,) = requests.get(query, timeout=10).json()["registered_models"]
    return model["name"]
