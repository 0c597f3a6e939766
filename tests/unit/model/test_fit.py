"""Fitting and validating a model."""

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io

from job.errors import JobError
from job.model import evaluate, fit, splits
from job.model.card import card
from job.model.contract import Model
from job.model.features import INPUTS, inputs, kinds_of_rides
from job.model.predict import predict
from job.rides.plausible import plausible_between_known_areas, possible
from job.simulator import draw
from tests.rides import CHICAGO, ride, simulated_trips


@pytest.fixture(scope="module")
def trips() -> pd.DataFrame:
    """Two simulated days."""
    return simulated_trips(draw.load_profile(CHICAGO), days=2)


@pytest.fixture(scope="module")
def fitted(trips: pd.DataFrame) -> fit.Fitted:
    """The model of these days."""
    return fit.fit(trips, CHICAGO)


@pytest.fixture
def small_forests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fit four trees instead of thirty, for tests that do not depend on how accurate the model is."""
    forest = fit.FOREST | {"n_estimators": 4, "min_samples_leaf": 20}
    monkeypatch.setattr(fit, "pipeline", partial(fit.pipeline, forest=forest))


def with_taxis(trips: pd.DataFrame) -> pd.DataFrame:
    """Spread the trips over forty taxis."""
    return trips.assign(taxi_id=[f"taxi {number % 40}" for number in range(len(trips))])


def years_before(trips: pd.DataFrame) -> pd.DataFrame:
    """Move the trips seven years back, spread them over all days of the week, and make them slower."""
    days = pd.to_timedelta(np.arange(len(trips)) % 7, unit="D")
    earlier = trips["trip_start_timestamp"] - pd.Timedelta(weeks=7 * 52) + days
    return trips.assign(
        trip_id="older " + trips["trip_id"],
        trip_start_timestamp=earlier,
        actual_duration=1.5 * trips["actual_duration"],
    )


def test_several_days_are_validated_on_the_latest_trips(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """No held-out trip starts before a training trip."""
    usable = trips[possible(trips)]
    held_out = fitted.validation["trip_start_timestamp"].min()
    assert (usable["trip_start_timestamp"] >= held_out).mean() == pytest.approx(splits.VALIDATION_SHARE, abs=0.01)
    assert fitted.parameters["split"] == "the latest 20%"


@pytest.mark.usefixtures("small_forests")
def test_one_day_is_validated_on_taxis_held_out_of_training(trips: pd.DataFrame) -> None:
    """A split by time would say little within a day, and a taxi's habits would leak."""
    local = trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone)
    day = with_taxis(trips[local.dt.date == local.dt.date.iloc[0]])
    fitted = fit.fit(day, CHICAGO)
    assert fitted.parameters["split"] == "20% of the taxis of 2026-03-02"
    held_out = set(fitted.validation["taxi_id"])
    assert 0 < len(held_out) < 40
    assert len(fitted.validation) == day[possible(day)]["taxi_id"].isin(held_out).sum()


