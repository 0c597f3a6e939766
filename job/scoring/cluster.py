"""Dask: batches are parsed and predicted by the workers of a cluster, on this machine or on many."""

import hashlib
import logging
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from job.config import ROOT
from job.errors import JobError, UsageError
from job.model.contract import Model
from job.registry.registry import Registry
from job.registry.sent import Sent
from job.scoring.workers import Workers

if TYPE_CHECKING:
    from distributed import Client

log = structlog.get_logger()
R = TypeVar("R")

LOCAL = "local"
SECONDS = 30  # for the scheduler to answer, and for a first worker
AHEAD_PER_THREAD = 2  # so that a worker has its next batch when it finishes one
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 GiB",  # a batch is larger than what Dask expects of a task
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],  # a local cluster serves no pages
}
# Ctrl-C reaches the whole group of processes, and this one ends the others.
IGNORE_INTERRUPTS = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


@dataclass(frozen=True)
class Cluster(Workers):
    """The workers of a Dask cluster. Dask gives the batches of a worker that dies to another one."""

    client: "Client"
    address: str

    def submit(self, function: Callable[..., R], *arguments: object) -> "Future[R]":
        """Let a worker call a function that can be pickled, if it runs the same code as this process."""
        return super().submit(_call, code_digest(), function, *arguments)

    def result(self, future: "Future[R]") -> R:
        """Wait for a result. Raises what the function raised, and JobError if the cluster cannot give one."""
        from distributed import KilledWorker

        try:
            while not wait([future], SECONDS).done:
                self._require_workers()
            return super().result(future)
        except KilledWorker as error:
            raise JobError(
                f"the Dask cluster {self.address} gave a batch up, because {error.allowed_failures + 1} workers died "
                "with it, as they do without enough memory: look at the workers' logs, and run this again"
            ) from error
        except CancelledError as error:
            raise JobError(
                f"the Dask cluster {self.address} was lost: start it, and run this again; what was written is kept"
            ) from error

    def _require_workers(self) -> None:
        """Raise JobError if no worker is left: Dask itself would wait for one without end."""
        if not self.client.nthreads():
            raise JobError(
                f"no worker of the Dask cluster {self.address} is left: start some, and run this again; what was "
                "written is kept"
            )

    def send(self, model: Model, registry: Registry) -> Any:
        """The model's files as the result of a task: every worker fetches it once, and Dask repeats a lost one."""
        return self.client.submit(_itself, registry.sent(model), pure=False)


def _itself(sent: Sent) -> Sent:
    return sent


def _call(code: str, function: Callable[..., R], *arguments: object) -> R:
    """Call the function. Raises JobError in a process that runs other code than the one which submitted it."""
    if code_digest() != code:
        raise JobError(
            f"a Dask worker on {socket.gethostname()} has another version of the job in {ROOT}: install the same one, "
            "and start the worker again"
        )
    return function(*arguments)


@cache
def code_digest() -> str:
    """The SHA-256 of the job's code, as it was when this process first asked."""
    total = hashlib.sha256()
    for path in sorted((ROOT / "job").rglob("*.py")):
        total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at this address; `local` starts one worker per processor, for the block.

    Raises UsageError if Dask is not installed, JobError if no worker answers.
    """
    try:
        import dask
        from distributed import Client
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--dask needs {error.name}, which is not installed: `.venv/bin/pip install distributed`"
        ) from error
    warnings = _redirected_logs()
    with dask.config.set(SETTINGS), _started(address) as cluster:
        try:
            client = Client(cluster, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise JobError(
                f"no Dask scheduler answers at {address}: {error}; give the address that `dask scheduler` prints, such "
                "as tcp://10.0.0.5:8786, or `local`"
            ) from error
        with client:
            ahead = AHEAD_PER_THREAD * _threads(client, address)
            try:
                yield Cluster(client.get_executor(pure=False), ahead, client, address)
            finally:
                warnings.setLevel(logging.CRITICAL)  # it no longer matters that a busy worker is ended


def _started(address: str) -> AbstractContextManager[Any]:
    """What a client connects to. Anyone who can connect can run code, so a local cluster has its own certificates."""
    if address != LOCAL:
        return nullcontext(address)
    from distributed import LocalCluster

    return LocalCluster(
        threads_per_worker=1, dashboard_address="127.0.0.1:0", security=True, preload=[IGNORE_INTERRUPTS],
        silence_logs=logging.CRITICAL,
    )  # fmt: skip


def _threads(client: "Client", address: str) -> int:
    """Wait for a worker; returns how many threads all workers have. Raises JobError if there is none."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        raise JobError(f"the Dask cluster {address} has no workers: start some with `dask worker {address}`") from error
    return sum(client.nthreads().values())


class _ToOurLog(logging.Handler):
    """Logs what Dask warns about, such as a worker that was killed, in the form of the job's own log."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warning("dask.warned", logger=record.name, message=record.getMessage())


def _redirected_logs() -> logging.Handler:
    """Replace Dask's handlers, which it sets up when it is imported, by one for our log."""
    handler = _ToOurLog(logging.WARNING)
    for name in [name for name in logging.Logger.manager.loggerDict if name.split(".")[0] == "distributed"]:
        logger = logging.getLogger(name)
        if logger.handlers:
            logger.handlers = [handler]
    return handler
