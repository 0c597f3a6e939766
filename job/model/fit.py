"""Fits a model on rides whose durations are known, and validates it."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import TargetEncoder

from job.errors import JobError
from job.model import band, evaluate, expected_error, splits, training_bins
from job.model.band import Band
from job.model.contract import MAX_PREDICTED_MINUTES, MIN_PREDICTED_MINUTES
from job.model.expected_error import ExpectedError
from job.model.features import FEATURES_VERSION, INPUTS, SATURDAY, inputs, kinds_of_rides
from job.model.forests import MinutesAndPace
from job.model.training_bins import Bins
from job.place import Place
from job.rides import plausible

MIN_TRIPS = 200
DAYS_OF_WEEK = 7
# The band and the expected errors are learned from the newest period if it has this many trips, else from all.
LEAST_RECENT = 2000
ENCODED = ["pickup_community_area", "dropoff_community_area", "area_pair"]
# The order of the columns after encoding.
COLUMNS = [*ENCODED, *(name for name in INPUTS if name not in ENCODED)]
# Parameters of each of the two forests. With 40 trees, or leaves of 5 rides, the file grows without a measurable gain.
FOREST: dict[str, Any] = {"n_estimators": 30, "min_samples_leaf": 7, "max_features": 0.4}


@dataclass(frozen=True)
class Fitted:
    """A pipeline fitted on all plausible rides, and the results of a validation on held-out ones.

    metrics: those of `evaluate.metrics_of_each_kind` and `evaluate.band_metrics`, and mean absolute errors of the
    baseline and with the miles of `evaluate.as_known_before`.
    validation: the plausible held-out rides; features: their inputs; predicted: the validated model's minutes.
    """

    pipeline: Pipeline
    band: Band
    expected_error: ExpectedError
    bins: Bins
    metrics: dict[str, float]
    parameters: dict[str, str]
    validation: pd.DataFrame
    features: pd.DataFrame
    predicted: np.ndarray


def fit(trips: pd.DataFrame, place: Place, seed: int = 0, threads: int = 2) -> Fitted:
    """Fit on trips (RIDE_COLUMNS, actual_duration in minutes, taxi_id or null).

    The model is validated on the latest fifth of the trips. If most trips are from the last day and their taxis are
    known, it is validated on a fifth of that day's taxis instead, because the evening alone is not a fair sample of the
    day. Then it is fitted on all plausible trips. Its band comes from out-of-fold residuals. Raises JobError if there
    are too few plausible trips.
    """
    trips = trips.sort_values(["trip_start_timestamp", "trip_id"]).reset_index(drop=True)
    usable = trips[plausible.possible(trips)]
    if len(usable) < MIN_TRIPS:
        raise JobError(
            f"{len(usable):,} of {len(trips):,} trips can be learned from "
            f"({plausible.MIN_MINUTES:g} to {plausible.MAX_MINUTES:g} min "
            f"at {plausible.MIN_MPH:g} to {plausible.MAX_MPH:g} mph); "
            f"{MIN_TRIPS} are needed: give more with --trips"
        )
    held_out, split = splits.held_out(trips, usable, place, seed)
    accepted, early = trips[held_out], ~held_out[usable.index]
    training, validation = usable[early], usable[~early]
    validated = pipeline(seed, threads).fit(*examples(training, place, seed))
    folds, groups = splits.folds(usable)
    model = pipeline(seed, threads)
    everything = examples(usable, place, seed)
    out_of_fold = cross_val_predict(model, *everything, cv=folds, groups=groups)
    model.fit(*everything)
    features = inputs(validation, place)
    out_of_sample = _out_of_sample(model, usable, out_of_fold, trips, place)
    return Fitted(
        pipeline=model,
        band=learned_band(out_of_fold, usable, place),
        expected_error=errors_to_expect(out_of_sample, trips, place),
        bins=training_bins.learn(inputs(trips, place), out_of_sample),
        metrics=_metrics(validated, training, accepted, learned_band(out_of_fold[early], training, place), place),
        parameters=_parameters(usable, place, seed, split)
        | {"trips_left_out": str(len(trips) - len(usable)), "trips_validated": str(len(validation))},
        validation=validation,
        features=features,
        predicted=validated.predict(features),
    )


def examples(trips: pd.DataFrame, place: Place, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """The inputs and minutes of the trips, to fit on.

    Where there are several periods, trips of a period that lacks a day of the week get a random weekday. Otherwise the
    weekday becomes a proxy for the year: with years of older trips and a single recent Tuesday, a forest would apply
    today's traffic to Tuesdays and the older traffic to all other days.
    """
    columns, period = inputs(trips, place), splits.periods(trips["trip_start_timestamp"])
    lacking = columns["weekday"].groupby(period).transform("nunique") < DAYS_OF_WEEK
    if period.nunique() > 1:
        drawn = np.random.default_rng(seed).integers(0, DAYS_OF_WEEK, len(columns))
        weekday = columns["weekday"].mask(lacking, drawn)
        columns = columns.assign(weekday=weekday, weekend=(weekday >= SATURDAY).astype(float))
    return columns, trips["actual_duration"].to_numpy()


def learned_band(out_of_fold: np.ndarray, usable: pd.DataFrame, place: Place) -> Band:
    """The band, learned from the plausible trips of the newest period."""
    recent = _recent(usable)
    kinds = kinds_of_rides(inputs(usable[recent], place), place)
    return band.learn(kinds, out_of_fold[recent], usable["actual_duration"].to_numpy()[recent])


def errors_to_expect(out_of_sample: np.ndarray, trips: pd.DataFrame, place: Place) -> ExpectedError:
    """The expected errors, learned from all trips of the newest period, since rides to score cannot be filtered."""
    recent = _recent(trips)
    kinds = kinds_of_rides(inputs(trips[recent], place), place)
    return expected_error.learn(kinds, out_of_sample[recent], trips["actual_duration"].to_numpy()[recent])


def _recent(trips: pd.DataFrame) -> np.ndarray:
    """A mask of the trips of the newest period, or of all trips if it has too few.

    Older trips help to predict, but their errors are not those of today: in the sample of 2013 to 2016 the mean error
    of airport rides is a quarter higher than on a day of 2022 (`python -m bench.model` shows both).
    """
    period = splits.periods(trips["trip_start_timestamp"])
    newest = (period == period.max()).to_numpy()
    return newest if newest.sum() >= LEAST_RECENT else np.full(len(trips), True)


def _out_of_sample(
    model: Pipeline, usable: pd.DataFrame, out_of_fold: np.ndarray, trips: pd.DataFrame, place: Place
) -> np.ndarray:
    """Predicted minutes of all trips: out of fold or, for those that the model did not learn from, its own."""
    predicted = pd.Series(out_of_fold, usable.index).reindex(trips.index)
    left_out = predicted.isna()
    if left_out.any():
        predicted[left_out] = model.predict(inputs(trips[left_out], place))
    return predicted.clip(MIN_PREDICTED_MINUTES, MAX_PREDICTED_MINUTES).to_numpy()


def _parameters(usable: pd.DataFrame, place: Place, seed: int, split: str) -> dict[str, str]:
    """The model's parameters and a description of its training data, as text."""
    starts = usable["trip_start_timestamp"]
    parameters = FOREST | {
        "seed": seed, "split": split, "features_version": FEATURES_VERSION,
        "first_start": starts.min().isoformat(), "last_start": starts.max().isoformat(),
        "trips": len(usable), "trips_sha256": fingerprint(usable, place),
    }  # fmt: skip
    return {name: str(value) for name, value in parameters.items()}


