"""`prune`: old days leave raw when the marts have them for good, and nothing is counted twice afterwards."""

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from job import config
from job.commands import observe, score
from job.store.raw import windows
from tests.commands.conftest import ASSETS, Job, copied, counts, in_a_process, last_run, scalar
from tests.conftest import Server, on_newest, use

pytestmark = on_newest

HEADER = "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area,fare\n"
OLD, NEW = "old,2022-03-01T08:15:00,600,2.5,8,32,10.25", "new,2022-03-10T08:15:00,600,2.5,8,32,10.25"
DAYS = [datetime(2026, 2, day, 18, 0, tzinfo=UTC) for day in range(20, 27)]
AFTER_A_DAY = """
import os, signal
from job.store import pruned
whole = pruned.prune_rides
def first_day(*arguments):
    for count in whole(*arguments):
        yield count
        os.kill(os.getpid(), signal.SIGKILL)
pruned.prune_rides = first_day
"""
BY_DAY = """
select trip_start_timestamp::date, count(*)::int
from raw.ride_predictions where source = 'simulator' group by 1 order by 1
"""
MARTS = """
select 'hours', source, count(*)::int, sum(rides)::int from marts.rides_per_hour group by 2
union all
select 'errors', source, sum(rides_with_outcome)::int, sum(rides)::int from marts.prediction_quality group by 2
union all
select 'rejects', source, count(*)::int, sum(records)::int from marts.rejects group by 2
order by 1, 2
"""


