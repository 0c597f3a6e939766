"""The two functions that take days out of raw, on every server version, and the days that may go."""

import psycopg
import pytest

from tests.conftest import Server

SETUP = """
insert into raw.models (name, version, digest) values ('taxi', '1', 'x'), ('taxi', '2', 'y');
insert into raw.runs (command, source, code_version, started_at) values
    ('score', 'city', 'test', '2026-01-31 06:00Z'), ('score', 'simulator', 'test', '2026-01-31 06:00Z'),
    ('prune', null, 'test', '2026-01-31 06:00Z'), ('score', 'city', 'test', '2026-02-01 06:00Z');
-- midnight in Chicago is 06:00Z
insert into raw.ride_predictions
    (trip_id, run_id, batch_id, trip_start_timestamp, trip_miles, predicted_duration, model_id, source)
select gen_random_uuid(), case source when 'city' then 1 else 2 end, 1, start, 1, 10, 1, source
from unnest('{city,simulator}'::text[]) as source, unnest(
    '{2026-01-30 05:59:59Z,2026-01-30 06:00Z,2026-01-31 05:59:59Z,2026-02-03 06:00Z}'::timestamptz[]) as start;
insert into raw.ride_outcomes (trip_id, actual_duration, batch_id)
select trip_id, 10, 1 from raw.ride_predictions, generate_series(1, 2);
insert into raw.pending_outcomes select trip_id, 10, '2026-02-01', 1 from raw.ride_predictions;
insert into raw.shadow_predictions (trip_id, model_id, run_id, batch_id, predicted_duration)
select trip_id, 2, run_id, 1, 10 from raw.ride_predictions;
insert into raw.input_counts
select run_id, run_id, day, 'miles', 1, 2 from unnest('{1,2}'::bigint[]) as run_id,
    unnest('{2026-01-29,2026-01-30,2026-01-31}'::date[]) as day;
insert into raw.rejected_records (run_id, position, reason, payload, digest) values
    (1, 1, 'bad_area', '{}', 'a'), (1, 2, 'bad_area', '{}', 'b'), (4, 1, 'bad_area', '{}', 'c');
"""
OF_RIDES = ("ride_outcomes", "pending_outcomes", "shadow_predictions")


@pytest.fixture
def filled(database: psycopg.Connection, server: Server) -> psycopg.Connection:
    """Four rides of each source around two midnights, with all that hangs on them, and the job's connection."""
    database.execute(SETUP)
    return database


def prune(filled: psycopg.Connection, function: str, source: str, day: str, role: str = "taxi_writer") -> int:
    """Call one of the functions as a role."""
    with filled.transaction():
        filled.execute(f"set local session authorization {role}")
        row = filled.execute(f"select raw.{function}(%s, %s, 3)", [source, day]).fetchone()
    assert row
    return row[0]


def test_a_day_of_rides_goes_whole_and_nothing_else(filled: psycopg.Connection) -> None:
    """Chicago's day of one source: its rides, outcomes, shadows, input counts; it is noted with its run."""
    assert prune(filled, "prune_rides", "city", "2026-01-30") == 2
    left = "select source, count(*)::int from raw.ride_predictions group by 1 order by 1"
    assert filled.execute(left).fetchall() == [("city", 2), ("simulator", 4)]
    between = "select from raw.ride_predictions where source = 'city' and trip_start_timestamp between %s and %s"
    assert not filled.execute(between, ["2026-01-30 06:00Z", "2026-01-31 05:59:59Z"]).fetchall()
    for table in OF_RIDES:
        of = "select distinct trip_id from raw.{} where trip_id {} (select trip_id from raw.ride_predictions)"
        assert len(filled.execute(of.format(table, "in")).fetchall()) == 6
        assert not filled.execute(of.format(table, "not in")).fetchall()
    counts = filled.execute("select run_id, day::text from raw.input_counts order by 1, 2").fetchall()
    assert counts == [(1, "2026-01-29"), (1, "2026-01-31")] + [(2, f"2026-01-{day}") for day in (29, 30, 31)]
    noted = filled.execute("select kind, source, day::text, run_id, removed from raw.pruned_days").fetchall()
    assert noted == [("rides", "city", "2026-01-30", 3, 2)]
    assert filled.execute("select count(*) from raw.rejected_records").fetchone() == (3,)


def test_a_day_of_rejects_goes_by_the_day_of_its_run(filled: psycopg.Connection) -> None:
    """And leaves the rides alone."""
    assert prune(filled, "prune_rejects", "city", "2026-01-31") == 2
    assert filled.execute("select digest from raw.rejected_records").fetchall() == [("c",)]
    assert filled.execute("select count(*) from raw.ride_predictions").fetchone() == (8,)
    assert filled.execute("select kind, removed from raw.pruned_days").fetchall() == [("rejects", 2)]


@pytest.mark.parametrize("day", ["2026-01-31", "2026-02-03", "2026-02-10"])
def test_a_day_that_may_still_change_stays(filled: psycopg.Connection, day: str) -> None:
    """Whoever calls: the source must have a ride that is four days younger."""
    with pytest.raises(psycopg.errors.RaiseException, match="may still change"):
        prune(filled, "prune_rides", "city", day)
    assert filled.execute("select count(*) from raw.ride_predictions").fetchone() == (8,)


def test_a_day_that_cannot_be_noted_stays(filled: psycopg.Connection) -> None:
    """All of a day or nothing of it: here a run that does not exist."""
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        filled.execute("select raw.prune_rides('city', '2026-01-30', 99)")
    assert filled.execute("select count(*) from raw.ride_predictions").fetchone() == (8,)


@pytest.mark.parametrize("role", ["taxi_dbt", "taxi_reader"])
@pytest.mark.parametrize("function", ["prune_rides", "prune_rejects"])
def test_nobody_but_the_job_prunes(filled: psycopg.Connection, function: str, role: str) -> None:
    """Who reads is refused."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        prune(filled, function, "city", "2026-01-30", role)
