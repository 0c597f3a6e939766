"""PgBouncer between the job and PostgreSQL, where it is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from job import config
from job.store.connection import LockLost
from job.store.session import connect
from job.store.store import Store
from tests.conftest import on_newest
from tests.postgres.conftest import until, value
from tests.servers import Server

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [on_newest, pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed")]
SETTINGS = """
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = {mode}
max_client_conn = 20
default_pool_size = 5
"""
ADVISORY_LOCKS = "select count(*) from pg_locks where locktype = 'advisory'"


@pytest.fixture
def through(
    server: Server, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Store]]:
    """Put PgBouncer in this mode before the test's database, and give the job's store."""
    with ExitStack() as running:

        def start(mode: str) -> Store:
            folder = running.enter_context(pgbouncer(server, mode))
            monkeypatch.setenv("PGHOST", str(folder))
            monkeypatch.setenv("PGPORT", "6432")
            return Store(config.parse(os.environ), {})

        yield start


@contextmanager
def pgbouncer(server: Server, mode: str) -> Iterator[Path]:
    """PgBouncer, which does not run as root, for the block; gives the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="taxi-test-", dir="/tmp"))
    settings = folder / "pgbouncer.ini"
    settings.write_text(SETTINGS.format(host=server.host, port=server.port, folder=folder, mode=mode))
    (folder / "users").write_text('"taxi_writer" ""\n')
    user = "pgserver" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    assert PGBOUNCER
    with subprocess.Popen([PGBOUNCER, "-q", str(settings)], user=user, stderr=subprocess.DEVNULL) as running:
        yield folder
        running.terminate()
    shutil.rmtree(folder)


def test_a_pooler_in_transaction_mode_is_refused(through: Callable[[str], Store], database: psycopg.Connection) -> None:
    """Nothing is written, and no session keeps a lock."""
    store = through("transaction")
    for _ in range(2):
        with pytest.raises(LockLost, match="pooler in transaction mode"), store.run("score"):
            pass
    assert value(database, "select count(*) from raw.runs") == 0
    assert value(database, ADVISORY_LOCKS) == 0


def test_a_pooler_in_session_mode_works(through: Callable[[str], Store], database: psycopg.Connection) -> None:
    """It works although it refuses settings in the first message of a connection."""
    store = through("session")
    with store.run("score") as run:
        assert value(run.database, "show timezone") == "UTC"
        assert run.database.info.backend_pid != value(run.database, "select pg_backend_pid()")
    assert value(database, "select status from raw.runs") == "succeeded"
    until(database, f"select ({ADVISORY_LOCKS}) = 0")


def test_a_session_that_moves_during_a_run_ends_it(
    through: Callable[[str], Store], database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the mode was not noticed at the start, the first transaction in another session writes nothing."""
    monkeypatch.setattr("job.store.session.is_shared", lambda _: False)
    store = through("transaction")

    def write_in_another_session() -> None:
        with store.run("score") as run, connect({}) as other, other.transaction():
            other.execute("select 1")  # in the session that took the lock
            with run.batch():
                pytest.fail("it wrote without the lock")

    with pytest.raises(LockLost):
        write_in_another_session()
    assert value(database, "select status from raw.runs") == "failed"
