"""What goes wrong in practice, tried at random by `make test-faults SEED=1 ROUNDS=20`."""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg
import pytest

from tests.faults import processes
from tests.faults.ledger import Contents, Tally, contents
from tests.faults.processes import Done, Fault, Started, small_batches
from tests.forks import start_server
from tests.models import register_constant, settings
from tests.servers import Server

SEED, ROUNDS = (int(os.environ.get(name, "0")) for name in ("FAULTS_SEED", "FAULTS_ROUNDS"))
HEADER = "| attack | times tried | lost | doubled | half done |\n| --- | --- | --- | --- | --- |"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of this folder to `make test-faults`, apart from those with the marker `quick`."""
    for item in items:  # of all folders
        if Path(__file__).parent in item.path.parents and not item.get_closest_marker("quick"):
            item.add_marker("faults")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rows for the table of docs/reliability.md after a run with rounds."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.getreports(name)]
    rows = sorted({str(value) for report in reports for name, value in report.user_properties if name == "attack"})
    if ROUNDS and rows:
        terminalreporter.write_line("\n".join(["", f"seed {SEED}, {ROUNDS} rounds", HEADER, *rows]))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Fail a test whose tally has a fault, and report the tally's row."""
    try:
        return (yield)
    finally:
        if isinstance(counted := pyfuncitem.funcargs.get("tally"), Tally):
            name = " ".join(pyfuncitem.name.removeprefix("test_").replace("[", " [").replace("_", " ").split())
            row = f"| {name} | {counted.tried} | {counted.lost} | {counted.doubled} | {counted.half_done} |"
            pyfuncitem.user_properties.append(("attack", row))
            counted.require_nothing()


@pytest.fixture
def tally() -> Tally:
    """The test's counts, which fail it if an attempt went wrong."""
    return Tally()


@pytest.fixture
def random(request: pytest.FixtureRequest) -> Random:
    """Random numbers that depend on the seed and the test only."""
    return Random(SEED * 1_000_003 + zlib.crc32(request.node.name.encode()))


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often an attack is tried: once, or FAULTS_ROUNDS times the factor of the test's marker `rounds`."""
    marker = request.node.get_closest_marker("rounds")
    return max(1, round((ROUNDS or 1) * (marker.args[0] if marker else 1)))


@pytest.fixture(scope="session")
def forks() -> None:
    """Start the process from which commands are forked."""
    start_server()


@dataclass
class Jobs:
    """Starts commands on a database of the test's own, one after the other or at once."""

    server: Server
    folder: Path
    home: Path
    name: str = "test_faults"
    prepare: Callable[[], None] | None = small_batches
    environ: dict[str, str] = field(default_factory=dict)
    started: int = 0

    def start(self, *arguments: object, fault: Fault | None = None, **environ: str) -> Started:
        self.started += 1
        settings = {
            "PGHOST": self.server.host, "PGPORT": self.server.port, "PGDATABASE": self.name, "PGUSER": "taxi_writer",
            "TAXI_HOME": str(self.home), "MLFLOW_TRACKING_URI": "", "CATCH_UP_HOURS": "1", "FIRST_RUN_DAYS": "1",
            "CONNECT_WAIT": "10", "LOCK_WAIT": "20", "LOG_FORMAT": "json",
        }  # fmt: skip
        return processes.start(
            [str(argument) for argument in arguments], self.folder / f"{self.started}.log",
            os.environ | settings | self.environ | environ, fault, self.prepare,
        )  # fmt: skip

    def __call__(self, *arguments: object, fault: Fault | None = None, **environ: str) -> Done:
        return self.start(*arguments, fault=fault, **environ).wait()

    def good(self, *arguments: object, **environ: str) -> Done:
        """Run a command that must succeed."""
        done = self(*arguments, **environ)
        assert done.code == 0, done.printed
        return done

    def create(self, template: str = "template_taxi") -> None:
        """Create the database, in place of an older one, whose sessions are ended."""
        self.drop()
        with self.server.connect() as admin:
            admin.execute(f"create database {self.name} template {template}")

    def stop_clock(self) -> None:
        """Set the start of every run to the job's clock, which stands still: the windows owed depend on both."""
        with self.connected() as connection:
            connection.execute("update raw.runs set started_at = %s", [processes.NOW])

    def drop(self) -> None:
        with self.server.connect() as admin:
            admin.execute(f"drop database if exists {self.name} with (force)")

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        with self.server.connect(self.name) as connection:
            yield connection


