"""`explain`: the lineage of one prediction, or why a ride has none."""

import json

import psycopg
import pytest

from job.errors import JobError
from job.model.contract import ModelRefused
from job.registry.registry import Registry
from job.store.reading import lineage
from tests.commands.conftest import API_CSV, MILES, Job, counts, last_run, point_at_nothing, scalar
from tests.models import settings

pytestmark = pytest.mark.usefixtures("home")

WINDOW = ("--window", "2026-01-31T18:00Z")


def some_ride(database: psycopg.Connection) -> str:
    """The trip_id of one ride."""
    return str(scalar(database, "select min(trip_id::text) from raw.ride_predictions"))


def test_a_simulated_ride_is_explained(database: psycopg.Connection, job: Job) -> None:
    """The lineage has run, window, model, inputs and band, and the model predicts the same again."""
    job("score", *WINDOW, "--scenario", "snow")
    ride, before = some_ride(database), counts(database)
    done = job("explain", ride, "--json")
    assert (done.code, done.messages) == (0, [])
    facts = json.loads(done.out)
    run = last_run(database)
    assert facts["run"]["run_id"] == run["run_id"]
    assert (facts["run"]["scenario"], facts["run"]["code_version"]) == ("snow", run["code_version"])
    assert facts["window_start"] == "2026-01-31T18:00:00+00:00"
    assert (facts["model"]["version"], len(facts["model"]["digest"])) == ("1", 64)
    with Registry(settings()).client() as client:
        assert facts["training_run"] == client.get_model_version(facts["model"]["name"], "1").run_id
    prediction, again = facts["prediction"], facts["recomputed"]
    assert again["predicted_duration"] == pytest.approx(prediction["predicted_duration"], abs=1e-9)
    assert again["inputs"]["trip_miles"] == prediction["ride"]["trip_miles"]
    assert again["inputs"]["hour"] == 12.0
    assert prediction["predicted_low"] < prediction["predicted_duration"] < prediction["predicted_high"]
    assert (facts["outcomes"], facts["due_at"] is not None) == ([], True)

    explained = job("explain", ride).out
    assert "recomputed:    the model predicts the same" in explained
    assert "scenario snow" in explained
    assert "band:          the model's own" in explained
    assert "1.00 times below, 1.00 times above" in explained
    assert "outcome:       not recorded yet; `python -m job observe` records it from 20" in explained
    assert counts(database) == before  # it reads only

    job("observe")
    assert "minutes, predicted" in job("explain", ride).out


def test_a_city_ride_is_found_by_either_id(database: psycopg.Connection, job: Job) -> None:
    """The City's trip_id and ours give the same ride, with its outcome."""
    job("score", "--trips", API_CSV)
    city = scalar(database, "select min(source_trip_id) from raw.ride_predictions")
    ride = scalar(database, f"select trip_id::text from raw.ride_predictions where source_trip_id = '{city}'")
    by_city, by_ride = job("explain", city), job("explain", ride)
    assert (by_city.code, by_city.out) == (0, by_ride.out)
    assert ride in by_city.out
    assert city in by_city.out
    assert "(city)" in by_city.out
    assert json.loads(job("explain", city, "--json").out)["outcomes"]


def test_a_ride_is_explained_without_registry_and_cache(
    database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The facts in the database are printed, and the missing ones have a reason."""
    job("score", *WINDOW)
    point_at_nothing(monkeypatch)
    monkeypatch.setenv("MODEL_CACHE", str(tmp_path_factory.mktemp("empty")))
    explained = job("explain", some_ride(database))
    assert explained.code == 0
    assert "training run:  not known: the MLflow registry" in explained.out
    assert "recomputed:    not possible: the model is no longer in the cache" in explained.out
    assert "trip_miles" in explained.out


def test_inputs_of_another_features_version_are_not_shown(database: psycopg.Connection, job: Job) -> None:
    """Inputs that this code computes differently are not what the model received."""
    job("score", *WINDOW)
    database.execute("update raw.models set features_version = 0")
    explained = job("explain", some_ride(database)).out
    assert "inputs:        none: the model uses features version 0" in explained


def test_inputs_that_are_no_longer_available_are_not_shown(
    database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An input that is looked up may be gone; the other facts are still printed."""
    job("score", *WINDOW)

    def gone(*_: object) -> None:
        raise JobError("no temperature in that hour")

    monkeypatch.setattr("job.commands.explain.inputs", gone)
    explained = job("explain", some_ride(database))
    assert explained.code == 0
    assert "inputs:        none: no temperature in that hour" in explained.out
    assert "recomputed:    not possible: no temperature in that hour" in explained.out


def test_a_model_that_no_longer_predicts_is_explained(
    database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade of a package, a cached model may fail; the other facts are still printed."""
    job("score", *WINDOW)

    def refuse(*_: object) -> None:
        raise ModelRefused("it returned no number")

    monkeypatch.setattr("job.commands.explain.predict", refuse)
    explained = job("explain", some_ride(database))
    assert explained.code == 0
    assert "recomputed:    not possible: it returned no number" in explained.out


def test_a_reused_version_number_has_no_training_run(database: psycopg.Connection, job: Job) -> None:
    """A new registry counts from 1 again, so its version 1 is another model."""
    job("score", *WINDOW)
    database.execute("update raw.models set created_at = '2020-01-01'")
    assert json.loads(job("explain", some_ride(database), "--json").out)["training_run"] is None


def test_the_prediction_of_a_challenger_is_shown(database: psycopg.Connection, job: Job) -> None:
    """It is listed with its version, apart from the production model's prediction."""
    job("score", *WINDOW)
    ride = some_ride(database)
    database.execute("insert into raw.models (name, version, digest) values ('chicago-taxi-duration', '7', 'x')")
    database.execute(
        "insert into raw.shadow_predictions (trip_id, model_id, run_id, batch_id, predicted_duration) "
        "select %s, max(model_id), 1, 1, 12.5 from raw.models", [ride],
    )  # fmt: skip
    assert "version 7:     12.50 minutes, without a band, not production then" in job("explain", ride).out


def test_a_ride_without_a_prediction_is_reported_in_one_sentence(database: psycopg.Connection, job: Job) -> None:
    """For a rejected record the error has position and reason; for an unknown id it says what to pass."""
    job("score", "--trips", MILES)
    city = scalar(database, "select source_trip_id from raw.rejected_records order by position limit 1")
    rejected = job("explain", city)
    assert rejected.code == 1
    assert "was not scored: run 1 rejected its record at position 2, nonpositive_miles: the miles are" in rejected.error
    nowhere = job("explain", "x\0é")
    assert (nowhere.code, "give a trip_id" in nowhere.error) == (1, True)


def test_a_rejected_record_is_found_by_index(database: psycopg.Connection) -> None:
    """The query uses the index, however many rejected records there are."""
    with database.transaction():
        database.execute("set local enable_seqscan = off")
        plan = "\n".join(row for (row,) in database.execute(f"explain {lineage.REJECTED}".encode(), ["x"]))
    assert "rejected_records_by_trip" in plan
