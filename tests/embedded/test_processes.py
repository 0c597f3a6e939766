"""Killed processes, killed servers and recycled pids neither prevent the next start nor leave a server behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import psutil
import pytest

from job import embedded, processes
from job.embedded import embedded_server
from tests.embedded.conftest import connected, leave, servers, use


def test_a_server_left_by_a_killed_process_is_used_and_stopped(base: Path) -> None:
    """After SIGKILL the next process finds the server running, uses it and stops it."""
    killed = use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (left,) = servers(base)
    with embedded_server(base) as address, connected(address):
        assert servers(base) == [left]
    assert servers(base) == []


def test_a_server_stays_for_the_processes_that_still_use_it(base: Path) -> None:
    """If one of two processes is killed, a third that comes and goes does not stop the server."""
    killed, other = use(base), use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (server,) = servers(base)
    with embedded_server(base):
        pass
    assert servers(base) == [server]
    leave(other)
    assert servers(base) == []


def test_a_recycled_pid_is_not_a_user(base: Path) -> None:
    """A process that started after the list of users was written is not on it."""
    killed = use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    users = base / "postgres" / ".handle_pids.json"
    users.write_text(f"[{os.getppid()}, {killed.pid}]")
    os.utime(users, (1, 1))
    with embedded_server(base):
        pass
    assert servers(base) == []


def test_a_server_starts_although_its_old_pid_is_recycled(base: Path) -> None:
    """After a power cut postmaster.pid may name another program's process, which must not be stopped."""
    with embedded_server(base) as address, connected(address) as database:
        database.execute("create table kept as select 42 as n")
        pid_file = (base / "postgres" / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other_program:
        (base / "postgres" / "postmaster.pid").write_text("\n".join([str(other_program.pid), *pid_file[1:], ""]))
        with embedded_server(base) as address, connected(address) as database:
            assert database.execute("select n from kept").fetchone() == (42,)
        assert other_program.poll() is None
        other_program.communicate(b"\n")
    assert servers(base) == []


def test_a_recycled_pid_may_be_a_process_that_is_not_ours(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that this user may not look at is not the server, so its pid does not block the next start."""

    def hidden(process: psutil.Process) -> list[str]:
        raise psutil.AccessDenied(process.pid)

    (base / "postmaster.pid").write_text(f"{os.getpid()}\n")
    monkeypatch.setattr(psutil.Process, "cmdline", hidden)
    assert not processes.settled(base)
    assert not (base / "postmaster.pid").exists()


def test_a_server_that_was_killed_recovers(base: Path) -> None:
    """Committed rows survive a kill of the postmaster and its children."""
    with embedded_server(base) as address, connected(address) as database:
        database.execute("create table kept as select 42 as n")
        postmaster = psutil.Process(servers(base)[0])
        processes_of_server = [postmaster, *postmaster.children()]
        for process in processes_of_server:
            process.kill()
        psutil.wait_procs(processes_of_server)
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select n from kept").fetchone() == (42,)
    assert servers(base) == []


@pytest.mark.parametrize(
    "lines",
    [0, 1, 3, 5, 7, "starting", "stopping"],
    ids=lambda lines: f"lines_{lines}" if isinstance(lines, int) else lines,
)
def test_a_server_that_was_killed_while_it_started_or_stopped_starts_again(base: Path, lines: int | str) -> None:
    """It leaves a postmaster.pid without its last lines, the lock of its socket, and a list of users cut short."""
    with embedded_server(base) as address:
        pidfile = (base / "postgres" / "postmaster.pid").read_text().splitlines()
        socket_lock = (Path(address.host) / ".s.PGSQL.5432.lock").read_text()
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left = [str(killed.pid), *pidfile[1:]]
    left = left[:lines] if isinstance(lines, int) else [*left[:-1], lines]
    (base / "postgres" / "postmaster.pid").write_text("".join(f"{line}\n" for line in left))
    (base / "postgres" / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n" + socket_lock.partition("\n")[2])
    (base / "postgres" / ".s.PGSQL.5432").touch()
    (base / "postgres" / ".handle_pids.json").write_text("[12")
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
    assert servers(base) == []


@pytest.mark.parametrize("seed", range(2))
def test_a_kill_at_any_moment_does_not_prevent_the_next_start(base: Path, seed: int) -> None:
    """While files are created and while the server starts, runs or stops; the process alone, or with its children."""
    random = Random(seed)
    for _ in range(5):
        user = psutil.Process(use(base, wait=False).pid)
        time.sleep(random.choice([0.3, 2]) + random.uniform(0, 2))
        children = user.children(recursive=True) + [psutil.Process(pid) for pid in servers(base)]
        for process in [user, *(children if random.random() < 0.5 else [])]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
    assert servers(base) == []


def test_files_that_were_not_created_completely_are_created_again(base: Path) -> None:
    """Initdb writes PG_VERSION first, so a kill would leave files that look complete."""
    data = base / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text(f"{embedded.utils.TARGET_POSTGRES_VERSION}\n")
    (data / "base").mkdir()
    (base / ".postgres.initializing").touch()
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
    assert not (base / ".postgres.initializing").exists()