def fingerprint(trips: pd.DataFrame, place: Place) -> str:
    """SHA-256 of the training examples; it depends on their order."""
    learned = pd.concat([inputs(trips, place), trips["actual_duration"]], axis=1)
    rows = pd.util.hash_pandas_object(learned, index=False)
    return hashlib.sha256(rows.to_numpy().tobytes()).hexdigest()


def _metrics(
    model: Pipeline, training: pd.DataFrame, accepted: pd.DataFrame, learned: Band, place: Place
) -> dict[str, float]:
    """The errors of the validated model and the baseline on the held-out trips, and the coverage of the band."""
    metrics = evaluate.metrics_of_each_kind(accepted, model.predict(inputs(accepted, place)))
    held_out = accepted[plausible.possible(accepted)]
    actual = held_out["actual_duration"].to_numpy()
    features = inputs(held_out, place)
    kinds = kinds_of_rides(features, place)
    metrics |= evaluate.band_metrics(actual, model.predict(features), learned, kinds)
    for name, rides in evaluate.as_known_before(held_out, place).items():
        metrics[f"mae_{name}"] = evaluate.metrics(actual, model.predict(inputs(rides, place)))["mae"]
    metrics["mae_baseline"] = evaluate.metrics(actual, evaluate.baseline(training, held_out, place))["mae"]
    return metrics


def pipeline(seed: int, threads: int, forest: dict[str, Any] = FOREST) -> Pipeline:
    """The pipeline to fit: areas and pairs encoded by their mean minutes, then the forests."""
    encode = make_column_transformer(
        (TargetEncoder(target_type="continuous", cv=KFold(splits.FOLDS, shuffle=True, random_state=seed)), ENCODED),
        remainder="passthrough",
    )
    forests = MinutesAndPace(COLUMNS.index("trip_miles"), **forest, random_state=seed, n_jobs=threads)
    return make_pipeline(encode, forests)
