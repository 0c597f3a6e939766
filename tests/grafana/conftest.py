"""Marts as the job and dbt build them, from simulated days and, where it is available, the City's real day."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import in_a_process
from tests.conftest import DATABASE, REAL_DAY, Server, use

SIMULATED = ("2026-03-06T00:00Z", "2026-03-08T23:58Z")  # three days, with the night of 8 March when clocks change
SIMULATED_RANGE = (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
REAL_RANGE = (datetime(2022, 3, 1, 6, tzinfo=UTC), datetime(2022, 3, 2, 6, tzinfo=UTC))


@pytest.fixture(scope="module")
def marts(
    server: Server, trained_home: Path, parsed_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[psycopg.Connection]:
    """A superuser's connection to a database that the commands have filled."""
    name = DATABASE
    with server.connect() as admin:
        admin.execute(f"create database {name} template template_taxi")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, server, name, "taxi_writer")
        patch.setenv("TAXI_HOME", str(trained_home))
        patch.setenv("MLFLOW_TRACKING_URI", "")
        patch.setenv("MODEL_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("DBT_TARGET_PATH", str(tmp_path_factory.mktemp("dbt")))
        patch.setenv("DBT_LOG_PATH", os.environ["DBT_TARGET_PATH"])
        execute("score", "--window", "..".join(SIMULATED))
        if REAL_DAY.exists():
            execute("score", "--trips", str(REAL_DAY))
        execute("observe")
        execute("dbt", "--quiet", "run")
        with server.connect(name) as connection:
            yield connection
    with server.connect() as admin:
        admin.execute(f"drop database {name} with (force)")


def execute(*arguments: str) -> None:
    """Run a command that must succeed."""
    ended = in_a_process(*arguments)
    assert ended.code == 0, (ended.messages, ended.out)
