"""Reads a prediction's lineage: its ride, run, window, model and outcomes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from job.rides.ride import RIDE_COLUMNS
from job.rides.source import SourceName

RIDE = """
select
    trip_id::text as trip_id, source_trip_id, pickup_community_area, dropoff_community_area, trip_start_timestamp,
    fare, trip_total, trip_miles, predicted_duration, predicted_low, predicted_high, band_scale_low,
    band_scale_high, static_low, static_high, source, batch_id, created_at, run_id, model_id
from raw.ride_predictions
where trip_id = any(%s::uuid[])
limit 1
"""
RUN = """
select
    run_id, command, status, started_at, finished_at, scenario, profile_digest, model_stale, code_version
from raw.runs
where run_id = %s
"""
WINDOW = """
select window_start from raw.windows where window_start = date_bin('2 minutes', %s, 'epoch')
"""
MODEL = """
select name, version, digest, features_version, metrics, created_at as first_used_at
from raw.models
where model_id = %s
"""
OUTCOMES = "select actual_duration, observed_at from raw.ride_outcomes where trip_id = %s order by outcome_id desc"
DUE_AT = "select due_at from raw.pending_outcomes where trip_id = %s and batch_id is null"
SHADOWS = """
select models.name, models.version, shadows.predicted_duration, shadows.predicted_low, shadows.predicted_high
from raw.shadow_predictions as shadows
inner join raw.models using (model_id)
where shadows.trip_id = %s
order by shadows.batch_id, shadows.model_id
"""
REJECTED = """
select run_id, position, reason, replayed_by
from raw.rejected_records
where source_trip_id = %s
order by rejected_id desc
limit 1
"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Prediction:
    """A ride and its prediction in minutes with the 90 % band, as scored.

    band_scale_low, band_scale_high: how many times as wide as the model's own band it is, on either side; None without
    a band and for rides that were scored before bands were tracked.
    """

    ride: Row
    predicted_duration: float
    predicted_low: float | None
    predicted_high: float | None
    band_scale_low: float | None
    band_scale_high: float | None
    static_low: float | None
    static_high: float | None
    source: SourceName
    batch_id: int
    scored_at: datetime


@dataclass(frozen=True)
class Lineage:
    """The lineage of one prediction; outcomes newest first, `due_at` set while a simulated outcome is pending."""

    prediction: Prediction
    run: Row
    window_start: datetime | None
    model: Row
    outcomes: list[Row]
    due_at: datetime | None
    shadows: list[Row]


@dataclass(frozen=True)
class Rejected:
    """The newest rejected record of a trip_id."""

    run_id: int
    position: int
    reason: str
    replayed_by: int | None


def of_ride(database: psycopg.Connection, trip_ids: list[str]) -> Lineage | None:
    """The lineage of the ride with one of these trip_ids (UUIDs), or None."""
    row = _one(database, RIDE, trip_ids)
    if row is None:
        return None
    run, model = _one(database, RUN, row["run_id"]), _one(database, MODEL, row["model_id"])
    window = _one(database, WINDOW, row["trip_start_timestamp"]) if row["source"] == "simulator" else None
    pending = _one(database, DUE_AT, row["trip_id"])
    assert run  # guaranteed by a foreign key, as is the model
    assert model
    return Lineage(
        prediction=Prediction(
            ride={name: row[name] for name in RIDE_COLUMNS},
            scored_at=row["created_at"],
            **{name: row[name] for name in Prediction.__annotations__ if name in row},
        ),
        run=run,
        window_start=window["window_start"] if window else None,
        model=model,
        outcomes=_all(database, OUTCOMES, row["trip_id"]),
        due_at=pending["due_at"] if pending else None,
        shadows=_all(database, SHADOWS, row["trip_id"]),
    )


def of_rejected(database: psycopg.Connection, source_trip_id: str) -> Rejected | None:
    """The newest rejected record with the City's trip_id, or None."""
    return database.cursor(row_factory=class_row(Rejected)).execute(REJECTED, (source_trip_id,)).fetchone()


def _all(database: psycopg.Connection, query: str, parameter: object) -> list[Row]:
    return database.cursor(row_factory=dict_row).execute(query.encode(), (parameter,)).fetchall()


def _one(database: psycopg.Connection, query: str, parameter: object) -> Row | None:
    return next(iter(_all(database, query, parameter)), None)
