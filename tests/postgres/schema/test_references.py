"""Rides refer to a run and a model that exist, although no foreign key checks each row."""

import psycopg
import pytest

from job.store.run import Run
from tests.postgres.conftest import add_model, batch, predicted, rides, value, write

INSERT = """
insert into raw.ride_predictions
    (trip_id, run_id, batch_id, trip_start_timestamp, trip_miles, predicted_duration, model_id, source)
select gen_random_uuid(), run_id, 1, now(), 2, 10, model_id, 'city'
from unnest(%s::bigint[], %s::int[]) as given (run_id, model_id)
"""


@pytest.fixture
def model_id(database: psycopg.Connection) -> int:
    """A model that nothing refers to."""
    return add_model(database)


@pytest.fixture
def scored(run: Run, model_id: int) -> Run:
    """A run that has scored a ride with the model."""
    write(run, model_id, batch(rides(1)), predicted(rides(1)))
    return run


@pytest.mark.parametrize("missing", ["run", "model"])
def test_a_ride_without_its_run_or_model_is_refused(
    writer: psycopg.Connection, run: Run, model_id: int, missing: str
) -> None:
    """One bad row among good ones refuses the statement, whoever writes it."""
    runs, models = [run.run_id] * 3, [model_id] * 3
    writer.execute(INSERT, [runs, models])
    (runs if missing == "run" else models)[1] += 1
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match=f"{missing} .* of a ride does not exist"):
        writer.execute(INSERT, [runs, models])
    assert value(writer, "select count(*) from raw.ride_predictions") == 3


@pytest.mark.parametrize("column", ["run_id", "model_id"])
def test_a_ride_cannot_be_moved_to_a_run_or_model_that_does_not_exist(
    database: psycopg.Connection, scored: Run, column: str
) -> None:
    """An administrator's update is checked like the job's inserts."""
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="does not exist"):
        database.execute(f"update raw.ride_predictions set {column} = {column} + 99".encode())


@pytest.mark.parametrize(
    "statement",
    [
        "delete from raw.runs", "delete from raw.models", "truncate raw.runs cascade", "truncate raw.models cascade",
        "update raw.runs set run_id = default", "update raw.models set model_id = default",
    ],
)  # fmt: skip
def test_a_run_or_model_of_a_ride_stays(database: psycopg.Connection, scored: Run, statement: str) -> None:
    """Deleting, truncating and renumbering are refused while a ride refers to it, and possible afterwards."""
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="rides refer to"):
        database.execute(statement.encode())
    database.execute("delete from raw.ride_predictions")
    database.execute(statement.encode())


def test_a_run_or_model_without_rides_can_be_deleted(database: psycopg.Connection, scored: Run) -> None:
    """Only runs and models that rides refer to are kept."""
    other = value(database, "insert into raw.runs (command, code_version) values ('observe', '1') returning run_id")
    database.execute("delete from raw.runs where run_id = %s", [other])
    database.execute("delete from raw.models where model_id = %s", [add_model(database)])


def test_a_run_that_is_being_deleted_cannot_get_rides(database: psycopg.Connection, run: Run, model_id: int) -> None:
    """The batch waits for the deletion, and is refused after it."""
    database.execute("begin")
    database.execute("delete from raw.runs where run_id = %s", [run.run_id])
    run.database.execute("set lock_timeout = '100ms'")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        run.database.execute(INSERT, [[run.run_id], [model_id]])
    database.execute("commit")
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="run .* of a ride does not exist"):
        run.database.execute(INSERT, [[run.run_id], [model_id]])
