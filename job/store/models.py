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
HISTORY = "select from_version, to_version, why from raw.model_promotions where name = %s order by promotion_id"
ROLLBACK = "rollback from version "


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
    """The version to go back to from this one, which is production now; None where none is noted.

    Promotions pile up and a rollback takes the topmost away, so that one after the other leads back to the first.
    """
    pile: list[str] = []
    for before, after, why in database.execute(HISTORY, (name,)):
        if why.startswith(ROLLBACK):
            pile = pile[:-1]
        elif before and pile[-1:] != [before]:
            pile.append(before)
        if pile[-1:] != [after]:
            pile.append(after)
    while pile and pile[-1] != version:  # the alias was moved by other hands since
        pile.pop()
    return pile[-2] if len(pile) > 1 else None
