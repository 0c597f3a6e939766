"""Registry, its cache and safe loading, with a real MLflow."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import mlflow
import numpy as np
import pytest
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from bench.places import mlflow_server
from job.config import MODEL_NAME, ROOT
from job.errors import UsageError
from job.model import training_bins
from job.model.band import Band
from job.model.contract import ModelRefused
from job.model.features import inputs
from job.model.predict import predict
from job.registry import loading
from job.registry.client import NoSuchModel, RegistryAway
from job.registry.registry import Registry
from tests.models import settings
from tests.rides import CHICAGO, ride
from tests.web import answering


def register(estimator: object, columns: list[str], name: str = "foreign", **options: object) -> str:
    """Log and register a model with MLflow alone, as another team would; return its MODEL_URI."""
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
            **{"signature": infer_signature(example, np.array([1.0])), "serialization_format": "skops"} | options,
        )
        return f"models:/{name}/{mlflow.register_model(logged.model_uri, name).version}"


def linear(columns: list[str]) -> object:
    """Fit a pipeline that is not ours."""
    rows = inputs(ride(), CHICAGO)[columns]
    return make_pipeline(StandardScaler(), LinearRegression()).fit(np.tile(rows, (3, 1)), [5.0, 6.0, 7.0])


def source_of_version_1(registry: Registry) -> str:
    """Return the URI that version 1 was registered from."""
    with registry.client() as client:
        return str(client.get_model_version(MODEL_NAME, "1").source)


def test_the_production_model_is_loaded_and_predicts(home: Path) -> None:
    """MODEL_URI's default loads version 1 with its metrics, and each prediction lies inside its band."""
    loaded = Registry(settings()).load()
    assert not loaded.stale
    assert loaded.model.version == "1"
    assert loaded.model.metrics["mae"] > 0
    predicted = predict(loaded.model, inputs(ride(), CHICAGO), CHICAGO)
    low, minutes, high = (predicted[f"predicted_{name}"].item() for name in ("low", "duration", "high"))
    assert low < minutes < high


@pytest.mark.parametrize("uri", ["models:/{}/1", "models:/{}@production", "models:/{}/Production"])
def test_model_uri_takes_alias_version_and_stage(home: Path, uri: str) -> None:
    """MODEL_URI accepts an alias, a version number, and the deprecated stage form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        mlflow.MlflowClient(settings().tracking_uri).transition_model_version_stage(MODEL_NAME, "1", "Production")
    assert Registry(settings(MODEL_URI=uri.format(MODEL_NAME))).load().model.version == "1"


def test_a_version_is_downloaded_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load resolves the alias at the registry and takes the files from the cache."""
    Registry(settings()).load()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("downloaded again")

    monkeypatch.setattr("mlflow.artifacts.download_artifacts", refuse)
    assert Registry(settings()).load().model.version == "1"


def test_a_damaged_cache_is_downloaded_again(home: Path) -> None:
    """A flipped byte changes the digest, so the model is downloaded again."""
    Registry(settings()).load()
    (file,) = settings().model_cache.glob("*/model.skops")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert Registry(settings()).load().model.digest == loading.digest(file.parent)


def test_a_damaged_index_is_rebuilt(home: Path) -> None:
    """An index that is not valid JSON counts as empty."""
    Registry(settings()).load()
    (settings().model_cache / "index.json").write_text('{"versions": [')
    assert Registry(settings()).load().model.version == "1"


def test_when_the_registry_is_away_the_last_good_model_serves(home: Path) -> None:
    """After the server has stopped, the model comes from the cache and is marked as stale."""
    with mlflow_server(home) as uri:
        assert not Registry(settings(MLFLOW_TRACKING_URI=uri)).load().stale
    loaded = Registry(settings(MLFLOW_TRACKING_URI=uri)).load()
    assert loaded.stale
    assert loaded.model.version == "1"


def test_without_registry_and_cache_nothing_is_loaded(home: Path) -> None:
    """The error names the registry's address and says that the cache has no model."""
    away = settings(MLFLOW_TRACKING_URI="http://127.0.0.1:9")
    with pytest.raises(RegistryAway, match="127.0.0.1:9.*no model to go on with"):
        Registry(away).load()


