"""A database of schema 0006 with data is upgraded with everything kept, or refused in one sentence."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from psycopg.rows import dict_row

from job import config
from job.commands import dbt, observe, tick
from job.commands.status import described
from job.store.connection import DatabaseFailed
from job.store.reading import status
from job.store.store import Store
from tests.conftest import MIGRATIONS, on_newest
from tests.dbt.conftest import contents
from tests.postgres.conftest import value
from tests.postgres.schema.conftest import catalog, initialise, initialise_as, tables
from tests.servers import DATABASE, Server, use

SAVED = Path(__file__).parents[2] / "assets" / "databases" / "schema_0006.sql"
NEW_MIGRATIONS = MIGRATIONS[6:]
NEW_COLUMNS = {
    "runs": ("catch_up_hours", "first_run_days", "unhealthy_after_minutes"),
    "ride_predictions": ("expected_error", "band_scale_low", "band_scale_high", "static_low", "static_high"),
}
AFTER = datetime(2026, 11, 26, tzinfo=UTC)  # when all outcomes are due
RIDES_PER_INTERVAL = """
select interval_start, source, model_version, sum(rides)::bigint from marts.rides_per_interval
group by interval_start, source, model_version order by 1, 2, 3
"""
FORMER = {"community_areas", "stg_scoring__pruned_days", "stg_scoring__windows"}

Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Saved:
    """The saved database, and the rows of its raw tables as they were."""

    database: psycopg.Connection
    rows: Rows


@pytest.fixture
def saved(server: Server, parsed_project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Saved]:
    """The saved database, loaded into an empty one that libpq's variables name, with the superuser's login."""
    with server.connect() as admin:
        admin.execute(f"create database {DATABASE} template template0")
    use(monkeypatch, server, DATABASE, "postgres")
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    with server.connect(DATABASE) as database:
        database.execute(SAVED.read_text(encoding="utf-8").encode())
        yield Saved(database, rows(database))
    with server.connect() as admin:
        admin.execute(f"drop database {DATABASE} with (force)")


def rows(database: psycopg.Connection) -> Rows:
    """Every row of every raw table, without yoyo's own."""
    cursor = database.cursor(row_factory=dict_row)
    return {
        table: cursor.execute(f"select * from raw.{table} as t order by t::text".encode()).fetchall()
        for table in tables(database)
    }


def relations(database: psycopg.Connection) -> set[str]:
    """The tables and views of the schema staging."""
    found = database.execute("select relname from pg_class where relnamespace = 'staging'::regnamespace")
    return {name for (name,) in found}


def as_the_job() -> Store:
    """The upgraded database as the job opens it."""
    return Store(config.parse(os.environ), {"user": "taxi_writer"})


def test_the_upgrade_keeps_every_row(saved: Saved) -> None:
    """Every raw table keeps its rows, except an empty one that is dropped; new columns are null."""
    assert sum(map(len, saved.rows.values())) > 1000
    assert saved.rows.pop("pruned_days") == []
    assert initialise() == NEW_MIGRATIONS
    after = rows(saved.database)
    assert after.keys() == saved.rows.keys() | {"place", "zones", "sources", "feeds", "feed_files"}
    for table, before in saved.rows.items():
        new = dict.fromkeys(NEW_COLUMNS.get(table, ()))
        assert sorted(repr(row | new) for row in before) == sorted(map(repr, after[table])), table


def test_the_upgraded_schema_is_that_of_a_new_database(saved: Saved, server: Server) -> None:
    """Owners, rights, columns, constraints, indexes, functions, views and comments are the same."""
    initialise()
    with server.connect("template_taxi") as new:
        expected = catalog(new)
    found = catalog(saved.database)
    for part, facts in expected.items():
        assert found[part] == facts, part


def test_upgrading_twice_changes_nothing(saved: Saved) -> None:
    """The second init-db applies no migration."""
    initialise()
    before = catalog(saved.database), rows(saved.database)
    assert initialise() == []
    assert (catalog(saved.database), rows(saved.database)) == before


