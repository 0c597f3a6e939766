"""Each alert rule on marts in the state that it is for, and in the others; what `status` says of the same states."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from job import config
from job.store.reading import status
from job.store.store import Store
from tests.conftest import Server, use
from tests.dbt.conftest import Dbt, add_run
from tests.grafana.dashboards import queries, rules
from tests.grafana.test_queries import EMPTY, expanded

RULES = {rule["uid"].removeprefix("chicago-taxi-"): rule for rule in rules()}
# Yesterday at noon in Chicago; 288 of 320 true durations lie in the band, and the mean error is below the validation's.
RIDES = """
insert into raw.ride_predictions (
    trip_id, run_id, batch_id, trip_start_timestamp, trip_miles, predicted_duration, predicted_low, predicted_high,
    model_id, source
)
select
    gen_random_uuid(), 1, 1,
    (date_trunc('day', now() at time zone 'America/Chicago') - interval '12 hours') at time zone 'America/Chicago',
    1 + number / 100.0, 10, 5, 15, 1, 'simulator'
from generate_series(1, 320) as number
"""
OUTCOMES = """
insert into raw.ride_outcomes (trip_id, actual_duration, batch_id)
select trip_id, case when row_number() over (order by trip_miles) > 288 then %s else %s end, %s
from raw.ride_predictions
"""
WAITING = """
insert into raw.ride_predictions (
    trip_id, run_id, batch_id, trip_start_timestamp, trip_miles, predicted_duration, model_id, source, created_at
) values (gen_random_uuid(), 1, 99, now(), 1, 10, 1, 'simulator', now() - interval '31 minutes')
"""
ENDED = "update raw.runs set started_at = now() - %s - interval '1 minute', finished_at = now() - %s where run_id = 1"
# What `status` says where a rule fires.
TOLD = {
    "run-failed": "`score` failed", "dbt-failed": "`dbt` failed", "rejects-high": "records of 24 hours were rejected",
    "model-stale": "the registry has been away", "error-high": "error of the simulator rides",
    "coverage-off": "coverage of the simulator rides", "drift": "drift of the simulator rides",
}  # fmt: skip
DRIFTED = """
insert into marts.feature_drift (day, source, model_id, feature, rides, psi, verdict)
select cast(now() at time zone 'America/Chicago' as date) - ago, 'simulator', 1, 'miles', 500, .3, 'drift'
from generate_series(1, 2) as ago
"""


@dataclass(frozen=True)
class World:
    """Raw tables to be changed, dbt to refresh the marts, and Grafana's eyes on them."""

    raw: psycopg.Connection
    reader: psycopg.Connection
    store: Store
    dbt: Dbt

    def firing(self) -> set[str]:
        """The rules that fire now."""
        return {name for name, rule in RULES.items() if self.fires(rule)}

    def fires(self, rule: dict[str, Any]) -> bool:
        """As Grafana decides: by the last value of any series, and without one by the state for no data."""
        rows = self.reader.execute(rule["data"][0]["model"]["rawSql"].encode()).fetchall()
        last = {row[1:-1]: row[-1] for row in rows if row[-1] is not None}
        (threshold,) = rule["data"][2]["model"]["conditions"][0]["evaluator"]["params"]
        if not last:
            return bool(rule["noDataState"] == "Alerting")
        return any(value > threshold for value in last.values())

    def told(self) -> set[str]:
        """The rules whose findings `status` reports too, from the raw tables and the same marts."""
        with self.store.reading() as database:
            found = status.gather(database, datetime.now(UTC))
        told = {name for name, words in TOLD.items() if any(words in warning for warning in found.warnings)}
        assert len(told) == len(found.warnings), found.warnings
        return told if found.healthy else told | {"no-recent-success"}


