"""A batch is written in one transaction: all of its parts or none."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pytest
from psycopg.rows import dict_row

from job.rides import ride as rides_module
from job.rides.ride import Batch, no_windows
from job.store.raw import batches
from job.store.raw.batches import Shadow
from job.store.run import Counts, Run
from tests.postgres.conftest import (
    NO_COUNTS,
    NO_OUTCOMES,
    NO_REJECTS,
    add_model,
    batch,
    predicted,
    rides,
    trip_id,
    value,
    write,
)
from tests.rides import CHICAGO

START = datetime(2026, 1, 31, 8, 2, tzinfo=UTC)
PARTS = ("ride_predictions", "pending_outcomes", "ride_outcomes", "rejected_records", "windows")


@dataclass
class Scorer:
    """A run under way that writes the predictions of one model."""

    run: Run
    model_id: int

    def write(
        self, read: Batch, predictions: pd.DataFrame, shadow: Shadow | None = None, counts: pd.DataFrame = NO_COUNTS
    ) -> Counts:
        """Commit a batch; returns the counts of the run so far."""
        write(self.run, self.model_id, read, predictions, shadow, counts)
        return self.run.counts


@pytest.fixture
def scorer(database: psycopg.Connection, run: Run) -> Scorer:
    """A run that has just started, and a model."""
    return Scorer(run, add_model(database))


def outcomes(*minutes: float, due_at: object = pd.NaT) -> pd.DataFrame:
    """The true minutes of rides 1, 2, …: the City's, or the simulator's when due_at is given."""
    return pd.DataFrame(
        {
            "trip_id": [trip_id(number + 1) for number in range(len(minutes))],
            "actual_duration": list(minutes),
            "due_at": pd.Series([due_at] * len(minutes), dtype="datetime64[us, UTC]"),
        }
    )


def rejects(*digests: str, payload: str = '{"trip_miles": "NaN"}') -> pd.DataFrame:
    """One rejected record per digest."""
    return pd.DataFrame(
        {
            "position": range(1, len(digests) + 1),
            "source_trip_id": pd.Series([None, *["abc"] * len(digests)][: len(digests)], dtype=object),
            "reason": "bad_miles",
            "payload": payload,
            "digest": digests,
        }
    )


def windows(*rides_per_window: int) -> pd.DataFrame:
    """Consecutive windows from START on."""
    return pd.DataFrame(
        {
            "window_start": pd.to_datetime([START + timedelta(minutes=2) * n for n in range(len(rides_per_window))]),
            "rides": rides_per_window,
        }
    )


def counted(database: psycopg.Connection) -> dict[str, object]:
    """The number of rows in each table that a batch writes to."""
    return {table: value(database, f"select count(*) from raw.{table}") for table in PARTS}


def record(database: psycopg.Connection) -> tuple[object, ...]:
    """The run's counts."""
    found = database.execute(
        "select records_read, rides_scored, rides_known, records_rejected, windows from raw.runs"
    ).fetchone()
    assert found
    return found


def everything(first: int, due_at: object) -> tuple[Batch, pd.DataFrame]:
    """A batch of two rides with outcomes, a rejected record and a window."""
    scored = rides(first, first + 1)
    durations = outcomes(9.0, 30.5, due_at=due_at).assign(trip_id=list(scored["trip_id"]))
    window = windows(2).assign(window_start=pd.to_datetime([START + timedelta(minutes=2 * first)]))
    return batch(scored, durations, rejects(f"digest {first}"), window), predicted(scored)


def test_a_batch_is_written_with_all_of_its_parts(scorer: Scorer, database: psycopg.Connection) -> None:
    """The parts are rides, outcomes, rejects, windows and the run's counts; the run continues afterwards."""
    scorer.write(*everything(1, pd.NaT))
    assert record(database) == (3, 2, 0, 1, 1)
    scorer.write(*everything(11, pd.Timestamp("2026-01-31T09:00Z")))
    assert record(database) == (6, 4, 0, 2, 2)
    assert counted(database) == {
        "ride_predictions": 4, "pending_outcomes": 2, "ride_outcomes": 2, "rejected_records": 2, "windows": 2,
    }  # fmt: skip
    assert value(database, "select status from raw.runs") == "running"


