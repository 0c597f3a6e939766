"""Databases to initialise and upgrade, and what their catalogs say."""

import itertools
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from job import config, embedded
from job.commands import init_db
from job.store.schema import migrate
from job.store.store import Store
from tests.postgres.conftest import value
from tests.servers import Server, use

_numbers = itertools.count()
# An ACL is null until something is granted or revoked; the defaults stand in for it.
CATALOG = {
    "schemas": """
        select nspname::text, pg_get_userbyid(nspowner)::text, right_
        from pg_namespace, unnest(coalesce(nspacl, acldefault('n', nspowner))::text[]) as right_
        where nspname in ('raw', 'staging', 'marts')
    """,
    "relations": """
        select relname::text, relkind::text, pg_get_userbyid(relowner)::text, right_
        from pg_class, unnest(
            coalesce(relacl, acldefault((case relkind when 'S' then 's' else 'r' end)::"char", relowner))::text[]
        ) as right_
        where relnamespace = 'raw'::regnamespace and relkind in ('r', 'v', 'S')
    """,
    "columns": """
        select attrelid::regclass::text, attnum, attname::text, format_type(atttypid, atttypmod), attnotnull,
            attidentity::text, attacl::text,
            (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum),
            col_description(attrelid, attnum)
        from pg_attribute inner join pg_class on pg_class.oid = attrelid
        where relnamespace = 'raw'::regnamespace and relkind in ('r', 'v') and attnum > 0 and not attisdropped
    """,
    "constraints": """
        select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'raw'::regnamespace
    """,
    "indexes": "select indexdef from pg_indexes where schemaname = 'raw'",
    "functions": """
        select proname::text, pg_get_functiondef(pg_proc.oid), pg_get_userbyid(proowner)::text, right_,
            obj_description(pg_proc.oid)
        from pg_proc, unnest(coalesce(proacl, acldefault('f', proowner))::text[]) as right_
        where pronamespace = 'raw'::regnamespace
    """,
    "triggers": """
        select tgrelid::regclass::text, tgname::text, pg_get_triggerdef(pg_trigger.oid)
        from pg_trigger inner join pg_class on pg_class.oid = tgrelid
        where relnamespace = 'raw'::regnamespace and not tgisinternal
    """,
    "views": "select viewname::text, definition from pg_views where schemaname = 'raw'",
    "comments": """
        select relname::text, obj_description(pg_class.oid, 'pg_class') from pg_class
        where relnamespace = 'raw'::regnamespace and obj_description(pg_class.oid, 'pg_class') is not null
    """,
}
TABLES = "select tablename::text from pg_tables where schemaname = 'raw' and tablename !~ 'yoyo'"

Catalog = dict[str, set[tuple[object, ...]]]


@dataclass(frozen=True)
class Empty:
    """A database without anything in it, and a ROLE_PREFIX whose roles do not exist."""

    server: Server
    name: str
    prefix: str

    def connect(self, user: str = "postgres") -> psycopg.Connection:
        return self.server.connect(self.name, user)

    def admin(self, attributes: str = "login createrole", may_create: bool = True) -> str:
        """Create a role that is not a superuser; returns its name."""
        role = f"{self.prefix}admin"
        with self.connect() as superuser:
            superuser.execute(f"create role {role} {attributes}")
            if may_create:
                superuser.execute(f"grant create on database {self.name} to {role}")
        return role


@pytest.fixture
def empty(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Empty]:
    """An empty database that libpq's variables name, with the superuser's login."""
    number = next(_numbers)
    name, prefix = f"schema_{number}", f"p{number}_"
    with server.connect() as admin:
        admin.execute(f"create database {name}")
    use(monkeypatch, server, name, "postgres")
    monkeypatch.setenv("ROLE_PREFIX", prefix)
    yield Empty(server, name, prefix)
    with server.connect() as admin:
        admin.execute(f"drop database {name} with (force)")


def initialise() -> list[str]:
    """Run `init-db`; returns the migrations that it applied."""
    return init_db.execute(Store(config.parse(os.environ), {}))


def initialise_as(monkeypatch: pytest.MonkeyPatch, user: str) -> list[str]:
    """Run `init-db` with another login, which stays set."""
    monkeypatch.setenv("PGUSER", user)
    return initialise()


def printed_sql() -> str:
    """What `init-db --print-sql` prints."""
    return "\n".join(migrate.printed(config.parse(os.environ)))


def run_in_psql(statements: str, exit_code: int = 0) -> str:
    """Run SQL in psql, on the database that libpq's variables name; returns its messages."""
    psql = subprocess.run(
        [embedded.program("psql"), "-q", "-X"],
        input=statements,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert psql.returncode == exit_code, psql.stderr
    return psql.stderr


def catalog(database: psycopg.Connection) -> Catalog:
    """What the catalogs say about the relations and functions of raw, and about rights on all three schemas."""
    return {part: set(database.execute(query.encode()).fetchall()) for part, query in CATALOG.items()}


def tables(database: psycopg.Connection) -> set[str]:
    """The raw tables, without yoyo's own."""
    return {name for (name,) in database.execute(TABLES)}


def check_that_a_run_works(empty: Empty) -> None:
    """Record a run with the job's own role."""
    writer = f"{empty.prefix}taxi_writer"
    with Store(config.parse(os.environ), {"user": writer}).run("score") as run:
        assert value(run.database, "select current_user::text") == writer
