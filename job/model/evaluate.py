"""How far predictions are from the truth: in numbers and in pictures."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

from job.model.features import inputs

MILES_BINS = [0, 1, 2, 3, 5, 10, 20, np.inf]


def metrics(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """Errors of predicted minutes: mean and median absolute, root mean square (minutes), R²."""
    error = predicted - actual
    return {
        "mae": float(np.mean(np.abs(error))),
        "rmse": float(np.sqrt(np.mean(error**2))),
        "r2": float(1 - np.sum(error**2) / np.sum((actual - actual.mean()) ** 2)),
        "median_absolute_error": float(np.median(np.abs(error))),
    }


def figures(rides: pd.DataFrame, predicted: np.ndarray, importance: "pd.Series[float]") -> "dict[str, Figure]":
    """Pictures of a validation by file name: rides as in training, predicted minutes, importance by input."""
    from matplotlib.figure import Figure

    columns = inputs(rides)
    error = pd.Series(np.abs(predicted - rides["actual_duration"].to_numpy()), index=rides.index)
    by_miles = error.groupby(pd.cut(columns["trip_miles"], MILES_BINS), observed=True).mean()
    pictures = {}
    for name in ("predicted_against_actual", "error_by_hour", "error_by_miles", "input_importance"):
        pictures[f"{name}.png"] = Figure(figsize=(7, 4.5), layout="constrained")
    axes = {name: figure.subplots() for name, figure in pictures.items()}
    _scatter(axes["predicted_against_actual.png"], rides["actual_duration"].to_numpy(), predicted)
    _bars(axes["error_by_hour.png"], error.groupby(columns["hour"] // 1).mean(), "hour of the day in Chicago")
    _bars(axes["error_by_miles.png"], by_miles, "miles")
    _bars(axes["input_importance.png"], importance.sort_values(), "input")
    axes["input_importance.png"].set_ylabel("share of the forest's variance reduction")
    return pictures


def _scatter(axes: "Axes", actual: np.ndarray, predicted: np.ndarray) -> None:
    limit = float(np.quantile(actual, 0.99))
    axes.scatter(actual, predicted, s=4, alpha=0.3)
    axes.plot([0, limit], [0, limit], color="black", linewidth=1)
    axes.set(xlim=(0, limit), ylim=(0, limit), xlabel="actual minutes", ylabel="predicted minutes")


def _bars(axes: "Axes", values: "pd.Series[float]", label: str) -> None:
    axes.bar([f"{key:g}" if isinstance(key, float) else str(key) for key in values.index], values.to_numpy())
    axes.set(xlabel=label, ylabel="mean absolute error, minutes")
    axes.tick_params(axis="x", rotation=45 if len(values) < 24 else 90)
