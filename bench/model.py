"""Measures the model on real trips that it has not seen, and compares it with simpler models.

With --real, it is trained on --train and tested on that file. Without, it is tested on the last file of --train, in
three folds by taxi whose predictions are pooled. The meter's miles stand in for a route estimate, so the model is also
tested with inaccurate miles and without the meter's miles.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import skops.io
from sklearn.base import RegressorMixin, clone
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline

from job import config
from job.city import reading, sources
from job.commands.train import simulated_history
from job.model import evaluate, expected_error, fit
from job.model.features import inputs, kinds_of_rides
from job.place import Place
from job.rides import plausible

TIMED_RIDES = 1_000_000
SEARCHED = [(20, 5), (30, 3), (30, 5), (30, 7), (30, 10), (50, 7)]
BARS = {"mae": 4.40, "rmse": 7.85, "r2": 0.715}
# Hours, areas and miles stay the same, so that any difference is the model's reliance on the weekday.
OTHER_WEEKDAY = pd.Timedelta(days=2)
ROW = "  {:<34}{:>8}{:>8}{:>8}{:>8}{:>8}"


def main(arguments: argparse.Namespace) -> None:
    """Print the tables."""
    place = config.parse(os.environ).place
    *older, last = [
        reading.labelled_trips(sources.parse([source], None, place), place).trips for source in arguments.train
    ]
    parts = list(_parts(older, last, arguments.real, place))
    tested = sum(int(plausible.plausible_between_known_areas(real).sum()) for _, real in parts)
    print(f"trained on {len(parts[0][0]):,} trips, tested on {tested:,}; unless a line says otherwise, these have")
    print("both areas known, 1 to 180 minutes, 0.5 to 80 mph, a fare of $0.01 to $500;")
    print("the miles are the meter's, in place of a route estimate")
    print(ROW.format("", "MAE", "RMSE", "R²", "median", "RMSLE"))
    metrics = {}
    for name, predicted in _models(place).items():
        metrics[name] = _measured(parts, predicted)
        print(_row(name, metrics[name], "_areas_known"), flush=True)
    print(_row("ours, empty areas included", metrics["ours"], ""))
    print(_row("ours, on all accepted rides", metrics["ours"], "_all_accepted"))
    print(f"  pass: MAE ≤ {BARS['mae']:.2f}, RMSE ≤ {BARS['rmse']:.2f}, R² ≥ {BARS['r2']} on another day\n")
    _print_groups(parts, place)
    _print_band(parts, place)
    scored = pd.concat([_scored(trips, real, place) for trips, real in parts], ignore_index=True)
    _print_band_by_kind(scored[plausible.possible(scored)])
    _print_expected_error(scored)
    _print_time(parts[0][0], place)
    if arguments.search:
        _print_search(parts, place)


def _parts(
    older: list[pd.DataFrame], last: pd.DataFrame, real: str | None, place: Place
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    if real:
        yield (
            pd.concat([*older, last], ignore_index=True),
            reading.labelled_trips(sources.parse([real], None, place), place).trips,
        )
        return
    for training, rest in GroupKFold(3).split(last, groups=last["taxi_id"].fillna(last["trip_id"])):
        yield pd.concat([*older, last.iloc[training]], ignore_index=True), last.iloc[rest].reset_index(drop=True)


def _models(place: Place) -> dict[str, Callable[[pd.DataFrame, pd.DataFrame], np.ndarray]]:
    ours, estimated = partial(_ours, place=place), evaluate.as_known_before
    return {
        "median speed by hour": lambda trips, rides: evaluate.baseline(_possible(trips), rides, place),
        "plain forest, 100 trees": lambda trips, rides: _fit_and_predict(trips, rides, place, _plain_forest()),
        "ours": ours,
        "ours, minutes alone": lambda trips, rides: _part(trips, rides, place, "minutes_"),
        "ours, pace alone": lambda trips, rides: _part(trips, rides, place, "pace_"),
        "ours, miles off by 20 %": lambda trips, rides: ours(trips, estimated(rides, place)["noisy_miles"]),
        "ours, without miles": lambda trips, rides: ours(trips, estimated(rides, place)["without_miles"]),
        "ours, if the weekday were 2 later": lambda trips, rides: ours(trips, _two_days_later(rides)),
        "ours, simulated history alone": lambda _, rides: ours(_simulated(place), rides),
    }


def _simulated(place: Place) -> pd.DataFrame:
    return simulated_history(place, pd.Timestamp("2022-03-18", tz="UTC").to_pydatetime())


def _two_days_later(rides: pd.DataFrame) -> pd.DataFrame:
    return rides.assign(trip_start_timestamp=rides["trip_start_timestamp"] + OTHER_WEEKDAY)


def _ours(trips: pd.DataFrame, rides: pd.DataFrame, place: Place) -> np.ndarray:
    return _fit_and_predict(trips, rides, place, fit.pipeline(0, 2)[-1])


def _fit_and_predict(trips: pd.DataFrame, rides: pd.DataFrame, place: Place, regressor: RegressorMixin) -> np.ndarray:
    examples = fit.examples(_possible(trips), place)
    fitted = make_pipeline(clone(fit.pipeline(0, 2)[0]), regressor).fit(*examples)
    minutes: np.ndarray = fitted.predict(inputs(rides, place))
    return minutes


def _part(trips: pd.DataFrame, rides: pd.DataFrame, place: Place, forest: str) -> np.ndarray:
    fitted = fit.pipeline(0, 2).fit(*fit.examples(_possible(trips), place))
    columns = fitted[0].transform(inputs(rides, place))
    answer: np.ndarray = getattr(fitted[-1], forest).predict(columns)
    return answer if forest == "minutes_" else np.exp(answer) * fitted[-1].miles(columns)


def _possible(trips: pd.DataFrame) -> pd.DataFrame:
    return trips[plausible.possible(trips)]


def _plain_forest() -> RandomForestRegressor:
    return RandomForestRegressor(100, random_state=0, n_jobs=2)


def _measured(
    parts: list[tuple[pd.DataFrame, pd.DataFrame]],
    predict: Callable[[pd.DataFrame, pd.DataFrame], np.ndarray],
) -> dict[str, float]:
    """The metrics of each kind of ride, over the rides of all parts."""
    predicted = np.concatenate([predict(trips, real) for trips, real in parts])
    return evaluate.metrics_of_each_kind(pd.concat([real for _, real in parts]), predicted)


def _row(name: str, metrics: dict[str, float], kind: str) -> str:
    columns = ("mae", "rmse", "r2", "median_absolute_error", "rmsle")
    return ROW.format(name, *(f"{metrics[column + kind]:.3f}" for column in columns))


def _print_groups(parts: list[tuple[pd.DataFrame, pd.DataFrame]], place: Place) -> None:
    """Print the error by group; rides with an empty area are included."""
    real = pd.concat([_possible(rides) for _, rides in parts], ignore_index=True)
    predicted = np.concatenate([_ours(trips, _possible(rides), place) for trips, rides in parts])
    for name, group in evaluate.groups(real, predicted, place).groupby("group", sort=False):
        print(
            f"MAE by {name}, empty areas included: "
            + ", ".join(f"{row.value} {row.mae:.2f}" for row in group.itertuples())
        )


def _print_band(parts: list[tuple[pd.DataFrame, pd.DataFrame]], place: Place) -> None:
    trips, real = parts[0]
    fitted = fit.fit(trips, place)
    rides = real[plausible.plausible_between_known_areas(real)]
    features = inputs(rides, place)
    metrics = evaluate.band_metrics(
        rides["actual_duration"].to_numpy(),
        fitted.pipeline.predict(features),
        fitted.band,
        kinds_of_rides(features, place),
    )
    thirds = ", ".join(f"{metrics[f'coverage_third_{third}']:.3f}" for third in (1, 2, 3))
    print(f"90 % band: covers {metrics['coverage']:.3f}, by third of predicted minutes {thirds}")
    print(
        f"           mean half-width {metrics['half_width']:.2f} minutes; "
        "pass: coverage 0.88 to 0.92, half-width at most 9"
    )
    print(f"model file: {len(skops.io.dumps(fitted.pipeline)) / 1e6:.1f} MB; pass: at most 30\n")


def _print_band_by_kind(tested: pd.DataFrame) -> None:
    """Print the share of rides inside the band of their kind."""
    tested = tested.assign(
        covered=tested["actual_duration"].between(tested["low"], tested["high"]),
        half_width=(tested["high"] - tested["low"]) / 2,
    )
    print("90 % band by kind, empty areas included, all folds (mean half-width in minutes): ", end="")
    means = tested.groupby("kind", observed=True)[["covered", "half_width"]].mean()
    print(", ".join(f"{row.Index} {row.covered:.3f} ({row.half_width:.2f})" for row in means.itertuples()))
    print("pass: each kind 0.88 to 0.92\n")


def _print_expected_error(tested: pd.DataFrame) -> None:
    """Print the expected and the realised error of all accepted rides; durations over three hours count as three."""
    groups: dict[str, np.ndarray | pd.Series[Any]] = {
        "all": np.full(len(tested), "rides"),
        "kind": tested["kind"],
        "miles": pd.cut(tested["trip_miles"], evaluate.MILES_BINS),
    }
    for name, group in groups.items():
        means = tested.groupby(group, observed=True)[["expected", "realised"]].mean()
        facts = ", ".join(f"{row.Index} {row.expected:.2f} ({row.realised:.2f})" for row in means.itertuples())
        print(f"expected error (realised) by {name}, all accepted rides: {facts}")
    print("pass: within 12 % of realised on an ordinary later day\n")


def _scored(trips: pd.DataFrame, real: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The rides with their kind, the band of a model fitted on the trips, its expected error and the realised one."""
    fitted, features = fit.fit(trips, place), inputs(real, place)
    predicted, kinds = fitted.pipeline.predict(features), kinds_of_rides(features, place)
    realised = np.abs(predicted - np.minimum(real["actual_duration"], plausible.MAX_MINUTES))
    low, high = fitted.band.around(predicted, kinds)
    expected = expected_error.expected(fitted.expected_error, kinds, predicted)
    return real.assign(kind=kinds, low=low, high=high, realised=realised, expected=expected)


