"""Gradient boosting of scikit-learn, XGBoost and LightGBM, saved with MLflow alone as their users save it."""

import sys
import warnings
from pathlib import Path
from types import ModuleType

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow.models import infer_signature
from sklearn.base import BaseEstimator
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor
from sklearn.neighbors import KNeighborsRegressor

from job.model.contract import ModelRefused
from job.model.features import inputs
from job.model.predict import predict
from job.registry import isolated, loading
from tests.rides import CHICAGO, ride

COLUMNS = ["trip_miles", "hour", "centroid_miles"]
RANDOM = np.random.default_rng(1)
RIDES = pd.DataFrame(RANDOM.random((300, 3)) * [20, 24, 15], columns=COLUMNS)
RIDES.loc[::7, "centroid_miles"] = np.nan
MINUTES = pd.Series(3 * RIDES["trip_miles"] + 2, name="minutes")
ONE = inputs(ride(), CHICAGO)


def saved(flavor: ModuleType, model: object, folder: Path, **options: object) -> Path:
    """Save a model with one of MLflow's flavors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flavor.save_model(
            model,
            folder / "model",
            signature=infer_signature(RIDES, MINUTES),
            pip_requirements=["scikit-learn"],
            **options,
        )
    return folder / "model"


def assert_same_minutes(folder: Path, expected: np.ndarray, *allowed: str) -> None:
    """The saved model gives these minutes for ONE, in this process and in a child process."""
    for load in (loading.load, isolated.load):
        model = load(folder, "own", "1", "digest", allowed)
        assert predict(model, ONE, CHICAGO)["predicted_duration"].to_numpy() == pytest.approx(expected)


@pytest.mark.parametrize(
    "model",
    [HistGradientBoostingRegressor(loss="gamma", max_iter=20), GradientBoostingRegressor(n_estimators=5)],
)
def test_gradient_boosting_of_scikit_learn_is_used_in_skops(model: BaseEstimator, tmp_path: Path) -> None:
    """The types that skops does not trust by default are trusted after their arrays have been checked."""
    rows = RIDES if isinstance(model, HistGradientBoostingRegressor) else RIDES.fillna(0)
    model.fit(rows, MINUTES)
    trusted = ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor", "sklearn.tree._tree.Tree"]
    folder = saved(mlflow.sklearn, model, tmp_path, serialization_format="skops", skops_trusted_types=trusted)
    assert_same_minutes(folder, model.predict(ONE[COLUMNS]))


@pytest.mark.parametrize("suffix", ["ubj", "json"])
@pytest.mark.parametrize("native", [False, True], ids=["XGBRegressor", "Booster"])
def test_xgboost_is_used_in_its_own_format(native: bool, suffix: str, tmp_path: Path) -> None:
    """Both of its interfaces and both of its formats work, with the number of threads that the job sets."""
    xgboost = pytest.importorskip("xgboost")
    model = xgboost.XGBRegressor(n_estimators=20, n_jobs=1).fit(RIDES, MINUTES)
    expected = model.predict(ONE[COLUMNS])
    folder = saved(mlflow.xgboost, model.get_booster() if native else model, tmp_path, model_format=suffix)
    assert_same_minutes(folder, expected, "xgboost")
    assert loading.load(folder, "own", "1", "digest", ["xgboost"], 3).estimator.n_jobs == 3  # type: ignore[attr-defined]


def test_lightgbm_is_used_in_its_own_format(tmp_path: Path) -> None:
    """Its booster is used; the scikit-learn wrapper, which MLflow pickles, is refused with advice."""
    lightgbm = pytest.importorskip("lightgbm")
    model = lightgbm.LGBMRegressor(n_estimators=20, n_jobs=1, verbose=-1).fit(RIDES, MINUTES)
    folder = saved(mlflow.lightgbm, model.booster_, tmp_path)
    assert_same_minutes(folder, model.predict(ONE[COLUMNS]), "lightgbm")
    wrapped = saved(mlflow.lightgbm, model, tmp_path / "wrapped", serialization_format="cloudpickle")
    with pytest.raises(ModelRefused, match=r"log its booster instead.*model\.booster_"):
        loading.load(wrapped, "own", "1", "digest", ["lightgbm", "cloudpickle"])


def test_lightgbm_with_other_columns_than_its_signature_is_refused(tmp_path: Path) -> None:
    """It would predict by position otherwise."""
    lightgbm = pytest.importorskip("lightgbm")
    swapped = RIDES[[COLUMNS[1], COLUMNS[0], COLUMNS[2]]]
    model = lightgbm.LGBMRegressor(n_estimators=5, verbose=-1).fit(swapped, MINUTES)
    model = loading.load(saved(mlflow.lightgbm, model.booster_, tmp_path), "own", "1", "digest", ["lightgbm"])
    with pytest.raises(ModelRefused, match="cannot score"):
        predict(model, ONE, CHICAGO)


def written_by_hand(flavor: str, folder: Path, content: bytes = b"") -> Path:
    """A folder as MLflow writes it for a booster, whose package need not be installed."""
    folder.mkdir(parents=True, exist_ok=True)
    signature = infer_signature(RIDES, MINUTES).to_dict()
    mlflow.models.Model(flavors={flavor: {"data": "model.bin"}}).save(folder / "MLmodel")
    described = (folder / "MLmodel").read_text()
    (folder / "MLmodel").write_text(f"{described}signature:\n  inputs: '{signature['inputs']}'\n")
    (folder / "model.bin").write_bytes(content)
    return folder


@pytest.mark.parametrize("flavor", ["xgboost", "lightgbm"])
def test_a_booster_is_refused_unless_a_setting_names_it(flavor: str, tmp_path: Path) -> None:
    """The sentence says what to set and what to install, and the package is not imported."""
    folder = written_by_hand(flavor, tmp_path)
    loaded = flavor in sys.modules
    with pytest.raises(ModelRefused, match=rf"set ALLOW_MODEL_FORMATS={flavor} .*and install {flavor}"):
        loading.load(folder, "own", "1", "digest", ["pickle", "cloudpickle"])
    assert (flavor in sys.modules) == loaded


@pytest.mark.parametrize("flavor", ["xgboost", "lightgbm"])
def test_a_booster_whose_package_is_missing_is_refused(
    flavor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says what to install."""
    monkeypatch.setitem(sys.modules, flavor, None)
    with pytest.raises(ModelRefused, match=f"needs {flavor}, which is not installed.*pip install {flavor}"):
        loading.load(written_by_hand(flavor, tmp_path), "own", "1", "digest", [flavor])


