"""The models that scored, and which was made production when."""

import json
import math
from dataclasses import asdict

import psycopg

from job.model.contract import Model

NOTE_MODEL = """
insert into raw.models (name, version, digest, features_version, metrics, band)
values (%s, %s, %s, %s, %s, %s)
on conflict (digest) do nothing
"""
MODEL_ID = "select model_id from raw.models where digest = %s"
NOTE_PROMOTION = "insert into raw.model_promotions (name, from_version, to_version, why) values (%s, %s, %s, %s)"
BEFORE = """
select from_version
from raw.model_promotions
where name = %s and to_version = %s and from_version is not null and why not like 'rollback from %%'
order by promotion_id desc
limit 1
"""


def note_model(database: psycopg.Connection, model: Model) -> int:
    """The model's id, noted when it is new."""
    band = json.dumps(asdict(model.band)) if model.band else None
    # MLflow takes NaN and infinity as metrics, jsonb does not.
    metrics = {metric: value if math.isfinite(value) else None for metric, value in model.metrics.items()}
    facts = (model.name, model.version, model.digest, model.features_version, json.dumps(metrics), band)
    database.execute(NOTE_MODEL, facts)
    row = database.execute(MODEL_ID, (model.digest,)).fetchone()
    return int(row[0])  # type: ignore[index]


def note_promotion(database: psycopg.Connection, name: str, before: str | None, version: str, why: str) -> None:
    """Append to the history of the alias."""
    database.execute(NOTE_PROMOTION, (name, before, version, why))


def version_before(database: psycopg.Connection, name: str, version: str) -> str | None:
    """The version that was production when this one was promoted, latest time first."""
    row = database.execute(BEFORE, (name, version)).fetchone()
    return str(row[0]) if row else None
