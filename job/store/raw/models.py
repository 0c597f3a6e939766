"""Records the models that scored, their training bins, and promotions."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict

import psycopg

from job.model.contract import Model
from job.model.training_bins import Bins
from job.store.connection import writing
from job.store.session import value

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
LAST_PROMOTED = "select to_version from raw.model_promotions where name = %s order by promotion_id desc limit 1"
HISTORY = "select from_version, to_version, why from raw.model_promotions where name = %s order by promotion_id"
ROLLBACK = "rollback from version "
NOTICED = "noticed: the alias had been moved without a record"


def note_model(database: psycopg.Connection, model: Model) -> int:
    """The model's id. A new model is recorded first, with its training bins."""
    band = json.dumps(asdict(model.band)) if model.band else None
    # MLflow accepts NaN and infinity as metrics; jsonb does not.
    metrics = {metric: value if math.isfinite(value) else None for metric, value in model.metrics.items()}
    values = (model.name, model.version, model.digest, model.features_version, json.dumps(metrics), band)
    with writing(database):
        database.execute(NOTE_MODEL, values)
        row = database.execute(MODEL_ID, (model.digest,)).fetchone()
        model_id = int(row[0])  # type: ignore[index]
        if model.bins and model.bins.features:
            columns = zip(*_rows(model.bins), strict=True)
            database.execute(NOTE_BINS, (model_id, *map(list, columns), model_id))
        return model_id


def _rows(bins: Bins) -> Iterator[tuple[str, str, int, float | None, float | None, float]]:
    """Yield kind, feature, bin, lower and upper limit, and share."""
    for name, feature in bins.features.items():
        for kind, shares in feature.shares.items():
            for number, ((lower, upper), share) in enumerate(zip(feature.limits(), shares, strict=True)):
                yield kind, name, number, lower, upper, share


def note_promotion(database: psycopg.Connection, name: str, before: str | None, version: str, why: str) -> None:
    """Append a promotion to the history of the production alias."""
    database.execute(NOTE_PROMOTION, (name, before, version, why))


def complete_promotions(database: psycopg.Connection, name: str, version: str) -> None:
    """Append the version, which is production, to a history that ends with another one.

    The alias was moved by another program, or by a promotion that was killed before its record was committed.
    """
    last = value(database, LAST_PROMOTED, (name,))
    if last and last != version:
        with writing(database):
            note_promotion(database, name, last, version, NOTICED)


def version_before(database: psycopg.Connection, name: str, version: str) -> str | None:
    """The version to roll back to from this one, which is in production; None if the history has none.

    The history is a stack: a promotion pushes a version and a rollback pops one, so repeated rollbacks lead back to the
    first version.
    """
    stack: list[str] = []
    for before, after, why in database.execute(HISTORY, (name,)):
        # A rollback that was killed before its record was committed is noticed as a move to the version below.
        if why.startswith(ROLLBACK) or (why == NOTICED and stack[-2:-1] == [after]):
            stack = stack[:-1]
        elif before and stack[-1:] != [before]:
            stack.append(before)
        if stack[-1:] != [after]:
            stack.append(after)
    while stack and stack[-1] != version:  # the alias was moved by something else since
        stack.pop()
    return stack[-2] if len(stack) > 1 else None
