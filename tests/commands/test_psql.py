"""`psql`: opens the job's database, read-only unless --write is given."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from job import config
from job.__main__ import main
from job.commands import init_db
from job.store import store
from tests.servers import server_folder

WHO = "select current_user, current_setting('transaction_read_only'), count(*) from runs"


def test_arguments_and_exit_code_are_those_of_psql(
    database: psycopg.Connection, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marts come first on the search path, and PGOPTIONS is respected."""
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=7s")
    assert main(["psql", "-Atc", "select current_setting('search_path'), current_setting('statement_timeout')"]) == 0
    assert capfd.readouterr().out == "marts,staging,raw|7s\n"
    assert main(["psql", "-v", "ON_ERROR_STOP=1", "-c", "select nonsense", "-c", "select 1"]) == 1
    assert "nonsense" in capfd.readouterr().err


def test_psql_is_read_only_unless_write_is_given(
    database: psycopg.Connection, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default it logs in as dbt's role and with --write as the job's; any other PGUSER is kept."""
    assert main(["psql", "-Atc", WHO]) == 0
    assert main(["psql", "--write", "-Atc", WHO]) == 0
    assert capfd.readouterr().out == "taxi_dbt|on|0\ntaxi_writer|off|0\n"
    database.execute("create table marts.one as select 1; alter table marts.one owner to taxi_dbt")
    assert main(["psql", "-c", "table one"]) == 0
    assert main(["psql", "-c", "drop table one"]) == 1
    assert "read-only transaction" in capfd.readouterr().err
    monkeypatch.setenv("PGUSER", "postgres")
    assert main(["psql", "-Atc", WHO]) == 0
    assert capfd.readouterr().out == "postgres|on|0\n"


@pytest.fixture
def embedded_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A separate TAXI_HOME, with no settings that name a server."""
    home = server_folder()
    for name in config.SERVER_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TAXI_HOME", str(home))
    yield home
    shutil.rmtree(home, ignore_errors=True)


def test_psql_opens_the_embedded_database(embedded_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is read-only there too, and --write logs in as the administrator."""
    settings = config.parse(os.environ)
    with store.opened(settings, "postgres") as opened:
        init_db.execute(opened)
        assert main(["psql", "-Atc", WHO]) == 0
        assert main(["psql", "--write", "-Atc", WHO]) == 0
    assert capfd.readouterr().out == "taxi_dbt|on|0\npostgres|off|0\n"
