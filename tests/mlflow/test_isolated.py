"""Models and registries that crash, hang or answer nonsense disturb neither the job nor the model cache."""

import multiprocessing
import socket
import sqlite3
import threading
import warnings
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import mlflow
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.base import BaseEstimator
from sklearn.ensemble import RandomForestRegressor

from job import child
from job.config import MODEL_NAME
from job.model.contract import ModelRefused
from job.model.features import inputs
from job.model.predict import predict
from job.registry import isolated, loading, lookup, rest
from job.registry.cache import Entry
from job.registry.registry import Registry
from tests.forks import CONTEXT, start_server
from tests.models import register_constant, settings
from tests.rides import CHICAGO, ride
from tests.web import answering

pytestmark = [pytest.mark.child_processes, pytest.mark.usefixtures("forked_children")]

COLUMNS = ["trip_miles", "hour"]


class Misbehaving(BaseEstimator):
    """Ends its process, never answers, takes all the memory, or raises."""

    def __init__(self, how: str = "") -> None:
        self.how = how

    def predict(self, features: pd.DataFrame) -> np.ndarray:
        import ctypes  # here, because the model is pickled by value
        import time

        if self.how == "crash":
            ctypes.string_at(0)
        if self.how == "hang":
            time.sleep(600)
        if self.how == "memory":
            return np.ones((len(features), 1 << 32))
        raise KeyError("unknown area")


class Threads(BaseEstimator):
    """Predicts as many minutes as a forest may use threads."""

    def predict(self, features: pd.DataFrame) -> np.ndarray:
        import joblib

        return np.full(len(features), float(joblib.effective_n_jobs(2)))


@pytest.fixture
def forked_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork the children from a process that has imported MLflow, so that none needs seconds to start."""
    start_server()
    monkeypatch.setattr(child, "multiprocessing", SimpleNamespace(get_context=lambda _: CONTEXT))


@pytest.fixture
def client(home: Path) -> mlflow.MlflowClient:
    """A client of the registry whose version 1 is in production."""
    return mlflow.MlflowClient(settings().tracking_uri)


def altered(folder: Path, change: Callable[[np.ndarray], None]) -> None:
    """Save a forest with changed nodes as the folder's model."""
    rows = np.random.default_rng(1).random((300, len(COLUMNS)))
    model = RandomForestRegressor(2, random_state=1).fit(pd.DataFrame(rows, columns=COLUMNS), rows.sum(axis=1))
    tree = model.estimators_[0].tree_
    state = tree.__getstate__()
    state["nodes"] = state["nodes"].copy()
    change(state["nodes"])
    tree.__setstate__(state)
    skops.io.dump(model, folder / "model.skops")


def far_away(nodes: np.ndarray) -> None:
    """Point the root's children far outside the tree."""
    nodes["left_child"][0] = nodes["right_child"][0] = 1 << 40


def circular(nodes: np.ndarray) -> None:
    """Make the root its own child."""
    nodes["left_child"][0] = nodes["right_child"][0] = 0


@pytest.fixture
def crafted(client: mlflow.MlflowClient, request: pytest.FixtureRequest) -> str:
    """A version whose forest makes compiled code read outside its arrays, or loop for ever."""
    version = register_constant(client, 12.0)
    altered(Path(client.get_model_version_download_uri(MODEL_NAME, version).removeprefix("file://")), request.param)
    return version


@pytest.mark.parametrize("crafted", [far_away, circular], indirect=True)
def test_a_crafted_forest_is_refused_and_not_cached(client: mlflow.MlflowClient, crafted: str) -> None:
    """This holds for a champion and a challenger: the last good champion serves, and nothing crafted is cached."""
    registry = Registry(settings())
    good = registry.load()
    cached = set(settings().model_cache.iterdir())
    client.set_registered_model_alias(MODEL_NAME, "challenger", crafted)
    with pytest.raises(ModelRefused, match="not one of the nodes after it"):
        registry.load_challenger(good.model)
    client.set_registered_model_alias(MODEL_NAME, "production", crafted)
    served = registry.load()
    assert (served.model.version, served.stale) == ("1", True)
    assert set(settings().model_cache.iterdir()) == cached


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("crash", "crashed with SIGSEGV"),
        ("hang", "did not answer within 3 s"),
    ],
)
def test_a_challenger_that_crashes_or_hangs_is_refused(
    client: mlflow.MlflowClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, message: str
) -> None:
    """It is tried out in a child process before a run uses it."""
    folder = saved(Misbehaving(how), tmp_path)
    isolated.try_out(saved(Misbehaving("raise"), tmp_path / "other"), "m", "1", "d", ["cloudpickle"])
    if how == "hang":
        monkeypatch.setattr(isolated, "SECONDS", 3)
    with pytest.raises(ModelRefused, match=message):
        isolated.load(folder, "m", "1", "d", ["cloudpickle"])