def shadow(scored: pd.DataFrame, model_id: int, minutes: float = 25.0) -> Shadow:
    """The predictions of another model, which has no band."""
    predictions = {"predicted_duration": minutes, "predicted_low": np.nan, "predicted_high": np.nan}
    return Shadow(model_id, scored[["trip_id"]].assign(**predictions))


def test_the_challengers_predictions_are_part_of_the_batch(scorer: Scorer, database: psycopg.Connection) -> None:
    """They have the batch's number and are committed with it or not at all; deleting a ride deletes them."""
    scored, challenger = rides(1, 2), add_model(database)
    with pytest.raises(psycopg.errors.CheckViolation):
        scorer.write(batch(scored), predicted(scored), shadow=shadow(scored, challenger, minutes=-1.0))
    assert counted(database)["ride_predictions"] == 0
    scorer.write(batch(scored), predicted(scored), shadow=shadow(scored, challenger))
    found = database.execute(
        "select trip_id::text, shadow.model_id, shadow.run_id, rides.batch_id, shadow.predicted_duration, "
        "shadow.predicted_low from raw.shadow_predictions as shadow "
        "inner join raw.ride_predictions as rides using (trip_id, batch_id) order by 1"
    ).fetchall()
    batch_id = value(database, "select max(batch_id) from raw.ride_predictions")
    assert found == [(trip_id(number), challenger, scorer.run.run_id, batch_id, 25.0, None) for number in (1, 2)]
    database.execute("delete from raw.ride_predictions where trip_id = %s", [trip_id(1)])
    assert value(database, "select count(*) from raw.shadow_predictions") == 1


def test_the_input_counts_are_part_of_the_batch(scorer: Scorer, database: psycopg.Connection) -> None:
    """They have the numbers of run and batch; a model without training bins has none."""
    scored = rides(1, 2)
    counts = pd.DataFrame({"day": np.array(["2026-01-31"], "M8[D]"), "feature": "miles", "bin": [3], "rides": [2]})
    with pytest.raises(psycopg.errors.CheckViolation):
        scorer.write(batch(scored), predicted(scored), counts=counts.assign(rides=0))
    assert counted(database)["ride_predictions"] == 0
    scorer.write(batch(scored), predicted(scored), counts=counts)
    found = database.execute("select run_id, batch_id, day::text, feature, bin, rides from raw.input_counts").fetchall()
    batch_id = value(database, "select max(batch_id) from raw.ride_predictions")
    assert found == [(scorer.run.run_id, batch_id, "2026-01-31", "miles", 3, 2)]
    scorer.write(batch(rides(3)), predicted(rides(3)), counts=counts.head(0))
    assert value(database, "select count(*) from raw.input_counts") == 1


def spoilt(part: str) -> tuple[Batch, pd.DataFrame]:
    """A batch with one part that the database refuses."""
    read, scored = everything(11, pd.NaT)
    if part == "prediction":
        scored["predicted_duration"] = [20.0, -1.0]
    elif part == "outcome":
        read.outcomes["actual_duration"] = [9.0, 2000.0]
    elif part == "pending outcome":
        read.outcomes["actual_duration"], read.outcomes["due_at"] = [9.0, 0.0], pd.Timestamp("2026-01-31T09:00Z")
    elif part == "reject":
        read.rejected["payload"] = "no JSON"
    elif part == "window":
        read.windows["window_start"] += timedelta(minutes=1)
    elif part == "counts":
        read = batch(read.rides, read.outcomes, read.rejected, read.windows, repeated=-3)
    return read, scored


@pytest.mark.parametrize("part", ["prediction", "outcome", "pending outcome", "reject", "window", "counts"])
def test_a_batch_with_a_bad_part_leaves_nothing(scorer: Scorer, database: psycopg.Connection, part: str) -> None:
    """Any bad part rolls the batch back; earlier batches stay, and later ones can follow."""
    scorer.write(*everything(1, pd.Timestamp("2026-01-31T09:00Z")))
    before = counted(database), record(database)
    with pytest.raises(psycopg.errors.DataError if part == "reject" else psycopg.errors.CheckViolation):
        scorer.write(*spoilt(part))
    assert (counted(database), record(database)) == before
    scorer.write(*everything(11, pd.NaT))
    assert record(database) == (6, 4, 0, 2, 2)