@pytest.mark.usefixtures("small_forests")
def test_a_last_day_that_has_most_trips_is_validated_by_taxi(trips: pd.DataFrame) -> None:
    """Otherwise only the evening of that day would be held out, which does not represent it."""
    day = trips[trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.day == 3]
    older = years_before(trips).sample(len(day) // 2, random_state=0)
    fitted = fit.fit(pd.concat([older, with_taxis(day)], ignore_index=True), CHICAGO)
    assert fitted.parameters["split"] == "20% of the taxis of 2026-03-03"
    assert fitted.validation["trip_id"].isin(day["trip_id"]).all()
    assert inputs(fitted.validation, CHICAGO)["hour"].nunique() > 48


def test_the_weekday_is_not_a_proxy_for_the_year(trips: pd.DataFrame) -> None:
    """A recent Monday among older weeks is repeated on every weekday, so that Mondays do not stand for its year."""
    monday = trips[trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.day == 2]
    training = pd.concat([years_before(trips), monday], ignore_index=True)
    model = fit.pipeline(0, 2).fit(*fit.examples(training, CHICAGO))
    on_monday = model.predict(inputs(monday, CHICAGO))
    shifted = monday.assign(trip_start_timestamp=monday["trip_start_timestamp"] + pd.Timedelta(days=3))
    assert model.predict(inputs(shifted, CHICAGO)).mean() == pytest.approx(on_monday.mean(), rel=0.03)


def test_the_weekday_is_learned_from_whole_weeks(trips: pd.DataFrame) -> None:
    """Trips of one period, or of periods of whole weeks, keep their weekday and their durations."""
    weeks = years_before(trips)
    later = weeks.assign(trip_start_timestamp=weeks["trip_start_timestamp"] + pd.Timedelta(days=364))
    for history in (trips, weeks, pd.concat([weeks, later], ignore_index=True)):
        columns, minutes = fit.examples(history, CHICAGO)
        pd.testing.assert_frame_equal(columns, inputs(history, CHICAGO))
        assert (minutes == history["actual_duration"]).all()


@pytest.mark.usefixtures("small_forests")
def test_implausible_held_out_trips_count_only_in_mae_all_accepted(trips: pd.DataFrame) -> None:
    """They are left out of training and of the other metrics."""
    implausible, early = (part.iloc[::10].assign(actual_duration=600.0) for part in (trips.tail(400), trips.head(400)))
    labelled = pd.concat([trips.drop([*implausible.index, *early.index]), implausible, early])
    fitted = fit.fit(labelled, CHICAGO)
    metrics, first = fitted.metrics, fitted.validation["trip_start_timestamp"].min()
    accepted = labelled[labelled["trip_start_timestamp"] >= first]
    assert metrics["rides_all_accepted"] == len(accepted)
    assert metrics["rides"] == possible(accepted).sum() == len(fitted.validation) <= len(accepted) - 40
    assert metrics["rides_areas_known"] == plausible_between_known_areas(accepted).sum() < metrics["rides"]
    assert metrics["mae_all_accepted"] > metrics["mae"] + 40 * (600 - 120) / len(accepted)


def test_a_kind_without_rides_has_no_metrics() -> None:
    """A city that withholds all areas has no metrics of rides with known areas."""
    rides = pd.concat([ride(pickup_community_area=np.nan)] * 2).assign(actual_duration=[30.0, 40.0])
    result = evaluate.metrics_of_each_kind(rides, np.array([33.0, 45.0]))
    assert (result["mae"], result["mae_all_accepted"], result["rides"]) == (4.0, 4.0, 2.0)
    assert not [name for name in result if name.endswith("_areas_known")]


def test_the_model_beats_the_median_and_its_band_covers_90_percent(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """The error is well below that of the median, and the coverage on held-out trips is near 0.9."""
    actual = fitted.validation["actual_duration"]
    assert fitted.metrics["mae"] < 0.6 * (actual - actual.median()).abs().mean()
    low, high = fitted.band.around(fitted.predicted, kinds_of_rides(fitted.features, CHICAGO))
    assert 0.85 < ((low <= actual) & (actual <= high)).mean() < 0.95


@pytest.mark.usefixtures("small_forests")
def test_fitting_is_deterministic_and_ignores_the_fare(trips: pd.DataFrame) -> None:
    """The same trips give the same model in another order and with other fares, which are known only afterwards."""
    some = trips.iloc[::4]
    fitted = fit.fit(some, CHICAGO)
    for same in (some.sample(frac=1, random_state=1), some.assign(fare=1.0, trip_total=2.0)):
        again = fit.fit(same, CHICAGO)
        np.testing.assert_allclose(again.predicted, fitted.predicted)
        np.testing.assert_allclose(again.band.high, fitted.band.high)
        assert again.parameters["trips_sha256"] == fitted.parameters["trips_sha256"]


def test_the_prediction_of_a_ride_does_not_depend_on_its_batch(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """Encoders are fitted in training and never on the scored batch."""
    model = Model("test", "1", "digest", fitted.pipeline, tuple(INPUTS), 1, {}, fitted.band)
    features = inputs(trips, CHICAGO)
    together = predict(model, features, CHICAGO)
    minutes, nowhere = together["predicted_duration"], trips["dropoff_community_area"].isna()
    for row in (0, 5, int(minutes.argmin()), int(minutes.argmax()), int(nowhere.argmax())):
        alone = predict(model, features.iloc[[row]], CHICAGO)
        np.testing.assert_allclose(alone, together.iloc[[row]], rtol=1e-12)


def test_an_unknown_pair_of_areas_can_be_scored(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """The encoder falls back to the mean."""
    unknown = trips.head(1).assign(pickup_community_area=54.0, dropoff_community_area=55.0)
    assert np.isfinite(fitted.pipeline.predict(inputs(unknown, CHICAGO))).all()


def test_implausible_trips_are_left_out_of_training(trips: pd.DataFrame) -> None:
    """Examples are trips of less than a minute or at an impossible speed."""
    implausible = trips.head(3).assign(actual_duration=[0.5, 600.0, 2.0], trip_miles=[1.0, 2.0, 40.0])
    assert not possible(implausible).any()
    with pytest.raises(JobError, match="150 of 153 trips can be learned from"):
        fit.fit(pd.concat([trips[possible(trips)].head(150), implausible]), CHICAGO)


def test_too_few_trips_are_refused(trips: pd.DataFrame) -> None:
    """The error has the number of usable trips."""
    with pytest.raises(JobError, match="150 of 150 trips can be learned from"):
        fit.fit(trips[possible(trips)].head(150), CHICAGO)


def test_metrics_match_a_manual_calculation() -> None:
    """The errors are +1, -1, +3 and 0 minutes."""
    result = evaluate.metrics(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 1.0, 6.0, 4.0]))
    assert result == pytest.approx(
        {
            "mae": 1.25,
            "rmse": np.sqrt(11 / 4),
            "r2": 1 - 11 / 5,
            "median_absolute_error": 1.0,
            "rmsle": np.sqrt((np.log(3 / 2) ** 2 + np.log(2 / 3) ** 2 + np.log(7 / 4) ** 2) / 4),
        }
    )


def test_every_plot_can_be_drawn(fitted: fit.Fitted) -> None:
    """There are four, and each axis has a label."""
    figures = evaluate.plots(fitted.validation, fitted.predicted, pd.Series({"trip_miles": 0.9, "hour": 0.1}), CHICAGO)
    assert set(figures) == {
        "predicted_against_actual.png", "error_by_hour.png", "error_by_miles.png", "input_importance.png",
    }  # fmt: skip
    assert all(figure.axes[0].get_xlabel() for figure in figures.values())


def test_miles_as_known_before_the_ride(trips: pd.DataFrame) -> None:
    """Noisy miles differ by 20 %, and missing miles are estimated from the centroids' distance."""
    result = evaluate.as_known_before(trips, CHICAGO)
    ratio = result["noisy_miles"]["trip_miles"] / trips["trip_miles"]
    assert ratio.std() == pytest.approx(evaluate.MILES_NOISE, abs=0.02)
    straight = inputs(trips, CHICAGO)["centroid_miles"]
    apart = straight > 0
    detour = result["without_miles"]["trip_miles"][apart] / straight[apart]
    assert detour.nunique() <= 3  # one ratio, except for rounding
    assert result["without_miles"]["trip_miles"][~apart].nunique() == 1


def test_the_baseline_is_the_median_speed_of_the_hour() -> None:
    """Two rides at noon with 3 and 5 minutes per mile give 4."""
    noon = pd.concat([ride(trip_miles=2.0), ride(trip_miles=2.0)], ignore_index=True)
    training = noon.assign(actual_duration=[6.0, 10.0])
    assert evaluate.baseline(training, ride(trip_miles=3.0), CHICAGO).tolist() == [12.0]


def test_each_grouping_contains_every_ride(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """Rides are grouped by hour, miles and kind of areas, and hours are in order."""
    hours = evaluate.groups(trips, trips["actual_duration"].to_numpy(), CHICAGO).query("group == 'hour'")["value"]
    assert hours.tolist() == [str(hour) for hour in range(24)]
    result = evaluate.groups(fitted.validation, fitted.predicted, CHICAGO)
    assert set(result["group"]) == {"hour", "miles", "areas"}
    assert (result.groupby("group")["rides"].sum() == len(fitted.validation)).all()


def test_the_model_file_stays_below_30_mb(fitted: fit.Fitted, trips: pd.DataFrame, tmp_path: Path) -> None:
    """The limit is for a week of simulated rides; the file of two days is scaled up to it."""
    skops.io.dump(fitted.pipeline, tmp_path / "model.skops")
    assert (tmp_path / "model.skops").stat().st_size * 7 / 2 < 30e6


def test_the_card_has_data_metrics_and_limits(fitted: fit.Fitted) -> None:
    """A reader of the registry learns from it what the model may be used for."""
    text = card(fitted, CHICAGO)
    assert f"{fitted.metrics['mae']:.3f}" in text
    assert fitted.parameters["trips_sha256"] in text
    assert "| areas | airport |" in text
    for kind in evaluate.KINDS:
        assert f"{fitted.metrics[f'rmse{kind}']:.3f} |" in text
    assert "## What it must not be used for" in text
    assert "## Limits" in text


def test_the_order_of_rides_changes_no_prediction(fitted: fit.Fitted) -> None:
    """The forests predict sorted rows, with the same result to the last bit as row by row."""
    regressor = fitted.pipeline[-1]
    rows = fitted.pipeline[:-1].transform(fitted.features.head(300))
    regressor.set_params(n_jobs=1)
    minutes, pace = regressor.minutes_.set_params(n_jobs=1).predict(rows), regressor.pace_.set_params(n_jobs=1)
    expected = (minutes + np.exp(pace.predict(rows)) * regressor.miles(rows)) / 2
    np.testing.assert_array_equal(regressor.predict(rows), expected)
