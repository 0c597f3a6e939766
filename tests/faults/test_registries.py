"""A registry that is slow, endless or changed in mid-run: time is bounded, and a run uses one model."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from random import Random

import pytest

from tests.faults.conftest import Jobs
from tests.faults.ledger import Tally
from tests.faults.processes import small_batches
from tests.models import settings
from tests.web import answering

WINDOWS = "2026-03-02T10:00Z..2026-03-02T16:00Z"
MIXED = """
select run_id, count(*), max(rides_scored) from raw.ride_predictions join raw.runs using (run_id)
group by run_id having count(*) != max(rides_scored) or bool_or(ride_predictions.model_id != runs.model_id)
"""


def with_lookups_in_child_processes() -> None:
    """Like small_batches, but look models up in a child process, which may take ten seconds for each answer."""
    from job.child import Child
    from job.registry import isolated, lookup

    small_batches()
    lookup.Child, lookup.SECONDS, isolated.Child = Child, 10, Child  # type: ignore[misc]


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send blanks without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    while True:
        handler.wfile.write(b" " * (1 << 20))


def slow(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte every half second."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while True:
        handler.wfile.write(b" ")
        time.sleep(0.5)


def silent(_handler: BaseHTTPRequestHandler) -> None:
    """Send nothing."""
    time.sleep(600)


@pytest.fixture
def registry(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a registry that answers as the parameter says."""
    with answering(request.param) as address:
        yield address


@pytest.mark.parametrize("registry", [endless, slow, silent], indirect=True)
@pytest.mark.parametrize("command", ["score", "tick"])
def test_hanging_registry(jobs: Jobs, tally: Tally, registry: str, command: str) -> None:
    """The last good model serves within the time limits, and the run's record says so."""
    jobs.good("score")
    own = settings(TAXI_HOME=str(jobs.home), MLFLOW_TRACKING_URI="").tracking_uri
    index = jobs.home / "models" / "index.json"
    index.write_text(index.read_text().replace(own, registry))
    jobs.prepare = with_lookups_in_child_processes
    done = jobs(command, MLFLOW_TRACKING_URI=registry)
    tally.tried += 1
    tally.require(done.code == 0 and done.seconds < 90, f"{done.code} {done.seconds} {done.error}")
    with jobs.connected() as connection:
        tally.look_for_halves(connection, command)
        stale = connection.execute(
            "select model_stale from raw.runs where command = 'score' order by run_id"
        ).fetchall()
    tally.require(stale == [(False,), (True,)], str(stale))


def test_alias_that_moves_in_mid_run(
    jobs: Jobs, tally: Tally, random: Random, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All rides of a run are predicted by one model, and its record names that one."""
    import mlflow

    client = mlflow.MlflowClient(settings(TAXI_HOME=str(jobs.home), MLFLOW_TRACKING_URI="").tracking_uri)
    for number in range(rounds):
        jobs.create()
        started = jobs.start("score", "--window", WINDOWS)
        time.sleep(random.uniform(0, 3))
        client.set_registered_model_alias("chicago-taxi-duration", "production", "1" if number % 2 else "2")
        done = started.wait()
        tally.tried += 1
        tally.require(done.code == 0, f"{done.code} {done.error}")
        with jobs.connected() as connection:
            mixed = connection.execute(MIXED).fetchall()
        tally.require(not mixed, f"{number}: {mixed}")
