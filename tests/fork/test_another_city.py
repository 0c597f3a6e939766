"""docs/another-city.md, followed literally with made-up records: its files, settings and commands, in their order."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from job.config import ROOT, SETTINGS
from tests import new_york
from tests.commands.conftest import Job, counts, scalar
from tests.fork.page import PYTHON, blocks
from tests.servers import Server, created

FOLDER = Path("job", "new_york")
STACK = {"GRAFANA_TIME_ZONE"}
YELLOW, GREEN = 1_000, 300


@pytest.fixture
def database(server: Server, parsed_project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """An empty database, which libpq's variables name, and no setting that the page sets itself."""
    for name in ("TAXI_HOME", "CATCH_UP_HOURS", "FIRST_RUN_DAYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")
    with created(server, monkeypatch, "template1") as connection:
        yield connection


class Page:
    """The code blocks of the page, in their order."""

    def __init__(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = blocks("another-city.md")
        self.settings: set[str] = set()
        self._job, self._patch = job, monkeypatch

    def save(self, path: Path) -> None:
        """Save the next block as a file."""
        path.write_text(self.left.pop(0)[1])

    def set(self, lines: str | None = None) -> None:
        """Set the variables that the next block, or these lines, assign."""
        for line in (lines or self.left.pop(0)[1]).splitlines():
            name, value = line.split("=")
            self.settings.add(name)
            self._patch.setenv(name, value)

    def run(self) -> str:
        """Run the next block's script or commands; return what they printed."""
        language, code = self.left.pop(0)
        if language == "python":
            return subprocess.check_output([sys.executable, "-c", code], text=True)
        return "".join(self._command(line.removeprefix(PYTHON)) for line in code.splitlines())

    def tick_of_the_crontab(self) -> None:
        """Run the command of the next block, which is a line of a crontab with settings before its command."""
        settings, command = re.fullmatch(r"(?:[0-9*/-]+ ){7}((?:\w+=\S+ )+)timeout .* python -m job (\w+)\n",
                                         self.left.pop(0)[1]).groups()  # type: ignore[union-attr]  # fmt: skip
        self.set("\n".join(settings.split()))
        self._command(command)

    def _command(self, line: str) -> str:
        # On a server of one's own, an administrator initialises the database and the job's role does the rest.
        self._patch.setenv("PGUSER", "postgres" if line == "init-db" else "taxi_writer")
        done = self._job(*shlex.split(line))
        assert (done.code, done.messages) == (0, []), line
        return done.out


@pytest.fixture
def page(job: Job, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page, before its first step, in a folder with the files that the reader has downloaded."""
    FOLDER.mkdir(parents=True)
    Path("taxi_zones.csv").write_text(new_york.zones())
    for number, month in ((1, "01"), (2, "02")):
        rides = new_york.records(YELLOW, datetime(2026, number, 1), seed=number)
        rides.to_parquet(f"yellow_tripdata_2026-{month}.parquet", index=False)
    return Page(job, monkeypatch)


def test_the_page_about_another_city(database: psycopg.Connection, page: Page, job: Job) -> None:
    """Three files and a few settings are enough to calibrate, train, score, report and follow two feeds."""
    page.save(FOLDER / "place.toml")
    page.run()
    page.set()

    printed = page.run()
    assert {path.name for path in FOLDER.iterdir()} == {"place.toml", "zones.csv", "profile.json"}
    assert page.settings <= {*SETTINGS, *STACK}
    assert "it is the production model now" in printed
    assert records_of_the_last_score(database) == (YELLOW, new_york.REFUNDS + new_york.ZERO_MILES)
    assert scalar(database, "select count(*) from raw.ride_outcomes") == counts(database)["ride_predictions"]
    assert scalar(database, "select count(*) from raw.ride_predictions where pickup_community_area > 263") == 0
    assert scalar(database, "select count(*) from raw.ride_predictions where pickup_community_area is null") > 0
    report = Path("new-york.html").read_text()
    assert "New York" in report
    assert "records (yellow)" in report
    assert "Zone 132" in report
    assert "Chicago" not in re.sub(r"<script.*?</script>", "", report, flags=re.DOTALL)

    page.run()
    assert scalar(database, "select count(*) from raw.windows") == 30
    assert scalar(database, "select count(*) from raw.ride_predictions where source = 'simulator'") >= 30

    page.set()
    deliver("yellow", new_york.records(YELLOW, datetime(2026, 3, 1), seed=3), "parquet")
    page.run()
    deliver("green", new_york.records(GREEN, datetime(2026, 3, 1), "lpep", seed=4), "csv")
    page.tick_of_the_crontab()
    rides = dict(database.execute("select source, sum(rides)::int from marts.rides_per_interval group by source"))
    assert rides["yellow"] == 2 * (YELLOW - new_york.REFUNDS - new_york.ZERO_MILES)
    assert rides["green"] == GREEN - new_york.REFUNDS - new_york.ZERO_MILES

    status = job("status")
    assert "windows" not in status.out
    assert len(re.findall(r"^feed: ", status.out, re.MULTILINE)) == 2
    assert offered_sources(database) == {"rides": ["simulator", "green", "yellow"],
                                         "model-quality": ["simulator", "green", "yellow"]}  # fmt: skip
    assert page.left == []


def records_of_the_last_score(database: psycopg.Connection) -> tuple[int, int]:
    """The records that the last scoring run read and rejected."""
    row = database.execute(
        "select records_read, records_rejected from raw.runs where command = 'score' order by run_id desc limit 1"
    ).fetchone()
    assert row
    return row  # type: ignore[return-value]


def deliver(color: str, rides: pd.DataFrame, kind: str) -> None:
    """Put a file into an inbox, as if a minute ago."""
    path = Path("inbox", color, f"{color}_tripdata_2026-03.{kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    rides.to_parquet(path, index=False) if kind == "parquet" else rides.to_csv(path, index=False)
    os.utime(path, (path.stat().st_mtime - 60,) * 2)


def offered_sources(database: psycopg.Connection) -> dict[str, list[str]]:
    """The sources that the dashboards' variable offers."""
    offered = {}
    for name in ("rides", "model-quality"):
        board = json.loads((ROOT / "grafana" / "dashboards" / f"{name}.json").read_text())
        (query,) = [variable["query"] for variable in board["templating"]["list"] if variable["name"] == "source"]
        offered[name] = [value for _, value in database.execute(query)]
    return offered