@pytest.mark.parametrize(("how", "message"), [("raise", "unknown area"), ("memory", "Unable to allocate|MemoryError")])
def test_a_challenger_that_cannot_predict_is_refused(tmp_path: Path, how: str, message: str) -> None:
    """What it raises is reported, and so is memory beyond the limit."""
    model = isolated.load(saved(Misbehaving(how), tmp_path), "m", "1", "d", ["cloudpickle"])
    with pytest.raises(ModelRefused, match=message):
        predict(model, inputs(ride(), CHICAGO), CHICAGO)


def test_an_isolated_model_predicts_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A child process gives the predictions and the band of the model in this process, and prints no warning."""
    monkeypatch.setattr(child, "multiprocessing", multiprocessing)  # a new interpreter, as the job starts it
    registry = Registry(settings())
    here = registry.load().model
    folder = registry.cache.folder / here.digest
    there = isolated.load(folder, here.name, here.version, here.digest, threads=2)
    features = inputs(ride(), CHICAGO)
    pd.testing.assert_frame_equal(predict(here, features, CHICAGO), predict(there, features, CHICAGO))
    assert (there.bins, there.band, there.metrics) == (here.bins, here.band, here.metrics)
    assert capfd.readouterr().err == ""


def test_a_forest_in_a_child_process_uses_its_threads(tmp_path: Path) -> None:
    """Joblib would allow it only one there, and warn about that on the user's terminal."""
    model = isolated.load(saved(Threads(), tmp_path), "m", "1", "d", ["cloudpickle"], threads=2)
    assert predict(model, inputs(ride(), CHICAGO), CHICAGO)["predicted_duration"].tolist() == [2.0]


def saved(estimator: BaseEstimator, folder: Path) -> Path:
    """Save a model as MLflow would, pickled by value."""
    import cloudpickle

    from tests.mlflow import test_isolated

    cloudpickle.register_pickle_by_value(test_isolated)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mlflow.sklearn.save_model(
            estimator, folder / "model", serialization_format="cloudpickle", pip_requirements=["scikit-learn"],
            signature=mlflow.models.infer_signature(inputs(ride(), CHICAGO)[COLUMNS], np.array([1.0])),
        )  # fmt: skip
    return folder / "model"


def test_a_damaged_download_is_not_cached(client: mlflow.MlflowClient) -> None:
    """A model file that was cut off is downloaded again, and used once the registry has it whole."""
    version = register_constant(client, 12.0)
    client.set_registered_model_alias(MODEL_NAME, "production", version)
    registry = Registry(settings())
    file = Path(client.get_model_version_download_uri(MODEL_NAME, version).removeprefix("file://"), "model.skops")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelRefused, match="cannot be read"):
        registry.load()
    file.write_bytes(whole)
    assert not registry.load().stale


def answer_blanks(request: BaseHTTPRequestHandler) -> None:
    """Send blanks without an end."""
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b" " * (1 << 20))


def answer_slowly(request: BaseHTTPRequestHandler) -> None:
    """Send a blank every tenth of a second."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(100_000):
        request.wfile.write(b" ")
        request.wfile.flush()
        threading.Event().wait(0.1)


def answer_a_page(request: BaseHTTPRequestHandler) -> None:
    """Send a page to log in."""
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"<html>log in</html>")


@pytest.fixture
def registry_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that answers every request in the same odd way."""
    with answering(request.param) as address:
        yield address


def serve_from_cache(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load once from a registry that answers, then expect the same model from the cache while this one does not."""
    good = Registry(settings())
    model = good.load().model
    entry = Entry(model.name, model.version, model.digest)
    away = Registry(settings(MLFLOW_TRACKING_URI=uri))
    away.cache.note_served(f"{away.config.tracking_uri} {away.config.model_uri}", entry)
    for module in (rest, lookup):
        monkeypatch.setattr(module, "SECONDS", 2)
    served = away.load()
    assert (served.model.version, served.stale) == ("1", True)


@pytest.mark.parametrize("registry_server", [answer_blanks, answer_slowly, answer_a_page], indirect=True)
def test_a_registry_that_answers_nonsense_is_away(
    home: Path, registry_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Endless, slow and wrong answers end within bounded time and memory, and the last good model serves."""
    serve_from_cache(registry_server, monkeypatch)


def test_a_database_that_does_not_answer_is_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MLflow's own retries, which take minutes, are cut short."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"postgresql://mlflow@127.0.0.1:{silent.getsockname()[1]}/mlflow"
        serve_from_cache(uri, monkeypatch)


def test_a_locked_sqlite_registry_is_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that keeps the file locked does not stop the job."""
    registry = Registry(settings())
    registry.load()
    (settings().home / "mlflow.db").touch()  # or the last answer would still hold
    monkeypatch.setattr(lookup, "SECONDS", 2)
    lock = sqlite3.connect(settings().home / "mlflow.db", isolation_level=None)
    lock.execute("begin exclusive")
    try:
        served = Registry(settings()).load()
    finally:
        lock.close()
    assert (served.model.version, served.stale) == ("1", True)
    assert loading.digest(registry.cache.folder / served.model.digest) == served.model.digest
