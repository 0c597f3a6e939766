"""Fits a model on rides whose durations are known, and validates it."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, KFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import TargetEncoder

from job.errors import JobError
from job.model import evaluate, training_bins
from job.model.contract import MAX_MINUTES, MIN_MINUTES, Band
from job.model.features import FEATURES_VERSION, INPUTS, SATURDAY, inputs
from job.model.forests import MinutesAndPace
from job.model.training_bins import Bins
from job.place import Place
from job.rides import plausible

if TYPE_CHECKING:
    from sklearn.model_selection import BaseCrossValidator

MIN_TRIPS = 200
VALIDATION_SHARE = 0.2
FOLDS = 5
# Trips further apart are of two periods, and a week has seven days.
PERIOD_GAP, DAYS_OF_WEEK = pd.Timedelta(days=31), 7
BAND_BINS = 10
BAND_QUANTILES = (0.05, 0.95)
ENCODED = ["pickup_community_area", "dropoff_community_area", "area_pair"]
# In the order in which the encoder hands them on.
COLUMNS = [*ENCODED, *(name for name in INPUTS if name not in ENCODED)]
# Of each of the two forests. Leaves of 5 or 40 trees gain nothing that can be measured, and make a larger file.
FOREST: dict[str, Any] = {"n_estimators": 30, "min_samples_leaf": 7, "max_features": 0.4}


@dataclass(frozen=True)
class Fitted:
    """A pipeline fitted on all rides, and the results of its validation on held-out ones.

    metrics: as `evaluate.metrics_of_each_kind` and `evaluate.band_metrics` name them, and a few more mean errors.
    validation: the held-out rides that could have been learned from; features: their inputs; predicted: their minutes.
    """

    pipeline: Pipeline
    band: Band
    bins: Bins
    metrics: dict[str, float]
    parameters: dict[str, str]
    validation: pd.DataFrame
    features: pd.DataFrame
    predicted: np.ndarray


def fit(trips: pd.DataFrame, place: Place, seed: int = 0, threads: int = 2) -> Fitted:
    """Fit on trips (RIDE_COLUMNS, actual_duration in minutes, taxi_id or null).

    The model is validated on the latest fifth of the trips or, if most trips are of the last day, on a fifth of that
    day's taxis, since the evening alone is not a fair sample of it. Then it is fitted on everything.
    The band comes from out-of-fold residuals. Raises JobError if there are too few usable trips.
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
    held_out, split = _held_out(trips, usable, place, seed)
    accepted, early = trips[held_out], ~held_out[usable.index]
    training, validation = usable[early], usable[~early]
    validated = pipeline(seed, threads).fit(*examples(training, place, seed))
    folds, groups = _folds(usable)
    model = pipeline(seed, threads)
    learned = examples(usable, place, seed)
    out_of_fold = cross_val_predict(model, *learned, cv=folds, groups=groups)
    actual = usable["actual_duration"].to_numpy()
    model.fit(*learned)
    features = inputs(validation, place)
    return Fitted(
        pipeline=model,
        band=band(out_of_fold, actual),
        bins=_bins(model, usable, out_of_fold, trips, place),
        metrics=_metrics(validated, training, accepted, band(out_of_fold[early], actual[early]), place),
        parameters=_parameters(usable, place, seed, split)
        | {"trips_left_out": str(len(trips) - len(usable)), "trips_validated": str(len(validation))},
        validation=validation,
        features=features,
        predicted=validated.predict(features),
    )


def examples(trips: pd.DataFrame, place: Place, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """The inputs and minutes of the trips, to learn from.

    If the trips are of several periods, those of a period without all seven days of the week get a random day of the
    week. Otherwise a forest would learn the year from it: with years of older trips and one later Tuesday, that traffic
    on Tuesdays is as it is now, and on all other days as it was then.
    """
    columns, starts = inputs(trips, place), trips["trip_start_timestamp"].sort_values()
    period = starts.diff().gt(PERIOD_GAP).cumsum()
    lacking = columns["weekday"].groupby(period).transform("nunique") < DAYS_OF_WEEK
    if period.nunique() > 1:
        drawn = np.random.default_rng(seed).integers(0, DAYS_OF_WEEK, len(columns))
        weekday = columns["weekday"].mask(lacking, drawn)
        columns = columns.assign(weekday=weekday, weekend=(weekday >= SATURDAY).astype(float))
    return columns, trips["actual_duration"].to_numpy()


def band(predicted: np.ndarray, actual: np.ndarray) -> Band:
    """Residual quantiles in ten equally filled bins of predicted minutes."""
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, BAND_BINS + 1)[1:-1]))
    residuals = pd.Series(actual - predicted).groupby(np.searchsorted(edges, predicted, side="right"))
    low, high = (residuals.quantile(share).reindex(range(len(edges) + 1)).ffill().bfill() for share in BAND_QUANTILES)
    return Band(tuple(edges.tolist()), tuple(low.tolist()), tuple(high.tolist()))


