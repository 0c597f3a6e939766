"""Environments for the measured commands: an embedded home, or running servers of PostgreSQL and MLflow."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from bench.process import timed
from job import config
from job.embedded import embedded_server
from job.store import connection

JOB = [sys.executable, "-m", "job"]


def embedded(home: Path) -> dict[str, str]:
    """Set up everything embedded in this folder, with a first scoring run; return the environment for commands."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "MLFLOW", "MODEL"))}
    environment = plain | {"TAXI_HOME": str(home), "FIRST_RUN_DAYS": "1"}
    timed([*JOB, "quickstart"], environment)
    return environment


@contextmanager
def servers(home: Path, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Run the PostgreSQL and the registry of this home as servers; yield the environment for commands."""
    settings = config.parse(environment)
    with embedded_server(home) as address, mlflow_server(home) as uri:
        info = connection.logged_in_as({"host": address.host, "port": address.port}, settings, "writer")
        running = {"PGHOST": info["host"], "PGPORT": info["port"], "PGUSER": info["user"], "PGDATABASE": "taxi"}
        yield environment | running | {"MLFLOW_TRACKING_URI": uri}


@contextmanager
def mlflow_server(home: Path, artifact_option: str = "--default-artifact-root") -> Iterator[str]:
    """Serve this folder's registry with MLflow's own server; yield its URL, and kill the server at the end.

    artifact_option: the server's option for the folder of artifacts; by default, clients read and write it themselves.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "mlflow", "server", "--port", str(port), "--workers", "1",
        "--backend-store-uri", f"sqlite:///{home / 'mlflow.db'}", artifact_option, str(home / "mlartifacts"),
    ]  # fmt: skip
    environment = os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    with subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            requests.get(address, timeout=2).raise_for_status()
            return
        except requests.RequestException:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