@pytest.fixture(scope="module")
def template(server: Server, trained_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Seven simulated days, two rides of the City's nine days apart, four old rejects, and their marts."""
    name, folder = "template_prune", tmp_path_factory.mktemp("prune")
    with server.connect() as admin:
        admin.execute(f"create database {name} template template_taxi")
    shutil.copy(trained_home / "mlflow.db", folder)
    (folder / "two.csv").write_text(f"{HEADER}{OLD}\n{NEW}\n")
    records = (str(folder / "two.csv"), str(ASSETS / "rejected" / "nonpositive_miles.csv"))
    with pytest.MonkeyPatch.context() as patch:
        use(patch, server, name, "taxi_writer")
        for setting, value in {"TAXI_HOME": str(folder), "MLFLOW_TRACKING_URI": "", "CATCH_UP_HOURS": "1"}.items():
            patch.setenv(setting, value)
        settings, now = config.parse(os.environ), datetime.now(UTC)
        for request in (score.Request(windows=tuple(DAYS)), score.Request(trips=records)):
            score.once(request, settings, {}, now)
        observe.once(settings, {}, now)
        with server.connect(name) as connection:
            connection.execute("update raw.runs set started_at = '2026-01-31' where source = 'city'")
        assert in_a_process("dbt", "--quiet", "seed").code == 0
        assert in_a_process("dbt", "--quiet", "run").code == 0
    return name


@pytest.fixture
def filled(
    template: str, database: psycopg.Connection, home: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[psycopg.Connection]:
    """The test's own copy."""
    with copied(template, server, f"{database.info.dbname}_pruned", monkeypatch) as connection:
        yield connection


def rides_by_day(database: psycopg.Connection) -> dict[date, int]:
    """Of the simulator."""
    return dict(database.execute(BY_DAY).fetchall())


def test_old_days_leave_raw_and_stay_in_the_marts(filled: psycopg.Connection, job: Job) -> None:
    """It says what is gone; a second time there is nothing; the marts are the same after every kind of refresh."""
    before, marts = rides_by_day(filled), filled.execute(MARTS).fetchall()
    done = job("prune", "--keep-days", 3)
    gone = sum(count for day, count in before.items() if day < date(2026, 2, 23))
    assert (done.code, done.said) == (0, [])
    assert done.out == (
        f"simulator: {gone:,} rides of 3 days and 0 rejected records taken out of raw; "
        "from 2026-02-23 on rides stay: 3 days before its newest ride\n"
        "city: 2 rides of 1 day and 4 rejected records taken out of raw; "
        "from 2022-03-07 on rides stay: 3 days before its newest ride\n"
    )
    assert (last_run(filled)["command"], last_run(filled)["status"]) == ("prune", "succeeded")
    assert list(rides_by_day(filled)) == [day.date() for day in DAYS[3:]]
    assert job("prune", "--keep-days", 3).out.count(" 0 rides of 0 days and 0 rejected records") == 2
    for arguments in (["run"], ["run", "--full-refresh"], ["test", "--select", "every_ride_is_counted_once"]):
        assert in_a_process("dbt", "--quiet", *arguments).code == 0
        assert filled.execute(MARTS).fetchall() == marts


def test_a_ride_of_a_pruned_day_is_rejected_and_younger_ones_are_not(
    filled: psycopg.Connection, job: Job, tmp_path: Path
) -> None:
    """The same file again: what raw still has is known, what it has no more is said to be so, and not replayed."""
    assert job("prune", "--keep-days", 3).code == 0
    path = tmp_path / "three.csv"
    path.write_text(f"{HEADER}{OLD}\n{NEW}\n{NEW.replace('new', 'late')}\n")
    done = job("score", "--trips", path)
    assert done.out.splitlines()[0] == "1 ride scored from 3 records; 1 known before, 1 rejected"
    assert "pruned_day" in done.out
    kept = filled.execute("select source_trip_id, reason from raw.rejected_records").fetchall()
    assert kept == [("old", "pruned_day")]
    assert job("replay").out.startswith("0 rides scored from 0 records")


def test_a_window_of_a_pruned_day_is_refused(filled: psycopg.Connection, job: Job) -> None:
    """Its rides could be there already; from the first day on that stays windows are taken."""
    assert job("prune", "--keep-days", 3).code == 0
    before = counts(filled)["ride_predictions"]
    refused = job("score", "--window", "2026-02-22T18:02Z")
    assert refused.code == 2
    assert "2026-02-22T18:02Z is of a day that was pruned: give windows from 2026-02-23T06:00Z on" in refused.error
    assert counts(filled)["ride_predictions"] == before
    assert job("score", "--window", "2026-02-23T06:00Z").code == 0


@pytest.mark.parametrize("days", ["0", "-1", "36501", "99999999999", "three"])
def test_days_that_are_none(database: psycopg.Connection, job: Job, days: str) -> None:
    """Wrong usage."""
    assert job("prune", "--keep-days", days).code == 2


@pytest.mark.parametrize(("hours", "least"), [("1", 3), ("24", 3), ("49", 4), ("240", 11)])
def test_days_that_may_still_change_are_not_pruned(
    filled: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch, hours: str, least: int
) -> None:
    """Neither what is caught up with nor what latest_predictions shows."""
    monkeypatch.setenv("CATCH_UP_HOURS", hours)
    before = counts(filled)
    refused = job("prune", "--keep-days", least - 1)
    assert refused.code == 2
    assert f"give {least}" in refused.error
    assert counts(filled) == before
    assert job("prune", "--keep-days", least).code == 0


def test_marts_that_lack_something_are_waited_for(filled: psycopg.Connection, job: Job) -> None:
    """It names them, and takes nothing out until they have been refreshed."""
    assert job("score", "--window", "2026-02-26T18:02Z").code == 0
    before = counts(filled)
    refused = job("prune", "--keep-days", 3)
    assert refused.code == 1
    assert refused.error.startswith("not everything is in ")
    assert refused.error.endswith("run `python -m job dbt run` first")
    assert "rides_per_hour" in refused.error
    assert counts(filled) == before


def test_without_marts_nothing_is_pruned(database: psycopg.Connection, home: Path, job: Job) -> None:
    """They are what is to keep it."""
    assert "marts.mart_freshness is not there" in job("prune", "--keep-days", 3).error


def test_a_ride_whose_outcome_waits_stays_with_its_day_and_all_later_ones(filled: psycopg.Connection, job: Job) -> None:
    """Its error could not be counted any more."""
    filled.execute(
        "update raw.pending_outcomes set batch_id = null, due_at = '2099-01-01' where trip_id = ("
        "select trip_id from raw.ride_predictions where trip_start_timestamp > '2026-02-21' "
        "and source = 'simulator' order by trip_start_timestamp limit 1)"
    )
    assert (
        "from 2026-02-21 on rides stay: an outcome of that day is not known yet" in job("prune", "--keep-days", 3).out
    )
    assert list(rides_by_day(filled)) == [day.date() for day in DAYS[1:]]


def test_days_that_windows_are_owed_of_stay(
    filled: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first run that was cut short is completed later: here it is to begin 300 days ago."""
    monkeypatch.setenv("FIRST_RUN_DAYS", "300")
    said = job("prune", "--keep-days", 3).out
    assert said.startswith("simulator: 0 rides of 0 days")
    assert "on rides stay: a window of that day is owed" in said


def test_no_window_of_a_pruned_day_becomes_owed_by_a_setting(
    filled: psycopg.Connection, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cron goes on, and the mart says the same."""
    assert job("prune", "--keep-days", 3).code == 0
    monkeypatch.setenv("FIRST_RUN_DAYS", "300")
    oldest = min(windows.owed(filled, config.parse(os.environ), datetime.now(UTC)))
    assert oldest == datetime(2026, 2, 23, 6, tzinfo=UTC)
    assert in_a_process("dbt", "--quiet", "run", "--select", "windows_owed").code == 0
    assert scalar(filled, "select oldest_owed from marts.windows_owed") == oldest


@pytest.mark.parametrize(
    ("mart", "change"),
    [
        ("model_comparison", """
            insert into marts.model_comparison
            select hour_start, source, model_id, model_version, 2, '2', rides, 0, 0, 0, 0, 0, 0
            from marts.prediction_quality limit 1"""),
        ("feature_drift", "update marts.feature_drift set no_verdict_why = 'the day is not over', verdict = null"),
    ],
)  # fmt: skip
def test_a_mart_that_lacks_what_another_has_is_waited_for(
    filled: psycopg.Connection, job: Job, mart: str, change: str
) -> None:
    """Its own refresh failed: outcomes that are in prediction_quality alone, a day that is over unseen."""
    assert filled.execute(change).rowcount
    before = counts(filled)
    assert job("prune", "--keep-days", 3).error.startswith(f"not everything is in {mart}:")
    assert counts(filled) == before


def test_killed_between_two_days_the_next_one_goes_on(filled: psycopg.Connection, job: Job) -> None:
    """The day that was committed is closed, the others are whole; the marts never differ."""
    before, marts = rides_by_day(filled), filled.execute(MARTS).fetchall()
    assert in_a_process("prune", "--keep-days", "3", before=AFTER_A_DAY).code == -signal.SIGKILL
    assert rides_by_day(filled) == {day: count for day, count in before.items() if day > date(2026, 2, 20)}
    assert scalar(filled, "select string_agg(day::text, ' ') from raw.pruned_days") == "2026-02-20"
    assert job("prune", "--keep-days", 3).code == 0
    assert scalar(filled, "select sum(removed)::int from raw.pruned_days where source = 'simulator'") == sum(
        count for day, count in before.items() if day < date(2026, 2, 23)
    )
    assert in_a_process("dbt", "--quiet", "run", "--full-refresh").code == 0
    assert filled.execute(MARTS).fetchall() == marts


def test_another_run_holds_the_lock(filled: psycopg.Connection, server: Server, job: Job) -> None:
    """A person asked, so it is a failure."""
    from job.store.connection import LOCK

    with server.connect(filled.info.dbname) as other:
        other.execute(LOCK)
        assert "another run holds the lock" in job("prune", "--keep-days", 3).error


def test_explain_says_that_days_were_pruned(filled: psycopg.Connection, job: Job) -> None:
    """Who asks for such a ride is not told that it never was."""
    trip_id = scalar(filled, "select trip_id::text from raw.ride_predictions order by trip_start_timestamp limit 1")
    assert job("prune", "--keep-days", 3).code == 0
    assert "of a day that was pruned there is nothing any more" in job("explain", trip_id).error
