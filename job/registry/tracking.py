"""Log a fitted model, or a backtest, as one MLflow run: parameters, metrics, plots and the model itself."""

import logging
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from job.config import Config
from job.model import backtest_report, evaluate, training_bins
from job.model.backtest import Backtest
from job.model.card import card
from job.model.features import FEATURES_VERSION, inputs
from job.model.fit import COLUMNS, Fitted
from job.place import Place
from job.registry.estimators import TRUSTED_TYPES
from job.registry.registry import BACKTEST, Registry
from job.rides import plausible

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.data.pandas_dataset import PandasDataset

LONGEST_NAME, LONGEST_DIGEST = 500, 36  # characters that MLflow keeps of a data set
REQUIREMENTS = ("numpy", "pandas", "scikit-learn", "skops")


def log(fitted: Fitted, registry: Registry, tags: dict[str, str], trips: pd.DataFrame) -> str:
    """Log parameters, metrics, plots and the model as one MLflow run; return the model's URI.

    trips: those that were given to `fit`. Raises NoSuchModel or RegistryAway.
    """
    with registry.client() as client:
        return _log(fitted, client, registry.config, tags, trips)


def description(fitted: Fitted) -> str:
    """The version in a few lines of Markdown; MLflow shows them first."""
    parameters, metrics = fitted.parameters, fitted.metrics
    return (
        f"{_run_name(fitted)}, from {parameters['first_start']} to {parameters['last_start']}.\n\n"
        f"On {int(parameters['trips_validated']):,} held-out trips ({parameters['split']}): mean error "
        f"{metrics['mae']:.2f} min, median {metrics['median_absolute_error']:.2f} min; the 90 % band covers "
        f"{metrics['coverage']:.3f}.\n\n"
        "The source run shows the model card. The tags `gate` and `gate_why` say whether the version was promoted."
    )


def _run_name(fitted: Fitted) -> str:
    return f"{int(fitted.parameters['trips']):,} trips until {fitted.parameters['last_start'][:10]}"


def _log(fitted: Fitted, client: "MlflowClient", config: Config, tags: dict[str, str], trips: pd.DataFrame) -> str:
    # Not at the top: MLflow reads its settings from the environment when it is imported, and config.load sets them.
    import mlflow
    from mlflow.models import infer_signature

    # MLflow warns that it cannot find the version of pip; the job's image has no pip.
    logging.getLogger("mlflow.utils.environment").setLevel(logging.ERROR)
    _use_experiment(config.model_name, config)
    example = fitted.features.head(5)
    importance = pd.Series(fitted.pipeline[-1].feature_importances_, index=COLUMNS)
    about = card(fitted, config.place)
    # MLflow shows the note at the top of the run.
    with mlflow.start_run(run_name=_run_name(fitted), tags=tags | {"mlflow.note.content": about}):
        mlflow.log_params(fitted.parameters)
        mlflow.log_metrics(fitted.metrics)
        mlflow.log_text(about, "model_card.md")
        mlflow.log_input(_data_set(fitted, trips, config.place, tags["source"]), context="training")
        with tempfile.TemporaryDirectory() as folder:
            for name, figure in evaluate.plots(fitted.validation, fitted.predicted, importance, config.place).items():
                figure.savefig(Path(folder) / name, dpi=120)
            evaluate.groups(fitted.validation, fitted.predicted, config.place).to_csv(
                Path(folder) / "groups.csv", index=False
            )
            mlflow.log_artifacts(folder, "validation")
        logged = mlflow.sklearn.log_model(
            fitted.pipeline,
            name="model",
            signature=infer_signature(example, fitted.predicted[:5]),
            serialization_format="skops",
            skops_trusted_types=TRUSTED_TYPES,
            # Without this list MLflow loads the model in another process to infer its requirements.
            pip_requirements=[f"{name}=={version(name)}" for name in REQUIREMENTS],
            metadata={
                "features_version": FEATURES_VERSION,
                "metrics": fitted.metrics,
                "band": asdict(fitted.band),
                "expected_error": {kind: asdict(curve) for kind, curve in fitted.expected_error.items()},
            },
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / training_bins.FILE_NAME
            path.write_text(training_bins.dumps(fitted.bins), encoding="utf-8")
            client.log_model_artifact(str(logged.model_id), str(path))
        return str(logged.model_uri)


def log_backtest(backtest: Backtest, registry: Registry) -> str:
    """Log a backtest as one MLflow run, then quote it in the candidate's tag `backtest`; return the id of the run.

    The tag is set last, so it never quotes a backtest that is not complete. Raises NoSuchModel or RegistryAway.
    """
    with registry.client():
        run_id = _log_backtest(backtest, registry.config)
    registry.add_tags(backtest.candidate, {BACKTEST: f"{backtest.why}; MLflow run {run_id}"})
    return run_id


def _log_backtest(backtest: Backtest, config: Config) -> str:
    import mlflow

    overall = backtest.overall
    _use_experiment(f"{config.model_name}-backtests", config)
    parameters = {
        "candidate": backtest.candidate, "champion": backtest.champion, "source": backtest.source,
        "start": overall.start.isoformat(), "end": overall.end.isoformat(),
    }  # fmt: skip
    sides = {"candidate": overall.candidate, "champion": overall.champion}
    with mlflow.start_run(tags={"verdict": overall.verdict or "none", "why": backtest.why}) as run:
        mlflow.log_params(parameters)
        for role, side in sides.items():
            measures = asdict(side) if side else {}
            mlflow.log_metrics({f"{role}_{name}": value for name, value in measures.items() if value is not None})
        mlflow.log_text(backtest_report.as_json(backtest), "backtest.json")
        mlflow.log_text(backtest_report.text(backtest), "backtest.txt")
        mlflow.log_figure(backtest_report.picture(backtest), "backtest.png", save_kwargs={"dpi": 120})
        return str(run.info.run_id)


def _use_experiment(name: str, config: Config) -> None:
    import mlflow

    if mlflow.get_experiment_by_name(name) is None:
        mlflow.create_experiment(name, artifact_location=config.artifact_root)
    mlflow.set_experiment(name)


def _data_set(fitted: Fitted, trips: pd.DataFrame, place: Place, name: str) -> "PandasDataset":
    """The training examples as MLflow lists data sets: name, number of rows, columns, and our own digest."""
    from mlflow.data.pandas_dataset import from_pandas

    usable = trips[plausible.possible(trips)]
    examples = inputs(usable, place).assign(actual_duration=usable["actual_duration"])
    digest = fitted.parameters["trips_sha256"][:LONGEST_DIGEST]
    return from_pandas(examples, name=name[:LONGEST_NAME], targets="actual_duration", digest=digest)
