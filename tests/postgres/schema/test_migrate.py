"""init-db on a real server: as superuser, as CREATEROLE, as owner, from printed SQL, and again."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from job import config, embedded
from job.commands import init_db
from job.errors import JobError
from job.store import connection
from job.store.connection import DatabaseFailed
from job.store.raw import runs
from job.store.schema import migrate
from tests.conftest import MIGRATIONS, Server, use
from tests.postgres.conftest import RAW_TABLES, add_model, value

ROOT = Path(__file__).parents[3]
_numbers = itertools.count()
INITIALISE = """
import os
from job import config
from job.commands import init_db
init_db.initialise(config.parse(os.environ), {})
"""
_TABLES = "select tablename from pg_tables where schemaname = 'raw' and tablename !~ 'yoyo'"
_OBJECTS = """
select relname, relkind::text, pg_get_userbyid(relowner), relacl::text from pg_class
where relnamespace = 'raw'::regnamespace
union all
select conname, contype::text, conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
where connamespace = 'raw'::regnamespace
union all
select table_name || '.' || column_name, data_type, column_default, is_nullable from information_schema.columns
where table_schema = 'raw'
"""


@dataclass(frozen=True)
class Empty:
    """A database in which nothing is yet, and a ROLE_PREFIX whose roles do not exist."""

    server: Server
    name: str
    prefix: str

    def connect(self, user: str = "postgres") -> psycopg.Connection:
        return self.server.connect(self.name, user)

    def admin(self, attributes: str = "login createrole", may_create: bool = True) -> str:
        """A new role that is no superuser, and what it may."""
        role = f"{self.prefix}admin"
        with self.connect() as superuser:
            superuser.execute(f"create role {role} {attributes}")
            if may_create:
                superuser.execute(f"grant create on database {self.name} to {role}")
        return role


@pytest.fixture
def empty(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Empty]:
    """Libpq's variables name it, as the superuser."""
    number = next(_numbers)
    name, prefix = f"migrate_{number}", f"p{number}_"
    with server.connect() as admin:
        admin.execute(f"create database {name}")
    use(monkeypatch, server, name, "postgres")
    monkeypatch.setenv("ROLE_PREFIX", prefix)
    yield Empty(server, name, prefix)
    with server.connect() as admin:
        admin.execute(f"drop database {name} with (force)")


def initialise() -> list[str]:
    """What `init-db` does before it loads dbt's seed."""
    return init_db.initialise(config.parse(os.environ), {})


def initialise_as(monkeypatch: pytest.MonkeyPatch, user: str) -> list[str]:
    """The same with another login."""
    monkeypatch.setenv("PGUSER", user)
    return initialise()


def tables(database: psycopg.Connection) -> set[str]:
    """The raw tables, without yoyo's own."""
    return {name for (name,) in database.execute(_TABLES)}


def a_run_works(empty: Empty) -> None:
    """The job, as its own role, records a run."""
    settings = config.parse(os.environ | {"PGUSER": f"{empty.prefix}taxi_writer"})
    with empty.connect(f"{empty.prefix}taxi_writer") as writer:
        with runs.recorded(writer, settings, {}, "score") as run_id:
            runs.succeed(writer, run_id)
        assert value(writer, "select status from raw.runs") == "succeeded"


def test_a_superuser_makes_every_raw_table(database: psycopg.Connection) -> None:
    """The migrated template has the tables that the contract names."""
    assert tables(database) == RAW_TABLES


