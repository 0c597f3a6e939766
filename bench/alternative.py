r"""The short way to predictions in PostgreSQL: `mlflow models predict` on a CSV of inputs, and psql's \copy.

It has none of the job's guarantees: it neither parses nor validates records, and a failure is recorded nowhere and
leaves an empty table, on which the next attempt fails. The time to write the CSV of inputs is not counted.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bench.process import Usage, timed
from job import config, embedded
from job.city import reading, sources
from job.config import MODEL_NAME, ROOT
from job.model.features import inputs

NAME = "mlflow models predict and \\copy"
JOIN = """
import json, sys
answer, ids, predictions = sys.argv[1:]
minutes = json.load(open(answer))["predictions"]
with open(ids) as names, open(predictions, "w") as rows:
    rows.writelines(f"{name.strip()},{value}\\n" for name, value in zip(names, minutes, strict=True))
"""
CREATE = "create table public.predictions (trip_id uuid primary key, predicted_duration float8 not null)"


@dataclass(frozen=True)
class Prepared:
    """Files with the inputs and the ids of rides, and the environment for MLflow and psql."""

    inputs: Path
    ids: Path
    environment: dict[str, str]


def prepared(trips: Path, environment: dict[str, str], login: dict[str, str]) -> Prepared:
    """Write the inputs of the file's rides; `login` holds libpq's environment variables."""
    settings = config.parse(environment)
    batches = list(reading.batches(sources.parse([str(trips)], None, settings.place), settings.place))
    features = pd.concat([inputs(batch.rides, settings.place) for batch in batches])
    table, ids = trips.with_name("inputs.csv"), trips.with_name("ids.txt")
    features.to_csv(table, index=False)  # pandas writes 8.0 for a float; MLflow would refuse 8
    ids.write_text("\n".join(trip_id for batch in batches for trip_id in batch.rides["trip_id"]))
    registry = {"MLFLOW_TRACKING_URI": settings.tracking_uri, "PYTHONPATH": str(ROOT)}
    return Prepared(table, ids, environment | login | registry)


def run(rides: Prepared) -> Usage:
    """Predict, join the predictions with the ids, and load them into a table."""
    answer, rows = rides.inputs.with_suffix(".json"), rides.inputs.with_name("predictions.csv")
    predict = [
        sys.executable, "-m", "mlflow", "models", "predict", "-m", f"models:/{MODEL_NAME}@production",
        "-i", str(rides.inputs), "-o", str(answer), "-t", "csv", "--env-manager", "local",
    ]  # fmt: skip
    load = [str(embedded.program("psql")), "-q", "-c", CREATE, "-c", f"\\copy public.predictions from '{rows}' csv"]
    join = [sys.executable, "-c", JOIN, str(answer), str(rides.ids), str(rows)]
    return timed(predict, rides.environment) + timed(join, rides.environment) + timed(load, rides.environment)