def test_no_part_of_a_batch_is_visible_before_its_commit(scorer: Scorer, database: psycopg.Connection) -> None:
    """Another connection sees no row before the commit and all rows after it."""
    with scorer.run.database.transaction():
        scorer.write(*everything(1, pd.NaT))
        assert set(counted(database).values()) == {0}
        assert record(database) == (0, 0, 0, 0, 0)
    assert set(counted(database).values()) == {0, 1, 2}


def test_every_value_is_stored_exactly(scorer: Scorer, database: psycopg.Connection) -> None:
    """Numbers are stored to the last bit, times to the microsecond, and missing values as null."""
    start = pd.Timestamp("2026-01-31T08:03:04.567891Z").as_unit("us")
    odd = {"trip_start_timestamp": start, "fare": 0.1 + 0.2, "trip_total": 1e-300, "trip_miles": 1 / 3}
    empty = {"pickup_community_area": np.nan, "dropoff_community_area": np.nan, "fare": np.nan, "trip_total": np.nan}
    scored = pd.concat([rides(1, **odd), rides(2, **empty)], ignore_index=True)
    predictions = {
        "predicted_duration": [2 / 3, 7.0],
        "predicted_low": [0.0, np.nan],
        "predicted_high": [5 / 3, np.nan],
        "expected_error": [1 / 7, np.nan],
    }
    scorer.write(batch(scored), predicted(scored, **predictions))
    cursor = database.cursor(row_factory=dict_row)
    full, bare = cursor.execute("select * from raw.ride_predictions order by trip_id").fetchall()
    assert (full["trip_start_timestamp"], full["fare"], full["trip_total"], full["trip_miles"]) == tuple(odd.values())
    assert (full["pickup_community_area"], full["dropoff_community_area"]) == (32, 76)
    assert (full["predicted_duration"], full["predicted_low"], full["predicted_high"]) == (2 / 3, 0.0, 5 / 3)
    assert full["expected_error"] == 1 / 7
    assert (full["run_id"], full["model_id"], full["source"]) == (scorer.run.run_id, scorer.model_id, "city")
    assert full["created_at"] is not None
    assert bare["trip_miles"] == 17.5
    nulls = {name for name, held in bare.items() if held is None}
    assert nulls == {*empty, "predicted_low", "predicted_high", "expected_error", "source_trip_id"}


def test_a_trip_id_may_be_any_text(scorer: Scorer, database: psycopg.Connection) -> None:
    """COPY does not interpret any of it."""
    given = [
        "", 'with "quotes", commas', "two\nlines", "x\n\\.\ny", "\\.", "\\N", "NULL", " a ", "ü🚕", "\r\n", "\t", '"',
    ]  # fmt: skip
    scored = rides(*range(len(given))).assign(source_trip_id=given)
    scorer.write(batch(scored), predicted(scored))
    found = database.execute("select source_trip_id from raw.ride_predictions order by trip_id").fetchall()
    assert [text for (text,) in found] == given


def test_an_outcome_is_known_at_once_or_waits(scorer: Scorer, database: psycopg.Connection) -> None:
    """The City's outcomes are stored with the batch; the simulator's wait until they are due."""
    due_at = pd.Timestamp("2026-01-31T08:30:00.5Z")
    city, simulated = rides(1), rides(2)
    waiting = outcomes(33.25, due_at=due_at).assign(trip_id=trip_id(2))
    scorer.write(batch(city, outcomes(12.5)), predicted(city))
    scorer.write(batch(simulated, waiting), predicted(simulated, "simulator"))
    known = database.execute("select trip_id::text, actual_duration, batch_id from raw.ride_outcomes").fetchall()
    batch_id = value(database, "select batch_id from raw.ride_predictions where trip_id = %s", trip_id(1))
    assert known == [(trip_id(1), 12.5, batch_id)]
    pending = database.execute("select trip_id::text, actual_duration, due_at from raw.pending_outcomes").fetchall()
    assert pending == [(trip_id(2), 33.25, due_at)]


