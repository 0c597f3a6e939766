"""Fitting and validating."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io

from job.errors import JobError
from job.model import evaluate, fit
from job.model.card import card
from job.model.contract import Model
from job.model.features import INPUTS, inputs
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


def with_taxis(trips: pd.DataFrame) -> pd.DataFrame:
    """The trips as of forty taxis."""
    return trips.assign(taxi_id=[f"taxi {number % 40}" for number in range(len(trips))])


def years_before(trips: pd.DataFrame) -> pd.DataFrame:
    """The same trips seven years earlier, spread over the days of the week; slower on all of them."""
    days = pd.to_timedelta(np.arange(len(trips)) % 7, unit="D")
    earlier = trips["trip_start_timestamp"] - pd.Timedelta(weeks=7 * 52) + days
    return trips.assign(
        trip_id="older " + trips["trip_id"],
        trip_start_timestamp=earlier,
        actual_duration=1.5 * trips["actual_duration"],
    )


def test_several_days_are_validated_on_the_latest(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """No held-out trip starts before a trip that was learned from."""
    usable = trips[possible(trips)]
    held_out = fitted.validation["trip_start_timestamp"].min()
    assert (usable["trip_start_timestamp"] >= held_out).mean() == pytest.approx(fit.VALIDATION_SHARE, abs=0.01)
    assert fitted.parameters["split"] == "the latest 20%"


def test_one_day_is_validated_on_taxis_that_were_not_learned_from(trips: pd.DataFrame) -> None:
    """Within a day time says little; a taxi's habits would leak."""
    local = trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone)
    day = with_taxis(trips[local.dt.date == local.dt.date.iloc[0]])
    fitted = fit.fit(day, CHICAGO)
    assert fitted.parameters["split"] == "20% of the taxis of 2026-03-02"
    held_out = set(fitted.validation["taxi_id"])
    assert 0 < len(held_out) < 40
    assert len(fitted.validation) == day[possible(day)]["taxi_id"].isin(held_out).sum()


