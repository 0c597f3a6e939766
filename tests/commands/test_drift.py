"""The input counts of a scoring run, and the drift that the marts derive from them."""

from pathlib import Path

import mlflow
import pandas as pd
import psycopg
import pytest
from scipy.stats import entropy

from job.model.training_bins import FEATURES
from tests.commands.conftest import Job, counts, in_a_process, last_run, scalar
from tests.conftest import OLD_YEARS, REAL_DAY
from tests.models import register_constant, settings

RANGE = "2026-01-31T04:00Z..2026-01-31T08:00Z"  # Chicago's midnight is 06:00Z


def test_a_run_counts_its_rides_by_chicago_day_feature_and_bin(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """Each ride is counted once per feature, in a bin from training, and not again if it is already scored."""
    assert job("score", "--window", RANGE).code == 0
    counted = database.execute(
        "select day::text, feature, sum(rides)::int from raw.input_counts group by 1, 2"
    ).fetchall()
    days = database.execute(
        "select (trip_start_timestamp at time zone 'America/Chicago')::date::text, count(*)::int "
        "from raw.ride_predictions group by 1 order by 1"
    ).fetchall()
    assert [day for day, _ in days] == ["2026-01-30", "2026-01-31"]
    assert sorted(counted) == sorted((day, feature, rides) for day, rides in days for feature in FEATURES)
    unknown = """
        select count(*) from raw.input_counts inner join raw.runs using (run_id)
        left join raw.training_bins using (model_id, feature, bin) where training_bins.kind is null
    """
    assert scalar(database, unknown) == 0
    before = counts(database)["input_counts"]
    job("score", "--window", RANGE)
    assert last_run(database)["rides_scored"] == 0
    assert counts(database)["input_counts"] == before


def test_a_model_without_training_bins_scores_without_input_counts(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that `train` did not log has no training distribution, and this is not an error."""
    version = register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0, name="own")
    monkeypatch.setenv("MODEL_URI", f"models:/own/{version}")
    assert job("score", "--window", RANGE).code == 0
    rows = counts(database)
    assert rows["ride_predictions"] > 0
    assert (rows["input_counts"], rows["training_bins"]) == (0, 0)


# Weekdays, because the model was trained on a Monday and a Tuesday.
DAYS = {
    "2026-01-20": None, "2026-01-21": "airport-surge", "2026-01-22": "new-area", "2026-01-23": "sensor-fault",
    "2026-01-26": "snow", "2026-01-27": "meter-change",
}  # fmt: skip
MOVED = {"airport-surge": {"pickup", "pair"}, "new-area": {"pickup", "dropoff"}, "sensor-fault": {"miles"}}
BINS = """
select bins.feature, bins.share, coalesce(sum(counts.rides), 0)::int as rides
from raw.training_bins as bins
left join raw.input_counts as counts
    on bins.feature = counts.feature and bins.bin = counts.bin and counts.day = %s
where bins.kind = 'weekday'
group by bins.feature, bins.bin, bins.share
"""


def test_only_the_features_that_a_scenario_changes_have_drift(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """A scenario moves only its features in MOVED. PSI is the sum of scipy's relative entropies in both directions."""
    for day, scenario in DAYS.items():
        midnight = pd.Timestamp(day, tz="America/Chicago").tz_convert("UTC")
        span = f"{midnight.isoformat()}..{(midnight + pd.Timedelta(hours=23, minutes=58)).isoformat()}"
        assert job("score", "--window", span, *(["--scenario", scenario] if scenario else [])).code == 0
    assert in_a_process("dbt", "--quiet", "run", "--select", "+feature_drift").code == 0
    rows = database.execute("select day::text, feature, psi::float8, verdict, no_verdict_why from marts.feature_drift")
    drift = pd.DataFrame(rows.fetchall(), columns=["day", "feature", "psi", "verdict", "why"])
    assert set(drift["why"]) == {None}  # the last day included, because it ended long ago
    for day, scenario in DAYS.items():
        alarms = drift[(drift["day"] == day) & (drift["verdict"] == "drift")]
        assert set(alarms["feature"]) == MOVED.get(scenario or "", set()), day

    psi = drift[drift["day"] == "2026-01-21"].set_index("feature")["psi"]
    assert set(psi.index) == set(FEATURES)
    raw = pd.DataFrame(database.execute(BINS, ["2026-01-21"]).fetchall(), columns=["feature", "share", "rides"])
    for feature, bins in raw.groupby("feature"):
        counted, trained = bins["rides"] + 0.5, bins["share"]  # scipy normalises them
        expected = entropy(counted, trained) + entropy(trained, counted)
        assert psi[feature] == pytest.approx(expected, abs=1e-4), feature


@pytest.mark.skipif(not (REAL_DAY.exists() and OLD_YEARS.exists()), reason="the City's records are not here")
def test_real_trips_of_2022_have_drifted_from_those_of_2013_to_2016(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """A single day of the City's records gets a verdict, and at least one feature has drifted."""
    for command in (["train", "--trips", OLD_YEARS, "--promote"], ["score", "--trips", REAL_DAY]):
        assert job(*command).code == 0
    assert in_a_process("dbt", "--quiet", "run", "--select", "+feature_drift").code == 0
    rows = database.execute("select feature, verdict from marts.feature_drift where day = '2022-03-01'").fetchall()
    verdicts = dict(rows)
    assert set(verdicts) == set(FEATURES)
    assert "drift" in verdicts.values()


def test_the_live_view_covers_the_last_24_hours(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Drift is computed before the day is over, and too few rides get no verdict."""
    now = pd.Timestamp.now("UTC").floor("2min") - pd.Timedelta(minutes=2)
    assert job("score", "--window", f"{(now - pd.Timedelta(minutes=30)).isoformat()}..{now.isoformat()}").code == 0
    assert in_a_process("dbt", "--quiet", "run", "--select", "+feature_drift_recent").code == 0
    rides = scalar(database, "select count(*) from raw.ride_predictions")
    recent = database.execute(
        "select feature, rides, verdict, no_verdict_why from marts.feature_drift_recent"
    ).fetchall()
    assert sorted(recent) == sorted((feature, rides, None, "too few rides") for feature in FEATURES)
    whole = (now - pd.Timedelta(hours=24)).isoformat()
    assert job("score", "--window", f"{whole}..{now.isoformat()}", "--scenario", "airport-surge").code == 0
    verdicts = dict(database.execute("select feature, verdict from marts.feature_drift_recent").fetchall())
    assert verdicts["pickup"] in ("watch", "drift")
    assert verdicts["miles"] is not None
