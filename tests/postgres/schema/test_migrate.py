"""init-db on a real server: as superuser, with CREATEROLE, as owner, from printed SQL, and repeatedly."""

import os
import signal
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from job import config
from job.errors import JobError, LockNotAcquired
from job.store import connection
from job.store.connection import DatabaseFailed
from job.store.schema import migrate
from job.store.store import Store
from tests.conftest import MIGRATIONS
from tests.forks import ROOT, Fork
from tests.postgres.conftest import PLACE_TABLES, RAW_TABLES, WAITERS, add_model, until, value
from tests.postgres.schema.conftest import (
    Empty,
    catalog,
    check_that_a_run_works,
    initialise,
    initialise_as,
    printed_sql,
    run_in_psql,
    tables,
)
from tests.servers import Server, use

# Functions that fit our calls as well as PostgreSQL's own, or better.
HOSTILE = {
    "hashtextextended(text, integer)": "bigint",
    "hashtextextended(text, bigint)": "bigint",
    "to_regclass(text)": "regclass",
    "current_setting(text)": "text",
    "set_config(text, text, boolean)": "text",
    "pg_advisory_unlock(bigint)": "boolean",
    "nextval(regclass)": "bigint",
    "clock_timestamp()": "timestamptz",
    "pg_is_in_recovery()": "boolean",
    "format(text, text)": "text",
    "sha256(text)": "bytea",
}
INITIALISE = """
from tests.postgres.schema.conftest import initialise
initialise()
"""


def test_a_superuser_creates_every_raw_table(database: psycopg.Connection) -> None:
    """This is how the template database of the tests is initialized."""
    assert tables(database) == RAW_TABLES | PLACE_TABLES


