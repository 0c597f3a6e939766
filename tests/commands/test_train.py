"""`train`: logs and registers a version, and promotes it if it is better or the first."""

import json
import re
from pathlib import Path

import mlflow
import psycopg
import pyarrow.parquet as pq
import pytest

from job.config import MODEL_NAME, ROOT
from job.registry.registry import Registry
from tests.commands.conftest import API_CSV, NO_REGISTRY, Job, counts, point_at_nothing, scalar
from tests.conftest import OLD_YEARS, REAL_DAY
from tests.models import register_constant, settings


@pytest.fixture
def client(home: Path) -> mlflow.MlflowClient:
    """A client of a registry with one version and no production model."""
    client = mlflow.MlflowClient(settings().tracking_uri)
    client.delete_registered_model_alias(MODEL_NAME, "production")
    return client


def tags_of(client: mlflow.MlflowClient, version: str) -> tuple[str, str]:
    """Return the gate's verdict and its reason from the version's tags."""
    tags = client.get_model_version(MODEL_NAME, version).tags
    return tags["gate"], tags["gate_why"]


def test_only_a_better_model_replaces_the_first_one(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path
) -> None:
    """The second version becomes the challenger, one promotion is recorded, and the first version scores."""
    first = job("train", "--trips", simulated_file)
    assert (first.code, first.messages) == (0, [])
    assert f"{MODEL_NAME} version 2, fitted on" in first.out
    assert "it is the production model now: the registry had no production model" in first.out
    assert Registry(settings()).production_version() == "2"
    assert Registry(settings()).challenger_version() is None
    assert scalar(database, "select (from_version, to_version, why) from raw.model_promotions") == (
        None, "2", "the registry had no production model",
    )  # fmt: skip
    assert tags_of(client, "2") == ("promoted", "the registry had no production model")
    assert_logged(client, "2", str(simulated_file))

    second = job("train", "--trips", simulated_file)
    assert second.code == 0
    assert "it is the challenger, production stays as it is: not significantly better" in second.out
    assert "`python -m job promote 3`" in second.out
    assert Registry(settings()).production_version() == "2"
    assert Registry(settings()).challenger_version() == "3"
    verdict, why = tags_of(client, "3")
    assert verdict == "kept"
    assert "version 2 may have learned from some of them, which flatters it" in why
    assert second.named("train.completed")[0]["why"] == why
    assert counts(database)["model_promotions"] == 1

    assert job("score", "--trips", API_CSV).named("score.completed")[0]["version"] == "2"


def test_a_better_model_is_promoted(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path
) -> None:
    """A trained model replaces one that always predicts 12 minutes; its tags and the history have the same reason."""
    assert register_constant(client, 12.0) == "2"
    Registry(settings()).promote("2")
    done = job("train", "--trips", simulated_file)
    assert done.code == 0
    assert "it is the production model now: better than production version 2: mean error" in done.out
    assert Registry(settings()).production_version() == "3"
    assert Registry(settings()).challenger_version() is None
    verdict, why = tags_of(client, "3")
    assert (verdict, why) == ("promoted", scalar(database, "select why from raw.model_promotions"))


