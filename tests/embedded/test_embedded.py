"""The embedded PostgreSQL server under TAXI_HOME runs only while a process uses it."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import psutil
import psycopg
import pytest
from psycopg import pq

from job import config, embedded, processes, server_folders
from job.commands import init_db
from job.embedded import Address, embedded_server, postgres_server
from job.errors import JobError, UsageError
from job.store import session, store

ROOT = Path(__file__).parents[2]
USE_UNTIL_STDIN_CLOSES = """
import sys
from pathlib import Path
from job.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as address:
    print(address.host, flush=True)
    sys.stdin.read()
"""
LONG = "a-long-path/" * 12 + "home"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder that every user may enter, because root starts the server as another user."""
    folder = Path(tempfile.mkdtemp(prefix="taxi-embedded-", dir="/tmp"))
    folder.chmod(0o755)
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


def test_the_server_runs_for_the_block_and_keeps_its_data(base: Path) -> None:
    """No server process remains after the block, and the next one has the same rows."""
    with embedded_server(base / "home") as address:
        assert len(servers(base)) == 1
        with connected(address) as database:
            database.execute("create table kept as select 42 as n")
    assert servers(base) == []
    with embedded_server(base / "home") as address, connected(address) as database:
        assert database.execute("select n from kept").fetchone() == (42,)
    assert servers(base) == []


def test_an_error_in_the_block_stops_the_server(base: Path) -> None:
    """The error propagates."""
    with pytest.raises(JobError, match="^the reason$"), embedded_server(base / "home"):
        raise JobError("the reason")
    assert servers(base) == []


def test_the_last_of_two_processes_stops_the_server(base: Path) -> None:
    """The process that started it may end first."""
    first, second = use(base), use(base)
    (server,) = servers(base)
    leave(first)
    assert servers(base) == [server]
    leave(second)
    assert servers(base) == []


def test_concurrent_processes_start_one_server(base: Path) -> None:
    """One process creates and starts the server, and all use it."""
    users = [use(base, wait=False) for _ in range(3)]
    hosts = {server_host(user) for user in users}
    assert len(hosts) == len(servers(base)) == 1
    for user in users:
        leave(user)
    assert servers(base) == []


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
        children = [psutil.Process(servers(base)[0]), *psutil.Process(servers(base)[0]).children()]
        for process in children:
            process.kill()
        psutil.wait_procs(children)
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select n from kept").fetchone() == (42,)
    assert servers(base) == []


def test_settings_for_other_servers_neither_fail_nor_redirect_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of libpq's variables that do not select a server, those of PostgreSQL's programs, and any locale."""
    variables = {option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar}
    others = {"PGDATA", "PGSERVICEFILE", "PGSYSCONFDIR", "PGDATESTYLE", "PGTZ", "PGGEQO", "PGCTLTIMEOUT", "PGLOCALEDIR"}
    for name in variables - set(config.SERVER_VARIABLES) | others | {"LANG", "LC_ALL", "LC_MESSAGES"}:
        monkeypatch.setenv(name, "of-another-server")
    for name in config.SERVER_VARIABLES:
        monkeypatch.setenv(name, "")
    settings = config.parse(os.environ | {"TAXI_HOME": str(base), "CONNECT_WAIT": "0"})
    with store.opened(settings, "postgres") as opened:
        init_db.execute(opened)
        with opened.logged_in_as("writer").run("score") as run:
            found = run.database.execute("select current_user, current_database(), current_setting('timezone')")
            assert found.fetchall() == [("taxi_writer", "taxi", "UTC")]
            assert "of-another-server" not in {
                value for name, value in session.variables(run.database).items() if name.startswith("PG")
            }
    assert os.environ["PGSSLMODE"] == "of-another-server"


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


@as_root
def test_a_full_disk_is_one_sentence_and_leaves_nothing_that_blocks(base: Path) -> None:
    """Files cannot be created; with more room, they are."""
    home = base / "home"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(home)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(JobError, match=r"did not start: .*No space left on device"), embedded_server(home):
            pass
        subprocess.run(["mount", "-o", "remount,size=200m", str(home)], check=True)
        with embedded_server(home) as address, connected(address) as database:
            assert database.execute("select 1").fetchone() == (1,)
    finally:
        subprocess.run(["umount", str(home)], check=True)


def test_the_lock_of_another_user_does_not_block(base: Path) -> None:
    """The wheel has one lock for the whole machine, so we use one in TAXI_HOME instead."""
    with postgres_server.PostgresServer._lock, embedded_server(base / "home"):
        pass
    assert (base / "home" / ".postgres.lock").exists()


@pytest.mark.parametrize(
    "path", ["with a space/and 'quotes'; & (more)", LONG, "ümläut/家"], ids=["spaces", "long", "letters"]
)
def test_any_path_may_be_taxi_home(base: Path, path: str) -> None:
    """If the path cannot hold a socket, the socket gets a private temporary folder that is removed afterwards."""
    home = base / path
    with embedded_server(home) as address, connected(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
        folder = Path(address.host)
        assert folder != home / "postgres"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert servers(base) == []
    assert not folder.exists()
    with embedded_server(home) as again:
        assert again == address


def test_the_socket_of_a_short_home_is_in_the_data_folder(base: Path) -> None:
    """Only the server's user may enter that folder."""
    with embedded_server(base) as address:
        assert address.host == str(base / "postgres")
        assert stat.S_IMODE((base / "postgres").stat().st_mode) == 0o700


