"""The embedded server's processes: which are at work, and what killed ones have left in its folder."""

import json
import time
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]

# How long a server may take to start, recovery from a crash included, or to stop.
START_SECONDS = 60
PIDFILE_LINES = 8


def settled(data: Path) -> bool:
    """Wait while a server starts or stops, and return whether one runs; the pidfile of a killed one is removed.

    A server that is killed while it starts leaves a pidfile without its last lines, or with none. Raises RuntimeError
    if one takes longer than START_SECONDS.
    """
    pidfile = data / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while pidfile.exists():
        lines = [line.strip() for line in _read(pidfile).splitlines()]
        if not _is_server(lines[0] if lines else "", data):
            pidfile.unlink(missing_ok=True)
        elif len(lines) == PIDFILE_LINES and lines[-1] == "ready":
            return True
        elif time.monotonic() > deadline:
            raise RuntimeError(f"it neither started nor stopped within {START_SECONDS} s")
        else:
            time.sleep(0.1)
    return False


def _read(file: Path) -> str:
    with suppress(FileNotFoundError):
        return file.read_text(encoding="utf-8", errors="replace")
    return ""


def _is_server(pid: str, data: Path) -> bool:
    """Whether the process exists and serves this data.

    The pid of a crashed server may now be another program's, even one that this user may not look at.
    """
    with suppress(ValueError, psutil.Error):
        return str(data) in psutil.Process(int(pid)).cmdline()
    return False


def kill_initdb(data: Path) -> None:
    """Kill what is left of an initdb whose parent was killed."""
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "initdb" and str(data) in (process.info["cmdline"] or ()):
            with suppress(psutil.NoSuchProcess):
                for one in [process, *process.children(recursive=True)]:
                    one.kill()
                psutil.wait_procs([process], timeout=10)


def remove_stale_users(data: Path) -> None:
    """Remove killed processes from the wheel's list of users; otherwise the last user would not stop the server."""
    users = data / ".handle_pids.json"
    if users.exists():
        written = users.stat().st_mtime
        listed: list[int] = []
        with suppress(ValueError):  # it was being written when its writer was killed
            listed = json.loads(users.read_text(encoding="utf-8") or "[]")
        users.write_text(json.dumps([pid for pid in listed if _started_before(pid, written)]), encoding="utf-8")


def _started_before(pid: int, instant: float) -> bool:
    """Whether the process runs and started before the instant; a younger process has a recycled pid."""
    try:
        process = psutil.Process(pid)
        # A zombie has ended, and its parent has not noticed it yet.
        return process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= instant + 1
    except psutil.NoSuchProcess:
        return False
