"""Marts as the job and dbt build them, from simulated days and, where it is available, the City's real day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import in_a_process
from tests.conftest import REAL_DAY
from tests.servers import Server, created, created_template

SIMULATED = ("2026-03-06T00:00Z", "2026-03-08T23:58Z")  # three days, with the night of 8 March when clocks change
SIMULATED_RANGE = (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
REAL_RANGE = (datetime(2022, 3, 1, 6, tzinfo=UTC), datetime(2022, 3, 2, 6, tzinfo=UTC))


@pytest.fixture(scope="session")
def settings(trained_home: Path, parsed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A model in production, and folders for what the commands write."""
    cache, dbt = (str(tmp_path_factory.mktemp(name)) for name in ("cache", "dbt"))
    registry = {"TAXI_HOME": str(trained_home), "MLFLOW_TRACKING_URI": "", "MODEL_CACHE": cache}
    return registry | {"DBT_TARGET_PATH": dbt, "DBT_LOG_PATH": dbt}


@pytest.fixture(scope="session")
def filled(server: Server, settings: dict[str, str]) -> str:
    """A template that the commands have filled."""
    with pytest.MonkeyPatch.context() as patch, created_template(server, "template_marts"):
        for name, value in settings.items():
            patch.setenv(name, value)
        execute("score", "--window", "..".join(SIMULATED))
        if REAL_DAY.exists():
            execute("score", "--trips", str(REAL_DAY))
        execute("observe")
        execute("dbt", "--quiet", "run")
    return "template_marts"


@pytest.fixture(scope="module")
def marts(server: Server, settings: dict[str, str], filled: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to a copy of this template."""
    with pytest.MonkeyPatch.context() as patch, created(server, patch, filled) as connection:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield connection


def execute(*arguments: str) -> None:
    """Run a command that must succeed."""
    ended = in_a_process(*arguments)
    assert ended.code == 0, (ended.messages, ended.out)
