"""`score --dask`: a real cluster parses and predicts, and the database holds what it would hold without one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import mlflow
import psutil
import psycopg
import pytest

from job.errors import JobError
from job.model import predict
from job.scoring import cluster
from job.store.raw import batches
from tests.commands.conftest import API_CSV, MILES, Job, counts, last_run
from tests.faults.ledger import contents, half_done
from tests.forks import ROOT, start_server
from tests.models import register_constant, settings

FORGET = """
truncate raw.ride_predictions, raw.ride_outcomes, raw.pending_outcomes, raw.rejected_records, raw.windows,
    raw.input_counts cascade
"""
SECONDS = 120  # for a process to start or end, on a busy machine


@pytest.fixture(scope="module", autouse=True)
def forked_workers() -> Iterator[None]:
    """Let Dask fork its workers from the process that has imported what they need."""
    start_server()
    with dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}):
        yield


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A cluster of two workers, as `--dask local` starts it."""
    with cluster._started("local") as started:
        started.scale(2)
        yield started


@pytest.fixture
def address(local: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The cluster's address; clients use its certificates, which Dask's own settings name elsewhere."""
    client = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda *given, **named: client(*given, security=local.security, **named))
    return str(local.scheduler_address)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many batches, so that some wait while others are parsed, predicted and written."""
    monkeypatch.setattr("job.city.files.BATCH_RECORDS", 100)


def test_the_same_rows_as_in_this_process(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, address: str, small_batches: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Rides, bands, outcomes, rejects and counts are equal, scoring again adds nothing, and only workers predict."""
    files = (simulated_file, MILES, API_CSV, API_CSV, simulated_file)
    with monkeypatch.context() as patch:
        patch.setattr(predict, "raw_minutes", None)  # here; the workers have their own
        done = job("score", "--dask", address, "--trips", *files)
    assert done.code == 0, done.messages
    by_workers, run = contents(database), last_run(database)
    assert half_done(database) == []

    again = job("score", "--dask", address, "--trips", *files)
    assert again.code == 0
    assert (last_run(database)["rides_scored"], contents(database)) == (0, by_workers)

    database.execute(FORGET)
    assert job("score", "--trips", *files).code == 0
    assert contents(database) == by_workers
    local_run = last_run(database)
    names = ("records_read", "rides_scored", "rides_known", "records_rejected")
    assert [local_run[name] for name in names] == [run[name] for name in names]


def test_windows_are_drawn_by_workers_too(
    database: psycopg.Connection, home: Path, job: Job, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows equal those that this process writes."""
    monkeypatch.setattr("job.commands.score.WINDOWS_PER_BATCH", 20)
    window = ("--window", "2026-03-02T10:00Z..2026-03-02T16:00Z")
    assert job("score", "--dask", address, *window).code == 0
    by_workers = contents(database)
    assert last_run(database)["windows"] == 181
    database.execute(FORGET)
    assert job("score", *window).code == 0
    assert contents(database) == by_workers


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, local: Any, address: str,
    small_batches: None, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Its batches are parsed and predicted by another one, and the log has Dask's warning."""
    assert job("score", "--trips", simulated_file).code == 0
    expected = contents(database)
    database.execute(FORGET)
    write, killed = batches.write, []

    def kill_after_writing(*arguments: Any) -> None:
        write(*arguments)
        if len(killed) < 2:
            killed.append(local.workers[len(killed)].pid)
            os.kill(killed[-1], signal.SIGKILL)

    monkeypatch.setattr("job.store.raw.batches.write", kill_after_writing)
    done = job("score", "--dask", address, "--trips", simulated_file)
    assert done.code == 0, done.messages
    assert len(killed) == 2
    assert any("worker" in event["message"].lower() for event in done.named("dask.warned"))
    assert contents(database) == expected
    assert half_done(database, after=last_run(database)["run_id"] - 1) == []


def test_an_error_of_a_batch_is_the_same_sentence(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, address: str, small_batches: None
) -> None:
    """A model that cannot predict a ride fails the run as in this process."""
    client = mlflow.MlflowClient(settings().tracking_uri)
    version = register_constant(client, 12.0, takes=["detour_ratio"])  # NaN where an area is withheld
    client.set_registered_model_alias("chicago-taxi-duration", "production", version)
    here = job("score", "--trips", simulated_file)
    assert here.code == 1
    assert "contains NaN" in here.error
    written = ("ride_predictions", "ride_outcomes", "rejected_records")
    expected = [counts(database)[name] for name in written]
    database.execute(FORGET)
    on_workers = job("score", "--dask", address, "--trips", simulated_file)
    assert (on_workers.code, on_workers.error) == (1, here.error)
    assert [counts(database)[name] for name in written] == expected
    assert last_run(database)["error"] == here.error


def test_a_worker_checks_the_model_itself(
    database: psycopg.Connection, home: Path, job: Job, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker receives must be the files of the digest; otherwise it loads none of them."""
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"\n" if path.name == "MLmodel" else b""))
    failed = job("score", "--dask", address, "--trips", API_CSV)
    assert failed.code == 1
    assert failed.error == "model chicago-taxi-duration version 1 did not arrive intact"
    assert counts(database)["ride_predictions"] == 0


def test_a_worker_with_other_code_is_refused(
    database: psycopg.Connection, home: Path, job: Job, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsing or features could differ, so nothing from it is written."""
    monkeypatch.setattr(cluster, "code_digest", lambda: "of a newer version")
    failed = job("score", "--dask", address, "--trips", API_CSV)
    assert failed.code == 1
    assert "has another version of the job" in failed.error
    assert counts(database)["ride_predictions"] == 0


def test_a_batch_that_ends_every_worker_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run fails with a sentence instead of trying for ever."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        cluster.connected("local") as workers,
        pytest.raises(JobError, match="gave a batch up, because 1 workers died with it"),
    ):
        workers.result(workers.submit(os._exit, 1))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9"),
        ("carrier-pigeon://nest", "no Dask scheduler answers at carrier-pigeon://nest"),
    ],
)
def test_an_address_without_a_scheduler(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch, given: str, words: str
) -> None:
    """No failed run is recorded, because none has begun."""
    monkeypatch.setattr(cluster, "SECONDS", 1)
    failed = job("score", "--dask", given, "--trips", API_CSV)
    assert (failed.code, words in failed.error) == (1, True), failed.error
    assert counts(database)["runs"] == 0


