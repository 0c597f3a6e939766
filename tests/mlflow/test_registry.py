"""The registry, the cache and safe loading, on a real MLflow."""

import os
import re
import shutil
import subprocess
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import mlflow
import numpy as np
import pytest
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from bench.places import mlflow_server
from job import config
from job.config import MODEL_NAME, ROOT
from job.errors import JobError, UsageError
from job.model import training_bins
from job.model.contract import ModelRefused
from job.model.features import inputs
from job.model.predict import predict
from job.registry import loading, registry, versions
from job.registry.registry import NoSuchModel, RegistryAway
from tests.rides import CHICAGO, ride


def settings(**environ: str) -> config.Config:
    """The environment's settings, some otherwise."""
    return config.parse(dict(os.environ) | environ)


def register(estimator: object, columns: list[str], name: str = "foreign", **how: object) -> str:
    """Log a model as somebody else would, and register it; returns its MODEL_URI."""
    example = inputs(ride(), CHICAGO)[columns]
    mlflow.set_tracking_uri(settings().tracking_uri)
    if mlflow.get_experiment_by_name("foreign") is None:
        mlflow.create_experiment("foreign", artifact_location=(settings().home / "foreign").as_uri())
    mlflow.set_experiment("foreign")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logged = mlflow.sklearn.log_model(
            estimator,
            name="model",
            pip_requirements=["scikit-learn"],
            **{"signature": infer_signature(example, np.array([1.0])), "serialization_format": "skops"} | how,
        )
        return f"models:/{name}/{mlflow.register_model(logged.model_uri, name).version}"


def linear(columns: list[str]) -> object:
    """A pipeline of somebody else's."""
    rows = inputs(ride(), CHICAGO)[columns]
    return make_pipeline(StandardScaler(), LinearRegression()).fit(np.tile(rows, (3, 1)), [5.0, 6.0, 7.0])


def test_the_production_model_is_found_fetched_and_asked(home: Path) -> None:
    """By alias, with its band, its metrics and its features version."""
    loaded = registry.load(settings())
    assert not loaded.stale
    assert loaded.model.version == "1"
    assert loaded.model.metrics["mae"] > 0
    predicted = predict(loaded.model, inputs(ride(), CHICAGO))
    low, minutes, high = (predicted[f"predicted_{name}"].item() for name in ("low", "duration", "high"))
    assert low < minutes < high


@pytest.mark.parametrize("uri", ["models:/{}/1", "models:/{}@production", "models:/{}/Production"])
def test_model_uri_takes_alias_version_and_stage(home: Path, uri: str) -> None:
    """The older stage form is for who has used it so far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        mlflow.MlflowClient(settings().tracking_uri).transition_model_version_stage(MODEL_NAME, "1", "Production")
    assert registry.load(settings(MODEL_URI=uri.format(MODEL_NAME))).model.version == "1"


def test_the_cache_spares_the_download(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load asks the registry for the version and takes the files from disk."""
    registry.load(settings())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("downloaded again")

    monkeypatch.setattr("mlflow.artifacts.download_artifacts", refuse)
    assert registry.load(settings()).model.version == "1"


def test_a_damaged_cache_is_fetched_again(home: Path) -> None:
    """A flipped byte is noticed by the digest; the model served is the registry's."""
    registry.load(settings())
    (file,) = settings().model_cache.glob("*/model.skops")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert registry.load(settings()).model.digest == loading.digest(file.parent)


def test_a_damaged_index_is_made_again(home: Path) -> None:
    """The index is a cache too."""
    registry.load(settings())
    (settings().model_cache / "index.json").write_text('{"versions": [')
    assert registry.load(settings()).model.version == "1"


def test_when_the_registry_is_away_the_last_good_model_serves(home: Path) -> None:
    """A real server that dies: the run is told that its model is stale."""
    with mlflow_server(home) as uri:
        assert not registry.load(settings(MLFLOW_TRACKING_URI=uri)).stale
    loaded = registry.load(settings(MLFLOW_TRACKING_URI=uri))
    assert loaded.stale
    assert loaded.model.version == "1"


def test_without_registry_and_cache_there_is_one_sentence(home: Path) -> None:
    """Nothing to go on with: the address and the cache are named."""
    away = settings(MLFLOW_TRACKING_URI="http://127.0.0.1:9")
    with pytest.raises(RegistryAway, match="127.0.0.1:9.*no model to go on with"):
        registry.load(away)


