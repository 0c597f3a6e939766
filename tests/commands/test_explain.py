"""`explain`: what stands behind one prediction, and a sentence for a ride that has none."""

import json

import psycopg
import pytest

from job.registry.registry import Registry
from job.store.reading import lineage
from tests.commands.conftest import API_CSV, MILES, Job, counts, last_run, point_at_nothing, scalar
from tests.models import settings

pytestmark = pytest.mark.usefixtures("home")

WINDOW = ("--window", "2026-01-31T18:00Z")


def some_ride(database: psycopg.Connection) -> str:
    """A ride's trip_id."""
    return str(scalar(database, "select min(trip_id::text) from raw.ride_predictions"))


def test_a_simulated_ride(database: psycopg.Connection, job: Job) -> None:
    """Run, window, model and its training run, inputs, band, outcome, code; the model asked again says the same."""
    job("score", *WINDOW, "--scenario", "snow")
    ride, before = some_ride(database), counts(database)
    done = job("explain", ride, "--json")
    assert (done.code, done.said) == (0, [])
    facts = json.loads(done.out)
    run = last_run(database)
    assert facts["run"]["run_id"] == run["run_id"]
    assert (facts["run"]["scenario"], facts["run"]["code_version"]) == ("snow", run["code_version"])
    assert facts["window_start"] == "2026-01-31T18:00:00+00:00"
    assert (facts["model"]["version"], len(facts["model"]["digest"])) == ("1", 64)
    with Registry(settings()).client() as client:
        assert facts["training_run"] == client.get_model_version(facts["model"]["name"], "1").run_id
    prediction, again = facts["prediction"], facts["asked_again"]
    assert again["predicted_duration"] == pytest.approx(prediction["predicted_duration"], abs=1e-9)
    assert again["inputs"]["trip_miles"] == prediction["ride"]["trip_miles"]
    assert again["inputs"]["hour"] == 12.0
    assert prediction["predicted_low"] < prediction["predicted_duration"] < prediction["predicted_high"]
    assert (facts["outcomes"], facts["due_at"] is not None) == ([], True)

    told = job("explain", ride).out
    assert "asked again:   the model says the same" in told
    assert "scenario snow" in told
    assert "outcome:       known from" in told
    assert counts(database) == before  # it reads only

    job("observe")
    assert "minutes, predicted" in job("explain", ride).out


def test_the_citys_ride_by_either_name(database: psycopg.Connection, job: Job) -> None:
    """Its own trip_id and the table's lead to the same ride, with its outcome."""
    job("score", "--trips", API_CSV)
    city = scalar(database, "select min(source_trip_id) from raw.ride_predictions")
    ride = scalar(database, f"select trip_id::text from raw.ride_predictions where source_trip_id = '{city}'")
    by_city, by_ride = job("explain", city), job("explain", ride)
    assert (by_city.code, by_city.out) == (0, by_ride.out)
    assert ride in by_city.out
    assert city in by_city.out
    assert "(city)" in by_city.out
    assert json.loads(job("explain", city, "--json").out)["outcomes"]


def test_without_registry_and_cache(
    database: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What the database knows is told, and why the rest is not."""
    job("score", *WINDOW)
    point_at_nothing(monkeypatch)
    monkeypatch.setenv("MODEL_CACHE", str(tmp_path_factory.mktemp("empty")))
    told = job("explain", some_ride(database))
    assert told.code == 0
    assert "training run:  not known: the MLflow registry" in told.out
    assert "asked again:   not asked: the model is no longer in the cache" in told.out
    assert "trip_miles" in told.out


def test_a_model_of_other_inputs(database: psycopg.Connection, job: Job) -> None:
    """Inputs that this code computes otherwise are not shown as what the model saw."""
    job("score", *WINDOW)
    database.execute("update raw.models set features_version = 0")
    told = job("explain", some_ride(database)).out
    assert "inputs:        none: it learned from features version 0" in told


def test_a_version_number_that_is_another_model_now(database: psycopg.Connection, job: Job) -> None:
    """A registry made anew counts from 1 again: its run is not the ride's."""
    job("score", *WINDOW)
    database.execute("update raw.models set created_at = '2020-01-01'")
    assert json.loads(job("explain", some_ride(database), "--json").out)["training_run"] is None


def test_what_a_challenger_said_is_told_too(database: psycopg.Connection, job: Job) -> None:
    """Beside production's prediction, with its version."""
    job("score", *WINDOW)
    ride = some_ride(database)
    database.execute("insert into raw.models (name, version, digest) values ('chicago-taxi-duration', '7', 'x')")
    database.execute(
        "insert into raw.shadow_predictions (trip_id, model_id, run_id, batch_id, predicted_duration) "
        "select %s, max(model_id), 1, 1, 12.5 from raw.models", [ride],
    )  # fmt: skip
    assert "version 7:     12.50 minutes, without a band, not production then" in job("explain", ride).out


def test_a_ride_that_was_rejected_or_never_there(database: psycopg.Connection, job: Job) -> None:
    """One sentence, exit code 1: where and why it was rejected, or what to give."""
    job("score", "--trips", MILES)
    city = scalar(database, "select source_trip_id from raw.rejected_records order by position limit 1")
    rejected = job("explain", city)
    assert rejected.code == 1
    assert "was not scored: run 1 rejected its record at position 2, nonpositive_miles: the miles are" in rejected.error
    nowhere = job("explain", "x\0é")
    assert (nowhere.code, "give a trip_id" in nowhere.error) == (1, True)


def test_a_rejected_record_is_found_by_index(database: psycopg.Connection) -> None:
    """However many there are; with hardly any the whole table would do as well."""
    with database.transaction():
        database.execute("set local enable_seqscan = off")
        plan = "\n".join(row for (row,) in database.execute(f"explain {lineage.REJECTED}".encode(), ["x"]))
    assert "rejected_records_by_trip" in plan