def with_interrupts() -> None:
    """Restore the default for SIGINT, which a shell's background commands ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_command(
    database: psycopg.Connection, home: Path, simulated_file: Path, job: Job, tmp_path: Path, ending: signal.Signals
) -> None:
    """After Ctrl-C, which reaches all of them, one sentence is printed; either way the next run succeeds."""
    command = [sys.executable, "-m", "job", "score", "--dask", "local", "--trips", *[str(simulated_file)] * 400]
    output = tmp_path / "output"
    with output.open("w") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=file, env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True,
            preexec_fn=with_interrupts,  # noqa: PLW1509 - no other thread is running here
        )  # fmt: skip
    deadline = time.monotonic() + SECONDS
    while not counts(database)["ride_predictions"]:
        assert time.monotonic() < deadline, output.read_text()
        assert process.poll() is None, output.read_text()
        time.sleep(0.1)
    children = psutil.Process(process.pid).children(recursive=True)
    (os.killpg if ending == signal.SIGINT else os.kill)(process.pid, ending)
    code = process.wait(SECONDS)
    assert psutil.wait_procs(children, SECONDS)[1] == []
    if ending == signal.SIGINT:
        lines = [line for line in output.read_text().splitlines() if not line.startswith("{")]
        assert (code, lines) == (130, ["error: interrupted"])
    assert job("score", "--trips", simulated_file).code == 0
    assert half_done(database) == []
