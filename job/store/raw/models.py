"""The models that scored, and which was made production when."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict

import psycopg

from job.model.contract import Model
from job.model.training_bins import Bins

NOTE_MODEL = """
insert into raw.models (name, version, digest, features_version, metrics, band)
values (%s, %s, %s, %s, %s, %s)
on conflict (digest) do nothing
"""
MODEL_ID = "select model_id from raw.models where digest = %s"
NOTE_PROMOTION = "insert into raw.model_promotions (name, from_version, to_version, why) values (%s, %s, %s, %s)"
NOTE_BINS = """
insert into raw.training_bins (model_id, kind, feature, bin, lower, upper, share)
select %s, kind, feature, bin, lower, upper, share
from unnest(%s::text[], %s::text[], %s::integer[], %s::float8[], %s::float8[], %s::float8[])
    as learned (kind, feature, bin, lower, upper, share)
where not exists (select from raw.training_bins where model_id = %s)
"""
HISTORY = "select from_version, to_version, why from raw.model_promotions where name = %s order by promotion_id"
ROLLBACK = "rollback from version "


def note_model(database: psycopg.Connection, model: Model) -> int:
    """The model's id; it and what it was trained on are noted when it is new."""
    band = json.dumps(asdict(model.band)) if model.band else None
    # MLflow takes NaN and infinity as metrics, jsonb does not.
    metrics = {metric: value if math.isfinite(value) else None for metric, value in model.metrics.items()}
    facts = (model.name, model.version, model.digest, model.features_version, json.dumps(metrics), band)
    database.execute(NOTE_MODEL, facts)
    row = database.execute(MODEL_ID, (model.digest,)).fetchone()
    model_id = int(row[0])  # type: ignore[index]
    if model.bins and model.bins.features:
        columns = zip(*_rows(model.bins), strict=True)
        database.execute(NOTE_BINS, (model_id, *map(list, columns), model_id))
    return model_id


def _rows(bins: Bins) -> Iterator[tuple[str, str, int, float | None, float | None, float]]:
    """Kind, feature, bin, its limits, its share."""
    for feature, of in bins.features.items():
        for kind, shares in of.shares.items():
            for number, ((lower, upper), share) in enumerate(zip(of.limits(), shares, strict=True)):
                yield kind, feature, number, lower, upper, share


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