def test_a_last_day_that_has_most_trips_is_validated_by_taxi(trips: pd.DataFrame) -> None:
    """A few older trips beside it do not make its evening a fair sample of it."""
    day = trips[trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.day == 3]
    older = years_before(trips).sample(len(day) // 2, random_state=0)
    fitted = fit.fit(pd.concat([older, with_taxis(day)], ignore_index=True), CHICAGO)
    assert fitted.parameters["split"] == "20% of the taxis of 2026-03-03"
    assert fitted.validation["trip_id"].isin(day["trip_id"]).all()
    assert inputs(fitted.validation, CHICAGO)["hour"].nunique() > 48


def test_the_year_is_not_read_from_the_day_of_the_week(trips: pd.DataFrame) -> None:
    """A later Monday among older weeks is not taken for what Mondays are like: other days follow it as well."""
    monday = trips[trips["trip_start_timestamp"].dt.tz_convert(CHICAGO.time_zone).dt.day == 2]
    learned = pd.concat([years_before(trips), monday], ignore_index=True)
    model = fit.pipeline(0, 2).fit(*fit.examples(learned, CHICAGO))
    on_monday = model.predict(inputs(monday, CHICAGO))
    shifted = monday.assign(trip_start_timestamp=monday["trip_start_timestamp"] + pd.Timedelta(days=3))
    assert model.predict(inputs(shifted, CHICAGO)).mean() == pytest.approx(on_monday.mean(), rel=0.03)


def test_the_day_of_the_week_is_learned_where_all_seven_are_known(trips: pd.DataFrame) -> None:
    """Of one period, or of periods of whole weeks, every trip keeps its day, and always its minutes."""
    weeks = years_before(trips)
    later = weeks.assign(trip_start_timestamp=weeks["trip_start_timestamp"] + pd.Timedelta(days=364))
    for known in (trips, weeks, pd.concat([weeks, later], ignore_index=True)):
        columns, minutes = fit.examples(known, CHICAGO)
        pd.testing.assert_frame_equal(columns, inputs(known, CHICAGO))
        assert (minutes == known["actual_duration"]).all()


def test_the_slips_of_the_held_out_are_in_the_figures_of_all_accepted(trips: pd.DataFrame) -> None:
    """A recorder that ran for hours teaches nothing, and its error is told where all accepted rides are meant."""
    slips, early = (part.iloc[::10].assign(actual_duration=600.0) for part in (trips.tail(400), trips.head(400)))
    all_of_them = pd.concat([trips.drop([*slips.index, *early.index]), slips, early])
    fitted = fit.fit(all_of_them, CHICAGO)
    figures, first = fitted.metrics, fitted.validation["trip_start_timestamp"].min()
    accepted = all_of_them[all_of_them["trip_start_timestamp"] >= first]
    assert figures["rides_all_accepted"] == len(accepted)
    assert figures["rides"] == possible(accepted).sum() == len(fitted.validation) <= len(accepted) - 40
    assert figures["rides_areas_known"] == plausible_between_known_areas(accepted).sum() < figures["rides"]
    assert figures["mae_all_accepted"] > figures["mae"] + 40 * (600 - 120) / len(accepted)


def test_a_kind_without_rides_has_no_figures() -> None:
    """Of a city that withholds all areas."""
    rides = pd.concat([ride(pickup_community_area=np.nan)] * 2).assign(actual_duration=[30.0, 40.0])
    found = evaluate.metrics_of_each_kind(rides, np.array([33.0, 45.0]))
    assert (found["mae"], found["mae_all_accepted"], found["rides"]) == (4.0, 4.0, 2.0)
    assert not [name for name in found if name.endswith("_areas_known")]


def test_the_model_beats_a_guess_and_its_band_covers_about_nine_in_ten(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """The validation's figures are those of a model that has learned something."""
    actual = fitted.validation["actual_duration"]
    assert fitted.metrics["mae"] < 0.6 * (actual - actual.median()).abs().mean()
    low, high = fitted.band.around(fitted.predicted)
    assert 0.85 < ((low <= actual) & (actual <= high)).mean() < 0.95


def test_fitting_twice_gives_the_same_model(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """Seeded, whatever the order that the trips come in."""
    again = fit.fit(trips.sample(frac=1, random_state=1), CHICAGO)
    np.testing.assert_allclose(again.predicted, fitted.predicted)
    assert again.parameters["trips_sha256"] == fitted.parameters["trips_sha256"]


def test_the_fare_changes_nothing(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """What is known only after the ride is no input."""
    blind = fit.fit(trips.assign(fare=1.0, trip_total=2.0), CHICAGO)
    np.testing.assert_allclose(blind.predicted, fitted.predicted)


def test_a_ride_alone_and_in_a_crowd_gets_the_same_minutes(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """Nothing that is learned is computed again on what is scored."""
    model = Model("test", "1", "digest", fitted.pipeline, tuple(INPUTS), 1, {}, fitted.band)
    features = inputs(trips, CHICAGO)
    crowd = predict(model, features)
    minutes, nowhere = crowd["predicted_duration"], trips["dropoff_community_area"].isna()
    for row in (0, 5, int(minutes.argmin()), int(minutes.argmax()), int(nowhere.argmax())):
        alone = predict(model, features.iloc[[row]])
        np.testing.assert_allclose(alone, crowd.iloc[[row]], rtol=1e-12)


def test_a_pair_never_seen_in_training_is_scored(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """Riverdale to Hegewisch is nobody's habit; the encoder falls back to the mean."""
    strange = trips.head(1).assign(pickup_community_area=54.0, dropoff_community_area=55.0)
    assert np.isfinite(fitted.pipeline.predict(inputs(strange, CHICAGO))).all()


def test_implausible_trips_are_left_out_of_learning(trips: pd.DataFrame) -> None:
    """A recorder's slip teaches nothing: a minute long, or at 400 miles an hour."""
    slips = trips.head(3).assign(actual_duration=[0.5, 600.0, 2.0], trip_miles=[1.0, 2.0, 40.0])
    assert not possible(slips).any()


def test_too_few_trips_are_refused(trips: pd.DataFrame) -> None:
    """One sentence says how many can be learned from and how many are needed."""
    with pytest.raises(JobError, match="150 of 150 trips can be learned from"):
        fit.fit(trips[possible(trips)].head(150), CHICAGO)


def test_the_bands_bins_are_filled_equally() -> None:
    """Ten bins of predictions, each with the residuals of its own tenth."""
    predicted = np.arange(1000.0)
    actual = predicted + np.where(predicted < 500, 1, -1) * np.tile(np.linspace(0, 10, 100), 10)
    band = fit.band(predicted, actual)
    assert len(band.low) == 10
    assert band.high[0] == pytest.approx(9.5, abs=0.1)
    assert band.low[-1] == pytest.approx(-9.5, abs=0.1)


def test_equal_predictions_make_one_bin() -> None:
    """A model that always says the same still gets a band."""
    band = fit.band(np.full(100, 7.0), np.linspace(0, 14, 100))
    low, high = band.around(np.array([7.0]))
    assert low.item() < 7 < high.item()


def test_metrics_against_a_hand_calculation() -> None:
    """Errors of +1, -1, +3 and 0 minutes."""
    found = evaluate.metrics(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 1.0, 6.0, 4.0]))
    assert found == pytest.approx(
        {
            "mae": 1.25,
            "rmse": np.sqrt(11 / 4),
            "r2": 1 - 11 / 5,
            "median_absolute_error": 1.0,
            "rmsle": np.sqrt((np.log(3 / 2) ** 2 + np.log(2 / 3) ** 2 + np.log(7 / 4) ** 2) / 4),
        }
    )


def test_the_pictures_can_be_drawn(fitted: fit.Fitted) -> None:
    """Predicted against actual, error by hour and by miles, importance."""
    figures = evaluate.plots(fitted.validation, fitted.predicted, pd.Series({"trip_miles": 0.9, "hour": 0.1}), CHICAGO)
    assert set(figures) == {
        "predicted_against_actual.png", "error_by_hour.png", "error_by_miles.png", "input_importance.png",
    }  # fmt: skip
    assert all(figure.axes[0].get_xlabel() for figure in figures.values())


def test_the_miles_that_a_route_estimate_would_give(trips: pd.DataFrame) -> None:
    """Noise is 20 %; without miles the areas' distance and the usual detour stand in."""
    found = evaluate.as_known_before(trips, CHICAGO)
    ratio = found["noisy_miles"]["trip_miles"] / trips["trip_miles"]
    assert ratio.std() == pytest.approx(evaluate.MILES_NOISE, abs=0.02)
    straight = inputs(trips, CHICAGO)["centroid_miles"]
    apart = straight > 0
    detour = found["without_miles"]["trip_miles"][apart] / straight[apart]
    assert detour.nunique() <= 3  # one figure, but for rounding
    assert found["without_miles"]["trip_miles"][~apart].nunique() == 1


def test_the_baseline_is_the_median_speed_of_the_hour() -> None:
    """Two rides at noon at 3 and 5 minutes a mile make 4."""
    noon = pd.concat([ride(trip_miles=2.0), ride(trip_miles=2.0)], ignore_index=True)
    training = noon.assign(actual_duration=[6.0, 10.0])
    assert evaluate.baseline(training, ride(trip_miles=3.0), CHICAGO).tolist() == [12.0]


def test_the_groups_account_for_every_ride(fitted: fit.Fitted, trips: pd.DataFrame) -> None:
    """By hour, by miles and by kind of areas; the hours in their order."""
    hours = evaluate.groups(trips, trips["actual_duration"].to_numpy(), CHICAGO).query("group == 'hour'")["value"]
    assert hours.tolist() == [str(hour) for hour in range(24)]
    found = evaluate.groups(fitted.validation, fitted.predicted, CHICAGO)
    assert set(found["group"]) == {"hour", "miles", "areas"}
    assert (found.groupby("group")["rides"].sum() == len(fitted.validation)).all()


def test_the_file_stays_below_30_mb(fitted: fit.Fitted, trips: pd.DataFrame, tmp_path: Path) -> None:
    """A week of simulated rides, 3.5 times these two days, makes the first model that anybody gets."""
    skops.io.dump(fitted.pipeline, tmp_path / "model.skops")
    assert (tmp_path / "model.skops").stat().st_size * 7 / 2 < 30e6


def test_the_card_tells_data_figures_and_limits(fitted: fit.Fitted) -> None:
    """Whoever finds a version in the registry reads there what it is good for."""
    text = card(fitted, CHICAGO)
    assert f"{fitted.metrics['mae']:.3f}" in text
    assert fitted.parameters["trips_sha256"] in text
    assert "| areas | airport |" in text
    for kind in evaluate.KINDS:
        assert f"{fitted.metrics[f'rmse{kind}']:.3f} |" in text
    assert "## What it must not be used for" in text
    assert "## Limits" in text
