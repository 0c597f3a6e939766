"""The embedded server under a TAXI_HOME: it runs while somebody needs it, and never longer."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from job import embedded
from job.embedded import Address, embedded_server, postgres_server
from job.errors import JobError, UsageError

ROOT = Path(__file__).parents[2]
USE_UNTIL_TOLD = """
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
    """A folder that every user may enter, as root's tests need it."""
    folder = Path(tempfile.mkdtemp(prefix="taxi-embedded-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for pid in servers(folder):
        psutil.Process(pid).kill()
    shutil.rmtree(folder)


def servers(folder: Path) -> list[int]:
    """The PostgreSQL servers whose data is below the folder."""
    found = []
    for process in psutil.process_iter():
        try:
            arguments = process.cmdline()
        except psutil.Error:
            continue
        if "-D" in arguments and any(argument.startswith(f"{folder}/") for argument in arguments):
            found.append(process.pid)
    return found


def use(home: Path, wait: bool = True, **environ: str) -> "subprocess.Popen[str]":
    """Another process that uses the server until its input ends; here when the server is there, if to be waited for."""
    user = subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_TOLD, str(home)], env=os.environ | {"PYTHONPATH": str(ROOT)} | environ,
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    if wait and not told(user):
        pytest.fail(user.communicate()[1])
    return user


def told(user: "subprocess.Popen[str]") -> str:
    """Wait for where it found the server."""
    assert user.stdout
    return user.stdout.readline()


def leave(user: "subprocess.Popen[str]") -> None:
    """Let it end by itself, without a word."""
    _, said = user.communicate(timeout=60)
    assert (user.returncode, said) == (0, "")


@contextmanager
def connected(address: Address) -> Iterator[psycopg.Connection]:
    """The administrator's connection."""
    with psycopg.connect(host=address.host, port=address.port, user="postgres", autocommit=True) as connection:
        yield connection


def test_it_runs_for_the_block_and_keeps_its_data(base: Path) -> None:
    """Before, between and after there is no process; the second time the first one's rows are there."""
    with embedded_server(base / "home") as address:
        assert len(servers(base)) == 1
        with connected(address) as database:
            database.execute("create table kept as select 42 as n")
    assert servers(base) == []
    with embedded_server(base / "home") as address, connected(address) as database:
        assert database.execute("select n from kept").fetchone() == (42,)
    assert servers(base) == []


def test_an_error_in_the_block_stops_it_too(base: Path) -> None:
    """The error goes on to who waits for it."""
    with pytest.raises(JobError, match="^the reason$"), embedded_server(base / "home"):
        raise JobError("the reason")
    assert servers(base) == []


def test_two_processes_share_it_and_the_last_one_stops_it(base: Path) -> None:
    """Whoever comes first may leave first."""
    first, second = use(base), use(base)
    (server,) = servers(base)
    leave(first)
    assert servers(base) == [server]
    leave(second)
    assert servers(base) == []


def test_two_processes_that_start_at_once_start_it_once(base: Path) -> None:
    """Both find nothing, one of them makes and starts it, both use it."""
    users = [use(base, wait=False) for _ in range(3)]
    hosts = {told(user) for user in users}
    assert len(hosts) == len(servers(base)) == 1
    for user in users:
        leave(user)
    assert servers(base) == []


def test_after_a_kill_the_next_uses_it_and_stops_it(base: Path) -> None:
    """SIGKILL leaves the server behind; it is found, used, and gone at the next end."""
    killed = use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (left,) = servers(base)
    with embedded_server(base) as address, connected(address):
        assert servers(base) == [left]
    assert servers(base) == []


def test_a_kill_beside_a_user_leaves_the_server_to_it(base: Path) -> None:
    """Who comes and goes after the kill does not stop it under somebody's feet."""
    killed, other = use(base), use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (server,) = servers(base)
    with embedded_server(base):
        pass
    assert servers(base) == [server]
    leave(other)
    assert servers(base) == []


def test_a_dead_users_number_that_another_process_has_is_no_user(base: Path) -> None:
    """Numbers are used again: whoever began after the list was written is not on it."""
    killed = use(base)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    users = base / "postgres" / ".handle_pids.json"
    users.write_text(f"[{os.getppid()}, {killed.pid}]")
    os.utime(users, (1, 1))
    with embedded_server(base):
        pass
    assert servers(base) == []


def test_a_crashed_server_whose_number_another_process_has_is_started_again(base: Path) -> None:
    """As after a power cut: the file that names the server's process names a stranger's, which is left alone."""
    with embedded_server(base) as address, connected(address) as database:
        database.execute("create table kept as select 42 as n")
        noted = (base / "postgres" / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        (base / "postgres" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *noted[1:], ""]))
        with embedded_server(base) as address, connected(address) as database:
            assert database.execute("select n from kept").fetchone() == (42,)
        assert stranger.poll() is None
        stranger.communicate(b"\n")
    assert servers(base) == []


