"""`backup` and `restore`: the embedded installation in one file, and back elsewhere."""

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest

from bench.places import mlflow_server
from job import config
from job import embedded as embedded_server
from job.__main__ import main
from job.config import MODEL_NAME, ROOT
from job.registry.registry import Registry
from job.store import store
from job.store.connection import LOCK
from job.store.schema import former, migrate
from tests.commands.conftest import API_CSV, TABLES, Ended, Job, counts, forget_settings, in_a_process
from tests.models import settings
from tests.servers import Server, server_folder, use

DOCUMENT = ROOT / "docs" / "backup.md"

ROLES = """
select rolname, rolcanlogin, rolpassword, array(
    select group_role.rolname
    from pg_auth_members inner join pg_roles as group_role on group_role.oid = roleid
    where member = pg_authid.oid
    order by 1
)
from pg_authid
where rolname not like 'pg\\_%'
order by rolname
"""
PRIVILEGES = """
select oid::regclass::text, pg_get_userbyid(relowner), relacl::text
from pg_class
where relnamespace in ('raw'::regnamespace, 'marts'::regnamespace) and relkind in ('r', 'v', 'S')
order by 1
"""


def make_role(database: psycopg.Connection) -> None:
    """Make a role that is not one of the job's, and a table that it may read."""
    database.execute("create role analyst login password 'long enough' in role taxi_reader")
    database.execute("create table marts.mine as select 1 as n; grant select on marts.mine to analyst")