def _bins(model: Pipeline, usable: pd.DataFrame, out_of_fold: np.ndarray, trips: pd.DataFrame, place: Place) -> Bins:
    """Of all trips, since scoring cannot tell which are usable; no prediction is for a trip that was learned from."""
    left_out = inputs(trips[~trips["trip_id"].isin(usable["trip_id"])], place)
    predicted = np.append(out_of_fold, model.predict(left_out) if len(left_out) else [])
    return training_bins.learn(
        pd.concat([inputs(usable, place), left_out]), np.clip(predicted, MIN_MINUTES, MAX_MINUTES)
    )


def _parameters(usable: pd.DataFrame, place: Place, seed: int, split: str) -> dict[str, str]:
    """How the model was made, and from what."""
    starts = usable["trip_start_timestamp"]
    parameters = FOREST | {
        "seed": seed, "split": split, "features_version": FEATURES_VERSION,
        "first_start": starts.min().isoformat(), "last_start": starts.max().isoformat(),
        "trips": len(usable), "trips_sha256": fingerprint(usable, place),
    }  # fmt: skip
    return {name: str(value) for name, value in parameters.items()}


def fingerprint(trips: pd.DataFrame, place: Place) -> str:
    """SHA-256 of the examples that the model learned from; it depends on their order."""
    learned = pd.concat([inputs(trips, place), trips["actual_duration"]], axis=1)
    rows = pd.util.hash_pandas_object(learned, index=False)
    return hashlib.sha256(rows.to_numpy().tobytes()).hexdigest()


def _metrics(
    model: Pipeline, training: pd.DataFrame, accepted: pd.DataFrame, band: Band, place: Place
) -> dict[str, float]:
    """The errors on held-out trips of a model that has not seen them, and of the baseline."""
    found = evaluate.metrics_of_each_kind(accepted, model.predict(inputs(accepted, place)))
    held_out = accepted[plausible.possible(accepted)]
    actual = held_out["actual_duration"].to_numpy()
    found |= evaluate.band_metrics(actual, model.predict(inputs(held_out, place)), band)
    for name, rides in evaluate.as_known_before(held_out, place).items():
        found[f"mae_{name}"] = evaluate.metrics(actual, model.predict(inputs(rides, place)))["mae"]
    found["mae_baseline"] = evaluate.metrics(actual, evaluate.baseline(training, held_out, place))["mae"]
    return found


def pipeline(seed: int, threads: int, forest: dict[str, Any] = FOREST) -> Pipeline:
    """What is fitted: areas and pairs encoded by their mean minutes, then the forests."""
    encode = make_column_transformer(
        (TargetEncoder(target_type="continuous", cv=KFold(FOLDS, shuffle=True, random_state=seed)), ENCODED),
        remainder="passthrough",
    )
    forests = MinutesAndPace(COLUMNS.index("trip_miles"), **forest, random_state=seed, n_jobs=threads)
    return make_pipeline(encode, forests)


def _held_out(trips: pd.DataFrame, usable: pd.DataFrame, place: Place, seed: int) -> tuple[np.ndarray, str]:
    """Which trips to validate on, and a description of them.

    Trips are in order of time; `usable` are those that can be learned from. The others are split by the same rule, so
    that the error on all accepted trips can be measured.
    """
    day = trips["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.date
    last = usable[day[usable.index] == day[usable.index[-1]]]
    if 2 * len(last) <= len(usable) or last["taxi_id"].nunique() < FOLDS:
        first = usable.index[int(len(usable) * (1 - VALIDATION_SHARE))]
        return np.asarray(trips.index >= first), f"the latest {VALIDATION_SHARE:.0%}"
    splitter = GroupShuffleSplit(1, test_size=VALIDATION_SHARE, random_state=seed)
    _, chosen = next(splitter.split(last, groups=_taxis(last)))
    theirs = _taxis(trips).isin(_taxis(last).iloc[chosen]) & (day == day[usable.index[-1]])
    return theirs.to_numpy(), f"{VALIDATION_SHARE:.0%} of the taxis of {day[usable.index[-1]]}"


def _folds(trips: pd.DataFrame) -> "tuple[BaseCrossValidator, pd.Series[Any] | None]":
    """Folds for the band: by taxi where they are known, else by consecutive stretches of time."""
    if trips["taxi_id"].nunique() >= FOLDS:
        return GroupKFold(FOLDS), _taxis(trips)
    return KFold(FOLDS), None


def _taxis(trips: pd.DataFrame) -> "pd.Series[Any]":
    """The taxi of each trip; a trip without one is a taxi of its own."""
    return trips["taxi_id"].fillna(trips["trip_id"])
