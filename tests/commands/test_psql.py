"""`psql`: the database at hand, embedded or not."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from job import config
from job.__main__ import main
from job.commands import init_db
from job.store import connection
from tests.conftest import on_newest


@on_newest
def test_psql_gets_its_arguments_and_gives_its_exit_code(
    database: psycopg.Connection, capfd: pytest.CaptureFixture[str]
) -> None:
    """On the job's own connection, marts first on the search path."""
    assert main(["psql", "-Atc", "select current_user, current_setting('search_path')"]) == 0
    assert capfd.readouterr().out == "taxi_writer|marts,staging,raw,public\n"
    assert main(["psql", "-v", "ON_ERROR_STOP=1", "-c", "select nonsense", "-c", "select 1"]) == 1
    assert "nonsense" in capfd.readouterr().err


def test_psql_opens_the_embedded_database_wherever_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Logged in as its administrator."""
    home = Path(tempfile.mkdtemp(prefix="taxi-psql-", dir="/tmp"))
    home.chmod(0o755)  # the server's own user must get in when root runs the tests
    for name in config.SERVER_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TAXI_HOME", str(home))
    try:
        settings = config.parse(os.environ)
        with connection.conninfo(settings, "postgres") as info:
            init_db.initialise(settings, info)
            assert main(["psql", "-Atc", "select current_user, count(*) from runs"]) == 0
        assert capfd.readouterr().out == "postgres|0\n"
    finally:
        shutil.rmtree(home, ignore_errors=True)
