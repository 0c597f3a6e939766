"""A folder for the embedded server, and processes that use it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from job.embedded import Address
from tests.servers import server_folder

ROOT = Path(__file__).parents[2]
USE_UNTIL_STDIN_CLOSES = """
import sys
from pathlib import Path
from job.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as address:
    print(address.host, flush=True)
    sys.stdin.read()
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder for a server that the test starts."""
    folder = server_folder()
    yield folder
    for pid in servers(folder):
        psutil.Process(pid).kill()
    shutil.rmtree(folder)


def servers(folder: Path) -> list[int]:
    """The PostgreSQL servers whose data is below the folder.

    A child that a server has just forked still has the server's command line, so children do not count.
    """
    parents: dict[int, int] = {}
    for process in psutil.process_iter():
        try:
            arguments = process.cmdline()
            if "-D" in arguments and any(argument.startswith(f"{folder}/") for argument in arguments):
                parents[process.pid] = process.ppid()
        except psutil.Error:
            continue
    return [pid for pid, parent in parents.items() if parent not in parents]


def use(home: Path, wait: bool = True, **environ: str) -> "subprocess.Popen[str]":
    """Start another process that uses the server until its input ends; `wait` for the server to be up."""
    user = subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_STDIN_CLOSES, str(home)], env=os.environ | {"PYTHONPATH": str(ROOT)} | environ,
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    if wait and not server_host(user):
        pytest.fail(user.communicate()[1])
    return user


def server_host(user: "subprocess.Popen[str]") -> str:
    """Wait for the process to print the host of its server."""
    assert user.stdout
    return user.stdout.readline()


def leave(user: "subprocess.Popen[str]") -> None:
    """End the process and check that it printed no error."""
    _, errors = user.communicate(timeout=60)
    assert (user.returncode, errors) == (0, "")


@contextmanager
def connected(address: Address) -> Iterator[psycopg.Connection]:
    """A connection as the administrator."""
    with psycopg.connect(host=address.host, port=address.port, user="postgres", autocommit=True) as connection:
        yield connection