def test_a_registry_that_answers_with_errors_is_away(home: Path) -> None:
    """HTTP 503 counts as an outage after a few attempts."""
    requests = []

    def refuse(request: BaseHTTPRequestHandler) -> None:
        requests.append(request.path)
        request.send_error(503)

    with answering(refuse) as address, pytest.raises(RegistryAway):
        Registry(settings(MLFLOW_TRACKING_URI=address)).load()
    assert 1 <= len(requests) <= 5


@pytest.mark.parametrize(
    "uri", [f"models:/{MODEL_NAME}@champion", "models:/nothing@production", f"models:/{MODEL_NAME}/99"]
)
def test_a_missing_model_is_not_an_outage(home: Path, uri: str) -> None:
    """The cache does not replace a model, alias or version that the registry does not have."""
    Registry(settings()).load()
    with pytest.raises(NoSuchModel):
        Registry(settings(MODEL_URI=uri)).load()


@pytest.mark.parametrize("uri", ["chicago", "models:/", "models:/a/b/c", "runs:/1/model", "/tmp/model"])
def test_an_invalid_model_uri_is_a_usage_error(home: Path, uri: str) -> None:
    """The error lists the valid forms."""
    with pytest.raises(UsageError, match="models:/NAME@ALIAS"):
        Registry(settings(MODEL_URI=uri)).load()


def test_a_foreign_model_scores_without_a_band(home: Path) -> None:
    """Any scikit-learn pipeline can predict if its signature has only documented columns."""
    uri = register(linear(["trip_miles", "hour"]), ["trip_miles", "hour"])
    model = Registry(settings(MODEL_URI=uri)).load().model
    assert (model.band, model.features_version, model.inputs) == (None, None, ("trip_miles", "hour"))
    assert np.isfinite(predict(model, inputs(ride(), CHICAGO), CHICAGO)["predicted_duration"]).all()


def test_a_band_is_loaded_from_the_metadata(home: Path) -> None:
    """A model from `train` has a band per kind of ride, others may have one for all; a malformed one is refused."""
    assert "city" in Registry(settings()).load().model.band.kinds
    plain = {"edges": [10.0], "low": [-8.0, -3.0], "high": [4.0, 9.0]}
    uri = register(linear(["trip_miles"]), ["trip_miles"], metadata={"band": plain})
    assert Registry(settings(MODEL_URI=uri)).load().model.band == Band((10.0,), (-8.0, -3.0), (4.0, 9.0))
    malformed = plain | {"kinds": {"airport": {"edges": [], "low": []}}}
    uri = register(linear(["trip_miles"]), ["trip_miles"], metadata={"band": malformed})
    with pytest.raises(ModelRefused, match="metadata"):
        Registry(settings(MODEL_URI=uri)).load()


def test_training_bins_are_loaded_with_the_model(home: Path) -> None:
    """A model from `train` has its training bins, a foreign model has none, and unreadable bins are refused."""
    bins = Registry(settings()).load().model.bins
    assert set(bins.features) == set(training_bins.FEATURES)
    assert set(bins.features["miles"].shares) == {"all", "weekday"}  # two days, a Monday and a Tuesday
    (path,) = Path(os.environ["TAXI_HOME"]).rglob(training_bins.FILE_NAME)
    uri = register(linear(["trip_miles"]), ["trip_miles"])
    assert Registry(settings(MODEL_URI=uri)).load().model.bins is None
    path.write_text("{")
    with pytest.raises(ModelRefused, match="bins.json"):
        loading.load(path.parent, "taxi", "1", "digest")


def test_a_model_with_the_fare_as_input_is_refused(home: Path) -> None:
    """The fare is known only after the ride."""
    columns = ["trip_miles"]
    signature = infer_signature(
        inputs(ride(), CHICAGO)[columns].rename(columns={"trip_miles": "fare"}), np.array([1.0])
    )
    uri = register(linear(columns), columns, signature=signature)
    with pytest.raises(ModelRefused, match="fare"):
        Registry(settings(MODEL_URI=uri)).load()