@pytest.fixture(scope="session")
def home_with_challenger(trained_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A TAXI_HOME whose registry has a second version, the challenger."""
    import mlflow

    home = tmp_path_factory.mktemp("challenger")
    shutil.copy(trained_home / "mlflow.db", home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAXI_HOME", str(home))
        patch.setenv("MLFLOW_TRACKING_URI", "")
        client = mlflow.MlflowClient(settings().tracking_uri)
        client.set_registered_model_alias("chicago-taxi-duration", "challenger", register_constant(client, 12.0))
    return home


@pytest.fixture
def jobs(server: Server, forks: None, home_with_challenger: Path, tmp_path: Path) -> Iterator[Jobs]:
    """Commands with a registry of their own, which has a champion and a challenger."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(home_with_challenger / "mlflow.db", home)
    made = Jobs(server, tmp_path, home)
    made.create()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 simulated records in the order of their start times, some with zero miles, and then some of them again.

    In another order, what an interrupted run has written widens or narrows the bands of the rides that are left.
    """
    import pandas as pd

    from job.__main__ import main

    folder = tmp_path_factory.mktemp("records")
    assert main(["simulate", "--rides", "600", "--start", "2026-02-02", "--seed", "7",
                 "--output", str(folder / "all.csv")]) == 0  # fmt: skip
    table = pd.read_csv(folder / "all.csv", dtype=str).sort_values("trip_start_timestamp", ignore_index=True)
    table.loc[::9, "trip_miles"] = "0"
    pd.concat([table, table[::40]]).to_csv(folder / "records.csv", index=False)
    return folder / "records.csv"


@pytest.fixture
def expected(jobs: Jobs, records: Path) -> Contents:
    """What the database holds after the records were scored undisturbed; it is empty again afterwards."""
    jobs.good("score", "--trips", records)
    with jobs.connected() as connection:
        undisturbed = contents(connection)
    jobs.create()
    return undisturbed


@pytest.fixture(scope="session")
def filled(server: Server, forks: None, home_with_challenger: Path, records: Path,
           tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # fmt: skip
    """The name of a database with rides of both sources, due outcomes, and rejected records, some of them valid."""
    jobs = Jobs(server, tmp_path_factory.mktemp("filled"), home_with_challenger, "template_filled")
    jobs.create()
    jobs.good("score", "--window", "2026-03-02T10:00Z..2026-03-02T16:00Z")
    jobs.good("score", "--trips", records)
    with jobs.connected() as connection:
        connection.execute(REJECTED_BY_MISTAKE)
    yield jobs.name
    jobs.drop()


REJECTED_BY_MISTAKE = b"""
with removed as (
    delete from raw.ride_predictions where source = 'city' and mod(('x' || left(trip_id::text, 4))::bit(16)::int, 5) = 0
    returning *
),
without_outcomes as (delete from raw.ride_outcomes using removed where ride_outcomes.trip_id = removed.trip_id)
insert into raw.rejected_records (run_id, position, source_trip_id, reason, payload, digest)
select
    run_id, row_number() over (order by trip_start_timestamp), source_trip_id, 'bad_area',
    jsonb_build_object(
        'trip_id', source_trip_id, 'trip_miles', trip_miles::text, 'fare', fare::text, 'trip_seconds', '600',
        'pickup_community_area', pickup_community_area::text, 'dropoff_community_area', dropoff_community_area::text,
        'trip_start_timestamp',
        to_char(trip_start_timestamp at time zone 'America/Chicago', 'YYYY-MM-DD"T"HH24:MI:SS')
    ),
    md5(source_trip_id)
from removed
order by trip_start_timestamp
"""
