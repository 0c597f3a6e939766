"""Show a prediction's lineage: run, window, model and its training run, inputs, band, outcome and code version.

A ride is identified by its trip_id in the tables (a UUID) or by the City's trip_id. Nothing is written.
"""

import argparse
import json
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa

from job.config import Config
from job.errors import JobError
from job.model.contract import Model, ModelRefused
from job.model.features import FEATURES_VERSION, INPUTS, inputs
from job.model.predict import predict
from job.place import Place
from job.redaction import everywhere, redacted
from job.registry.client import NoSuchModel, RegistryAway
from job.registry.registry import Registry
from job.rides.identity import ride_ids
from job.rides.ride import REASONS
from job.rides.source import CITY, SourceName
from job.store import store
from job.store.reading import lineage
from job.store.reading.lineage import Lineage, Prediction, Row

TOLERANCE = 1e-6  # minutes; floating-point results differ slightly between machines


@dataclass(frozen=True)
class Recomputed:
    """The inputs and the prediction of the ride, computed again now; `why` is the reason for a None.

    inputs: those that the model takes, or all of them if it cannot predict; None if this code cannot compute them.
    predicted_duration: the same model's prediction; None without inputs, or if the model is not cached or is refused.
    """

    inputs: dict[str, float | None] | None
    predicted_duration: float | None
    why: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("trip_id", help="a ride's trip_id in the tables, or the City's trip_id")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the lineage of one prediction. Raises JobError for a ride that was not scored."""
    with store.opened(config) as opened, opened.reading() as database:
        prediction = _find(database, arguments.trip_id, config.source)
    registry = Registry(config)
    recomputed = _recompute(prediction, registry)
    training_run, why_unknown = _training_run(prediction.model, registry)
    if arguments.json:
        printed = asdict(prediction) | {"recomputed": asdict(recomputed), "training_run": training_run}
        print(json.dumps(everywhere(printed), default=datetime.isoformat))
    else:
        print(redacted(described(prediction, recomputed, training_run or why_unknown, config.place)))
    return 0


def _find(database: psycopg.Connection, given: str, source: SourceName) -> Lineage:
    names = pa.array([given.encode("utf-8", "replace").decode()])
    trip_ids = [ride_ids(names, name)[0].as_py() for name in dict.fromkeys((source, CITY))]
    with suppress(ValueError):  # not a UUID: the trip_id of a record
        trip_ids.append(str(uuid.UUID(given)))
    if scored := lineage.of_ride(database, trip_ids):
        return scored
    if rejected := lineage.of_rejected(database, given.replace("\0", "\ufffd")):
        raise JobError(
            f"{given} was not scored: run {rejected.run_id} rejected its record at position {rejected.position:,}, "
            f"{rejected.reason}: {REASONS.get(rejected.reason, 'a reason that this version does not know')}"
        )
    raise JobError(f"no ride {given}: give a trip_id of raw.ride_predictions, or the City's trip_id")


def _recompute(facts: Lineage, registry: Registry) -> Recomputed:
    """Recompute the inputs and, if the model is cached, the prediction: the same result confirms the lineage."""
    version = facts.model["features_version"]
    if version not in (None, FEATURES_VERSION):
        return Recomputed(
            None, None, f"the model uses features version {version}, this code computes {FEATURES_VERSION}"
        )
    ride = pd.DataFrame([facts.prediction.ride])
    ride["trip_start_timestamp"] = pd.to_datetime(ride["trip_start_timestamp"], utc=True)
    areas = ["pickup_community_area", "dropoff_community_area"]
    ride[areas] = ride[areas].astype(float)
    try:
        features = inputs(ride, registry.config.place)
    except JobError as error:  # an input of your own that is looked up (docs/your-input.md)
        return Recomputed(None, None, str(error))
    try:
        model = registry.cached(*(facts.model[name] for name in ("name", "version", "digest")))
        if model is None:
            return Recomputed(_taken(features, None), None, "the model is no longer in the cache")
        predicted = predict(model, features, registry.config.place)
    except ModelRefused as error:
        return Recomputed(_taken(features, None), None, str(error))
    return Recomputed(_taken(features, model), float(predicted["predicted_duration"].iloc[0]), None)


def _taken(features: pd.DataFrame, model: Model | None) -> dict[str, float | None]:
    """The inputs that the model takes, or all of them if the model is not available."""
    row = features.iloc[0]
    names = model.inputs if model else INPUTS
    return {name: float(row[name]) if np.isfinite(row[name]) else None for name in names}


def _training_run(model: Row, registry: Registry) -> tuple[str | None, str]:
    """The id of the MLflow run that trained the model; the reason if it is None."""
    try:
        run_id = registry.training_run(model["name"], model["version"], model["first_used_at"])
    except (RegistryAway, NoSuchModel) as error:
        return None, f"not known: {error}"
    return run_id, "not known: the version has no run, or its number belongs to another model in the registry now"


def described(facts: Lineage, recomputed: Recomputed, training_run: str, place: Place) -> str:
    """The lineage as text, one fact per line."""
    prediction, run, model = facts.prediction, facts.run, facts.model
    ride = prediction.ride
    lines = {
        "ride": f"{ride['trip_id']}" + (f", {ride['source_trip_id']} in the records" if ride["source_trip_id"] else ""),
        "started": f"{_when(ride['trip_start_timestamp'], place)}, area {ride['pickup_community_area'] or 'withheld'} "
        f"to {ride['dropoff_community_area'] or 'withheld'}, {ride['trip_miles']:g} miles ({prediction.source})",
        "predicted": _minutes(vars(prediction)),
        "band": _scaled(prediction),
        "outcome": _outcome(facts, place),
        "model": f"{model['name']} version {model['version']}, digest {model['digest'][:12]}, "
        f"{_validated(model['metrics'])}"
        + (", from the cache: the registry gave no model that loads" if run["model_stale"] else ""),
        "training run": training_run,
        "inputs": f"none: {recomputed.why}" if recomputed.inputs is None else _listed(recomputed.inputs),
        "recomputed": _compared(recomputed, prediction.predicted_duration),
        "run": f"{run['run_id']} ({run['command']}), {_when(run['started_at'], place)}, {run['status']}, "
        f"code {run['code_version']}" + (f", scenario {run['scenario']}" if run["scenario"] else ""),
        "written": f"{_when(prediction.scored_at, place)}, batch {prediction.batch_id}",
    }
    if facts.window_start:
        lines["window"] = f"{_when(facts.window_start, place)}, profile {(run['profile_digest'] or 'unknown')[:12]}"
    for shadow in facts.shadows:
        lines[f"version {shadow['version']}"] = f"{_minutes(shadow)}, not production then"
    return "\n".join(f"{name + ':':<15}{fact}" for name, fact in lines.items())


def _minutes(row: dict[str, Any]) -> str:
    low, high = row["predicted_low"], row["predicted_high"]
    band = "without a band" if low is None or high is None else f"90 % band {low:.2f} to {high:.2f}"
    return f"{row['predicted_duration']:.2f} minutes, {band}"


def _scaled(prediction: Prediction) -> str:
    """How the band was derived from the model's own."""
    if prediction.band_scale_low is None or prediction.band_scale_high is None:
        return "as the model gives it" if prediction.predicted_low is not None else "none"
    return (
        f"the model's own, {prediction.static_low:.2f} to {prediction.static_high:.2f}, scaled to the newest outcomes: "
        f"{prediction.band_scale_low:.2f} times below, {prediction.band_scale_high:.2f} times above"
    )


