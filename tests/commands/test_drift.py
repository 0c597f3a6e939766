"""What a scoring run counts of its inputs."""

from pathlib import Path

import mlflow
import psycopg

from job.model.bins import FEATURES
from tests.commands.conftest import Job, counts, last_run, scalar
from tests.models import register_constant, settings

RANGE = "2026-01-31T04:00Z..2026-01-31T08:00Z"  # Chicago's midnight is 06:00Z


def test_a_run_counts_its_rides_by_chicago_day_feature_and_bin(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """Each ride once a feature, in a bin that training had; a second run counts no known ride again."""
    assert job("score", "--window", RANGE).code == 0
    found = database.execute(
        "select day::text, feature, sum(rides)::int from raw.input_counts group by 1, 2"
    ).fetchall()
    days = database.execute(
        "select (trip_start_timestamp at time zone 'America/Chicago')::date::text, count(*)::int "
        "from raw.ride_predictions group by 1 order by 1"
    ).fetchall()
    assert [day for day, _ in days] == ["2026-01-30", "2026-01-31"]
    assert sorted(found) == sorted((day, feature, rides) for day, rides in days for feature in FEATURES)
    unknown = """
        select count(*) from raw.input_counts inner join raw.runs using (run_id)
        left join raw.training_bins using (model_id, feature, bin) where training_bins.kind is null
    """
    assert scalar(database, unknown) == 0
    before = counts(database)["input_counts"]
    job("score", "--window", RANGE)
    assert last_run(database)["rides_scored"] == 0
    assert counts(database)["input_counts"] == before


def test_a_model_of_ones_own_has_no_drift_and_no_fault(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch
) -> None:
    """It does not know what it was trained on."""
    version = register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0, name="own")
    monkeypatch.setenv("MODEL_URI", f"models:/own/{version}")
    assert job("score", "--window", RANGE).code == 0
    found = counts(database)
    assert found["ride_predictions"] > 0
    assert (found["input_counts"], found["training_bins"]) == (0, 0)