def test_the_comparison_is_on_rides_that_the_champion_has_not_seen(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """If enough held-out rides are later than the champion's training data, only these are compared."""
    job("train", "--trips", simulated_file)
    later = tmp_path / "later.parquet"
    job("simulate", "--rides", "4000", "--start", "2026-03-02", "--end", "2026-03-10", "--seed", "8", "--output", later)
    job("train", "--trips", later)
    verdict, why = tags_of(client, "3")
    assert verdict in ("promoted", "kept")
    compared = re.search(r"on the same (\d+) held-out rides, difference", why)
    assert compared
    validated = client.get_run(client.get_model_version(MODEL_NAME, "3").run_id).data.params["trips_validated"]
    assert 300 <= int(compared[1]) < int(validated)
    assert "flatters" not in why


def left_out(client: mlflow.MlflowClient) -> int:
    """How many trips version 2 was not fitted on, according to its run."""
    version = client.get_model_version("chicago-taxi-duration", "2")
    return int(client.get_run(version.run_id).data.params["trips_left_out"])


def test_training_on_rides_from_the_database(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path
) -> None:
    """--from-database trains on the City's rides whose true durations are known."""
    Registry(settings()).promote("1")
    assert job("score", "--trips", simulated_file).code == 0
    done = job("train", "--from-database")
    assert (done.code, done.messages) == (0, [])
    assert done.named("train.completed")[0]["source"] == "database, city"
    known = scalar(database, "select count(*) from raw.ride_outcomes")
    assert f"version 2, fitted on {known - left_out(client):,} of {known:,} trips" in done.out
    assert Registry(settings()).challenger_version() == "2"


def test_the_schedules_line_for_retraining(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """It learns from the City's rides of the last days alone, and a candidate that is not better is not promoted."""
    (line,) = re.findall(
        r"^# [0-9*/ ]+ timeout -k 15 \d+ python -m job (train .*)$", (ROOT / "crontab").read_text(), re.M
    )
    *words, days = line.split()
    assert (words, int(days) > 7) == (["train", "--from-database", "--days"], True)
    Registry(settings()).promote("1")
    later = tmp_path / "later.parquet"
    job("simulate", "--rides", "1500", "--start", "2026-03-20", "--end", "2026-03-22", "--seed", "8", "--output", later)
    assert job("score").code == job("observe").code == 0  # later rides, but simulated ones
    assert counts(database)["ride_outcomes"] > 0
    assert "learn from others with --source simulator" in job(*words, "3").error
    assert job("score", "--trips", simulated_file, later).code == 0
    done = job(*words, "3")
    assert (done.code, done.messages) == (0, [])
    assert done.named("train.completed")[0]["source"] == "database, city, 3 days"
    known = scalar(
        database,
        "select count(*) from raw.ride_outcomes join raw.ride_predictions using (trip_id) "
        "where source = 'city' and trip_start_timestamp > '2026-03-15'",
    )
    assert known == 1_500
    assert f"version 2, fitted on {known - left_out(client):,} of {known:,} trips" in done.out
    assert "it is the challenger, production stays as it is" in done.out
    assert Registry(settings()).production_version() == "1"


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "soon", "1000000"])
def test_invalid_days_are_a_usage_error(job: Job, days: str) -> None:
    """So are --days without --from-database."""
    assert job("train", "--from-database", "--days", days).code == 2
    assert job("train", "--days", "7").code == 2


def test_a_database_without_known_durations(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job
) -> None:
    """Training fails with one sentence that names the source."""
    refused = job("train", "--from-database", "--source", "simulator")
    assert refused.code == 1
    assert refused.error.startswith("the database has no ride of the source simulator whose true duration is known")


@pytest.mark.parametrize(
    "arguments", [("--source", "city"), ("--from-database", "--trips", "x.csv"), ("--wall-clock",)]
)
def test_arguments_that_exclude_each_other(job: Job, arguments: tuple[str, ...]) -> None:
    """--source needs --from-database, --wall-clock needs --trips, and both kinds of rides at once are refused."""
    assert job("train", *arguments).code == 2


def test_promote_overrides_the_comparison(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path
) -> None:
    """--promote makes a version production that is not better, and the output still has the comparison."""
    Registry(settings()).promote("1")
    done = job("train", "--trips", simulated_file, "--promote")
    assert done.code == 0
    assert "it is the production model now: --promote was given; not significantly better" in done.out
    assert Registry(settings()).production_version() == "2"
    assert tags_of(client, "2")[0] == "promoted"


def test_a_champion_that_cannot_be_loaded_is_not_replaced(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path
) -> None:
    """A pickled champion is not loaded; the candidate stays the challenger, and the output says why."""
    register_constant(client, 12.0, serialization_format="cloudpickle")
    client.set_registered_model_alias(MODEL_NAME, "production", "2")
    done = job("train", "--trips", simulated_file)
    assert done.code == 0
    assert "it cannot be compared with production version 2: model chicago-taxi-duration version 2 is in" in done.out
    assert (Registry(settings()).production_version(), Registry(settings()).challenger_version()) == ("2", "3")
    assert tags_of(client, "3")[0] == "kept"