def _outcome(facts: Lineage, place: Place) -> str:
    if not facts.outcomes:
        if not facts.due_at:
            return "not known"
        return f"not recorded yet; `python -m job observe` records it from {_when(facts.due_at, place)} on"
    newest = facts.outcomes[0]
    corrections = len(facts.outcomes) - 1
    corrected = f", corrected {'once' if corrections == 1 else f'{corrections} times'}" if corrections > 0 else ""
    error = facts.prediction.predicted_duration - newest["actual_duration"]
    return (
        f"{newest['actual_duration']:.2f} minutes, predicted {abs(error):.2f} too {'long' if error > 0 else 'short'}; "
        f"known since {_when(newest['observed_at'], place)}{corrected}"
    )


def _validated(metrics: dict[str, float | None]) -> str:
    mae = metrics.get("mae")
    return "not validated" if mae is None else f"{mae:.2f} minutes mean error in validation"


def _listed(values: dict[str, float | None]) -> str:
    return ", ".join(f"{name} {'none' if value is None else format(value, '.6g')}" for name, value in values.items())


def _compared(recomputed: Recomputed, scored: float) -> str:
    if recomputed.predicted_duration is None:
        return f"not possible: {recomputed.why}"
    same = abs(recomputed.predicted_duration - scored) <= TOLERANCE
    return (
        "the model predicts the same" if same else f"the model predicts {recomputed.predicted_duration:.2f} minutes now"
    )


def _when(time: datetime | None, place: Place) -> str:
    if time is None:
        return "never"
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC ({time.astimezone(place.tzinfo):%H:%M} in {place.name})"