def test_a_role_that_may_create_roles_needs_to_be_no_superuser(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """CREATEROLE and CREATE on the database are enough, the first time and again; nothing is the administrator's."""
    assert initialise_as(monkeypatch, empty.admin()) == MIGRATIONS
    assert initialise() == []
    with empty.connect() as superuser:
        owners = "select distinct pg_get_userbyid(relowner) from pg_class where relnamespace = 'raw'::regnamespace"
        assert superuser.execute(owners).fetchall() == [(f"{empty.prefix}taxi_owner",)]
    a_run_works(empty)


def test_the_owner_migrates_where_roles_and_schemas_exist(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later migrations need no administrator."""
    initialise()
    with empty.connect() as superuser:
        superuser.execute("drop schema raw cascade")
        superuser.execute(f"create schema raw authorization {empty.prefix}taxi_owner")
    assert initialise_as(monkeypatch, f"{empty.prefix}taxi_owner") == MIGRATIONS
    assert initialise() == []
    a_run_works(empty)


def test_a_member_of_the_owner_may_migrate_too(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person with a login of their own."""
    initialise()
    person = empty.admin("login", may_create=False)
    with empty.connect() as superuser:
        superuser.execute(f"grant {empty.prefix}taxi_owner to {person}")
        superuser.execute("drop table raw._yoyo_migration, raw._yoyo_version, raw._yoyo_log")
    assert initialise_as(monkeypatch, person) == MIGRATIONS


def test_any_other_role_is_told_who_may(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the choices, and nothing made; the job's own role is one of those who may not."""
    stranger = empty.admin("login", may_create=False)
    with pytest.raises(JobError, match="needs a superuser, a role with CREATEROLE .*taxi_owner.*--print-sql"):
        initialise_as(monkeypatch, stranger)
    with empty.connect() as superuser:
        assert value(superuser, "select to_regnamespace('raw') is null")
    initialise_as(monkeypatch, "postgres")
    with pytest.raises(JobError, match="needs a superuser"):
        initialise_as(monkeypatch, f"{empty.prefix}taxi_writer")


def test_createrole_without_create_on_the_database_is_one_sentence(
    empty: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's words name what is missing; no role is left behind."""
    with pytest.raises(DatabaseFailed, match=f"permission denied for database {empty.name}"):
        initialise_as(monkeypatch, empty.admin(may_create=False))
    with empty.connect() as superuser:
        made = "select count(*) from pg_roles where starts_with(rolname, %s || 'taxi_')"
        assert value(superuser, made, empty.prefix) == 0


def test_again_changes_nothing_and_loses_nothing(database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, constraints, columns, grants and rows are what they were."""
    add_model(database)
    before = sorted(database.execute(_OBJECTS).fetchall(), key=str)
    assert before
    assert initialise_as(monkeypatch, "postgres") == []
    assert sorted(database.execute(_OBJECTS).fetchall(), key=str) == before
    assert value(database, "select count(*) from raw.models") == 1


@pytest.mark.parametrize("who", ["superuser", "createrole"])
def test_printed_sql_is_all_that_the_job_needs(empty: Empty, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """Run by psql, twice, and the job runs; a later init-db finds everything in place, rows included."""
    monkeypatch.setenv("PGUSER", "postgres" if who == "superuser" else empty.admin())
    printed = "\n".join(migrate.printed(config.parse(os.environ)))
    for _ in range(2):
        psql = subprocess.run(
            [embedded.psql(), "-q", "-X"], input=printed, env=os.environ, capture_output=True, text=True, check=False
        )
        assert psql.returncode == 0, psql.stderr
    a_run_works(empty)
    assert initialise() == []
    with empty.connect() as superuser:
        assert tables(superuser) == RAW_TABLES
        assert value(superuser, "select count(*) from raw.runs") == 1


def test_printed_sql_makes_what_init_db_makes(
    empty: Empty, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same tables, constraints, columns, owners and grants, yoyo's own tables included."""
    use(monkeypatch, empty.server, empty.name, "postgres")
    monkeypatch.setenv("ROLE_PREFIX", "")
    printed = "\n".join(migrate.printed(config.parse(os.environ)))
    subprocess.run([embedded.psql(), "-q", "-X"], input=printed, env=os.environ, text=True, check=True)
    initialise()
    with empty.connect() as superuser:
        assert sorted(superuser.execute(_OBJECTS).fetchall(), key=str) == sorted(
            database.execute(_OBJECTS).fetchall(), key=str
        )


def test_two_installations_on_one_server_do_not_meet(
    database: psycopg.Connection, empty: Empty, server: Server
) -> None:
    """With a ROLE_PREFIX the other installation's job has no right here, nor ours there."""
    initialise()
    with empty.connect("taxi_writer") as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.execute("select from raw.runs")
    with (
        server.connect(database.info.dbname, f"{empty.prefix}taxi_writer") as ours,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        ours.execute("select from raw.runs")
    a_run_works(empty)


def test_the_job_says_that_migrations_are_missing(empty: Empty) -> None:
    """An empty database, to the superuser and to a role that may not even look."""
    for user in ("postgres", empty.admin("login", may_create=False)):
        with (
            empty.connect(user) as database,
            pytest.raises(JobError, match=f"lacks {', '.join(MIGRATIONS)}: run .*init-db"),
        ):
            migrate.require_current(database)


def test_a_killed_init_db_does_not_stop_the_next(empty: Empty) -> None:
    """SIGKILL in the middle of a migration leaves it undone and no lock behind; the next init-db does it."""
    initialise()
    with empty.connect() as superuser, empty.connect() as blocker:
        superuser.execute("delete from raw._yoyo_migration")
        with blocker.transaction():
            blocker.execute("lock table raw.runs")
            killed = subprocess.Popen([sys.executable, "-c", INITIALISE], env=os.environ | {"PYTHONPATH": str(ROOT)})
            waits = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
            until(lambda: value(superuser, waits, empty.name) == 1)
            killed.send_signal(signal.SIGKILL)
            killed.wait()
        assert initialise() == MIGRATIONS


@retry(retry=retry_if_result(lambda found: not found), stop=stop_after_delay(60), wait=wait_fixed(0.05))
def until(condition: object) -> bool:
    """Wait for a condition to hold."""
    assert callable(condition)
    return bool(condition())


def test_a_read_only_database_is_one_sentence(empty: Empty) -> None:
    """The server's words; nothing is made."""
    with empty.connect() as superuser:
        superuser.execute(f"alter database {empty.name} set default_transaction_read_only = on")
    with pytest.raises(DatabaseFailed, match="read-only transaction"):
        initialise()


def test_init_db_waits_for_the_lock_of_a_run(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table must not change under a run's feet."""
    initialise()
    monkeypatch.setenv("LOCK_WAIT", "0")
    with empty.connect() as other:
        other.execute(sql.SQL(connection.LOCK))
        with pytest.raises(connection.LockNotGot):
            initialise()