def test_if_none_trains_only_without_a_production_model(
    database: psycopg.Connection,
    client: mlflow.MlflowClient,
    job: Job,
    simulated_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """--if-none trains only if MODEL_URI has its default value and nothing is in production."""
    monkeypatch.setenv("MODEL_URI", "models:/somebody-elses@production")
    assert job("train", "--if-none").out.startswith("nothing to train: the model is models:/somebody-elses@production")
    monkeypatch.delenv("MODEL_URI")
    for _ in range(2):
        done = job("train", "--if-none", "--trips", simulated_file)
        assert (done.code, done.messages) == (0, [])
    assert done.out.startswith("nothing to train: the model is models:/chicago-taxi-duration@production")
    assert counts(database)["model_promotions"] == 1


def test_two_installations_share_a_registry(
    database: psycopg.Connection,
    home: Path,
    job: Job,
    simulated_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With MODEL_NAME, every command has versions and aliases of its own, and leaves those of another name alone."""
    monkeypatch.setenv("MODEL_NAME", "second")
    done = job("train", "--trips", simulated_file)
    assert (done.code, done.messages) == (0, [])
    assert done.out.startswith("second version 1, fitted on")
    assert job("train", "--trips", simulated_file).code == 0
    assert job("promote", "2").out.startswith("second version 2 is production now; before it was 1\n")
    event = job("score", "--trips", API_CSV).named("score.completed")[0]
    assert (event["model"], event["version"]) == ("second", "2")
    assert job("rollback").out == "second version 1 is production again; version 2 is not\n"
    monkeypatch.delenv("MODEL_NAME")
    first = Registry(settings())
    assert (first.production_version(), first.challenger_version()) == ("1", None)


def assert_logged(client: mlflow.MlflowClient, version: str, source: str) -> None:
    """Check the parameters, metrics, plots, tags and signature of a version."""
    registered = client.get_model_version(MODEL_NAME, version)
    run = client.get_run(registered.run_id)
    assert {"mae", "rmse", "r2", "median_absolute_error"} <= run.data.metrics.keys()
    assert {"n_estimators", "seed", "split", "trips", "trips_sha256", "features_version", "first_start"} <= (
        run.data.params.keys()
    )
    assert len(run.data.params["trips_sha256"]) == 64
    for tags in (run.data.tags, registered.tags):
        assert (tags["source"], tags["code_version"]) == (source, settings().code_version)
    artifacts = client.list_artifacts(run.info.run_id, "validation")
    pictures = {item.path: item.file_size for item in artifacts if item.path.endswith(".png")}
    assert pictures.keys() == {
        f"validation/{name}.png"
        for name in ("predicted_against_actual", "error_by_hour", "error_by_miles", "input_importance")
    }
    assert all(size > 5_000 for size in pictures.values())
    assert_described(client, version, source)
    signature = mlflow.models.get_model_info(f"models:/{MODEL_NAME}/{version}").signature
    assert "fare" not in signature.inputs.input_names()


def assert_described(client: mlflow.MlflowClient, version: str, source: str) -> None:
    """Check what MLflow's pages show first: descriptions, the run's name and note, and its data set."""
    registered = client.get_model_version(MODEL_NAME, version)
    run = client.get_run(registered.run_id)
    assert "production" in client.get_registered_model(MODEL_NAME).description
    trips = int(run.data.params["trips"])
    assert run.info.run_name == f"{trips:,} trips until {run.data.params['last_start'][:10]}"
    assert registered.description.startswith(f"{run.info.run_name}, from ")
    assert f"mean error {run.data.metrics['mae']:.2f} min" in registered.description
    card = mlflow.artifacts.load_text(f"{run.info.artifact_uri}/model_card.md")
    assert run.data.tags["mlflow.note.content"] == card
    (used,) = run.inputs.dataset_inputs
    assert used.dataset.name == source
    assert json.loads(used.dataset.profile)["num_rows"] == trips
    assert run.data.params["trips_sha256"].startswith(used.dataset.digest)


def test_training_without_trips_uses_simulated_history(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulated rides end before the days that a first run scores."""
    monkeypatch.setattr("job.commands.train.HISTORY_DAYS", 1)
    done = job("train")
    assert done.code == 0
    (event,) = done.named("train.completed")
    assert (event["version"], event["source"], event["promoted"]) == ("2", "simulated, 1 days", True)
    run = client.get_run(client.get_model_version(MODEL_NAME, "2").run_id)
    assert run.data.params["last_start"] < scalar(database, "select (now() - interval '14 days')::text")


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_training_on_a_real_day_holds_out_taxis(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job
) -> None:
    """A single day is split by taxi, and the model beats predicting the mean."""
    done = job("train", "--trips", REAL_DAY)
    assert done.code == 0
    run = client.get_run(client.get_model_version(MODEL_NAME, "2").run_id)
    assert run.data.params["split"] == "20% of the taxis of 2022-03-01"
    assert run.data.metrics["r2"] > 0.5


@pytest.mark.skipif(not OLD_YEARS.exists(), reason=f"{OLD_YEARS} is not here")
def test_training_on_the_older_export(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, tmp_path: Path
) -> None:
    """Records without a trip_id can be trained on, and the latest fifth is held out."""
    with OLD_YEARS.open() as years:
        (tmp_path / "older.csv").write_text("".join(line for line, _ in zip(years, range(2_000), strict=False)))
    assert job("train", "--trips", tmp_path / "older.csv").code == 0
    run = client.get_run(client.get_model_version(MODEL_NAME, "2").run_id)
    assert run.data.params["split"] == "the latest 20%"


def test_durations_as_the_citys_export_writes_them(
    database: psycopg.Connection, client: mlflow.MlflowClient, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """Commas change nothing, and durations that cannot be read are counted in the output and in the log."""
    table = pq.read_table(simulated_file).to_pandas()
    seconds = table["trip_seconds"].astype(int)
    table.assign(trip_seconds=seconds.map("{:,}".format)).to_csv(tmp_path / "commas.csv", index=False)
    table.assign(trip_seconds=seconds.map("{:,} s".format).where(seconds > 999, seconds)).to_csv(
        tmp_path / "units.csv", index=False
    )
    plain, commas, units = (job("train", "--trips", path) for path in (simulated_file, *sorted(tmp_path.glob("*.csv"))))
    assert (plain.code, commas.code, units.code) == (0, 0, 0)
    assert commas.out.splitlines()[0].partition("fitted")[2] == plain.out.splitlines()[0].partition("fitted")[2]
    lost = int((seconds > 999).sum())
    assert f"left out: {lost:,} without a usable duration" in units.out
    assert f"{lost:,} values of trip_seconds could not be read (first: " in units.out
    assert units.named("train.completed")[0]["unreadable"] == {"trip_seconds": lost}


def test_too_few_trips(database: psycopg.Connection, client: mlflow.MlflowClient, job: Job) -> None:
    """Training fails with exit code 1 and one sentence, and registers and promotes nothing."""
    refused = job("train", "--trips", API_CSV)
    assert refused.code == 1
    assert "2 of 2 trips can be learned from" in refused.error
    assert "200 are needed" in refused.error
    assert len(client.search_model_versions(f"name='{MODEL_NAME}'")) == 1
    assert counts(database)["model_promotions"] == 0


def test_a_registry_that_is_away(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Training fails with one sentence before it fits a model."""
    point_at_nothing(monkeypatch)
    monkeypatch.setattr("job.model.fit.fit", lambda *_, **__: pytest.fail("it has fitted"))
    failed = job("train")
    assert failed.code == 1
    assert failed.error.startswith(f"the MLflow registry {NO_REGISTRY} does not answer")


def test_a_registry_that_goes_away_during_training(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error from MLflow while the model is logged becomes one sentence."""
    from mlflow.exceptions import MlflowException

    def refuse(*_: object, **__: object) -> None:
        raise MlflowException("connection refused")

    monkeypatch.setattr("mlflow.sklearn.log_model", refuse)
    failed = job("train", "--trips", simulated_file)
    assert failed.code == 1
    assert "does not answer: connection refused" in failed.error
