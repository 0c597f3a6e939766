"""The rights of each role: every pair of role and raw table is tried on a real server."""

import itertools
import os
from collections.abc import Iterator

import psycopg
import pytest

from job import config
from tests.postgres.conftest import PLACE_TABLES, RAW_TABLES, value
from tests.postgres.schema.conftest import initialise
from tests.servers import Server, use

TABLES = RAW_TABLES | PLACE_TABLES
ALLOWED = {
    ("writer", "select"): TABLES,
    ("writer", "insert"): RAW_TABLES | {"sources"},
    ("dbt", "select"): TABLES,
    **{("owner", action): TABLES for action in ("select", "insert", "update", "delete", "truncate")},
}
STATEMENTS = {
    "select": "select from raw.{table} limit 0",
    "insert": "insert into raw.{table} default values",  # if it is allowed, a constraint may still refuse it
    "update": "update raw.{table} set {column} = default where false",
    "delete": "delete from raw.{table} where false",
    "truncate": "truncate raw.{table} cascade",
}
ROLES = ("owner", "writer", "dbt", "reader")
COMPLETED = {
    "feeds": {
        "looked_at", "checked_at", "ended_at", "error", "records", "newest_start", "run_id", "cursor_start",
        "cursor_trip_id", "overlap_began_at", "overlap_start", "overlap_trip_id", "overlap_until",
    },
    "feed_files": {
        "size", "modified_us", "changed_us", "seen_at", "is_gone", "was_read", "attempts", "records", "rides",
        "finished_at", "error", "run_id",
    },
    "pending_outcomes": {"batch_id"},
    "rejected_records": {"replayed_by"},
    "runs": {
        "finished_at", "status", "records_read", "rides_scored", "rides_known", "records_rejected", "windows",
        "model_id", "model_stale", "challenger_error", "error",
    },
}  # fmt: skip
FUNCTIONS = (
    "is_zone(1)", "is_source('city')", "is_duration(1)", "local_time(now())", "local_day(now())",
    "local_day_start('2026-01-31')", "owed_windows(now(), 1, 1)", "job_status(now())",
)  # fmt: skip


# What may be done in PostgreSQL itself, beyond raw and the marts.
ELSEWHERE = {
    "select pg_advisory_lock(hashtextextended('chicago-taxi-scoring', 0))": {"owner", "writer", "dbt"},
    "select pg_try_advisory_lock(hashtextextended('chicago-taxi-scoring', 0))": {"owner", "writer", "dbt"},
    "select pg_advisory_xact_lock_shared(1, 2)": {"owner", "writer", "dbt"},
    "create temporary table made (n integer)": {"owner", "writer", "dbt"},
    "create table public.made (n integer)": set(),
    "create schema made": set(),
    "create role made": set(),
    "select lo_from_bytea(0, 'x')": set(),
    "select lo_create(0)": set(),
    "select lo_creat(-1)": set(),
    "select lo_get(1)": set(),
    "select pg_read_file('/etc/passwd')": set(),
    "copy (select 1) to program 'true'": set(),
    "copy (select 1) to '/tmp/made'": set(),
    "select rolpassword from pg_authid": set(),
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'": set(),
    "alter role taxi_reader superuser": set(),
}


@pytest.fixture(scope="module")
def roles(server: Server) -> Iterator[psycopg.Connection]:
    """One migrated database for all tests of this file, which commit nothing."""
    with server.connect() as admin:
        admin.execute("create database roles template template_taxi")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, server, "roles", "postgres")
        initialise()  # rights on a database are not copied from its template
    with server.connect("roles") as connection:
        yield connection
    with server.connect() as admin:
        admin.execute("drop database roles with (force)")


def allowed(connection: psycopg.Connection, role: str, statement: str) -> bool:
    """Whether the role has the right to execute the statement, which is rolled back."""
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
def test_a_role_has_no_right_beyond_its_job(roles: psycopg.Connection, role: str, action: str) -> None:
    """The job reads and appends, dbt reads, the reader may do nothing; only the owner changes keys and deletes rows."""
    may = {
        table
        for table in TABLES
        if allowed(roles, role, STATEMENTS[action].format(table=table, column=columns(roles, table)[0]))
    }
    assert may == ALLOWED.get((role, action), set())