def test_a_registry_that_answers_with_errors_is_away(home: Path) -> None:
    """HTTP 503 is not an answer, and it is not asked for ever."""

    class Broken(BaseHTTPRequestHandler):
        asked = 0

        def do_GET(self) -> None:
            Broken.asked += 1
            self.send_error(503)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(RegistryAway):
            registry.load(settings(MLFLOW_TRACKING_URI=f"http://127.0.0.1:{server.server_port}"))
    finally:
        server.shutdown()
    assert 1 <= Broken.asked <= 5


@pytest.mark.parametrize(
    "uri", [f"models:/{MODEL_NAME}@champion", "models:/nothing@production", f"models:/{MODEL_NAME}/99"]
)
def test_a_model_that_is_not_there_is_no_outage(home: Path, uri: str) -> None:
    """The cache must not serve what the registry says does not exist."""
    registry.load(settings())
    with pytest.raises(NoSuchModel):
        registry.load(settings(MODEL_URI=uri))


@pytest.mark.parametrize("uri", ["chicago", "models:/", "models:/a/b/c", "runs:/1/model", "/tmp/model"])
def test_a_model_uri_of_another_form_is_wrong_usage(home: Path, uri: str) -> None:
    """The sentence shows the forms that there are."""
    with pytest.raises(UsageError, match="models:/NAME@ALIAS"):
        registry.load(settings(MODEL_URI=uri))


def test_a_foreign_model_scores_without_a_band(home: Path) -> None:
    """Another pipeline whose signature asks for documented columns is all it takes."""
    uri = register(linear(["trip_miles", "hour"]), ["trip_miles", "hour"])
    model = registry.load(settings(MODEL_URI=uri)).model
    assert (model.band, model.features_version, model.inputs) == (None, None, ("trip_miles", "hour"))
    assert np.isfinite(predict(model, inputs(ride(), CHICAGO))["predicted_duration"]).all()


def test_a_trained_model_knows_what_it_was_trained_on(home: Path) -> None:
    """Its bins came with its files, so that its digest is of them too; a foreign model has none."""
    known = registry.load(settings()).model.bins
    assert set(known.features) == set(training_bins.FEATURES)
    assert set(known.features["miles"].shares) == {"all", "weekday"}  # two days, a Monday and a Tuesday
    (path,) = Path(os.environ["TAXI_HOME"]).rglob(training_bins.FILE_NAME)
    uri = register(linear(["trip_miles"]), ["trip_miles"])
    assert registry.load(settings(MODEL_URI=uri)).model.bins is None
    path.write_text("{")
    with pytest.raises(ModelRefused, match="bins.json"):
        loading.load(path.parent, "taxi", "1", "digest")


def test_a_model_that_asks_for_the_fare_is_refused(home: Path) -> None:
    """It is known only when the ride is over."""
    columns = ["trip_miles"]
    signature = infer_signature(
        inputs(ride(), CHICAGO)[columns].rename(columns={"trip_miles": "fare"}), np.array([1.0])
    )
    uri = register(linear(columns), columns, signature=signature)
    with pytest.raises(ModelRefused, match="fare"):
        registry.load(settings(MODEL_URI=uri))


def test_a_model_without_signature_is_refused(home: Path) -> None:
    """Which columns it wants nobody knows."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], signature=False)
    with pytest.raises(ModelRefused, match="no signature"):
        registry.load(settings(MODEL_URI=uri))


def test_a_model_of_other_features_is_refused(home: Path) -> None:
    """A column may mean something else there."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], metadata={"features_version": 999})
    with pytest.raises(ModelRefused, match="features version 999"):
        registry.load(settings(MODEL_URI=uri))


def test_a_pickle_is_refused_unless_a_setting_names_it(home: Path) -> None:
    """Unpickling runs what is inside."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], serialization_format="cloudpickle")
    with pytest.raises(ModelRefused, match="ALLOW_MODEL_FORMATS=cloudpickle"):
        registry.load(settings(MODEL_URI=uri))
    assert registry.load(settings(MODEL_URI=uri, ALLOW_MODEL_FORMATS="cloudpickle")).model.inputs == ("trip_miles",)


def test_a_crafted_skops_file_is_refused(home: Path, tmp_path: Path) -> None:
    """MLflow's loader would trust the types that the file itself lists; ours has a list of its own."""
    sentinel = tmp_path / "ran"
    crafted = make_pipeline(FunctionTransformer(os.mkdir), LinearRegression())
    uri = register(crafted, ["trip_miles"], skops_trusted_types=["posix.mkdir"])
    with pytest.raises(ModelRefused, match="not trusted.*mkdir"):
        registry.load(settings(MODEL_URI=uri))
    assert not sentinel.exists()


