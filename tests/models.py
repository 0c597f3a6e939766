"""Models for tests that need no training."""

import os
import warnings
from collections.abc import Sequence

import mlflow
import numpy as np
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression

from job import config
from job.config import MODEL_NAME, Config
from job.model.features import inputs
from tests.rides import CHICAGO, ride


def settings(**environ: str) -> Config:
    """Settings from the environment and these variables."""
    return config.parse(dict(os.environ) | environ)


def register_constant(
    client: mlflow.MlflowClient, minutes: float, name: str = MODEL_NAME, takes: Sequence[str] = ("trip_miles", "hour"),
    **options: object,
) -> str:  # fmt: skip
    """Register a model that predicts the same minutes for every ride, logged with MLflow alone; return its version."""
    example = inputs(ride(), CHICAGO)[list(takes)]
    mlflow.set_tracking_uri(settings().tracking_uri)
    experiment = client.get_experiment_by_name("constant")
    artifacts = (settings().home / "constant").as_uri()
    experiment_id = experiment.experiment_id if experiment else client.create_experiment("constant", artifacts)
    with warnings.catch_warnings(), mlflow.start_run(experiment_id=experiment_id):
        warnings.simplefilter("ignore")
        logged = mlflow.sklearn.log_model(
            LinearRegression().fit(example, [minutes]), name="model", pip_requirements=["scikit-learn"],
            **{"signature": infer_signature(example, np.array([1.0])), "serialization_format": "skops"} | options,
        )  # fmt: skip
        return str(mlflow.register_model(logged.model_uri, name).version)