@pytest.mark.parametrize("statement", ELSEWHERE)
def test_a_role_has_no_right_beyond_its_job_in_postgresql(roles: psycopg.Connection, statement: str) -> None:
    """Above all, the reader neither takes the job's lock nor fills the disk."""
    assert {role for role in ROLES if allowed(roles, role, statement)} == ELSEWHERE[statement]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_job_updates_only_the_columns_that_complete_a_row(roles: psycopg.Connection, table: str) -> None:
    """Every column of every raw table is tried."""
    may = {
        column
        for column in columns(roles, table)
        if allowed(roles, "writer", f"update raw.{table} set {column} = default where false")
    }
    assert may == COMPLETED.get(table, set())


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_the_owner_changes_a_function(roles: psycopg.Connection, role: str) -> None:
    """The functions behind checks and status belong to the owner."""
    for function in FUNCTIONS:
        name = function.partition("(")[0]
        changes = (f"alter function raw.{name} cost 1", f"drop function raw.{name} cascade")
        assert {allowed(roles, role, change) for change in changes} == {role == "owner"}


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("writer", True), ("dbt", True), ("reader", False)])
def test_the_reader_calls_no_function_by_itself(roles: psycopg.Connection, role: str, may: bool) -> None:
    """The other roles may call all of them."""
    assert {allowed(roles, role, f"select raw.{function}") for function in FUNCTIONS} == {may}
    assert allowed(roles, role, "select from raw.job_status_now") == may


def test_the_reader_sees_the_status_through_a_mart(roles: psycopg.Connection) -> None:
    """A view in marts may call raw.job_status, which reads raw tables that the reader itself may not read."""
    with roles.transaction(force_rollback=True):
        roles.execute(
            "set local role taxi_dbt; "
            "create view marts.now as select * from raw.job_status_now; "
            "create view marts.day as select raw.local_day(now()); "
            "create view marts.owed as select raw.owed_windows(now(), 1, 1); "
            "create view marts.runs as select count(*) from raw.runs; "
            "grant select on marts.now, marts.day, marts.owed to taxi_reader; reset role"
        )
        assert allowed(roles, "reader", "select is_healthy, windows_owed from marts.now")
        assert allowed(roles, "reader", "select * from marts.day")
        assert not allowed(roles, "reader", "select * from marts.owed")
        assert not allowed(roles, "reader", "select * from marts.runs")


def test_nobody_else_sees_the_status(roles: psycopg.Connection) -> None:
    """A role of another application on the same server has no right to call the function, even through a view."""
    with roles.transaction(force_rollback=True):
        roles.execute(
            "create role stranger; grant usage on schema raw, marts to stranger; "
            "set local role taxi_dbt; create view marts.now as select * from raw.job_status_now; "
            "grant select on marts.now to stranger; reset role; set local session authorization stranger"
        )
        for query in ("select raw.job_status(now())", "select is_healthy from marts.now"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), roles.transaction():
                roles.execute(query)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("schema", ["raw", "staging", "marts"])
def test_only_one_role_creates_tables_in_a_schema(roles: psycopg.Connection, schema: str, role: str) -> None:
    """It is the owner in raw, and dbt in staging and marts."""
    creates = allowed(roles, role, f"create table {schema}.made (n integer)")
    assert creates == ((schema, role) in {("raw", "owner"), ("staging", "dbt"), ("marts", "dbt")})


@pytest.mark.parametrize(
    ("role", "sees"),
    [("owner", {"raw"}), ("writer", {"raw"}), ("dbt", {"raw", "staging", "marts"}), ("reader", {"marts"})],
)
def test_a_role_enters_only_its_schemas(roles: psycopg.Connection, role: str, sees: set[str]) -> None:
    """For example, the reader has access to marts only."""
    open_to = "select nspname from pg_namespace where has_schema_privilege(%s, nspname, 'usage')"
    assert {name for (name,) in roles.execute(open_to, [f"taxi_{role}"])} & {"raw", "staging", "marts"} == sees


def test_the_job_reads_marts_only_with_the_role_of_dbt(roles: psycopg.Connection) -> None:
    """It has to `set role` first, since it does not inherit; it cannot switch to another role."""
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


def test_the_reader_reads_what_dbt_grants(roles: psycopg.Connection) -> None:
    """It reads single tables in marts and nothing in staging, and cannot switch to another role."""
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


def test_the_reader_finds_the_marts_without_a_prefix(server: Server, roles: psycopg.Connection) -> None:
    """The queries in docs/marts.md need this; the job's login finds only PostgreSQL's own names."""
    with server.connect("roles", "taxi_reader") as reader, server.connect("roles", "taxi_writer") as writer:
        assert value(reader, "show search_path") == "marts"
        assert value(writer, "show search_path") == "pg_catalog, pg_temp"
        assert value(writer, "show timezone") == "UTC"


def test_no_role_has_an_attribute_beyond_its_job(roles: psycopg.Connection) -> None:
    """None is a superuser or creates roles; dbt's has no login, the job's inherits nothing, none has a password."""
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
