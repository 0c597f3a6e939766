"""docs/your-input.md: a copy of the project follows it, and a change of the features version works as described."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from job.config import ROOT
from tests import forks
from tests.commands.conftest import COMMAND, IN_ONE_PROCESS, Ended, Job, counts, ended, last_run, scalar
from tests.fork.conftest import version_of_the_last_run
from tests.fork.page import PYTHON

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".taxi", "__pycache__", ".*_cache", "target", "logs", "node_modules"
)
# Imports the copy's code in a process that has imported the original code.
IMPORT_THE_COPY = """
import os, sys
for name in [name for name in sys.modules if name.split(".")[0] in ("job", "tests")]:
    del sys.modules[name]
sys.path.insert(0, os.getcwd())
"""
FIRST, SECOND, UNKNOWN, OLDER = (f"2026-08-{day}T17:00Z" for day in ("04", "05", "24", "06"))


class Copy:
    """A copy of the project, and the commands of its own code."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
        (folder / ".venv").symlink_to(sys.prefix)
        self.folder = folder
        self.temperatures = folder / "job" / "chicago" / "weather" / "temperatures.csv"

    def shell(self, line: str) -> Ended:
        """Run a line of shell in its folder."""
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False
        )
        return ended(done.returncode, done.stdout, done.stderr)

    def job(self, *arguments: str) -> Ended:
        """Run one command."""
        code = COMMAND.format(IMPORT_THE_COPY + IN_ONE_PROCESS)
        return ended(*forks.Fork(code, *arguments, folder=self.folder, environ=self._environment()).wait())

    def _environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "PYTEST_"))}

    def follow_the_page(self) -> str:
        """Save each file that the page shows, apply its edits, run its commands; returns what the last one printed."""
        page, printed = (ROOT / "docs" / "your-input.md").read_text(), ""
        for before, language, code in re.findall(r"([^\n]*)\n\n```(\w+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
            if language == "python":
                *_, name = re.findall(r"`([\w/]+\.py)`", before)
                (self.folder / name).write_text(code)
            elif language == "diff":
                (self.folder / "input.patch").write_text(code)
                applied = self.shell("git apply input.patch")
                assert applied.code == 0, applied.messages
            elif language == "sh":
                for line in code.splitlines():
                    is_job = line.startswith(PYTHON) and "$" not in line
                    done = self.job(*shlex.split(line.removeprefix(PYTHON))) if is_job else self.shell(line)
                    assert done.code == 0, (line, done)
                    printed = done.out
        return printed


@pytest.mark.timeout(600)  # it runs a dozen commands
def test_a_copy_of_the_project_learns_the_temperature(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """The model that takes it is promoted and predicts with it; an hour without a temperature is an error."""
    copy = Copy(tmp_path / "fork")
    explained = copy.follow_the_page()
    versions = database.execute(
        "select version from raw.runs inner join raw.models using (model_id) where command = 'score' order by run_id"
    ).fetchall()
    assert versions == [("1",), ("2",)]  # before and after the training
    assert "the model predicts the same" in explained

    ride = re.findall(r"^ride: +(\S+)", explained, re.MULTILINE)[0]
    table = pd.read_csv(copy.temperatures)
    then = table["hour"].str.startswith(SECOND[:13].replace("T", " "))
    assert f", temperature {table.loc[then, 'temperature'].iloc[0]:g}\n" in explained
    predicted = float(re.findall(r"^predicted: +([\d.]+) minutes", explained, re.MULTILINE)[0])
    table.assign(temperature=table["temperature"].mask(then, 15)).to_csv(copy.temperatures, index=False)
    (mild,) = re.findall(r"the model predicts ([\d.]+) minutes now", copy.job("explain", ride).out)
    assert predicted > 1.2 * float(mild)

    assert copy.job("export", "--trips", "cold_trips.csv", "--output", "training.parquet").code == 0
    exported = pd.read_parquet(copy.folder / "training.parquet")
    assert exported["temperature"].nunique() > 100

    an_hour_is_missing(copy, ride, database)
    the_older_code_runs_again(copy, job, database)


def an_hour_is_missing(copy: Copy, ride: str, database: psycopg.Connection) -> None:
    """The run names it and writes nothing; with the hour added, the same command completes."""
    table, before = pd.read_csv(copy.temperatures), counts(database)["ride_predictions"]
    failed = copy.job("score", "--window", UNKNOWN)
    assert failed.code == 1
    assert f"{copy.temperatures} has no temperature for " in failed.error
    assert f"the hour from {UNKNOWN}: add it" in failed.error
    assert last_run(database)["status"] == "failed"
    assert counts(database)["ride_predictions"] == before
    hour = pd.DataFrame({"hour": UNKNOWN, "temperature": 5, "zone": range(78)})
    pd.concat([table, hour]).to_csv(copy.temperatures, index=False)
    assert copy.job("score", "--window", UNKNOWN).code == 0
    assert counts(database)["ride_predictions"] > before

    table[~table["hour"].str.startswith("2026-08-05")].to_csv(copy.temperatures, index=False)
    explained = copy.job("explain", ride)
    assert explained.code == 0
    assert "inputs:        none: " in explained.out
    table.to_csv(copy.temperatures, index=False)


def the_older_code_runs_again(copy: Copy, job: Job, database: psycopg.Connection) -> None:
    """It refuses the newer model; after a rollback it scores with the one before."""
    refused = job("score", "--window", OLDER)
    assert refused.code == 1
    assert "needs inputs that this code does not compute: temperature" in refused.error
    assert job("rollback").code == 0
    assert job("score", "--window", OLDER).code == 0
    assert version_of_the_last_run(database) == "1"


@contextmanager
def newer_code() -> Iterator[None]:
    """The same code with the next features version."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("model.contract", "model.fit", "registry.tracking", "commands.explain"):
            patch.setattr(f"job.{module}.FEATURES_VERSION", 2)
        yield


def test_with_another_features_version_scoring_pauses_until_a_promotion(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path
) -> None:
    """The steps of the page, if the new code replaces the old first."""
    assert job("score", "--window", FIRST).code == 0
    with newer_code():
        refused = job("score", "--window", SECOND)
        assert refused.code == 1
        assert "version 1 was fitted on features version 1, this code computes 2: promote a version" in refused.error
        trained = job("train", "--trips", simulated_file)
        assert "it is the challenger, production stays as it is: it cannot be compared" in trained.out
        assert job("promote", 2).code == 0
        assert job("score", "--window", SECOND).code == 0
        assert version_of_the_last_run(database) == "2"

        ride = scalar(
            database, f"select max(trip_id::text) from raw.ride_predictions where trip_start_timestamp < '{SECOND}'"
        )
        assert "inputs:        none: the model uses features version 1" in job("explain", ride).out
        for refused in job("rescore", 1, "--from", FIRST, "--to", SECOND), job("rollback"):
            assert refused.code == 1
            assert "fitted on features version 1" in refused.error
    assert job("rollback").code == 0
    assert job("score", "--window", OLDER).code == 0
    assert version_of_the_last_run(database) == "1"


def test_with_another_features_version_a_promotion_first_leaves_no_pause(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path
) -> None:
    """The older code goes on with the last good model until the newer code takes over with the new one."""
    assert job("score", "--window", FIRST).code == 0
    with newer_code():
        assert job("train", "--trips", simulated_file).code == 0
    assert job("score", "--window", SECOND).code == 0
    assert "was fitted on features version 2" in last_run(database)["challenger_error"]
    with newer_code():
        assert job("promote", 2).code == 0
    assert job("score", "--window", UNKNOWN).code == 0
    assert (last_run(database)["model_stale"], version_of_the_last_run(database)) == (True, "1")
    assert "from the cache: the registry gave no model that loads" in job("status").out
    with newer_code():
        assert job("score", "--window", OLDER).code == 0
        assert (last_run(database)["model_stale"], version_of_the_last_run(database)) == (False, "2")
