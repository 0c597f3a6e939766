"""Connections to PostgreSQL that are cut, silent or slow, servers that crash, restart, or only read."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil
import psycopg
import pytest

from job import config
from job.commands import init_db
from job.embedded import utils
from job.store import store
from tests.faults.conftest import Jobs
from tests.faults.ledger import Contents, Tally, contents, running
from tests.faults.processes import Started, small_batches
from tests.faults.proxy import Trouble, proxy
from tests.servers import Server, server_folder

OURS = "select pid from pg_stat_activity where datname = %s and application_name = 'chicago-taxi-scoring'"


def impatient() -> None:
    """Ask after two seconds, not after twenty, whether a silent server is at work."""
    from job.store import session

    small_batches()
    session.Connection.patience = 2


def completes(jobs: Jobs, tally: Tally, expected: Contents, records: Path, attempt: object) -> None:
    """Check that nothing is half done, and that the next run completes the work."""
    with jobs.connected() as connection:
        tally.look_for_halves(connection, attempt)
        again = jobs("score", "--trips", records)
        tally.require(again.code == 0, f"{attempt}, again: {again.code} {again.error}")
        tally.look_for_halves(connection, attempt)
        tally.compare(expected, contents(connection), attempt)
        tally.require(not running(connection), f"{attempt}: a run is still running")


def test_cut_of_the_connection(
    jobs: Jobs, server: Server, records: Path, expected: Contents, tally: Tally, random: Random, rounds: int
) -> None:
    """At any byte in either direction: the run completes, or fails with one sentence and the next one completes it."""
    with proxy(server, Trouble("pass")) as undisturbed:
        jobs.good("score", "--trips", records, **undisturbed.environ)
        most = undisturbed.sent
    for _ in range(rounds):
        jobs.create()
        trouble = Trouble.drawn(random, most)
        with proxy(server, trouble) as disturbed:
            done = jobs("score", "--trips", records, CONNECT_WAIT="1", **disturbed.environ)
        tally.tried += 1
        tally.require(done.code in (0, 1) and not done.has_crashed, f"{trouble}: {done.code} {done.error}")
        completes(jobs, tally, expected, records, trouble)


@pytest.mark.rounds(0.2)
def test_silence_of_the_connection(
    jobs: Jobs, server: Server, records: Path, expected: Contents, tally: Tally, random: Random, rounds: int
) -> None:
    """Nothing passes any more and nothing is closed: the run ends within a minute, and the lock is free."""
    jobs.prepare = impatient
    for _ in range(rounds):
        jobs.create()
        trouble = Trouble("silent", random.randint(3_000, 60_000), affected=1)
        with proxy(server, trouble) as disturbed:
            done = jobs("score", "--trips", records, CONNECT_WAIT="1", **disturbed.environ)
            tally.tried += 1
            tally.require(done.code in (0, 1) and done.seconds < 60, f"{trouble}: {done.code} {done.seconds}")
            completes(jobs, tally, expected, records, trouble)


@pytest.mark.rounds(0.1)
@pytest.mark.parametrize("how", ["delay", "drip"])
def test_slow_connection(
    jobs: Jobs, server: Server, records: Path, expected: Contents, tally: Tally, random: Random, rounds: int, how: str
) -> None:
    """Everything arrives, late or in pieces: the run succeeds within two minutes."""
    for _ in range(rounds):
        jobs.create()
        trouble = Trouble(how, seconds=random.uniform(0.001, 0.03))
        with proxy(server, trouble) as slow:
            done = jobs("score", "--trips", records, **slow.environ)
        tally.tried += 1
        tally.require(done.code == 0 and done.seconds < 120, f"{trouble}: {done.code} {done.seconds} {done.error}")
        completes(jobs, tally, expected, records, trouble)


def in_mid_run(jobs: Jobs, records: Path, random: Random) -> tuple[Started, list[int]]:
    """Start a run; return it and the pids of its sessions, a random moment after it has connected."""
    started = jobs.start("score", "--trips", records)
    with jobs.server.connect() as admin:
        sessions: list[int] = []
        while not sessions and started.process.exitcode is None:
            sessions = [pid for (pid,) in admin.execute(OURS, [jobs.name])]
    time.sleep(random.uniform(0, 0.8))
    return started, sessions


def until_it_answers(server: Server) -> None:
    """Wait for the server to accept connections."""
    for _ in range(600):
        try:
            server.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start again")


@pytest.mark.rounds(0.5)
def test_crash_of_the_server(
    jobs: Jobs, server: Server, records: Path, expected: Contents, tally: Tally, random: Random, rounds: int
) -> None:
    """One of its processes is killed in mid-run, so that it ends all sessions and recovers."""
    for _ in range(rounds):
        jobs.create()
        started, sessions = in_mid_run(jobs, records, random)
        for pid in sessions:
            if psutil.pid_exists(pid):
                psutil.Process(pid).kill()
        done = started.wait()
        tally.tried += 1
        tally.require(done.code in (0, 1) and not done.has_crashed, f"crash: {done.code} {done.error}")
        until_it_answers(server)
        completes(jobs, tally, expected, records, "crash")


@pytest.mark.rounds(0.5)
def test_restart_of_the_server(
    jobs: Jobs, server: Server, records: Path, expected: Contents, tally: Tally, random: Random, rounds: int
) -> None:
    """An administrator restarts it in mid-run."""
    for _ in range(rounds):
        jobs.create()
        started, _ = in_mid_run(jobs, records, random)
        restart(Path(server.host), random.choice(["fast", "immediate"]))
        done = started.wait()
        tally.tried += 1
        tally.require(done.code in (0, 1) and not done.has_crashed, f"restart: {done.code} {done.error}")
        completes(jobs, tally, expected, records, "restart")


def restart(data: Path, mode: str) -> None:
    """Restart the server whose socket is in its data folder."""
    pg_ctl("restart", "-w", "-m", mode, "-D", str(data), "-l", str(data / "log"))


def pg_ctl(*arguments: str) -> None:
    """Run PostgreSQL's own program, as the user that the wheel made if we are root."""
    program = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION] / "pg_ctl"
    subprocess.run(
        [str(program), *arguments], check=True, user="pgserver" if os.geteuid() == 0 else None, cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def standby() -> Iterator[Server]:
    """A migrated server that recovers for ever, as a standby does, and so only reads."""
    home = server_folder()
    settings = {name: value for name, value in os.environ.items() if name not in config.SERVER_VARIABLES}
    with store.opened(config.parse(settings | {"TAXI_HOME": str(home)}), "postgres") as opened:
        init_db.execute(opened)
    data = home / "postgres"
    (data / "standby.signal").touch()
    pg_ctl("start", "-w", "-D", str(data), "-l", str(data / "log"), "-o", f'-h "" -p 5432 -k {data}')
    yield Server(str(data), "5432", 18)
    pg_ctl("stop", "-m", "immediate", "-D", str(data))
    shutil.rmtree(home)


@pytest.mark.parametrize("command", ["score", "observe", "replay", "init-db", "dbt run", "promote 2", "tick"])
def test_read_only_standby(jobs: Jobs, standby: Server, tally: Tally, command: str) -> None:
    """A command that writes says so and ends with exit code 1, and no run is recorded."""
    address = {"PGHOST": standby.host, "PGPORT": standby.port, "PGDATABASE": "taxi"}
    user = {"PGUSER": "postgres"} if command == "init-db" else {}
    jobs.prepare = None
    done = jobs(*command.split(), **address, **user)
    tally.tried += 1
    tally.require(done.code == 1, f"{done.code}: {done.printed}")
    tally.require(not done.has_crashed and "read-only" in done.printed, done.printed)
    with standby.connect("taxi") as connection:
        tally.require(connection.execute("select count(*) from raw.runs").fetchone() == (0,), "a run")


def test_a_server_that_only_reads_by_default(jobs: Jobs, records: Path, expected: Contents, tally: Tally) -> None:
    """The job's sessions have settings of their own, so the run is complete."""
    with jobs.connected() as connection:
        connection.execute(f"alter database {jobs.name} set default_transaction_read_only = on")
    done = jobs("score", "--trips", records)
    tally.tried += 1
    tally.require(done.code == 0, done.printed)
    with jobs.connected() as connection:
        tally.compare(expected, contents(connection), "read-only by default")