def test_the_owner_upgrades_without_an_administrator(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    """Roles and schemas exist already."""
    assert initialise_as(monkeypatch, "taxi_owner") == NEW_MIGRATIONS


def test_the_upgraded_database_has_a_status(saved: Saved) -> None:
    """Earlier runs recorded no settings, so those of init-db apply."""
    initialise()
    last = value(
        saved.database, "select max(finished_at) from raw.runs where command = 'score' and status = 'succeeded'"
    )
    assert isinstance(last, datetime)
    with as_the_job().reading() as reading:
        found = status.gather(reading, last)
    assert (found.healthy, found.last_success, found.catch_up_hours) == (True, last, 24)
    assert found.windows_owed > 0
    assert found.model
    assert found.model.version == "1"
    assert "chicago-taxi-duration version 1" in described(found)


def test_the_job_goes_on_after_the_upgrade(saved: Saved) -> None:
    """The next run has the next number, and later batches have larger numbers than all before."""
    initialise()
    largest = "select max(batch_id) from raw.{}"
    before = [value(saved.database, largest.format(table)) for table in ("ride_predictions", "ride_outcomes")]
    waiting = value(saved.database, "select count(*) from raw.pending_outcomes where batch_id is null")
    assert observe.execute(as_the_job(), AFTER) == waiting == 18
    assert value(saved.database, largest.format("ride_outcomes")) > max(before)  # type: ignore[type-var]
    last_run = saved.database.execute("select run_id, command, status, catch_up_hours from raw.runs order by 1 desc")
    assert last_run.fetchone() == (len(saved.rows["runs"]) + 1, "observe", "succeeded", 24)


def test_a_pruned_database_is_refused(saved: Saved) -> None:
    """The error says what to do first, and nothing is changed."""
    saved.database.execute("insert into raw.pruned_days values ('rides', 'city', '2026-11-16', 1, 29)")
    before = catalog(saved.database), rows(saved.database)
    with pytest.raises(
        DatabaseFailed,
        match="^this database was pruned, and the marts hold days that raw no longer has: back up the schema marts, "
        "run «delete from raw.pruned_days» as its owner .* and run init-db again$",
    ):
        initialise()
    assert (catalog(saved.database), rows(saved.database)) == before
    saved.database.execute("set role taxi_owner; delete from raw.pruned_days; reset role")
    assert initialise() == NEW_MIGRATIONS


@on_newest
def test_a_tick_works_at_once_after_the_upgrade(saved: Saved, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It scores, observes and rebuilds the marts, which equal a full refresh, and drops what former models left."""
    before = saved.database.execute(RIDES_PER_INTERVAL).fetchall()
    assert sum(rides for *_, rides in before) == len(saved.rows["ride_predictions"])
    assert relations(saved.database) >= FORMER
    monkeypatch.setenv("FIRST_RUN_DAYS", "1")
    monkeypatch.setattr("job.commands.tick.datetime", SimpleNamespace(now=lambda _zone: AFTER))
    initialise()
    assert tick.execute(as_the_job()) == 0
    assert not relations(saved.database) & FORMER
    assert set(before) < set(saved.database.execute(RIDES_PER_INTERVAL).fetchall())
    refreshed = contents(saved.database)
    assert {name for name, found in refreshed.items() if not found} <= {"alerts_by_day"}
    dbt.execute(["run", "--full-refresh"], as_the_job(), quiet=True)
    rebuilt = contents(saved.database)
    assert len(rebuilt.pop("job_runs")) == len(refreshed.pop("job_runs")) + 1  # the full refresh
    assert rebuilt == refreshed
    with as_the_job().reading() as reading:
        found = status.gather(reading, AFTER)
    assert found.quality is not None
    assert found.alerts is not None
    assert value(saved.database, "select count(*) from marts.last_success") == 1