def test_an_administrator_need_not_be_a_superuser(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """CREATEROLE, with CREATE on the database, is enough the first time and again; the owner owns everything."""
    assert initialise_as(monkeypatch, empty.admin()) == MIGRATIONS
    assert initialise() == []
    with empty.connect() as superuser:
        owners = "select distinct pg_get_userbyid(relowner) from pg_class where relnamespace = 'raw'::regnamespace"
        assert superuser.execute(owners).fetchall() == [(f"{empty.prefix}taxi_owner",)]
    check_that_a_run_works(empty)


def test_the_owner_migrates_where_roles_and_schemas_exist(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later migrations do not need an administrator."""
    initialise()
    with empty.connect() as superuser:
        superuser.execute("drop schema raw cascade")
        superuser.execute(f"create schema raw authorization {empty.prefix}taxi_owner")
    assert initialise_as(monkeypatch, f"{empty.prefix}taxi_owner") == MIGRATIONS
    assert initialise() == []
    check_that_a_run_works(empty)


def test_a_member_of_the_owner_may_migrate_too(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person may use a login that is a member of the owner."""
    initialise()
    person = empty.admin("login", may_create=False)
    with empty.connect() as superuser:
        superuser.execute(f"grant {empty.prefix}taxi_owner to {person}")
        superuser.execute("drop table raw._yoyo_migration, raw._yoyo_version, raw._yoyo_log")
    assert initialise_as(monkeypatch, person) == MIGRATIONS


def test_any_other_role_is_refused(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the permitted roles, and nothing is created; the job's own role is refused too."""
    stranger = empty.admin("login", may_create=False)
    with pytest.raises(JobError, match="needs a superuser, a role with CREATEROLE .*taxi_owner.*--print-sql"):
        initialise_as(monkeypatch, stranger)
    with empty.connect() as superuser:
        assert value(superuser, "select to_regnamespace('raw') is null")
    initialise_as(monkeypatch, "postgres")
    with pytest.raises(JobError, match="needs a superuser"):
        initialise_as(monkeypatch, f"{empty.prefix}taxi_writer")


def test_createrole_without_create_on_the_database_is_reported_in_one_sentence(
    empty: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's message names the missing right, and no role is created."""
    with pytest.raises(DatabaseFailed, match=f"permission denied for database {empty.name}"):
        initialise_as(monkeypatch, empty.admin(may_create=False))
    with empty.connect() as superuser:
        created = "select count(*) from pg_roles where starts_with(rolname, %s || 'taxi_')"
        assert value(superuser, created, empty.prefix) == 0


def test_running_init_db_again_changes_nothing(database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, constraints, functions, rights and rows stay as they were."""
    add_model(database)
    before = catalog(database)
    assert all(before.values())
    assert initialise_as(monkeypatch, "postgres") == []
    assert catalog(database) == before
    assert value(database, "select count(*) from raw.models") == 1


@pytest.mark.parametrize("administrator", ["superuser", "createrole"])
def test_the_printed_sql_is_all_that_the_job_needs(
    empty: Empty, monkeypatch: pytest.MonkeyPatch, administrator: str
) -> None:
    """It may be run twice, and a later init-db has nothing to apply and keeps every row."""
    monkeypatch.setenv("PGUSER", "postgres" if administrator == "superuser" else empty.admin())
    for _ in range(2):
        run_in_psql(printed_sql())
    check_that_a_run_works(empty)
    assert initialise() == []
    with empty.connect() as superuser:
        assert tables(superuser) == RAW_TABLES | PLACE_TABLES
        assert value(superuser, "select count(*) from raw.runs") == 1


def test_the_printed_sql_creates_what_init_db_creates(
    empty: Empty, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogs are the same once a later init-db has added the tables that only yoyo uses."""
    use(monkeypatch, empty.server, empty.name, "postgres")
    monkeypatch.setenv("ROLE_PREFIX", "")
    run_in_psql(printed_sql())
    initialise()
    with empty.connect() as superuser:
        assert catalog(superuser) == catalog(database)


def test_two_installations_on_one_server_are_separate(
    database: psycopg.Connection, empty: Empty, server: Server
) -> None:
    """With a ROLE_PREFIX neither job has a right in the other's database."""
    initialise()
    with empty.connect("taxi_writer") as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.execute("select from raw.runs")
    with (
        server.connect(database.info.dbname, f"{empty.prefix}taxi_writer") as ours,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        ours.execute("select from raw.runs")
    check_that_a_run_works(empty)


def test_missing_migrations_are_named(empty: Empty) -> None:
    """They are named to a superuser and to a role without any right in the database."""
    for user in ("postgres", empty.admin("login", may_create=False)):
        with (
            empty.connect(user) as database,
            pytest.raises(JobError, match=f"lacks {', '.join(MIGRATIONS)}: run .*init-db"),
        ):
            migrate.require_current(database, config.parse(os.environ).place)


def test_a_killed_init_db_does_not_block_the_next(empty: Empty) -> None:
    """SIGKILL in the middle of a migration leaves neither a half-applied migration nor a lock."""
    initialise()
    with empty.connect() as superuser, empty.connect() as blocker:
        superuser.execute("delete from raw._yoyo_migration")
        with blocker.transaction():
            blocker.execute("lock table raw.runs")
            killed = Fork(INITIALISE, folder=ROOT, environ=os.environ)
            until(superuser, WAITERS)
            killed.send(signal.SIGKILL)
            assert killed.wait()[0] == -signal.SIGKILL
        assert initialise() == MIGRATIONS


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_of_another_encoding_is_refused(
    server: Server, empty: Empty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str
) -> None:
    """Init-db, the check in its printed SQL and other commands refuse it, say what to do, and make nothing."""
    name = f"encoded_{encoding.lower()}"
    sentence = f"the database {name} has the encoding {encoding}, .*`createdb --encoding UTF8 --template template0"
    with server.connect() as admin:
        admin.execute(f"create database {name} template template0 encoding '{encoding}' locale 'C'")
    try:
        monkeypatch.setenv("PGDATABASE", name)
        monkeypatch.setenv("ROLE_PREFIX", "encoded_")
        with pytest.raises(DatabaseFailed, match=sentence):
            initialise_as(monkeypatch, "postgres")
        with pytest.raises(DatabaseFailed, match=sentence), Store(config.parse(os.environ), {}).locked():
            pass
        with server.connect(name) as superuser:
            with pytest.raises(psycopg.errors.RaiseException, match=sentence):
                superuser.execute(migrate.ENCODING.read_bytes())
            assert value(superuser, "select to_regnamespace('raw') is null")
            assert value(superuser, "select count(*) from pg_roles where starts_with(rolname, 'encoded_')") == 0
    finally:
        with server.connect() as admin:
            admin.execute(f"drop database {name} with (force)")


def test_functions_of_a_hostile_public_schema_are_not_called(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where everybody may create in public, neither init-db nor its printed SQL nor a run calls them."""
    with empty.connect() as superuser:
        superuser.execute(
            f"alter database {empty.name} set search_path = public, pg_catalog; grant all on schema public to public; "
            "create table public.seen (who text, called text); grant all on public.seen to public"
        )
        for function, returned in HOSTILE.items():
            superuser.execute(
                f"create function public.{function} returns {returned} language plpgsql as $$ begin "
                f"insert into public.seen values (current_user, '{function}'); return null; end $$".encode()
            )
    with psycopg.connect() as careless:
        assert value(careless, "select hashtextextended('a', 0) is null")
    initialise_as(monkeypatch, "postgres")
    run_in_psql(printed_sql())
    check_that_a_run_works(empty)
    with empty.connect() as superuser:
        assert superuser.execute("select who, called from public.seen").fetchall() == [
            ("postgres", "hashtextextended(text, integer)")
        ]


def test_init_db_waits_for_the_lock_of_a_run(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table must not change during a run."""
    initialise()
    monkeypatch.setenv("LOCK_WAIT", "0")
    with empty.connect() as other:
        other.execute(sql.SQL(connection.LOCK))
        with pytest.raises(LockNotAcquired):
            initialise()
