"""docs/your-model.md, followed literally: each of its commands and its script, in their order."""

import os
import shlex
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import mlflow
import pandas as pd
import psycopg

from job.config import MODEL_NAME, ROOT
from job.model.features import FEATURES_VERSION, INPUTS
from job.registry.registry import Registry
from tests.commands.conftest import Clock, Job, counts, last_run, scalar
from tests.fork.conftest import version_of_the_last_run
from tests.fork.page import PYTHON, blocks
from tests.models import settings

# The test's version 1 has no such tags, unlike one that `train` made.
LEARNED_EARLIER = {"first_start": "2020-01-01T00:00:00+00:00", "last_start": "2020-02-01T00:00:00+00:00"}


class Page:
    """The code blocks of the page, in their order."""

    def __init__(self, job: Job) -> None:
        self.left = blocks("your-model.md")
        self._job = job

    def follow(self) -> str:
        """Run the next block in the current folder; return what it printed."""
        language, code = self.left.pop(0)
        if language == "python":
            # MLflow stores the registry and experiment that a process used last in its environment.
            environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
            environment["PYTHONPATH"] = str(ROOT)  # the folder in which the page says to save the script
            script = [sys.executable, "-W", "ignore", "-c", code]
            return subprocess.run(script, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        printed = ""
        for line in code.splitlines():
            assert line.startswith(PYTHON)
            done = self._job(*shlex.split(line.removeprefix(PYTHON)))
            assert (done.code, done.messages) == (0, []), line
            printed += done.out
        return printed


def test_the_page_about_your_own_model(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock], tmp_path: Path
) -> None:
    """A model trained from an export scores as the challenger, then as production, and is rolled back."""
    assert job("score").code == job("observe").code == 0
    page, registry = Page(job), Registry(settings())

    outcomes = scalar(database, "select count(*) from raw.ride_outcomes")
    assert page.follow().startswith(f"training.parquet: {outcomes:,} rides (database, simulator), ")
    table = pd.read_parquet("training.parquet")
    assert set(table) == {"trip_id", "trip_start_timestamp", "source", *INPUTS, "actual_duration", "plausible"}

    summary, command = page.follow().splitlines()
    assert summary.startswith(f"{MODEL_NAME} version 2, ")
    assert (registry.challenger_version(), registry.production_version()) == ("2", "1")
    mine = registry.load_version("2")
    assert mine.features_version == FEATURES_VERSION
    assert mine.metrics["mae"] > 0
    assert all([mine.band, mine.bins, mine.expected_error])
    run_id = mlflow.MlflowClient(settings().tracking_uri).get_model_version(MODEL_NAME, "2").run_id
    artifacts = mlflow.MlflowClient(settings().tracking_uri).get_run(str(run_id)).info.artifact_uri
    assert artifacts.startswith((home / "mlartifacts").as_uri())
    assert list(home.glob("mlartifacts/models/*/artifacts/model.skops"))
    assert not Path("mlruns").exists()

    registry.add_tags("1", LEARNED_EARLIER)
    compared = job(*shlex.split(command.removeprefix(PYTHON)))
    assert (compared.code, compared.messages) == (0, [])
    assert "left out: 0 rides of the periods that the versions learned from" in compared.out
    assert "no verdict" not in compared.out

    later(clock)
    page.follow()
    assert counts(database)["shadow_predictions"] == last_run(database)["rides_scored"] > 0
    assert last_run(database)["challenger_error"] is None

    later(clock)
    assert "version 2 is production now; before it was 1" in page.follow()
    assert last_run(database)["rides_scored"] > 0
    assert version_of_the_last_run(database) == "2"

    assert "version 1 is production again; version 2 is not" in page.follow()
    later(clock)
    assert job("score").code == 0
    assert version_of_the_last_run(database) == "1"
    assert page.left == []


def later(clock: type[Clock]) -> None:
    """Let ten minutes pass, in which rides start."""
    clock.at += timedelta(minutes=10)
