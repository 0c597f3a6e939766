"""An ordinary run rebuilds the marts whose definition has changed, and no others."""

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.conftest import on_newest
from tests.dbt.conftest import PROJECT, Dbt, add_first_history, add_late_history, add_rides, contents, succeeded
from tests.servers import Server, created, created_template

pytestmark = on_newest

TABLES = "select relname, oid::bigint from pg_class where relnamespace = 'marts'::regnamespace and relkind = 'r'"
# Indexes without their names, which dbt draws at random.
FACTS = """
select relname, relacl::text, obj_description(pg_class.oid, 'pg_class'),
    array(select regexp_replace(pg_get_indexdef(indexrelid), ' INDEX .* ON ', ' INDEX ON ') from pg_index
        where indrelid = pg_class.oid order by 1),
    array(select concat(attname, ' ', format_type(atttypid, atttypmod), ' ', col_description(attrelid, attnum))
        from pg_attribute where attrelid = pg_class.oid and attnum > 0 order by attnum)
from pg_class where relnamespace = 'marts'::regnamespace and relkind in ('r', 'v') order by 1
"""
LATE = datetime(2026, 2, 20, 12, tzinfo=UTC)
OTHER_COLUMNS = {
    "rides_per_interval": "drop column rides_with_fare cascade",
    "rides_per_hour": "add column extra text",
    "fare_per_mile": "alter column rides type integer",
    "durations_per_hour": "alter column median_predicted_minutes type numeric(18, 4)",
    "rejects": "drop constraint rejects_pkey",
}