def test_a_model_without_signature_is_refused(home: Path) -> None:
    """Without a signature its input columns are unknown."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], signature=False)
    with pytest.raises(ModelRefused, match="no signature"):
        Registry(settings(MODEL_URI=uri)).load()


def test_a_model_of_other_features_is_refused(home: Path) -> None:
    """A column of the same name may mean something else in another features version."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], metadata={"features_version": 999})
    with pytest.raises(ModelRefused, match="features version 999"):
        Registry(settings(MODEL_URI=uri)).load()


def test_a_pickle_is_refused_unless_a_setting_names_it(home: Path) -> None:
    """Unpickling runs code from the file."""
    uri = register(linear(["trip_miles"]), ["trip_miles"], serialization_format="cloudpickle")
    with pytest.raises(ModelRefused, match="ALLOW_MODEL_FORMATS=cloudpickle"):
        Registry(settings(MODEL_URI=uri)).load()
    assert Registry(settings(MODEL_URI=uri, ALLOW_MODEL_FORMATS="cloudpickle")).load().model.inputs == ("trip_miles",)


def test_a_crafted_skops_file_is_refused(home: Path) -> None:
    """Only types on our own list are loaded, whatever list the model file carries."""
    crafted = make_pipeline(FunctionTransformer(os.mkdir), LinearRegression())
    uri = register(crafted, ["trip_miles"], skops_trusted_types=["posix.mkdir"])
    with pytest.raises(ModelRefused, match="not trusted.*mkdir"):
        Registry(settings(MODEL_URI=uri)).load()


def test_a_damaged_skops_file_is_refused(home: Path, tmp_path: Path) -> None:
    """Any error inside skops becomes a ModelRefused."""
    Registry(settings()).load()
    (source,) = [path.parent for path in settings().model_cache.glob("*/model.skops")]
    for content in (b"", b"PK\x03\x04rubbish", b"{}"):
        folder = tmp_path / str(len(content))
        shutil.copytree(source, folder)
        (folder / "model.skops").write_bytes(content)
        with pytest.raises(ModelRefused, match="cannot be read by skops"):
            loading.load(folder, "it", "1", "digest")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pickled_model: model.skops", "pickled_model: ../../outside.skops", "not in its folder"),
        ("pickled_model: model.skops", "pickled_model: /etc/passwd", "not in its folder"),
        ("serialization_format: skops", "serialization_format: pickle", "runs code"),
        ("  sklearn:", "  pytorch:", "flavors .*pytorch.*cannot be used"),
        ("signature:", "signature: [", "no readable MLmodel"),
        ("signature:", "signature: 7\nwas:", "does not name its inputs"),
        ("signature:", f"signature: {'[' * 5000}", "no readable MLmodel"),
    ],
)
def test_a_crafted_mlmodel_file_is_refused(home: Path, tmp_path: Path, old: str, new: str, message: str) -> None:
    """Every value of the MLmodel file is checked before it is used."""
    Registry(settings()).load()
    (source,) = [path.parent for path in settings().model_cache.glob("*/MLmodel")]
    shutil.copytree(source, tmp_path / "crafted")
    description = tmp_path / "crafted" / "MLmodel"
    text = description.read_text()
    assert old in text
    description.write_text(text.replace(old, new))
    (tmp_path / "outside.skops").write_bytes(b"")
    with pytest.raises(ModelRefused, match=message):
        loading.load(tmp_path / "crafted", "it", "1", "digest")


def test_the_number_of_threads_is_set_on_loading(home: Path) -> None:
    """PREDICT_THREADS replaces the number of threads that the forest was fitted with."""
    model = Registry(settings(PREDICT_THREADS="1")).load().model
    assert model.estimator[-1].n_jobs == 1  # type: ignore[index]


