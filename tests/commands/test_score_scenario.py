"""`score --scenario`: simulated windows under a scenario, which the run records."""

from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import API_CSV, Clock, Job, counts, last_run, scalar, started

WINDOW = "2026-01-31T08:02Z"


def test_a_run_records_its_scenario(database: psycopg.Connection, home: Path, job: Job) -> None:
    """A second run adds no ride, while the same window without the scenario has other rides."""
    assert job("score", "--window", WINDOW, "--scenario", "snow").code == 0
    run = last_run(database)
    assert (run["scenario"], run["source"], run["windows"]) == ("snow", "simulator", 1)
    assert run["rides_scored"] == scalar(database, "select rides from raw.windows") > 0

    job("score", "--window", WINDOW, "--scenario", "snow")
    again = last_run(database)
    assert (again["rides_scored"], again["rides_known"]) == (0, run["rides_scored"])

    plain = job("score", "--window", WINDOW)
    assert last_run(database)["scenario"] is None
    assert last_run(database)["rides_scored"] == run["rides_scored"]
    assert "scenario" not in plain.named("score.completed")[0]
    assert counts(database)["windows"] == 1
    assert scalar(database, "select count(*) from raw.ride_predictions") == 2 * run["rides_scored"]


def test_snow_makes_rides_longer_than_predicted(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The predictions stay the same, and the pending durations are 1 / 0.7 times as long."""
    for scenario in ([], ["--scenario", "snow"]):
        job("score", "--window", "2026-01-31T08:00Z..2026-01-31T08:58Z", *scenario)
    normal, snow = database.execute(
        """
        select sum(predicted_duration), sum(actual_duration)
        from raw.ride_predictions
        inner join raw.pending_outcomes using (trip_id)
        group by run_id
        order by run_id
        """
    ).fetchall()
    assert snow[0] == pytest.approx(normal[0])
    assert snow[1] == pytest.approx(normal[1] / 0.7, rel=0.01)


def test_owed_windows_scored_under_a_scenario_are_no_longer_owed(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock]
) -> None:
    """Without --window the scenario applies to all owed windows."""
    assert job("score", "--scenario", "new-area").code == 0
    run = last_run(database)
    assert (run["scenario"], run["windows"]) == ("new-area", 719)
    share = "select avg((54 in (pickup_community_area, dropoff_community_area))::int) from raw.ride_predictions"
    assert scalar(database, share) > 0.08
    started(database, clock)
    job("score")
    assert (last_run(database)["scenario"], last_run(database)["records_read"]) == (None, 0)


def test_a_scenario_can_be_scored_to_a_file(database: psycopg.Connection, home: Path, job: Job, tmp_path: Path) -> None:
    """The rides differ from the normal ones, and --window is needed, because only the database knows what is owed."""
    for name, scenario in (("normal", []), ("meter", ["--scenario", "meter-change"])):
        assert job("score", "--window", WINDOW, "--output", tmp_path / f"{name}.csv", *scenario).code == 0
    normal, meter = ((tmp_path / f"{name}.csv").read_text().splitlines() for name in ("normal", "meter"))
    assert len(normal) == len(meter)
    assert normal[1:] != meter[1:]
    refused = job("score", "--scenario", "snow", "--output", tmp_path / "owed.csv")
    assert (refused.code, "needs --trips or --window" in refused.error) == (2, True)
    assert counts(database)["runs"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scenario", "snow", "--trips", API_CSV), "leave it out with --trips"),
        (("--scenario", "flood"), "invalid choice: 'flood'"),
        (("--scenario", ""), "invalid choice: ''"),
    ],
)
def test_an_invalid_scenario_is_a_usage_error(
    database: psycopg.Connection, job: Job, arguments: tuple[object, ...], words: str
) -> None:
    """A scenario must be on the list and cannot be combined with --trips; no run is recorded."""
    refused = job("score", *arguments)
    assert refused.code == 2
    assert words in refused.messages[-1]
    assert counts(database)["runs"] == 0


def test_a_scenario_fails_if_another_run_holds_the_lock(
    database: psycopg.Connection, home: Path, job: Job, locked_by_another: psycopg.Connection
) -> None:
    """A `score` without arguments would exit with 0 instead."""
    assert job("score", "--scenario", "snow").code == 1
