"""A database of the last schema before 0.1.0 is upgraded with everything kept, and an older one is refused."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from job import config
from job.commands import dbt, observe, tick
from job.commands.status import described
from job.errors import JobError
from job.store.connection import DatabaseFailed
from job.store.reading import status
from job.store.schema import former, migrate
from job.store.store import Store
from tests.conftest import MIGRATIONS, on_newest
from tests.dbt.conftest import contents
from tests.postgres.conftest import value
from tests.postgres.schema.conftest import catalog, initialise, initialise_as, printed_sql, run_in_psql, tables
from tests.servers import DATABASE, Server, use

SAVED = Path(__file__).parents[2] / "assets" / "databases" / "schema_0016.sql"
AFTER = datetime(2026, 11, 26, tzinfo=UTC)  # when all outcomes are due
RIDES_PER_INTERVAL = """
select interval_start, source, model_version, sum(rides)::bigint from marts.rides_per_interval
group by interval_start, source, model_version order by 1, 2, 3
"""
FORMER = {"community_areas", "stg_scoring__windows"}

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
    """Every raw table keeps its rows."""
    assert sum(map(len, saved.rows.values())) > 1000
    assert initialise() == MIGRATIONS
    assert rows(saved.database) == saved.rows


def test_the_upgraded_schema_is_that_of_a_new_database(saved: Saved, server: Server) -> None:
    """Migrations, owners, rights, columns, constraints, indexes, functions, views and comments are the same."""
    initialise()
    with server.connect("template_taxi") as new:
        expected = catalog(new)
        assert migrate.applied(saved.database) == migrate.applied(new)
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
    assert initialise_as(monkeypatch, "taxi_owner") == MIGRATIONS


def test_the_upgraded_database_has_a_status(saved: Saved) -> None:
    """The settings of its last run apply, although earlier runs recorded none."""
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
    assert "chicago-taxi-duration version 1" in described(found, "here")


def test_the_job_goes_on_after_the_upgrade(saved: Saved) -> None:
    """The next run has the next number, and later batches have larger numbers than all before."""
    initialise()
    largest = "select max(batch_id) from raw.{}"
    before = [value(saved.database, largest.format(table)) for table in ("ride_predictions", "ride_outcomes")]
    waiting = value(saved.database, "select count(*) from raw.pending_outcomes where batch_id is null")
    assert observe.execute(as_the_job(), AFTER) == waiting == 27
    assert value(saved.database, largest.format("ride_outcomes")) > max(before)  # type: ignore[type-var]
    last_run = saved.database.execute("select run_id, command, status, catch_up_hours from raw.runs order by 1 desc")
    assert last_run.fetchone() == (len(saved.rows["runs"]) + 1, "observe", "succeeded", 24)


@pytest.mark.parametrize("lacking", [["0016_sources"], ["0012_redacted_errors", "0013_bulk"], list(former.NAMES[1:])])
def test_an_older_database_is_refused(saved: Saved, lacking: list[str]) -> None:
    """By init-db, by its printed SQL and by the job: the sentence says what to do first, and nothing is changed."""
    saved.database.execute("delete from raw._yoyo_migration where migration_id = any(%s)", [lacking])
    before = catalog(saved.database), rows(saved.database), migrate.applied(saved.database)
    sentence = (
        f"the database is from before 0.1.0 and lacks {lacking[0]}, which this version cannot apply: check out commit "
        f"{former.LAST_VERSION} and run its `python -m job init-db`, then that of this version"
    )
    with pytest.raises(DatabaseFailed, match=f"^{sentence}$"):
        initialise()
    with pytest.raises(DatabaseFailed, match=f"^{sentence}$"), as_the_job().run("score"):
        pytest.fail("it was opened")
    assert sentence in run_in_psql(printed_sql(), exit_code=3)
    assert (catalog(saved.database), rows(saved.database), migrate.applied(saved.database)) == before


def test_the_job_asks_for_the_upgrade(saved: Saved) -> None:
    """A database that can be upgraded is not refused as too old."""
    with (
        pytest.raises(JobError, match=f"lacks {MIGRATIONS[0]}.*: run `python -m job init-db`"),
        as_the_job().run("score"),
    ):
        pytest.fail("it was opened")


def test_the_printed_sql_upgrades_too(saved: Saved, server: Server) -> None:
    """It keeps every row, and leaves nothing for init-db."""
    run_in_psql(printed_sql())
    assert migrate.applied(saved.database) == set(MIGRATIONS)
    assert initialise() == []
    assert rows(saved.database) == saved.rows
    with server.connect("template_taxi") as new:
        assert catalog(saved.database) == catalog(new)


def test_an_upgrade_that_was_interrupted_is_completed(saved: Saved) -> None:
    """When some of the new migrations are recorded beside the former ones, the next init-db applies the others."""
    applied = sql.SQL("").join(migrate.NOTE_APPLIED.format(name=sql.Literal(name)) for name in MIGRATIONS[:2])
    saved.database.execute(applied.as_string(saved.database).encode())
    assert initialise() == MIGRATIONS[2:]
    assert migrate.applied(saved.database) == set(MIGRATIONS)


@on_newest
def test_a_tick_works_at_once_after_the_upgrade(saved: Saved, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It scores, observes and rebuilds the marts, which equal a full refresh, and drops what former models left."""
    before = saved.database.execute(RIDES_PER_INTERVAL).fetchall()
    assert 0 < sum(rides for *_, rides in before) < len(saved.rows["ride_predictions"])  # dbt has not run since
    assert relations(saved.database) >= FORMER
    monkeypatch.setenv("FIRST_RUN_DAYS", "1")
    monkeypatch.setattr("job.commands.tick.datetime", SimpleNamespace(now=lambda _zone: AFTER))
    initialise()
    assert tick.execute(as_the_job()) == 0
    assert not relations(saved.database) & FORMER
    after = saved.database.execute(RIDES_PER_INTERVAL).fetchall()
    assert set(before) < set(after)
    assert sum(rides for *_, rides in after) == value(saved.database, "select count(*) from raw.ride_predictions")
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