@pytest.mark.parametrize("place", ["file", "file/home", "/proc/taxi"])
def test_a_home_that_cannot_be_created_is_a_usage_error(base: Path, place: str) -> None:
    """The error names the path and TAXI_HOME, and a file in its place is not touched."""
    (base / "file").write_text("mine")
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .*{place} cannot be written: .*Set TAXI_HOME"),
        embedded_server(base / place),
    ):
        pass
    assert (base / "file").read_text() == "mine"


@pytest.mark.parametrize("letter", list('"$`\\'))
def test_a_home_with_shell_characters_is_a_usage_error(base: Path, letter: str) -> None:
    """The wheel quotes the path for a shell, so it is refused before anything is created."""
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .* cannot be used: .*{re.escape(repr(letter))}"),
        embedded_server(base / f"a{letter}b"),
    ):
        pass
    assert list(base.iterdir()) == []


def status(home: Path) -> tuple[int, list[str]]:
    """The exit code of `status` under this TAXI_HOME, and what it prints besides the log."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(
        [sys.executable, "-m", "job", "status"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=environment | {"TAXI_HOME": str(home), "LOG_FORMAT": "json"},
    )  # fmt: skip
    assert done.stdout == ""
    return done.returncode, [line for line in done.stderr.splitlines() if not line.startswith("{")]


def test_a_command_prints_the_error_in_one_line(base: Path) -> None:
    """An unusable TAXI_HOME is reported in one sentence, with exit code 2."""
    (base / "file").write_text("mine")
    code, (sentence,) = status(base / "file")
    assert code == 2
    assert sentence.startswith(f"error: TAXI_HOME {base / 'file'} cannot be written")


def test_a_server_that_does_not_start_is_reported_in_one_sentence(base: Path) -> None:
    """The error has the server's last log line, and the server starts after the cause is fixed."""
    with embedded_server(base):
        pass
    settings = base / "postgres" / "postgresql.conf"
    before = settings.read_text()
    settings.write_text(before + "\nmax_connections = many\n")
    with (
        pytest.raises(JobError, match="did not start: .*contains errors. See .*postgres/log; or set PGHOST"),
        embedded_server(base),
    ):
        pass
    code, (sentence,) = status(base)
    assert (code, sentence.startswith("error: the embedded PostgreSQL")) == (1, True)
    settings.write_text(before)
    with embedded_server(base):
        pass
    assert servers(base) == []


def test_data_of_another_version_is_refused(base: Path) -> None:
    """The error names both versions, and the data stay usable by the old one."""
    leave(use(base, PGSERVER_POSTGRES_VERSION="16"))
    with pytest.raises(JobError, match="made by PostgreSQL 16, this is 18"), embedded_server(base):
        pass
    leave(use(base, PGSERVER_POSTGRES_VERSION="16"))


@as_root
def test_a_private_folder_stays_private(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root, the data are linked to a folder that the server's user may enter; they persist and may be deleted."""
    monkeypatch.setattr(server_folders, "SHARED", base / "shared")
    private = base / "private"
    private.mkdir(mode=0o700)
    home = private / "home"
    for n in (1, 2):
        with embedded_server(home) as address, connected(address) as database:
            database.execute("create table if not exists kept (n integer)")
            database.execute("insert into kept values (1)")
            assert database.execute("select count(*) from kept").fetchone() == (n,)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert (home / "postgres").resolve().parent == base / "shared"
    shutil.rmtree((home / "postgres").resolve())
    with embedded_server(home) as address, connected(address) as database:
        assert database.execute("select to_regclass('kept')").fetchone() == (None,)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert servers(base) == []


@as_root
def test_a_server_program_below_a_private_folder_is_copied(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is copied only once, and the private folder keeps its permissions."""
    monkeypatch.setattr(server_folders, "SHARED", base / "shared")
    private = base / "private"
    private.mkdir(mode=0o700)
    version, versions = embedded.utils.TARGET_POSTGRES_VERSION, embedded.utils.POSTGRES_VERSIONS
    wheel = versions[version].parents[1]
    for part in (f"{wheel.name}/{versions[version].parent.name}", f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / part, private / part, symlinks=True)
    before, only = dict(versions), {version: private / versions[version].relative_to(wheel.parent)}
    try:
        for _ in range(2):
            versions.clear()
            versions.update(only)
            with embedded_server(base / "home"):
                (server,) = servers(base)
                assert Path(psutil.Process(server).exe()).is_relative_to(base / "shared")
    finally:
        versions.clear()
        versions.update(before)
    assert len(list((base / "shared").iterdir())) == 1
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