@pytest.fixture(scope="module")
def built_before(server: Server, parsed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A template whose marts have been built once, and have not been refreshed since some rides arrived."""
    with created_template(server, "template_built") as connection:
        add_first_history(connection)
        Dbt(tmp_path_factory.mktemp("dbt"))("run")
        add_late_history(connection)
    return "template_built"


@pytest.fixture
def built(server: Server, built_before: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """A copy of this template."""
    with created(server, monkeypatch, template=built_before) as connection:
        yield connection


def rebuilt(database: psycopg.Connection, dbt: Dbt, *arguments: str) -> set[str]:
    """Run dbt; return the names of the tables that were created anew."""
    before = dict(database.execute(TABLES).fetchall())
    dbt("run", *arguments)
    after = dict(database.execute(TABLES).fetchall())
    assert after.keys() == before.keys()
    return {name for name, oid in after.items() if oid != before[name]}


def state(database: psycopg.Connection) -> tuple[object, ...]:
    """Rows, rights, comments, indexes and columns of all marts."""
    return contents(database), database.execute(FACTS).fetchall()


def delete_rides(database: psycopg.Connection) -> None:
    """Delete a batch from raw; its run still records more rides than are left."""
    database.execute("update raw.runs set rides_scored = kept, records_read = kept from "
                     "(select count(*) as kept from raw.ride_predictions) as counted where run_id = 1")  # fmt: skip
    database.execute("delete from raw.ride_predictions where source = 'city' and batch_id = 1")


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace a text, which must occur in the file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_mart_with_other_columns_is_rebuilt(built: psycopg.Connection, dbt: Dbt) -> None:
    """After a change of its columns or its key the mart is as after a full refresh, and is then left alone."""
    for mart, change in OTHER_COLUMNS.items():
        built.execute(f"alter table marts.{mart} {change}")
    assert rebuilt(built, dbt) == set(OTHER_COLUMNS)
    found = state(built)
    assert rebuilt(built, dbt) == set()
    assert rebuilt(built, dbt, "--full-refresh") > set(OTHER_COLUMNS)
    assert state(built) == found


def test_a_mart_with_another_calculation_is_rebuilt(built: psycopg.Connection, dbt: Dbt, tmp_path: Path) -> None:
    """Its SQL, a variable, the precision of a column, or a view, macro or mart that it reads may have changed."""
    newer = replace(dbt, project=shutil.copytree(PROJECT, tmp_path / "project"))
    rides, staging = (newer.project / "models" / folder for folder in ("marts/rides", "staging/scoring"))
    replace_in(rides / "rides_per_interval.sql", "coalesce(sum(fare), 0)", "coalesce(sum(fare), 1)")
    for name in ("durations_per_hour.sql", "durations_per_hour.yml"):
        replace_in(rides / name, "numeric(18, 3)", "numeric(18, 4)")
    replace_in(staging / "stg_scoring__rejected_records.sql", "\n    reason\n", "\n    upper(reason) as reason\n")
    replace_in(newer.project / "macros" / "quality_sums.sql", "count(is_covered)", "2 * count(is_covered)")
    replace_in(newer.project / "dbt_project.yml", "latest_days: 2", "latest_days: 1")
    assert rebuilt(built, newer) == {
        "rides_per_interval", "feature_drift", "durations_per_hour", "rejects", "latest_predictions",
        "prediction_quality", "prediction_quality_by_segment", "prediction_quality_by_area", "model_comparison",
        "excess_error_by_segment",
    }  # fmt: skip
    found = state(built)
    assert rebuilt(built, newer) == set()
    newer("run", "--full-refresh")
    assert state(built) == found


def test_a_mart_is_kept_if_rides_were_deleted_from_raw(built: psycopg.Connection, dbt: Dbt) -> None:
    """A rebuild would lose them: dbt warns once, and only --full-refresh rebuilds."""
    dbt("run", "--select", "rides_per_hour")
    delete_rides(built)
    built.execute("comment on constraint rides_per_hour_pkey on marts.rides_per_hour is 'older'")
    before = contents(built)
    warning = 'rides_per_hour" has another definition but is not rebuilt'
    assert warning in dbt("run", "--select", "rides_per_hour")
    assert warning not in dbt("run", "--select", "rides_per_hour")
    assert contents(built) == before
    dbt("run", "--full-refresh", "--select", "rides_per_hour")
    assert len(contents(built)["rides_per_hour"]) < len(before["rides_per_hour"])


@pytest.mark.parametrize(
    "older",
    ["alter table staging.int_errors_per_hour drop column rides_covered_static cascade",
     "drop table staging.int_errors_per_hour cascade"],
    ids=["fewer columns", "no table of errors"],
)  # fmt: skip
def test_a_mart_that_is_kept_gets_new_columns(built: psycopg.Connection, dbt: Dbt, older: str) -> None:
    """A version with more columns refreshes a mart that it cannot rebuild; rows that stay have null in these."""
    dbt("run", "--select", "+prediction_quality")
    delete_rides(built)
    built.execute("alter table marts.prediction_quality drop column rides_covered_static cascade")
    built.execute(older.encode())
    before = built.execute("select count(*) from marts.prediction_quality").fetchone()
    add_rides(built, 10, [LATE], "simulator")
    assert rebuilt(built, dbt) == set()
    rows = "select count(*) filter (where {0}), count(*) filter (where not {0}) from marts.prediction_quality"
    has_column = f"coalesce(rides_covered_static = 0 and hour_start = '{LATE}', false)"
    assert built.execute(rows.format(has_column)).fetchone() == (1, before[0])
    assert built.execute("select count(rides_covered_static) from marts.prediction_quality").fetchone() == (1,)


def test_a_build_is_recorded_if_it_is_whole(built: psycopg.Connection, dbt: Dbt) -> None:
    """A run of some models records nothing, and one that may have built other views deletes the record."""
    built.execute("comment on schema staging is null")
    record = "select obj_description('staging'::regnamespace, 'pg_namespace')"
    dbt("run", "--exclude", "config.materialized:view", PROJECT_VERSION="1.0")
    assert built.execute(record).fetchone() == (None,)
    dbt("run", PROJECT_VERSION="1.0")
    row = built.execute(record).fetchone()
    views = (
        "select count(*) from pg_class where relkind = 'v' and relnamespace::regnamespace::text in ('marts', 'staging')"
    )
    assert row
    assert re.fullmatch(rf"1\.0 20\S+ {built.execute(views).fetchone()[0]}", row[0])
    dbt("run", "--select", "last_success", PROJECT_VERSION="1.0")
    assert built.execute(record).fetchone() == row
    for options in (["--empty"], ["--vars", "{latest_days: 1}"]):
        built.execute(f"comment on schema staging is '{row[0]}'")
        dbt("run", "--select", "last_success", *options, PROJECT_VERSION="1.0")
        assert built.execute(record).fetchone() == (None,)


def wait_for_locks(database: psycopg.Connection, expected: int) -> None:
    """Return when this many sessions wait for a lock; pytest's time limit ends the wait."""
    while database.execute("select count(*) from pg_locks where not granted").fetchone() != (expected,):
        time.sleep(0.05)


def test_marts_with_common_views_are_dropped_one_after_the_other(built: psycopg.Connection, dbt: Dbt) -> None:
    """While a session may be dropping a table, no other one begins: two would lock common views in any order."""
    with built.transaction():
        built.execute("select pg_advisory_xact_lock(hashtextextended('chicago_taxi.drop', 0))")
        running = dbt.start("run", "--full-refresh", "--select", "fare_per_mile", "durations_per_hour")
        wait_for_locks(built, 2)
    succeeded(running)


def test_views_of_others_do_not_stop_a_rebuild(built: psycopg.Connection, dbt: Dbt) -> None:
    """Views that somebody built on a mart or on its views are dropped with them."""
    built.execute("create schema analyst; create view analyst.late as select * from marts.mart_freshness")
    built.execute("create materialized view analyst.kept as select * from staging.int_ride_mart_freshness")
    built.execute("create view analyst.miles as select * from marts.fare_per_mile")
    dbt("run", "--full-refresh", "--select", "fare_per_mile")
    assert not built.execute("select from pg_class where relnamespace = 'analyst'::regnamespace").fetchall()


def test_a_panel_does_not_stop_a_rebuild(built: psycopg.Connection, dbt: Dbt) -> None:
    """A query locks a view before the tables that it reads, and so does the rebuild of one of these tables."""
    with built.transaction():
        built.execute("comment on view marts.mart_freshness is 'locked, without what it reads'")
        running = dbt.start("run", "--full-refresh", "--select", "fare_per_mile")
        wait_for_locks(built, 1)
        built.execute("select * from marts.mart_freshness")
    succeeded(running)