def _print_search(parts: list[tuple[pd.DataFrame, pd.DataFrame]], place: Place) -> None:
    """Print errors and costs for other numbers of trees per forest and rides per leaf."""
    print("\n" + ROW.format("trees, leaf", "MAE", "RMSE", "R²", "MB", "fit, s"))
    for trees, leaf in SEARCHED:
        forest = fit.FOREST | {"n_estimators": trees, "min_samples_leaf": leaf}
        began, costs = time.monotonic(), []
        for trips, _ in parts:
            model = fit.pipeline(0, 2, forest).fit(*fit.examples(_possible(trips), place))
            costs.append((time.monotonic() - began, len(skops.io.dumps(model)) / 1e6))
            began = time.monotonic()

        def predict(trips: pd.DataFrame, rides: pd.DataFrame, forest: dict[str, object] = forest) -> np.ndarray:
            return _fit_and_predict(trips, rides, place, fit.pipeline(0, 2, forest)[-1])

        metrics = _measured(parts, predict)
        seconds, megabytes = np.mean(costs, axis=0)
        errors = (f"{metrics[name + '_areas_known']:.3f}" for name in ("mae", "rmse", "r2"))
        print(ROW.format(f"{trees}, {leaf}", *errors, f"{megabytes:.1f}", f"{seconds:.1f}"), flush=True)


