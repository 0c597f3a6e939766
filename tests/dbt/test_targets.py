"""An empty database, roles with a prefix, and an analyst's trial: once, on the newest server."""

import os
import re

import psycopg
import pytest

from job import config
from job.commands import init_db
from job.store.store import Store
from tests.dbt.conftest import MARTS, PROJECT, Dbt, add_first_history, contents
from tests.servers import Server, use

TRIAL_RIGHTS = re.compile(r"### .*the target `dev`\n.*?```sql\n(.*?)```", re.DOTALL)


def test_an_empty_database_builds_under_prefixed_roles(
    newest: Server, monkeypatch: pytest.MonkeyPatch, dbt: Dbt
) -> None:
    """Before the first ride everything builds, and the live views answer; ROLE_PREFIX names the roles."""
    name = "test_dbt_prefixed"
    with newest.connect() as admin:
        admin.execute(f"create database {name}")
    use(monkeypatch, newest, name, "postgres")
    monkeypatch.setenv("ROLE_PREFIX", "acme_")
    init_db.execute(Store(config.parse(os.environ), {}))
    without_unit_tests = ("--exclude-resource-type", "unit_test")  # they read no table
    assert "WARN=0 ERROR=0 SKIP=0" in dbt("build", *without_unit_tests, PGUSER="acme_taxi_writer")
    with newest.connect(name, "acme_taxi_reader") as reader:
        assert reader.execute("select finished_at, age_seconds, is_healthy from marts.last_success").fetchall() == [
            (None, None, False)
        ]
        assert reader.execute("select count(*), sum(waiting_seconds) from marts.mart_freshness").fetchone() == (13, 0)


def test_a_trial_leaves_production_alone(newest: Server, database: psycopg.Connection, dbt: Dbt) -> None:
    """Target dev, with the rights granted in CONTRIBUTING.md, writes only to the analyst's own schemas, repeatedly."""
    add_first_history(database)
    dbt("build", "--exclude-resource-type", "test", "unit_test")
    objects = (
        "select oid, relname from pg_class "
        "where relnamespace in ('marts'::regnamespace, 'staging'::regnamespace) order by 1"
    )
    before = database.execute(objects).fetchall(), contents(database)
    name = database.info.dbname
    database.execute("drop role if exists alice")
    database.execute(f"revoke temporary on database {name} from public")  # as init-db does; a copy has other rights
    rights = TRIAL_RIGHTS.search((PROJECT.parent / "CONTRIBUTING.md").read_text())
    assert rights
    database.execute(rights[1].replace("database taxi", f"database {name}").encode())
    dbt("build", "--target", "dev", "--exclude-resource-type", "unit_test", PGUSER="alice")
    dbt("build", "--target", "dev", "--select", "fare_per_mile", PGUSER="alice")
    assert (database.execute(objects).fetchall(), contents(database)) == before
    with newest.connect(name, "alice") as analyst:
        assert analyst.execute("select is_healthy from dbt_alice_marts.last_success").fetchone()
    made = database.execute("select nspname from pg_namespace where nspowner = 'alice'::regrole order by 1").fetchall()
    assert made == [("dbt_alice_marts",), ("dbt_alice_staging",)]
    marts = {name for (name,) in database.execute(MARTS)}
    assert {name for (name,) in database.execute(MARTS.replace("'marts'", "'dbt_alice_marts'"))} == marts
    with newest.connect(name, "taxi_reader") as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("select * from dbt_alice_marts.rides_per_hour")
