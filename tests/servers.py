"""A running PostgreSQL, and databases that are copied from templates."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

DATABASE = "test"  # always the same, because dbt keeps it in the parsed project
MEMORY = Path("/dev/shm")  # a file system in memory on Linux


def temporary() -> Path:
    """Where temporary files go: to memory where there is room, because a disk makes SQLite and PostgreSQL wait.

    A commit of MLflow's SQLite takes 6 ms on a disk and 0.2 ms in memory, and databases are copied for each test.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 * 1024**3
    return MEMORY if has_room else Path("/tmp")


def server_folder() -> Path:
    """Make a folder for a server's data that every user may enter, because root's server runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="taxi-test-", dir=temporary()))
    folder.chmod(0o755)
    return folder


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: directory of its socket, port and major version."""

    host: str
    port: str
    version: int

    def connect(self, dbname: str = "postgres", user: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=self.host, port=self.port, dbname=dbname, user=user, autocommit=True)


@contextmanager
def created(
    server: Server, monkeypatch: pytest.MonkeyPatch, template: str = "template_taxi"
) -> Iterator[psycopg.Connection]:
    """A connection of a superuser to a copy of a database; libpq's variables name the copy and the job's role."""
    with server.connect() as admin:
        admin.execute(f"create database {DATABASE} template {template} strategy file_copy")
        use(monkeypatch, server, DATABASE, "taxi_writer")
        with server.connect(DATABASE) as connection:
            yield connection
        admin.execute(f"drop database if exists {DATABASE} with (force)")


@contextmanager
def created_template(server: Server, name: str) -> Iterator[psycopg.Connection]:
    """Like `created`: a migrated database for the block to fill, which becomes the template of this name afterwards."""
    with pytest.MonkeyPatch.context() as patch, created(server, patch) as connection:
        yield connection
        connection.close()
        with server.connect() as admin:
            admin.execute(f"alter database {DATABASE} rename to {name}")


def use(monkeypatch: pytest.MonkeyPatch, server: Server, dbname: str, user: str) -> None:
    """Point libpq's variables at a database."""
    values = {"PGHOST": server.host, "PGPORT": server.port, "PGDATABASE": dbname, "PGUSER": user, "CONNECT_WAIT": "2"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PGPASSWORD", raising=False)