@pytest.mark.parametrize("flavor", ["xgboost", "lightgbm"])
def test_a_damaged_booster_is_refused(flavor: str, tmp_path: Path) -> None:
    """What the library says about its file is in the sentence."""
    pytest.importorskip(flavor)
    with pytest.raises(ModelRefused, match=f"cannot be read by {flavor} "):
        loading.load(written_by_hand(flavor, tmp_path, b"tree\nnothing else"), "own", "1", "digest", [flavor])


def test_the_advice_does_not_lead_in_a_circle(tmp_path: Path) -> None:
    """A model that skops does not trust is sent to a format that works, not back to skops."""
    model = KNeighborsRegressor().fit(RIDES.fillna(0), MINUTES)
    trusted = ["sklearn.metrics._dist_metrics.EuclideanDistance64", "sklearn.neighbors._kd_tree.KDTree"]
    folder = saved(mlflow.sklearn, model, tmp_path, serialization_format="skops", skops_trusted_types=trusted)
    with pytest.raises(ModelRefused, match="KDTree.*serialization_format='cloudpickle' and set ALLOW_MODEL_FORMATS="):
        loading.load(folder, "own", "1", "digest")
    again = saved(mlflow.sklearn, model, tmp_path / "again", serialization_format="cloudpickle")
    assert_same_minutes(again, model.predict(ONE[COLUMNS]), "cloudpickle")


def test_xgboost_within_skops_is_sent_to_its_own_format(tmp_path: Path) -> None:
    """The types that are not trusted name the library."""
    xgboost = pytest.importorskip("xgboost")
    model = xgboost.XGBRegressor(n_estimators=2).fit(RIDES, MINUTES)
    trusted = ["xgboost.core.Booster", "xgboost.sklearn.XGBRegressor"]
    folder = saved(mlflow.sklearn, model, tmp_path, serialization_format="skops", skops_trusted_types=trusted)
    with pytest.raises(ModelRefused, match=r"mlflow\.xgboost\.log_model instead, and set ALLOW_MODEL_FORMATS=xgboost"):
        loading.load(folder, "own", "1", "digest")