def test_a_model_is_used_without_a_cache(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If MODEL_CACHE cannot be written, each model is downloaded when it is loaded, and nothing of it remains."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (home / "file").write_text("")
    registry = Registry(settings(MODEL_CACHE=str(home / "file" / "cache")))
    loaded = registry.load()
    assert (loaded.model.version, loaded.stale) == ("1", False)
    assert registry.load_version("1").digest == loaded.model.digest
    assert list(tmp_path.glob("taxi-model-*")) == []


def test_the_last_good_model_serves_where_nothing_can_be_downloaded_to(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For example, another version has been promoted while the disk is full."""
    registry = Registry(settings())
    registry.load()
    registry.promote(registry.register(source_of_version_1(registry), {}))
    index = registry.cache.folder / "index.json"
    index.write_text(json.dumps(json.loads(index.read_text()) | {"versions": {}}))

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    loaded = Registry(settings()).load()
    assert (loaded.model.version, loaded.stale) == ("1", True)


def test_promote_moves_the_alias(home: Path) -> None:
    """A version that does not exist is an error and does not move the alias."""
    registry = Registry(settings())
    second = registry.register(source_of_version_1(registry), {})
    assert registry.production_version() == "1"
    registry.promote(second)
    assert registry.production_version() == second
    with pytest.raises(NoSuchModel, match="has no version 99; it has 1, 2"):
        registry.promote("99")
    assert registry.production_version() == second


def test_a_model_that_cannot_be_loaded_is_not_promoted(home: Path) -> None:
    """Promote loads the version first; if that fails, the alias stays."""
    registry = Registry(settings())
    uri = register(linear(["trip_miles"]), ["trip_miles"], name=MODEL_NAME, serialization_format="cloudpickle")
    assert uri == f"models:/{MODEL_NAME}/2"
    with pytest.raises(ModelRefused):
        registry.promote("2")
    assert registry.production_version() == "1"


def test_a_promoted_challenger_is_challenger_no_longer(home: Path) -> None:
    """Promote removes the alias `challenger` from the version that it promotes, and from no other."""
    registry = Registry(settings())
    second, third = (registry.register(source_of_version_1(registry), {}) for _ in range(2))
    registry.challenge(second)
    registry.promote(third)
    assert registry.challenger_version() == second
    registry.promote(second)
    assert registry.challenger_version() is None


def test_tags_are_added_to_those_of_registration(home: Path) -> None:
    """add_tags keeps the other tags of the version."""
    registry = Registry(settings())
    version = registry.register(source_of_version_1(registry), {"source": "test"})
    registry.add_tags(version, {"gate": "kept"})
    assert registry.tags(version) == {"source": "test", "gate": "kept"}


def test_one_client_serves_a_registry(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The MLflow client is made at the first request and reused for every later one."""
    created = []

    class Counted(mlflow.MlflowClient):
        def __init__(self, *arguments: object) -> None:
            created.append(self)
            super().__init__(*arguments)

    monkeypatch.setattr("mlflow.MlflowClient", Counted)
    registry = Registry(settings())
    assert created == []
    assert registry.production_version() == "1"
    assert isinstance(registry.tags("1"), dict)
    assert registry.challenger_version() is None
    assert len(created) == 1


def test_two_registries_in_one_process_do_not_mix(home: Path, trained_home: Path, tmp_path: Path) -> None:
    """Each registers in its own MLflow, whichever of them was used last."""
    (tmp_path / "other").mkdir()
    shutil.copy(trained_home / "mlflow.db", tmp_path / "other")
    first, second = Registry(settings()), Registry(settings(TAXI_HOME=str(tmp_path / "other")))
    source = source_of_version_1(first)
    assert source_of_version_1(second) == source
    assert [registry.register(source, {}) for registry in (first, second, first)] == ["2", "2", "3"]


def test_a_model_in_the_cache_needs_no_mlflow(home: Path) -> None:
    """`cached` loads the model by its digest without importing MLflow; a digest that is not there gives None."""
    model = Registry(settings()).load().model
    program = f"""
import os, sys
from job import config
from job.registry.registry import Registry
registry = Registry(config.parse(os.environ))
assert registry.cached("taxi", "1", {model.digest!r}).digest == {model.digest!r}
assert registry.cached("taxi", "1", "0" * 64) is None
assert "mlflow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_a_variable_that_mlflow_cannot_read_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names it, and does not say that the registry is away."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="'soon' for MLFLOW_HTTP_REQUEST_TIMEOUT"):
        Registry(settings(MLFLOW_TRACKING_URI="http://127.0.0.1:9")).production_version()
