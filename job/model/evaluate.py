"""Evaluates predictions against actual durations: metrics and plots."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.metrics import (
    mean_absolute_error,
    median_absolute_error,
    r2_score,
    root_mean_squared_error,
    root_mean_squared_log_error,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

from job.model.band import Band
from job.model.features import Kinds, inputs, kinds_of_rides
from job.place import Place
from job.rides.plausible import plausible_between_known_areas, possible

MILES_NOISE = 0.2
MILES_BINS = [0, 1, 2, 3, 5, 10, 20, np.inf]
MILES_LABELS = ["0 to 1", "1 to 2", "2 to 3", "3 to 5", "5 to 10", "10 to 20", "over 20"]
# The rides that a metric covers, by the suffix of its name. Accepted rides that are not possible are recording errors.
KINDS: "dict[str, Callable[[pd.DataFrame], pd.Series[bool]]]" = {
    "_areas_known": plausible_between_known_areas,
    "": possible,
    "_all_accepted": lambda rides: pd.Series(True, rides.index),
}


def metrics(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """Errors of predicted minutes: mean and median absolute, root mean square (minutes), R², RMSLE."""
    measures = {
        "mae": mean_absolute_error,
        "rmse": root_mean_squared_error,
        "r2": r2_score,
        "median_absolute_error": median_absolute_error,
        "rmsle": root_mean_squared_log_error,
    }
    return {name: float(measure(actual, predicted)) for name, measure in measures.items()}


def metrics_of_each_kind(rides: pd.DataFrame, predicted: np.ndarray) -> dict[str, float]:
    """The metrics and the number of rides for each of KINDS that has any of these accepted rides."""
    actual, results = rides["actual_duration"].to_numpy(), dict[str, float]()
    for kind, belongs in KINDS.items():
        mask = belongs(rides).to_numpy()
        if mask.any():
            values = metrics(actual[mask], predicted[mask]) | {"rides": float(mask.sum())}
            results |= {f"{name}{kind}": value for name, value in values.items()}
    return results


def band_metrics(actual: np.ndarray, predicted: np.ndarray, band: Band, kinds: Kinds) -> dict[str, float]:
    """Share of rides inside the band, overall and by third of predicted minutes; its mean half-width (minutes)."""
    low, high = band.around(predicted, kinds)
    inside = (low <= actual) & (actual <= high)
    thirds = np.array_split(np.argsort(predicted), 3)
    shares = {f"coverage_third_{number}": float(inside[third].mean()) for number, third in enumerate(thirds, 1)}
    return {"coverage": float(inside.mean()), "half_width": float(((high - low) / 2).mean()), **shares}


def as_known_before(rides: pd.DataFrame, place: Place, seed: int = 0) -> dict[str, pd.DataFrame]:
    """The same rides with miles that can be known before the ride, instead of the meter's.

    noisy_miles: the meter's miles with a normal error of 20 %, like a route estimate. without_miles: the distance
    between the zones' centroids times the median detour; where a zone is empty or both are the same, the median miles
    of such rides.
    """
    miles = rides["trip_miles"].to_numpy(float)
    noise = np.random.default_rng(seed).normal(1, MILES_NOISE, len(rides))
    straight = inputs(rides, place)["centroid_miles"].to_numpy()
    apart = straight > 0
    estimated = np.full(len(rides), np.median(miles[~apart]) if (~apart).any() else np.nan)
    estimated[apart] = straight[apart] * np.median(miles[apart] / straight[apart])
    return {
        "noisy_miles": rides.assign(trip_miles=miles * np.clip(noise, 0.2, None)),
        "without_miles": rides.assign(trip_miles=estimated),
    }


def baseline(training: pd.DataFrame, rides: pd.DataFrame, place: Place) -> np.ndarray:
    """The baseline that a model has to beat: the miles times the median pace (minutes per mile) of the hour."""
    pace = training["actual_duration"] / training["trip_miles"]
    by_hour = pace.groupby(inputs(training, place)["hour"] // 1).median()
    hours = inputs(rides, place)["hour"] // 1
    return (hours.map(by_hour).fillna(pace.median()) * rides["trip_miles"]).to_numpy()


def segments(columns: pd.DataFrame, place: Place) -> "dict[str, pd.Series[Any]]":
    """The segment of each ride, given its inputs, by dimension: hour, miles and kind of ride (`areas`)."""
    return {
        "hour": columns["hour"].astype(int),
        "miles": pd.cut(columns["trip_miles"], MILES_BINS, labels=MILES_LABELS),
        "areas": pd.Series(kinds_of_rides(columns, place), columns.index),
    }


def groups(rides: pd.DataFrame, predicted: np.ndarray, place: Place) -> pd.DataFrame:
    """Rides, mean absolute error and mean error (minutes) by hour, by miles and by kind of ride."""
    columns = inputs(rides, place)
    error = pd.DataFrame({"error": predicted - rides["actual_duration"].to_numpy()}, index=rides.index)
    parts = [
        error.groupby(key, observed=True)["error"]
        .agg(rides="size", mae=lambda values: values.abs().mean(), bias="mean")
        .rename_axis("value")
        .reset_index()
        .astype({"value": str})  # only now, so that hours and miles are sorted as numbers
        .assign(group=name)
        for name, key in segments(columns, place).items()
    ]
    return pd.concat(parts, ignore_index=True)[["group", "value", "rides", "mae", "bias"]]


def plots(
    rides: pd.DataFrame, predicted: np.ndarray, importance: "pd.Series[float]", place: Place
) -> "dict[str, Figure]":
    """Plots of a validation by file name, given labelled rides, their predicted minutes and the inputs' importance."""
    from matplotlib.figure import Figure

    columns = inputs(rides, place)
    error = pd.Series(np.abs(predicted - rides["actual_duration"].to_numpy()), index=rides.index)
    by_miles = error.groupby(pd.cut(columns["trip_miles"], MILES_BINS), observed=True).mean()
    names = ("predicted_against_actual", "error_by_hour", "error_by_miles", "input_importance")
    figures = {f"{name}.png": Figure(figsize=(7, 4.5), layout="constrained") for name in names}
    axes = {name: figure.subplots() for name, figure in figures.items()}
    _scatter(axes["predicted_against_actual.png"], rides["actual_duration"].to_numpy(), predicted)
    _bars(axes["error_by_hour.png"], error.groupby(columns["hour"] // 1).mean(), f"hour of the day in {place.name}")
    _bars(axes["error_by_miles.png"], by_miles, "miles")
    _bars(axes["input_importance.png"], importance.sort_values(), "input")
    axes["input_importance.png"].set_ylabel("share of the forests' variance reduction")
    return figures


def _scatter(axes: "Axes", actual: np.ndarray, predicted: np.ndarray) -> None:
    limit = float(np.quantile(actual, 0.99))
    axes.scatter(actual, predicted, s=4, alpha=0.3)
    axes.plot([0, limit], [0, limit], color="black", linewidth=1)
    axes.set(xlim=(0, limit), ylim=(0, limit), xlabel="actual minutes", ylabel="predicted minutes")


def _bars(axes: "Axes", values: "pd.Series[float]", label: str) -> None:
    axes.bar([f"{key:g}" if isinstance(key, float) else str(key) for key in values.index], values.to_numpy())
    axes.set(xlabel=label, ylabel="mean absolute error, minutes")
    axes.tick_params(axis="x", rotation=45 if len(values) < 24 else 90)