@pytest.fixture(scope="module")
def empty(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Marts that were built before anything was scored."""
    name = "test_alerts"
    with server.connect() as admin:
        admin.execute(f"create database {name} template template_taxi")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, server, name, "taxi_writer")
        dbt = Dbt(tmp_path_factory.mktemp("dbt"))
        dbt("run")
        with server.connect(name) as raw, server.connect(name, "taxi_reader") as reader:
            yield World(raw, reader, Store(config.parse({}), {}), dbt)
    with server.connect() as admin:
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module")
def healthy(empty: World) -> World:
    """A run that ended a minute ago, a day of rides with outcomes that are as promised, marts that hold all of it."""
    empty.raw.execute(
        "insert into raw.models (name, version, digest, metrics) values ('taxi', '1', 'x', '{\"mae\": 3}')"
    )
    figures = {"source": "simulator", "model_id": 1, "windows": 1, "records_read": 320, "rides_scored": 320}
    add_run(empty.raw, datetime.now(UTC) - timedelta(minutes=2), **figures)
    empty.raw.execute(RIDES)
    empty.raw.execute(OUTCOMES, [16, 12, 2])
    empty.dbt("run")
    return empty


def test_nothing_has_run_yet(empty: World) -> None:
    """Only that there was no successful run; and no query of a dashboard fails on marts without rows."""
    for query in queries():
        if query.form != "alert":
            for areas in (["0"], "pickup_community_area"):
                empty.reader.execute(expanded(query, EMPTY, "simulator", areas).encode())
    assert empty.firing() == empty.told() == {"no-recent-success"}


def test_all_is_well(healthy: World) -> None:
    """No rule fires, and `status` warns of nothing."""
    assert healthy.firing() == healthy.told() == set()


def test_the_job_stopped(healthy: World) -> None:
    """One rule says so, without a refresh of the marts: there is none when the job is dead."""
    healthy.raw.execute(ENDED, [timedelta(minutes=11)] * 2)
    stopped, told = healthy.firing(), healthy.told()
    healthy.raw.execute(ENDED, [timedelta(minutes=1)] * 2)
    assert stopped == told == {"no-recent-success"}


def test_the_marts_are_stale(healthy: World) -> None:
    """Another one fires when the job writes and nobody refreshes."""
    healthy.raw.execute(WAITING)
    stale = healthy.firing()
    healthy.raw.execute("delete from raw.ride_predictions where batch_id = 99")
    assert stale == {"marts-stale"}


def test_runs_fail_while_dbt_is_broken(healthy: World) -> None:
    """Two more need no refresh: a run that fails is seen though nothing refreshes the marts, and that nothing does."""
    failed_at = datetime.now(UTC) - timedelta(minutes=3)
    run_id = add_run(healthy.raw, failed_at, "failed", error="x")
    score_failed = healthy.firing()
    healthy.raw.execute("delete from raw.runs where run_id = %s", [run_id])
    add_run(healthy.raw, failed_at, "failed", command="dbt", source=None, error="x")
    dbt_failed = healthy.firing()
    add_run(healthy.raw, failed_at, "failed", error="x")
    both_failed = healthy.firing()
    healthy.raw.execute("delete from raw.runs where status = 'failed'")
    assert (score_failed, dbt_failed, both_failed) == ({"run-failed"}, {"dbt-failed"}, {"run-failed", "dbt-failed"})


def test_everything_is_wrong(healthy: World) -> None:
    """Each rule fires on what it is for, and `status` says each but that rows wait for a refresh."""
    healthy.raw.execute(ENDED, [timedelta(minutes=11)] * 2)
    add_run(healthy.raw, datetime.now(UTC) - timedelta(minutes=70), source="simulator")
    healthy.raw.execute("update raw.runs set model_stale = true")
    failed_at = datetime.now(UTC) - timedelta(minutes=3)
    add_run(healthy.raw, failed_at, "failed", command="dbt", source=None, error="x")
    add_run(healthy.raw, failed_at, "failed", error="x", records_read=900, records_rejected=800, rides_known=100)
    healthy.raw.execute(OUTCOMES, [30, 30, 3])
    healthy.dbt("run", "--full-refresh")
    healthy.raw.execute(DRIFTED)
    healthy.raw.execute(WAITING)
    assert healthy.firing() == set(RULES)
    assert healthy.told() == set(RULES) - {"marts-stale"}
