"""Who may do what to which raw table, on a real server: the matrix of DESIGN's roles, every pair tried."""

import itertools
import os
from collections.abc import Iterator

import psycopg
import pytest

from job import config
from tests.conftest import Server
from tests.postgres.conftest import RAW_TABLES

APPENDED = RAW_TABLES
MAY = {
    ("writer", "select"): RAW_TABLES,
    ("writer", "insert"): APPENDED,
    ("dbt", "select"): RAW_TABLES,
    **{("owner", action): RAW_TABLES for action in ("select", "insert", "update", "delete", "truncate")},
}
STATEMENTS = {
    "select": "select from raw.{table} limit 0",
    "insert": "insert into raw.{table} default values",  # what is allowed then fails for a null, or not
    "update": "update raw.{table} set {column} = default where false",
    "delete": "delete from raw.{table} where false",
    "truncate": "truncate raw.{table} cascade",
}
ROLES = ("owner", "writer", "dbt", "reader")
COMPLETED = {"pending_outcomes": {"batch_id"}, "rejected_records": {"replayed_by"}, "runs": {
    "source", "finished_at", "status", "records_read", "rides_scored", "rides_known", "records_rejected", "windows",
    "model_id", "model_stale", "scenario", "profile_digest", "challenger_error", "error",
}}  # fmt: skip


@pytest.fixture(scope="module")
def roles(server: Server) -> Iterator[psycopg.Connection]:
    """One migrated database for all of the matrix: nothing in it is ever committed."""
    with server.connect() as admin:
        admin.execute("create database roles template template_taxi")
    with server.connect("roles") as connection:
        yield connection
    with server.connect() as admin:
        admin.execute("drop database roles with (force)")


def allowed(connection: psycopg.Connection, role: str, statement: str) -> bool:
    """Whether the role has the right; nothing that it does stays."""
    with connection.transaction(force_rollback=True):
        connection.execute(f"set local session authorization {'taxi_' + role}")
        try:
            with connection.transaction():
                connection.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
    return True


def columns(connection: psycopg.Connection, table: str) -> list[str]:
    """The table's columns."""
    query = "select column_name from information_schema.columns where table_schema = 'raw' and table_name = %s"
    return [name for (name,) in connection.execute(query, [table])]


@pytest.mark.parametrize(("role", "action"), list(itertools.product(ROLES, STATEMENTS)))
def test_a_role_may_do_what_the_design_says(roles: psycopg.Connection, role: str, action: str) -> None:
    """Each table is tried; for the ones that are not named the server refuses."""
    may = {
        table
        for table in RAW_TABLES
        if allowed(roles, role, STATEMENTS[action].format(table=table, column=columns(roles, table)[-1]))
    } - (COMPLETED.keys() if (role, action) == ("writer", "update") else set())
    assert may == MAY.get((role, action), set())


@pytest.mark.parametrize("table", sorted(RAW_TABLES))
def test_the_job_updates_what_completes_a_row_and_nothing_else(roles: psycopg.Connection, table: str) -> None:
    """Every column of every raw table is tried."""
    may = {
        column
        for column in columns(roles, table)
        if allowed(roles, "writer", f"update raw.{table} set {column} = default where false")
    }
    assert may == COMPLETED.get(table, set())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("schema", ["raw", "staging", "marts"])
def test_each_schema_has_one_role_that_creates_in_it(roles: psycopg.Connection, schema: str, role: str) -> None:
    """Raw is the owner's, staging and marts are dbt's."""
    creates = allowed(roles, role, f"create table {schema}.made (n integer)")
    assert creates == ((schema, role) in {("raw", "owner"), ("staging", "dbt"), ("marts", "dbt")})


@pytest.mark.parametrize(
    ("role", "sees"),
    [("owner", {"raw"}), ("writer", {"raw"}), ("dbt", {"raw", "staging", "marts"}), ("reader", {"marts"})],
)
def test_a_role_sees_its_schemas_only(roles: psycopg.Connection, role: str, sees: set[str]) -> None:
    """A table there is refused for its rights, not found missing, where the schema is closed."""
    open_to = "select nspname from pg_namespace where has_schema_privilege(%s, nspname, 'usage')"
    assert {name for (name,) in roles.execute(open_to, [f"taxi_{role}"])} & {"raw", "staging", "marts"} == sees


def test_the_job_reads_marts_as_dbt_only(roles: psycopg.Connection) -> None:
    """NOINHERIT: what dbt may, the job may after `set role` and not before; there is no other role for it."""
    with roles.transaction(force_rollback=True):
        roles.execute("set local role taxi_dbt")
        roles.execute("create table marts.made as select 1 as n")
        roles.execute("create table staging.made as select 1 as n")
        roles.execute("reset role")
        assert not allowed(roles, "writer", "select from marts.made")
        assert not allowed(roles, "writer", "select from staging.made")
        assert allowed(roles, "writer", "set local role taxi_dbt; select from marts.made; select from staging.made")
        for role in ("taxi_owner", "taxi_reader", "postgres"):
            assert not allowed(roles, "writer", f"set local role {role}")


def test_the_dashboards_role_reads_what_dbt_grants(roles: psycopg.Connection) -> None:
    """In marts, table by table; neither staging nor another role."""
    with roles.transaction(force_rollback=True):
        roles.execute("set local role taxi_dbt")
        roles.execute("create table marts.made as select 1 as n")
        roles.execute("create table marts.hidden as select 1 as n")
        roles.execute("create table staging.made as select 1 as n")
        roles.execute("grant select on marts.made, staging.made to taxi_reader")
        roles.execute("reset role")
        assert allowed(roles, "reader", "select from marts.made")
        assert not allowed(roles, "reader", "insert into marts.made values (2)")
        assert not allowed(roles, "reader", "select from marts.hidden")
        assert not allowed(roles, "reader", "select from staging.made")
        for role in ("taxi_owner", "taxi_writer", "taxi_dbt"):
            assert not allowed(roles, "reader", f"set local role {role}")


def test_the_roles_are_plain(roles: psycopg.Connection) -> None:
    """No superuser, no maker of roles or databases; dbt's has no login, the job's inherits nothing, none a password."""
    found = roles.execute(
        "select rolname, rolcanlogin, rolinherit, rolsuper or rolcreaterole or rolcreatedb or rolreplication "
        "or rolbypassrls, rolpassword is null from pg_authid where rolname = any(%s) order by rolname",
        [[config.parse(os.environ).role(role) for role in ROLES]],
    ).fetchall()
    assert found == [
        ("taxi_dbt", False, True, False, True),
        ("taxi_owner", True, True, False, True),
        ("taxi_reader", True, True, False, True),
        ("taxi_writer", True, False, False, True),
    ]