def test_a_known_ride_keeps_its_prediction(
    scorer: Scorer, writer: psycopg.Connection, database: psycopg.Connection
) -> None:
    """The ride is not written again; only an outcome that has changed is appended."""
    assert batches.known(writer, pd.Series([], dtype=str)).tolist() == []
    first, second = rides(1, 2), rides(2, 3, 1)
    scorer.write(batch(first, outcomes(10.0, 11.0)), predicted(first))
    known = batches.known(writer, second["trip_id"])
    assert known.tolist() == [True, False, True]
    again = outcomes(10.0, 51.0, 52.0).set_axis([2, 0, 1])  # of rides 1, 2 and 3
    counts = scorer.write(batch(second, again, repeated=1), predicted(second[~known], predicted_duration=99.0))
    assert counts == Counts(records_read=6, rides_scored=3, rides_known=3)
    found = database.execute("select trip_id::text, predicted_duration from raw.ride_predictions order by 1").fetchall()
    assert found == [(trip_id(1), 20.0), (trip_id(2), 20.0), (trip_id(3), 99.0)]
    durations = "select trip_id::text, actual_duration from raw.ride_outcomes order by 1, outcome_id"
    kept = [(trip_id(1), 10.0), (trip_id(2), 11.0), (trip_id(2), 51.0), (trip_id(3), 52.0)]
    assert database.execute(durations).fetchall() == kept


def test_a_ride_is_never_written_twice(scorer: Scorer, database: psycopg.Connection) -> None:
    """The trip_id is the primary key, so a batch that contains it again fails as a whole."""
    scored = rides(1)
    scorer.write(batch(scored), predicted(scored))
    more = rides(2, 1)
    with pytest.raises(psycopg.errors.UniqueViolation):
        scorer.write(batch(more), predicted(more))
    assert value(database, "select count(*) from raw.ride_predictions") == 1


def test_a_record_that_is_rejected_twice_is_one_row(scorer: Scorer, database: psycopg.Connection) -> None:
    """In one batch or in two, it is counted each time and keeps its first position and run."""
    scorer.write(batch(rides(1)[:0], rejected=rejects("a", "b", "a")), predicted(rides(1))[:0])
    scorer.write(batch(rides(1), rejected=rejects("b", "c")), predicted(rides(1)))
    assert record(database)[:4] == (6, 1, 0, 5)
    assert database.execute("select digest, position from raw.rejected_records order by 1").fetchall() == [
        ("a", 1), ("b", 2), ("c", 2),
    ]  # fmt: skip


def test_a_rejected_record_is_stored_as_it_was_read(scorer: Scorer, database: psycopg.Connection) -> None:
    """Invalid numbers are kept as text, and U+0000, which jsonb refuses, becomes U+FFFD."""
    records = pa.table(
        {
            "trip_id": ["one", "two\0", "three", None], "trip_start_timestamp": ["2022-03-01T10:00:00"] * 4,
            "trip_miles": ["NaN", "1", "-Infinity", "1"], "pickup_community_area": ["8"] * 4,
            "dropoff_community_area": ["8", "\0", '"\\u0000', "8"],
        }
    )  # fmt: skip
    read = rides_module.parse(records, CHICAGO)
    assert len(read.rejected) == 4
    scorer.write(read, predicted(read.rides))
    found = database.execute(
        "select source_trip_id, reason, payload ->> 'trip_miles', payload ->> 'dropoff_community_area' "
        "from raw.rejected_records order by position"
    ).fetchall()
    assert found == [
        ("one", "bad_miles", "NaN", "8"),
        ("two�", "bad_trip_id", "1", "�"),
        ("three", "bad_miles", "-Infinity", '"\\u0000'),
        (None, "missing_trip_id", "1", "8"),
    ]


def test_a_payload_may_have_any_characters(scorer: Scorer, database: psycopg.Connection) -> None:
    """Neither JSON nor PostgreSQL's arrays interpret braces, quotes or backslashes in it."""
    held = {"trip_id": 'a"b,{}\\', "x": "null", "y": "{1,2}", "z": "ü🚕\n"}
    scorer.write(batch(rides(1), rejected=rejects("a", payload=json.dumps(held))), predicted(rides(1)))
    assert value(database, "select payload from raw.rejected_records") == held