@pytest.fixture(scope="module")
def installation(trained_home: Path) -> Iterator[Path]:
    """A TAXI_HOME with a model, two rides and an analyst, and next to it its backup."""
    base = server_folder()
    home = base / "old"
    shutil.copytree(trained_home, home)
    with pytest.MonkeyPatch.context() as patch:
        forget_settings(patch, base)
        embedded(patch, home)
        assert main(["init-db"]) == 0
        assert in_a_process("score", "--trips", str(API_CSV)).code == 0
        as_administrator(make_role)
        embedded(patch, home)
        assert main(["backup", str(base / "taxi.zip")]) == 0
    yield home
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def home(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installation, which tests must not change, as TAXI_HOME."""
    embedded(monkeypatch, installation)
    return installation


@pytest.fixture
def backup(home: Path) -> Path:
    """Its backup."""
    return home.with_name("taxi.zip")


@pytest.fixture
def elsewhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A TAXI_HOME that does not exist yet."""
    new = home.with_name("new")
    embedded(monkeypatch, new)
    yield new
    shutil.rmtree(new, ignore_errors=True)


@pytest.fixture
def job(job: Job, monkeypatch: pytest.MonkeyPatch) -> Job:
    """Run a command in this process, in which MLflow has not set its variables."""

    def run(*arguments: object) -> Ended:
        monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
        return job(*arguments)

    return run


def embedded(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Let the settings name this TAXI_HOME and no server."""
    for name in (*config.SERVER_VARIABLES, "MLFLOW_TRACKING_URI"):
        patch.delenv(name, raising=False)
    patch.setenv("TAXI_HOME", str(home))


def as_administrator(do: Callable[[psycopg.Connection], Any]) -> Any:
    """What the function returns, given a connection to the embedded server in TAXI_HOME."""
    with store.opened(config.parse(os.environ), "postgres") as opened, opened.connected() as database:
        return do(database)


def contents(database: psycopg.Connection) -> dict[str, Any]:
    """All rows, roles and privileges."""
    tables = {name: sorted(database.execute(f"select t::text from raw.{name} as t".encode())) for name in TABLES}
    return tables | {"roles": list(database.execute(ROLES)), "privileges": list(database.execute(PRIVILEGES))}


def rewritten(backup: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the backup in which one file is changed."""
    copy = backup.with_name("changed.zip")
    with ZipFile(backup) as old, ZipFile(copy, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)
    return copy


def test_a_backup_is_restored_elsewhere(
    backup: Path, elsewhere: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, roles, privileges, passwords and models are as before without the old place, and the job goes on."""
    old, away = backup.with_name("old"), backup.with_name("away")
    monkeypatch.setenv("TAXI_HOME", str(old))
    before = as_administrator(contents)
    monkeypatch.setenv("TAXI_HOME", str(elsewhere))
    old.rename(away)
    try:
        restored = job("restore", backup)
        assert (restored.code, restored.messages) == (0, [])
        assert "production model: version 1 of chicago-taxi-duration\n" in restored.out
        assert as_administrator(contents) == before
        again = job("score", "--trips", API_CSV)
        assert (again.code, again.out) == (0, "0 rides scored from 2 records; 2 already scored, 0 rejected\n")
        (event,) = again.named("score.completed")
        assert not event["model_stale"]
        assert not (elsewhere / ".restoring").exists()
    finally:
        away.rename(old)


# Makes the database of a version without the newest migration, and of the last version before 0.1.0.
OLDER = {
    "a migration is missing": "delete from raw._yoyo_migration where migration_id = %(newest)s",
    "before 0.1.0": """
        with gone as (delete from raw._yoyo_migration)
        insert into raw._yoyo_migration (migration_hash, migration_id)
        select name, name from unnest(%(former)s::text[]) as former (name)
    """,
}


@pytest.mark.parametrize("older", OLDER.values(), ids=OLDER)
def test_an_older_database_is_upgraded_while_it_is_restored(
    home: Path, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older: str
) -> None:
    """A backup made between the installation of a new version and its `init-db` lacks migrations, which are applied."""
    backup, upgraded = tmp_path / "taxi.zip", home.with_name("upgraded")
    newest = max(migrate.available())
    as_administrator(lambda database: database.execute(older, {"newest": newest, "former": list(former.NAMES)}))
    try:
        assert job("backup", backup).code == 0
    finally:
        assert newest in job("init-db").out
    monkeypatch.setenv("TAXI_HOME", str(upgraded))
    assert job("restore", backup).code == 0
    assert as_administrator(migrate.applied) == migrate.available()
    assert "2 rides scored" in job("status").out
    shutil.rmtree(upgraded)


def test_nobody_else_can_read_a_backup(backup: Path) -> None:
    """It holds the passwords of roles."""
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_is_taken_while_others_write(home: Path, job: Job, tmp_path: Path) -> None:
    """A registry in the middle of a transaction is copied as it was before; other sessions keep the database open."""
    backup = tmp_path / "taxi.zip"
    with closing(sqlite3.connect(home / "mlflow.db")) as registry:
        registry.execute("begin immediate")
        registry.execute("update registered_models set description = 'not committed'")
        assert as_administrator(lambda _: job("backup", backup).code) == 0
    with ZipFile(backup) as archive:
        archive.extract("mlflow.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "mlflow.db")) as copy:
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
        assert copy.execute("select description like 'Minutes of%' from registered_models").fetchall() == [(1,)]


def test_a_backup_needs_the_lock(home: Path, job: Job, tmp_path: Path) -> None:
    """While another run holds the lock, nothing is written, and the error is that of every command."""

    def refused(database: psycopg.Connection) -> str:
        database.execute(LOCK)
        return job("backup", tmp_path / "taxi.zip").error

    assert as_administrator(refused).startswith("another run holds the lock")
    assert not list(tmp_path.glob("*taxi.zip*"))


def test_a_dump_that_fails_leaves_no_file(
    home: Path, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is pg_dump's own."""
    broken, program = tmp_path / "pg_dump", embedded_server.program
    broken.write_text("#!/bin/sh\necho half of it\necho the disk is broken >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(embedded_server, "program", lambda name: broken if name == "pg_dump" else program(name))
    assert job("backup", tmp_path / "taxi.zip").error == "pg_dump failed: the disk is broken"
    assert not list(tmp_path.glob("*taxi.zip*"))


def test_an_existing_file_is_not_overwritten(home: Path, job: Job, tmp_path: Path) -> None:
    """The error names it."""
    backup = tmp_path / "taxi.zip"
    backup.write_text("older")
    assert job("backup", backup).error.startswith(f"{backup} exists and is not overwritten")
    assert backup.read_text() == "older"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_server_of_ones_own_is_left_alone(job: Job, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """The error says where to read about its backups."""
    monkeypatch.setenv("PGHOST", "db.invalid")
    refused = job(command, "taxi.zip")
    assert (refused.code, "docs/backup.md" in refused.error) == (2, True)


def test_without_a_database_there_is_no_backup(elsewhere: Path, job: Job) -> None:
    """TAXI_HOME is not created for it."""
    assert "holds no database" in job("backup", "taxi.zip").error
    assert not elsewhere.exists()


def test_nothing_is_restored_over_something(home: Path, backup: Path, job: Job) -> None:
    """A TAXI_HOME that is not empty is refused with one sentence, and stays as it was."""
    before = as_administrator(counts)
    refused = job("restore", backup)
    assert (refused.code, refused.error.split(":")[0]) == (2, f"TAXI_HOME {home} is not empty")
    assert as_administrator(counts) == before


def changed(**values: object) -> Callable[[bytes], bytes]:
    """A function that changes what a backup says about itself."""
    return lambda about: json.dumps(json.loads(about) | values).encode()


@pytest.mark.parametrize(
    ("name", "change", "error"),
    [
        ("about.json", changed(migrations=["9999_later"]), "the backup has 9999_later, which this version lacks"),
        ("about.json", changed(migrations=["0001_initial"]), "from before 0.1.0: check out commit f9922cb, restore"),
        ("about.json", changed(format=2), "has a format that this version does not know"),
        ("about.json", changed(postgres=99), "made by PostgreSQL 99, and this is 18"),
        ("about.json", changed(role_prefix="other_"), "made with ROLE_PREFIX='other_'"),
        ("about.json", lambda _: b"{}", "is damaged, or not a backup"),
        ("database.dump", lambda data: data[: len(data) // 2], "pg_restore failed"),
        ("roles.sql", lambda data: data + b"select nonsense;\n", "psql failed"),
        ("mlflow.db", lambda _: b"no database", "mlflow.db cannot be used with the installed MLflow"),
    ],
)
def test_what_cannot_be_restored_leaves_nothing(
    backup: Path, elsewhere: Path, job: Job, name: str, change: Callable[[bytes], bytes], error: str
) -> None:
    """An unusable version, other settings or a broken part: one sentence says so, and no file is left."""
    refused = job("restore", rewritten(backup, name, change))
    assert refused.code in (1, 2)
    assert error in refused.error
    assert not elsewhere.exists() or not list(elsewhere.iterdir())


def test_a_damaged_file_is_not_restored(backup: Path, elsewhere: Path, job: Job, tmp_path: Path) -> None:
    """A flipped bit, a file that was cut off, another kind of file and none at all are recognized at once."""
    flipped = bytearray(backup.read_bytes())
    flipped[flipped.index(b"PGDMP") + 5000] ^= 1
    given = tmp_path / "given.zip"
    for data, error in (
        (bytes(flipped), "is damaged: database.dump does not match its checksum"),
        (backup.read_bytes()[:-500], "is damaged, or not a backup"),
        (b"trip_id,fare\n", "is damaged, or not a backup"),
    ):
        given.write_bytes(data)
        assert error in job("restore", given).error
    assert "is not a file" in job("restore", tmp_path).error
    assert not elsewhere.exists()


def code_of(section: str, language: str) -> str:
    """The first block of code in this language in a section of docs/backup.md."""
    text = DOCUMENT.read_text().partition(f"# {section}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[0]


def test_the_database_moves_to_a_server_of_ones_own(
    backup: Path, server: Server, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/backup.md's commands restore it there, and the job finds its rides."""
    backup_here = tmp_path / "taxi.zip"
    shutil.copy(backup, backup_here)
    use(monkeypatch, server, "taxi", "postgres")
    script = code_of("From embedded to your own servers", "sh").replace(".venv/bin/python", sys.executable)
    try:
        done = subprocess.run(
            ["bash", "-ec", script], cwd=tmp_path, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT), "TAXI_HOME": str(tmp_path)}, check=False,
        )  # fmt: skip
        assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
        monkeypatch.setenv("PGUSER", "taxi_writer")
        assert "2 rides scored" in job("status").out
        with server.connect("taxi") as database:
            assert database.execute("table marts.mine").fetchall() == [(1,)]
    finally:
        with server.connect() as admin:
            admin.execute("drop database if exists taxi with (force)")
            admin.execute("drop role if exists analyst")


def test_the_registry_moves_to_a_server_of_ones_own(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After docs/backup.md's change of addresses, MLflow's server serves the model and accepts a new run."""
    with ZipFile(backup) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(code_of("From embedded to your own servers", "python"), {})  # as a reader would
    with mlflow_server(tmp_path, "--artifacts-destination") as uri:
        monkeypatch.setenv("TAXI_HOME", str(tmp_path / "client"))
        registry = Registry(settings(MLFLOW_TRACKING_URI=uri))
        loaded = registry.load()
        assert (loaded.model.version, loaded.stale) == ("1", False)
        with registry.client() as client:
            experiment = client.get_experiment_by_name(MODEL_NAME)
            assert experiment
            run = client.create_run(experiment.experiment_id)
            client.log_text(run.info.run_id, "a new run", "note.txt")
            assert list((tmp_path / "mlartifacts").rglob(f"{run.info.run_id}/artifacts/note.txt"))


def test_a_role_that_reads_everything_may_dump(server: Server, database: psycopg.Connection) -> None:
    """The job's own roles may not: each lacks a right to some table or sequence."""
    database.execute("create table marts.one as select 1 as n; alter table marts.one owner to taxi_dbt")
    database.execute("create role taxi_backup login in role pg_read_all_data")
    try:
        for user in ("taxi_backup", "taxi_owner", "taxi_writer", "taxi_reader"):
            command = [embedded_server.program("pg_dump"), "-Fc", "-U", user]
            done = subprocess.run(command, capture_output=True, check=False)
            assert (done.returncode == 0) == (user == "taxi_backup"), done.stderr
    finally:
        database.execute("drop role taxi_backup")
