"""Python code in processes that are forked from one that has imported the large packages.

They are as separate as other processes: environment, folder, memory, output and exit code are their own. But a new
interpreter needs two to four seconds of CPU time to import dbt or MLflow, and a fork needs none.
"""

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from types import SimpleNamespace

import pytest

from job.child import Answer, ChildFailed
from job.commands import dbt
from job.registry import isolated, lookup

ROOT = Path(__file__).parents[1]
# dbt as the job starts it, except that it begins with the project that `parsed_project` has parsed. For another host or
# port dbt would parse everything again. It does not notice them here, since no macro reads either while it is parsed.
# Writing artifacts and the log file, which no test reads, would take a fifth of a run.
DBT = """
import os, warnings
from dbt.adapters.postgres import PostgresCredentials
from dbt.cli.main import cli
warnings.simplefilter("ignore")
os.environ["DBT_PARTIAL_PARSE_FILE_PATH"] = os.environ.get("DBT_ENV_PARSED", "")
for name, value in {"DBT_WRITE_JSON": "false", "DBT_LOG_LEVEL_FILE": "none"}.items():
    os.environ.setdefault(name, value)
PostgresCredentials._connection_keys = lambda _: ("user", "database", "schema", "role")
cli(prog_name="dbt")
"""
# The many objects of the large packages make each collection slow, and imports alone would cause a dozen full ones.
gc.set_threshold(50_000)
CONTEXT = multiprocessing.get_context("forkserver")


def start_server() -> None:
    """Start the process from which the others are forked, unless it runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        # On import, skops searches all modules that have been loaded: tests.forks imports it before the large ones.
        forkserver.set_forkserver_preload(["tests.forks", "tests.preloaded"])
        forkserver.ensure_running()


class Fork:
    """A process that executes Python code, which finds the arguments in sys.argv."""

    def __init__(self, code: str, *arguments: str, folder: Path, environ: Mapping[str, str]) -> None:
        self._output = [tempfile.NamedTemporaryFile("r", encoding="utf-8") for _ in range(2)]  # noqa: SIM115
        names = [file.name for file in self._output]
        self._process = _context().Process(target=_execute, args=(code, arguments, str(folder), dict(environ), names))
        self._process.start()
        weakref.finalize(self, self._process.kill)  # so that pytest does not wait for a fork that its test left behind

    @property
    def code(self) -> int | None:
        """The exit code, minus the number of the signal that ended the process, or None while it runs."""
        return self._process.exitcode

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def wait(self) -> tuple[int, str, str]:
        """Wait for the end; return the exit code and what was written to stdout and stderr."""
        self._process.join()
        assert self.code is not None
        out, err = [file.read() for file in self._output]
        for file in self._output:
            file.close()
        return self.code, out, err


def _context() -> BaseContext:
    """Fork from this process if it is a fork itself, which has imported everything."""
    if multiprocessing.parent_process():
        return multiprocessing.get_context("fork")
    start_server()
    return CONTEXT


def without_interpreters(replace: Callable[[object, str, object], None]) -> None:
    """Let commands look models up and try them out in their own process, and run dbt in a fork.

    replace: `setattr`, or the one of a MonkeyPatch.
    """
    replace(lookup, "Child", InThisProcess)
    replace(isolated, "Child", InThisProcess)
    replace(dbt, "subprocess", SimpleNamespace(run=fork_dbt))


def fork_dbt(command: Sequence[str], cwd: Path, env: Mapping[str, str], check: bool) -> SimpleNamespace:
    """Run dbt in a fork as the job's command runs it in a new interpreter."""
    arguments = command[command.index(dbt.DBT) + 1 :]
    code, *output = Fork(DBT, *arguments, folder=cwd, environ=env).wait()
    for number, text in enumerate(output, start=1):
        os.write(number, text.encode())
    return SimpleNamespace(returncode=code)


class InThisProcess:
    """Answers like a job.child.Child, without the two seconds of CPU time that another process needs to start."""

    def __init__(self, make: Callable[..., Answer], *arguments: object) -> None:
        self._make, self._arguments = make, arguments
        self._answer: Answer | None = None

    def ask(self, question: object, seconds: float) -> bytes:
        try:
            self._answer = self._answer or self._make(*self._arguments)
            return self._answer(question)
        except Exception as error:
            raise ChildFailed(str(error) or repr(error), type(error).__name__) from error

    def close(self) -> None:
        self._answer = None


def _execute(code: str, arguments: tuple[str, ...], folder: str, environ: dict[str, str], output: list[str]) -> None:
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(folder)
    sys.argv = ["-c", *arguments]
    for number, name in enumerate(output, start=1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_APPEND), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