def test_a_skops_file_that_is_damaged_is_refused(home: Path, tmp_path: Path) -> None:
    """Whatever skops makes of it, a person reads one sentence."""
    registry.load(settings())
    (source,) = [path.parent for path in settings().model_cache.glob("*/model.skops")]
    for content in (b"", b"PK\x03\x04rubbish", b"{}"):
        folder = tmp_path / str(len(content))
        shutil.copytree(source, folder)
        (folder / "model.skops").write_bytes(content)
        with pytest.raises(ModelRefused, match="cannot be read by skops"):
            loading.load(folder, "it", "1", "digest")


@pytest.mark.parametrize(
    ("found", "written", "said"),
    [
        ("pickled_model: model.skops", "pickled_model: ../../outside.skops", "not in its folder"),
        ("pickled_model: model.skops", "pickled_model: /etc/passwd", "not in its folder"),
        ("serialization_format: skops", "serialization_format: pickle", "runs code"),
        ("  sklearn:", "  xgboost:", "not a scikit-learn model"),
        ("signature:", "signature: [", "no readable MLmodel"),
        ("signature:", "signature: 7\nwas:", "does not name its inputs"),
    ],
)
def test_a_crafted_mlmodel_file_is_refused(home: Path, tmp_path: Path, found: str, written: str, said: str) -> None:
    """The description is the model's own word, and checked."""
    registry.load(settings())
    (source,) = [path.parent for path in settings().model_cache.glob("*/MLmodel")]
    shutil.copytree(source, tmp_path / "crafted")
    description = tmp_path / "crafted" / "MLmodel"
    text = description.read_text()
    assert found in text
    description.write_text(text.replace(found, written))
    (tmp_path / "outside.skops").write_bytes(b"")
    with pytest.raises(ModelRefused, match=said):
        loading.load(tmp_path / "crafted", "it", "1", "digest")


def test_the_threads_are_set_when_it_is_loaded(home: Path) -> None:
    """A forest would otherwise predict on as many threads as it was fitted with."""
    model = registry.load(settings(PREDICT_THREADS="1")).model
    assert model.estimator[-1].n_jobs == 1  # type: ignore[index]


def test_a_cache_that_cannot_be_written_is_named(home: Path) -> None:
    """MODEL_CACHE points below a file: one sentence, exit code 2."""
    (home / "file").write_text("")
    with pytest.raises(UsageError, match="MODEL_CACHE"):
        registry.load(settings(MODEL_CACHE=str(home / "file" / "cache")))


def test_promote_moves_the_alias_and_tells_what_was_before(home: Path) -> None:
    """A version that does not exist changes nothing."""
    client = mlflow.MlflowClient(settings().tracking_uri)
    source = client.get_model_version(MODEL_NAME, "1").source
    second = versions.register(settings(), source, {})
    assert versions.promote(settings(), second) == "1"
    assert versions.production_version(settings()) == second
    with pytest.raises(JobError):
        versions.promote(settings(), "99")
    assert versions.production_version(settings()) == second


def test_the_documented_example_of_a_model_of_ones_own(trained_home: Path, tmp_path: Path) -> None:
    """docs/model.md's example runs as it stands, and what it registers scores."""
    (tmp_path / ".taxi").mkdir()
    shutil.copy(trained_home / "mlflow.db", tmp_path / ".taxi")
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "model.md").read_text(), re.DOTALL)
    # MLflow leaves the last registry and experiment of a process in its environment.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    subprocess.run([sys.executable, "-c", example], cwd=tmp_path, env=environment, check=True, capture_output=True)
    own = settings(TAXI_HOME=str(tmp_path / ".taxi"), MLFLOW_TRACKING_URI="", MODEL_URI="models:/my-model@production")
    model = registry.load(own).model
    assert 20 < predict(model, inputs(ride(), CHICAGO))["predicted_duration"].item() < 60
