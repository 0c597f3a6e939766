"""The embedded PostgreSQL server under TAXI_HOME runs only while a process uses it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import pq

from job import config, embedded
from job.commands import init_db
from job.embedded import embedded_server, postgres_server
from job.errors import JobError
from job.store import session, store
from tests.embedded.conftest import ROOT, as_root, connected, leave, server_host, servers, use


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


def test_settings_for_other_servers_neither_fail_nor_redirect_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ignores libpq's variables that do not select a server, those of PostgreSQL's programs, and any locale."""
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
            session_facts = run.database.execute("select current_user, current_database(), current_setting('timezone')")
            assert session_facts.fetchall() == [("taxi_writer", "taxi", "UTC")]
            assert "of-another-server" not in {
                value for name, value in session.variables(run.database).items() if name.startswith("PG")
            }
    assert os.environ["PGSSLMODE"] == "of-another-server"


def test_the_lock_of_another_user_does_not_block(base: Path) -> None:
    """The wheel has one lock for the whole machine, so we use one in TAXI_HOME instead."""
    with postgres_server.PostgresServer._lock, embedded_server(base / "home"):
        pass
    assert (base / "home" / ".postgres.lock").exists()


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


def test_an_old_line_of_the_log_is_not_the_reason(base: Path) -> None:
    """If the server could not even write to its log, the error has what pg_ctl printed."""
    with embedded_server(base):
        pass
    log = base / "postgres" / "log"
    log.chmod(0)
    with pytest.raises(JobError, match="did not start: .*Permission denied"), embedded_server(base):
        pass
    log.chmod(0o600)
    with embedded_server(base):
        pass


def test_the_log_does_not_grow_for_ever(base: Path) -> None:
    """A long log is put aside before the server starts, in place of the one before."""
    with embedded_server(base):
        pass
    log = base / "postgres" / "log"
    with log.open("a") as file:
        file.write("x" * embedded.MAX_LOG_BYTES)
    with embedded_server(base):
        pass
    assert (base / "postgres" / "log.1").stat().st_size > embedded.MAX_LOG_BYTES
    assert 0 < log.stat().st_size < 10_000


def test_an_empty_home_is_reported_as_such(base: Path) -> None:
    """A mistyped TAXI_HOME is the likely cause, so the sentence names it and not a server's settings."""
    code, (sentence,) = status(base)
    assert code == 1
    assert sentence.startswith(f"error: TAXI_HOME {base} has no database with the role taxi_writer yet: set TAXI_HOME")


@as_root
def test_the_data_of_another_user_are_left_alone(base: Path) -> None:
    """A command of root must not lock the user who runs the job out of the database."""
    with embedded_server(base):
        pass
    data = base / "postgres"
    owner = data.owner()
    for path in (data, data / "PG_VERSION"):
        shutil.chown(path, "nobody")
    code, (sentence,) = status(base)
    assert code == 2
    assert "belongs to the user nobody: run the job as that user" in sentence
    assert data.owner() == "nobody"
    for path in (data, data / "PG_VERSION"):
        shutil.chown(path, owner)
    with embedded_server(base):
        pass


@as_root
def test_a_copy_that_belongs_to_root_is_given_to_the_servers_user(base: Path) -> None:
    """The sentence has the command that does so, and does not tell root to be root."""
    home = base / "a folder with blanks"
    with embedded_server(home):
        pass
    subprocess.run(["chown", "-R", "root", home / "postgres"], check=True)
    code, (sentence,) = status(home)
    assert (code, "run the job as" in sentence) == (2, False)
    command = sentence.split("`")[1]
    subprocess.run(shlex.split(command), check=True)
    with embedded_server(home):
        pass


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