def _print_time(trips: pd.DataFrame, place: Place) -> None:
    """Time both models on one large batch, alternately and after a warm-up."""
    usable = _possible(trips)
    many = inputs(usable.sample(TIMED_RIDES, replace=True, random_state=0), place)
    models = {
        "ours": fit.pipeline(0, 2),
        "plain": make_pipeline(clone(fit.pipeline(0, 2)[0]), _plain_forest()),
    }
    seconds: dict[str, list[float]] = {name: [] for name in models}
    for model in models.values():
        model.fit(*fit.examples(usable, place)).predict(many.head(1000))
    for _ in range(3):
        for name, model in models.items():
            began = time.monotonic()
            model.predict(many)
            seconds[name].append(time.monotonic() - began)
    ours, plain = (float(np.median(seconds[name])) for name in ("ours", "plain"))
    print(
        f"1,000,000 rides predicted in {ours:.1f} s, by a plain forest of 100 trees in {plain:.1f} s; "
        f"ratio {ours / plain:.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--train", nargs="+", required=True, metavar="FILE", help="records to train on, the latest last"
    )
    parser.add_argument("--search", action="store_true", help="also try other sizes of the forests")
    parser.add_argument("--real", metavar="FILE", help="records of another day to test on")
    main(parser.parse_args())