def test_a_server_that_was_killed_recovers(base: Path) -> None:
    """Not only its user: the postmaster itself, with committed rows."""
    with embedded_server(base) as address, connected(address) as database:
        database.execute("create table kept as select 42 as n")
        children = [psutil.Process(servers(base)[0]), *psutil.Process(servers(base)[0]).children()]
        for process in children:
            process.kill()
        psutil.wait_procs(children)
    with embedded_server(base) as address, connected(address) as database:
        assert database.execute("select n from kept").fetchone() == (42,)
    assert servers(base) == []


def test_another_users_server_is_not_waited_for(base: Path) -> None:
    """The wheel's lock is the whole machine's, made by its first user and closed to others: ours is TAXI_HOME's."""
    with postgres_server.PostgresServer._lock, embedded_server(base / "home"):
        pass
    assert (base / "home" / ".postgres.lock").exists()


@pytest.mark.parametrize(
    "path", ["with a space/and 'quotes'; & (more)", LONG, "ümläut/家"], ids=["spaces", "long", "letters"]
)
def test_any_path_will_do(base: Path, path: str) -> None:
    """Where the path is none for a socket, that is in a private folder of its own, and goes when the server goes."""
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


def test_the_socket_is_below_a_plain_home(base: Path) -> None:
    """In the data's own folder, which is the server's alone."""
    with embedded_server(base) as address:
        assert address.host == str(base / "postgres")
        assert stat.S_IMODE((base / "postgres").stat().st_mode) == 0o700


@pytest.mark.parametrize("place", ["file", "file/home", "/proc/taxi"])
def test_a_home_that_cannot_be_made_is_wrong_usage(base: Path, place: str) -> None:
    """A file stands there, or above it, or the file system takes none: the sentence names it and the setting."""
    (base / "file").write_text("mine")
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .*{place} cannot be written: .*Set TAXI_HOME"),
        embedded_server(base / place),
    ):
        pass
    assert (base / "file").read_text() == "mine"


@pytest.mark.parametrize("letter", list('"$`\\'))
def test_a_home_that_a_shell_would_read_otherwise_is_wrong_usage(base: Path, letter: str) -> None:
    """The wheel's pg_ctl puts it between double quotes: nothing is made, nothing is run."""
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .* cannot be used: .*{re.escape(repr(letter))}"),
        embedded_server(base / f"a{letter}b"),
    ):
        pass
    assert list(base.iterdir()) == []


def status(home: Path) -> tuple[int, list[str]]:
    """A command's exit code under that TAXI_HOME, and what it says beside the log."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    told = subprocess.run(
        [sys.executable, "-m", "job", "status"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=environment | {"TAXI_HOME": str(home), "LOG_FORMAT": "json"},
    )  # fmt: skip
    assert told.stdout == ""
    return told.returncode, [line for line in told.stderr.splitlines() if not line.startswith("{")]


def test_a_command_says_it_in_one_line(base: Path) -> None:
    """Exit code 2, and nothing beside the sentence on a terminal."""
    (base / "file").write_text("mine")
    code, (sentence,) = status(base / "file")
    assert code == 2
    assert sentence.startswith(f"error: TAXI_HOME {base / 'file'} cannot be written")


def test_a_server_that_does_not_start_is_one_sentence(base: Path) -> None:
    """With its own last words; and it starts when that is mended."""
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


def test_data_of_another_version_is_left_alone(base: Path) -> None:
    """One sentence names both versions."""
    leave(use(base, PGSERVER_POSTGRES_VERSION="16"))
    with pytest.raises(JobError, match="made by PostgreSQL 16, this is 18"), embedded_server(base):
        pass
    leave(use(base, PGSERVER_POSTGRES_VERSION="16"))


@as_root
def test_a_private_folder_stays_private(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's data goes where the server's user may go, by a link; it survives, and may be thrown away."""
    monkeypatch.setattr(embedded, "SHARED", base / "shared")
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
def test_a_program_below_a_private_folder_is_copied_out_of_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once; the private folder stays private."""
    monkeypatch.setattr(embedded, "SHARED", base / "shared")
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
