"""`export`: a table to train on, with the inputs and durations that training and scoring see."""

import hashlib
from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
import psycopg
import pytest

from job.config import MODEL_NAME
from job.model.features import INPUTS
from job.model.predict import predict
from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, Job, predictions
from tests.models import settings
from tests.rides import CHICAGO


def test_the_inputs_are_those_of_scoring(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """The production model predicts from the table exactly what is in the database, ride by ride."""
    assert job("score", "--trips", simulated_file).code == 0
    done = job("export", "--from-database", "--output", tmp_path / "training.parquet")
    assert (done.code, done.messages) == (0, [])
    table = pd.read_parquet(tmp_path / "training.parquet")
    assert done.out.startswith(f"{tmp_path / 'training.parquet'}: {len(table):,} rides (database, city), ")
    assert table["source"].unique() == ["city"]
    assert table["trip_start_timestamp"].is_monotonic_increasing
    predicted = predict(Registry(settings()).load().model, table, CHICAGO)["predicted_duration"]
    scored = {trip_id: minutes for trip_id, (minutes, *_) in predictions(database).items()}
    assert scored.keys() == set(table["trip_id"])
    assert predicted.to_numpy() == pytest.approx(table["trip_id"].map(scored).to_numpy())


def test_the_plausible_rides_are_those_of_training(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """Their inputs and durations have the fingerprint that `train` logs for the same records."""
    assert job("train", "--trips", simulated_file).code == 0
    client = mlflow.MlflowClient(settings().tracking_uri)
    parameters = client.get_run(str(client.get_model_version(MODEL_NAME, "2").run_id)).data.params
    done = job("export", "--trips", simulated_file, "--output", tmp_path / "training.parquet")
    assert (done.code, done.messages) == (0, [])
    table = pd.read_parquet(tmp_path / "training.parquet")
    learned = table.loc[table["plausible"], [*INPUTS, "actual_duration"]]
    assert len(table) > len(learned) == int(parameters["trips"])
    rows = pd.util.hash_pandas_object(learned, index=False).to_numpy()
    assert hashlib.sha256(rows.tobytes()).hexdigest() == parameters["trips_sha256"]


def test_records_need_neither_database_nor_registry(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CSV file has an empty field for an input that is not known."""
    monkeypatch.setenv("PGHOST", "nowhere.invalid")
    assert job("export", "--trips", API_CSV, "--output", tmp_path / "training.csv").code == 0
    table = pd.read_csv(tmp_path / "training.csv", dtype=str, keep_default_na=False)
    assert (table["pickup_latitude"] == "").tolist() == [False, True]
    assert np.isfinite(table["actual_duration"].astype(float)).all()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--trips", API_CSV, "--output", "there.parquet"], 2, "there.parquet exists and is not overwritten"),
        (["--trips", API_CSV, "--output", "table.xlsx"], 2, "name a file that ends in .csv or .parquet"),
        (["--trips", "missing.csv", "--output", "table.csv"], 2, "missing.csv"),
        (["--trips", API_CSV, "--days", "3", "--output", "table.csv"], 2, "--days belongs to --from-database"),
        (["--from-database", "--output", "table.csv"], 1, "no ride of the source city whose true duration is known"),
    ],
)
def test_what_cannot_be_exported(
    database: psycopg.Connection, job: Job, tmp_path: Path, arguments: list[str | Path], code: int, words: str
) -> None:
    """One sentence says why; a file that was there stays as it was, and none is left behind."""
    (tmp_path / "there.parquet").write_text("mine")
    before = set(tmp_path.glob("*.*"))
    refused = job("export", *arguments)
    assert refused.code == code
    assert words in refused.error
    assert set(tmp_path.glob("*.*")) == before
    assert (tmp_path / "there.parquet").read_text() == "mine"


def test_the_rides_to_export_must_be_named(job: Job) -> None:
    """Naming neither records nor the database is wrong usage: exit code 2, with the usage on stderr."""
    assert job("export", "--output", "table.csv").code == 2