def test_a_ride_has_the_number_of_its_batch(scorer: Scorer, database: psycopg.Connection) -> None:
    """Numbers increase even after a failed batch, because the marts use them as watermark."""
    for number in (1, 2, 3):
        scored = rides(number)
        scorer.write(batch(scored), predicted(scored))
        with pytest.raises(psycopg.errors.CheckViolation):
            scorer.write(batch(rides(9)), predicted(rides(9), predicted_duration=-1.0))
    numbers = [number for (number,) in database.execute("select batch_id from raw.ride_predictions order by trip_id")]
    assert numbers == sorted(set(numbers))


def test_a_window_that_was_scored_before_keeps_its_row(scorer: Scorer, database: psycopg.Connection) -> None:
    """Scoring it again manually neither changes nor counts it."""
    scorer.write(batch(rides(1), windows=windows(3, 0)), predicted(rides(1)))
    counts = scorer.write(batch(rides(2), windows=windows(5, 5, 5)), predicted(rides(2)))
    assert counts.windows == 3
    found = database.execute("select window_start, rides from raw.windows order by 1").fetchall()
    assert found == [(START, 3), (START + timedelta(minutes=2), 0), (START + timedelta(minutes=4), 5)]


def test_an_empty_batch_may_be_written(scorer: Scorer, database: psycopg.Connection) -> None:
    """It may come from an empty file, or from windows without rides, which are counted."""
    nothing = rides(1)[:0]
    scorer.write(Batch(nothing, NO_OUTCOMES, NO_REJECTS, no_windows()), predicted(nothing))
    scorer.write(Batch(nothing, NO_OUTCOMES, NO_REJECTS, windows(0, 0)), predicted(nothing))
    assert record(database) == (0, 0, 0, 0, 2)


@pytest.mark.parametrize(
    "name",
    ["fare", "trip_total", "trip_miles", "predicted_duration", "predicted_low", "predicted_high", "expected_error"],
)
def test_a_prediction_with_an_infinite_number_or_nan_is_refused(
    scorer: Scorer, database: psycopg.Connection, name: str
) -> None:
    """The database checks every column, whether SQL or the job writes it (pandas turns NaN into null)."""
    scored = rides(1)
    scorer.write(batch(scored), predicted(scored))
    for not_finite in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(psycopg.errors.CheckViolation, match=name):
            database.execute(f"update raw.ride_predictions set {name} = %s".encode(), [not_finite])
    for infinite in (np.inf, -np.inf):
        with pytest.raises(psycopg.errors.CheckViolation, match=name):
            scorer.write(batch(rides(2)), predicted(rides(2)).assign(**{name: infinite}))


@pytest.mark.parametrize(
    "statement",
    [
        "insert into raw.pending_outcomes (trip_id, actual_duration, due_at) values (gen_random_uuid(), %s, now())",
        "insert into raw.ride_outcomes (trip_id, actual_duration, batch_id) values (gen_random_uuid(), %s, 1)",
    ],
    ids=["pending", "known"],
)
def test_an_impossible_duration_is_refused(writer: psycopg.Connection, statement: str) -> None:
    """A duration must be above 0 and at most a day."""
    for minutes in ("NaN", "Infinity", "-Infinity", "0", "-1", "1440.01"):
        with pytest.raises(psycopg.errors.CheckViolation, match="actual_duration"):
            writer.execute(statement.encode(), [minutes])
    writer.execute(statement.encode(), ["1440"])


def test_a_value_out_of_bounds_is_refused(scorer: Scorer, database: psycopg.Connection) -> None:
    """The database checks zones, sources and signs."""
    scored = rides(1)
    scorer.write(batch(scored), predicted(scored))
    for name, refused in {
        "pickup_community_area": [0, 78, -1], "dropoff_community_area": [0, 78, -1], "fare": [-0.01],
        "trip_total": [-0.01], "trip_miles": [0, -1], "predicted_duration": [0, -1], "predicted_low": [-0.01],
        "predicted_high": [0], "expected_error": [-0.01], "source": ["New York"],
    }.items():  # fmt: skip
        for bad in refused:
            with pytest.raises(psycopg.errors.CheckViolation, match=name):
                database.execute(f"update raw.ride_predictions set {name} = %s".encode(), [bad])
