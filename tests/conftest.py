"""A real PostgreSQL and a fresh migrated database per test.

Tests in postgres/ and dbt/ run on the newest and the oldest version, all others on the newest.
The environment variable EVERY_POSTGRES adds the versions between.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import fasteners
import hypothesis
import psycopg
import pytest
import structlog
from xdist.scheduler import LoadFileScheduling

from job import config
from job.commands import init_db
from job.embedded import postgres_server, utils
from job.store.schema import migrate
from job.store.store import Store
from tests.forks import DBT, ROOT, Fork, start_server, without_interpreters
from tests.servers import DATABASE, Server, created, server_folder, temporary, use

DEBIAN = Path("/usr/lib/postgresql/15/bin")
REAL_DAY = Path(__file__).parents[2] / "shared" / "data" / "taxi_trips_2022-03-01.parquet"
OLD_YEARS = REAL_DAY.with_name("chicago_taxi_trips_2013_2016.csv")
MIGRATIONS = sorted(path.stem for path in migrate.MIGRATIONS.glob("*.sql"))
VERSIONS = (18, 16, 15) if os.environ.get("EVERY_POSTGRES") else (18, 15 if DEBIAN.exists() else 16)
SMALL_FOREST = 4  # trees, instead of 30: quicker to fit, to load and to predict with
# For slow tests in postgres/ and dbt/ that are not only about SQL.
on_newest = pytest.mark.parametrize("server", VERSIONS[:1], indirect=True, ids=["pg18"])
for _name in [name for name in os.environ if name.startswith(("DBT_", "MLFLOW_", "_MLFLOW_"))]:
    del os.environ[_name]  # of the shell that runs the tests
os.environ.setdefault("CODE_VERSION", "test")  # otherwise each reading of the settings starts git
os.environ.setdefault("PREDICT_THREADS", "1")  # small forests mostly wait for their threads
os.environ.update(config.MLFLOW_DEFAULTS)  # as config.load does, before anything imports MLflow
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(temporary()))  # pytest's own variable: the parent of all tmp_path
hypothesis.settings.register_profile("project", deadline=None)  # a slow machine is no failure
hypothesis.settings.load_profile("project")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # for workers and forks, which share the cores: threads would mostly wait


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Let one worker run all files that need the marts of tests/grafana, which take half a minute to make."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with dbt: a worker that runs it has work while another trains the model that the commands need.

    The longest of the last files comes next, so that no worker is left alone with it at the end.
    """
    items.sort(key=lambda item: (item.path.parent.name != "dbt", item.path.name != "test_venv.py"))


class ByFile(LoadFileScheduling):
    """A file is run by one worker, and so are these files together."""

    TOGETHER = ("tests/grafana/test_queries.py", "tests/grafana/test_report.py")

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return self.TOGETHER[0] if file in self.TOGETHER else file


@pytest.fixture(autouse=True)
def forget_stderr() -> Iterator[None]:
    """Forget the stderr that a command of this test logged to: it is closed, and later tests must not log to it."""
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def no_new_interpreters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look models up and try them out in this process and run dbt in a fork, except where a test is about processes."""
    if not request.node.get_closest_marker("child_processes"):
        without_interpreters(monkeypatch.setattr)


def for_all_workers(tmp_path_factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """A folder that the first worker of pytest-xdist fills; the others wait for it and use it too."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with fasteners.InterProcessLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            try:
                fill(folder)
            except BaseException:
                shutil.rmtree(folder)
                raise
    return folder


def on_versions(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a server on all VERSIONS unless it chooses one; for the conftest.py of a folder."""
    chosen = any(mark.args[0] == "server" for mark in metafunc.definition.iter_markers("parametrize"))
    if "server" in metafunc.fixturenames and not chosen:
        metafunc.parametrize("server", VERSIONS, indirect=True, ids=lambda version: f"pg{version}")


@contextmanager
def started(version: int) -> Iterator[Server]:
    """PostgreSQL of a major version with a migrated template database."""
    home = server_folder()
    handle = postgres_server.get_server(home / "postgres", postgres_version=version)
    info = handle.get_postmaster_info()
    running = Server(str(info.socket_dir), str(info.port), version)
    with running.connect() as admin:
        # Test data need not survive a crash, and compiling queries does not pay for so few rows.
        for setting in ("fsync", "full_page_writes", "jit"):
            admin.execute(f"alter system set {setting} = off")
        admin.execute("select pg_reload_conf()")
        admin.execute("create database template_taxi")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, running, "template_taxi", "postgres")
        init_db.execute(Store(config.parse(os.environ), {}))
    yield running
    handle.cleanup()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[int], Server]]:
    """Start the server of a version unless it is running; each runs until the end of the tests."""
    with ExitStack() as stack:
        yield cache(lambda version: stack.enter_context(started(version)))


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, servers: Callable[[int], Server]) -> Server:
    """The server of the version that a test is for: 18 and 16 come from the wheel, 15 from Debian if installed."""
    version = getattr(request, "param", VERSIONS[0])
    if version == 15:
        if not DEBIAN.exists():
            pytest.skip("Debian's PostgreSQL 15 is not installed")
        utils.POSTGRES_VERSIONS[15] = DEBIAN
    return servers(version)


@pytest.fixture(scope="session")
def parsed_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which dbt has parsed the project, without a connection; parsing takes longer than most runs."""

    def parse(folder: Path) -> None:
        places = {"DBT_TARGET_PATH": str(folder), "DBT_LOG_PATH": str(folder), "DBT_WRITE_JSON": "true"}
        away = {"PGHOST": "nowhere.invalid", "PGUSER": "taxi_writer", "PGDATABASE": DATABASE, "ROLE_PREFIX": ""}
        code, out, err = Fork(DBT, "parse", folder=ROOT / "dbt_project", environ=os.environ | places | away).wait()
        assert code == 0, out + err

    start_server()  # it imports while this worker waits for another
    folder = for_all_workers(tmp_path_factory, "parsed", parse)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_ENV_PARSED", str(folder / "partial_parse.msgpack"))
        yield folder


@pytest.fixture
def database(
    server: Server, parsed_project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[psycopg.Connection]:
    """A fresh, migrated database, which libpq's variables name with the job's role, and a TAXI_HOME of the test's own.

    The test's connection is a superuser's, so that it can see everything.
    """
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    with created(server, monkeypatch) as connection:
        yield connection


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A TAXI_HOME with a production model of few trees fitted on two simulated days, which tests must not change."""
    from job.model import fit
    from job.registry import tracking
    from job.registry.registry import Registry
    from job.simulator import draw
    from tests.rides import CHICAGO, simulated_trips

    def train(home: Path) -> None:
        registry = Registry(config.parse({"TAXI_HOME": str(home)}))
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(fit.FOREST, "n_estimators", SMALL_FOREST)
            trips = simulated_trips(draw.load_profile(CHICAGO), days=2)
            fitted = fit.fit(trips, CHICAGO)
        registry.promote(registry.register(tracking.log(fitted, registry, {"source": "test"}, trips), {}))

    return for_all_workers(tmp_path_factory, "trained", train)


@pytest.fixture
def home(trained_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A TAXI_HOME with a copy of the trained registry; artifacts stay in their original folder."""
    own = tmp_path / "home"
    own.mkdir(exist_ok=True)
    shutil.copy(trained_home / "mlflow.db", own)
    monkeypatch.setenv("TAXI_HOME", str(own))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")  # MLflow sets it to the last one used
    return own
