"""The real stack on a real Docker engine: built, started from empty volumes, and then removed (`make test-stack`).

Where Grafana's image is not available, everything except for Grafana is started.
"""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from job.config import ROOT

SERVICES = ("postgres", "mlflow", "job", "adminer")
PORTS = ("GRAFANA_PORT", "MLFLOW_PORT", "POSTGRES_PORT", "ADMINER_PORT", "JOB_PORT")
PATIENCE = 240  # seconds to wait for an event, which is two ticks; not a measurement
TIME_LIMIT = 1800  # seconds for a test; the first one builds the images and starts the stack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, which need Docker and run only on request."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.timeout(TIME_LIMIT))


@dataclass(frozen=True)
class Stack:
    """A compose project: its environment, and the services to start (an empty tuple: all)."""

    environment: dict[str, str]
    services: tuple[str, ...]

    def run(self, *command: str, check: bool = True, **keywords: object) -> subprocess.CompletedProcess[str]:
        """Run a command in the project's environment; if it fails, the test fails with its output."""
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
            **keywords,
        )
        if check and done.returncode:
            pytest.fail(
                f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-5000:]}"
            )
        return done

    def compose(self, *arguments: str, check: bool = True) -> str:
        """The output of `docker compose …`."""
        return self.run("docker", "compose", *arguments, check=check).stdout

    def up(self, *options: str) -> None:
        """Start the services and wait until they are healthy."""
        self.compose("up", "-d", "--wait", *options, *self.services)

    def inside(self, service: str, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in a running container."""
        return self.run("docker", "compose", "exec", "-T", service, *command, check=check)

    def job(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `python -m job …` in the job's container."""
        return self.inside("job", "python", "-m", "job", *arguments, check=check)

    def sql(self, query: str, database: str = "taxi") -> list[list[str]]:
        """The rows of a query, run as the superuser."""
        printed = self.inside("postgres", "psql", "-U", "postgres", "-d", database, "-AtF", "\t", "-c", query).stdout
        return [line.split("\t") for line in printed.splitlines()]

    def number(self, query: str) -> int:
        """The single number that a query returns."""
        return int(self.sql(query)[0][0])

    def containers(self) -> dict[str, str]:
        """The container of each service, including stopped ones."""
        listed = self.compose("ps", "-a", "--format", "{{.Service}} {{.ID}}")
        return dict(line.split() for line in listed.splitlines())

    def address(self, name: str) -> str:
        """The local address of a service's port."""
        return f"http://127.0.0.1:{self.environment[f'{name}_PORT']}"


def wait_for(event: str, condition: Callable[[], object]) -> None:
    """Poll until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"{event}: not within {PATIENCE} s")
        time.sleep(1)


@pytest.fixture(scope="session")
def project() -> Iterator[Stack]:
    """A project with free ports, whose images are built and whose services are not started."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"COMPOSE_PROJECT_NAME": "taxi-test", "CODE_VERSION": "first"}
    environment |= dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    stack = Stack(environment, SERVICES)
    engine = stack.run("docker", "info", check=False)
    if engine.returncode:
        pytest.fail(f"no Docker engine answers, and these tests need one: {engine.stderr.strip()}")
    stack.compose("down", "--volumes", "--timeout", "1")
    stack.compose("build")
    if stack.run("docker", "compose", "pull", "--quiet", "grafana", check=False).returncode == 0:
        stack = Stack(environment, ())
    yield stack
    if "KEEP_STACK" not in os.environ:  # to look at what a test left
        stack.compose("down", "--volumes", "--timeout", "5")


@pytest.fixture(scope="session")
def stack(project: Stack) -> Stack:
    """The running stack, healthy and started from empty volumes."""
    project.up()
    return project


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
