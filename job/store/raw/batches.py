"""One batch's rows: rides, outcomes, rejects, windows and input counts, written in one transaction."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa

from job.model.predict import PREDICTION_COLUMNS
from job.rides.ride import Batch
from job.store.binary import Floats, Uuids
from job.store.raw import outcomes
from job.store.raw.copying import JSON, copy
from job.store.run import Counts, Run

PREDICTIONS = pa.schema(
    {
        "trip_id": pa.string(), "source_trip_id": pa.string(), "pickup_community_area": pa.int32(),
        "dropoff_community_area": pa.int32(), "trip_start_timestamp": pa.timestamp("us", "UTC"),
        "fare": pa.float64(), "trip_total": pa.float64(), "trip_miles": pa.float64(),
        "predicted_duration": pa.float64(), "predicted_low": pa.float64(), "predicted_high": pa.float64(),
        "expected_error": pa.float64(), "source": pa.string(),
    }
)  # fmt: skip
# The bands in the table are scaled; it also has their scales and the model's own, static bands.
RIDES = pa.schema(
    [
        *PREDICTIONS, pa.field("band_scale_low", pa.float32()), pa.field("band_scale_high", pa.float32()),
        pa.field("static_low", pa.float64()), pa.field("static_high", pa.float64()),
    ]
)  # fmt: skip
SHADOWS = pa.schema([PREDICTIONS.field(name) for name in ("trip_id", *PREDICTION_COLUMNS)])
INPUT_COUNTS = pa.schema({"day": pa.date32(), "feature": pa.string(), "bin": pa.int32(), "rides": pa.int64()})
OUTCOMES = pa.schema({"trip_id": pa.string(), "actual_duration": pa.float64()})

REJECTS = pa.schema(
    [
        pa.field("position", pa.int64()), pa.field("source_trip_id", pa.string()), pa.field("reason", pa.string()),
        pa.field("payload", pa.string(), metadata=JSON), pa.field("digest", pa.string()),
    ]
)  # fmt: skip

# A lateral join with a limit is always a lookup in the index, never a scan of the table; in the order of the index,
# it takes half as long.
KNOWN = """
select given.place
from (
    select trip_id, place from unnest(%b) with ordinality as unordered (trip_id, place) order by trip_id
) as given
cross join lateral (
    select from raw.ride_predictions where ride_predictions.trip_id = given.trip_id limit 1
) as known
"""
REJECTED_BEFORE = "select digest from raw.rejected_records where digest = any(%s)"
CLOSE_WINDOWS = """
insert into raw.windows (window_start, run_id, rides)
select window_start, %s, rides
from unnest(%s::timestamptz[], %s::integer[]) as scored (window_start, rides)
on conflict (window_start) do nothing
"""


@dataclass(frozen=True)
class Shadow:
    """What a model other than the production model predicts for the same rides; the columns are SHADOWS."""

    model_id: int
    predictions: pd.DataFrame


@dataclass(frozen=True)
class Scored:
    """The models' predictions for the new rides of a batch.

    predictions: the rides that had not been scored before, with their predictions and source (RIDES).
    shadow: the challenger's predictions for the same rides, if there is one.
    input_counts: how many of the rides fall into each of the model's training bins (INPUT_COUNTS).
    """

    model_id: int
    predictions: pd.DataFrame
    shadow: Shadow | None
    input_counts: pd.DataFrame


def known(database: psycopg.Connection, trip_ids: "pd.Series[str]") -> np.ndarray:
    """Whether each ride was scored earlier."""
    rows = database.cursor(binary=True).execute(KNOWN, (Uuids(trip_ids),)).fetchall()
    already_scored = np.zeros(len(trip_ids), bool)
    already_scored[[place - 1 for (place,) in rows]] = True
    return already_scored


def write(run: Run, batch_id: int, batch: Batch, scored: Scored) -> None:
    """Write a batch and add to the run's counts, inside the transaction of `run.batch()`."""
    database, run_id, predictions = run.database, run.run_id, scored.predictions
    keys = {"run_id": run_id, "batch_id": batch_id}
    copy(database, "raw.ride_predictions", table(predictions, RIDES), keys | {"model_id": scored.model_id})
    if scored.shadow:
        write_shadow(run, batch_id, scored.shadow)
    copy(database, "raw.input_counts", table(scored.input_counts, INPUT_COUNTS), keys)
    _write_outcomes(database, batch.outcomes, predictions.index, batch_id)
    _write_rejects(database, run_id, batch.rejected)
    run.counts += Counts(
        records_read=batch.read,
        rides_scored=len(predictions),
        rides_known=batch.read - len(batch.rejected) - len(predictions),
        records_rejected=len(batch.rejected),
        windows=_close_windows(database, run_id, batch.windows),
    )


def write_shadow(run: Run, batch_id: int, shadow: Shadow) -> None:
    """Write another model's predictions, inside the transaction of `run.batch()`."""
    keys = {"run_id": run.run_id, "batch_id": batch_id, "model_id": shadow.model_id}
    copy(run.database, "raw.shadow_predictions", table(shadow.predictions, SHADOWS), keys)


def table(rows: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """The rows in the schema's columns and types; NaN is null."""
    return pa.table({name: _array(rows[name]).cast(schema.field(name).type) for name in schema.names}, schema=schema)


def _array(values: pd.Series) -> pa.Array:
    """The values with NaN as null; instants lose their zone (UTC), because pandas warns when pyarrow converts it."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert(None)
    return pa.Array.from_pandas(values)


def _write_outcomes(database: psycopg.Connection, observed: pd.DataFrame, scored: pd.Index, batch_id: int) -> None:
    """Write the City's outcomes at once, even for rides scored earlier; the simulator's stay pending until due."""
    new, pending = observed.index.isin(scored), observed["due_at"].notna()
    waiting = OUTCOMES.append(pa.field("due_at", pa.timestamp("us", "UTC")))
    copy(database, "raw.pending_outcomes", table(observed[new & pending], waiting))
    copy(database, "raw.ride_outcomes", table(observed[new & ~pending], OUTCOMES), {"batch_id": batch_id})
    again = observed[~new & ~pending]
    if len(again):
        trip_ids, minutes = Uuids(again["trip_id"]), Floats(again["actual_duration"].to_numpy())
        outcomes.correct(database, batch_id, trip_ids, minutes)


def _write_rejects(database: psycopg.Connection, run_id: int, rejected: pd.DataFrame) -> None:
    """Write the rejected records that are not in the table yet; a file that is read again has the same ones."""
    new = rejected.drop_duplicates("digest")
    before = database.execute(REJECTED_BEFORE, (new["digest"].tolist(),)).fetchall() if len(new) else []
    if before:
        new = new[~new["digest"].isin([digest for (digest,) in before])]
    copy(database, "raw.rejected_records", table(new, REJECTS), {"run_id": run_id})


def _close_windows(database: psycopg.Connection, run_id: int, windows: pd.DataFrame) -> int:
    if windows.empty:
        return 0
    values = (windows["window_start"].dt.to_pydatetime().tolist(), windows["rides"].tolist())
    return database.execute(CLOSE_WINDOWS, (run_id, *values)).rowcount
