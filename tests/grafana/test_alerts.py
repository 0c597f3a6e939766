"""Each alert rule fires in its own state only, and `status` reports the same problems."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from job import config
from job.store.reading import status
from job.store.store import Store
from tests.dbt.conftest import Dbt, add_run
from tests.grafana.dashboards import queries, rules
from tests.grafana.test_queries import EMPTY, expanded
from tests.servers import DATABASE, Server, created

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
# The warning of `status` that corresponds to each rule.
WARNINGS = {
    "run-failed": "`score` failed", "dbt-failed": "`dbt` failed", "rejects-high": "records of 24 hours were rejected",
    "model-stale": "the registry has given no model that loads", "error-high": "error of the simulator rides",
    "coverage-off": "coverage of the simulator rides", "drift": "drift of the simulator rides",
}  # fmt: skip
DRIFTED = """
insert into marts.feature_drift (day, source, model_id, feature, rides, psi, verdict)
select cast(now() at time zone 'America/Chicago' as date) - ago, 'simulator', 1, 'miles', 500, .3, 'drift'
from generate_series(1, 2) as ago
"""


@dataclass(frozen=True)
class Installation:
    """Raw tables that a test changes, dbt to refresh the marts, and the reader's connection."""

    raw: psycopg.Connection
    reader: psycopg.Connection
    store: Store
    dbt: Dbt

    def firing(self) -> set[str]:
        """The rules that fire now."""
        return {name for name, rule in RULES.items() if self.fires(rule)}

    def fires(self, rule: dict[str, Any]) -> bool:
        """Whether Grafana would fire after the rule's pending period.

        The last value of any series is above the threshold, or no data or an error is an alert.
        """
        try:
            rows = self.reader.execute(rule["data"][0]["model"]["rawSql"].encode()).fetchall()
        except psycopg.Error:
            return bool(rule["execErrState"] == "Alerting")
        last = {row[1:-1]: row[-1] for row in rows if row[-1] is not None}
        (threshold,) = rule["data"][2]["model"]["conditions"][0]["evaluator"]["params"]
        if not last:
            return bool(rule["noDataState"] == "Alerting")
        return any(value > threshold for value in last.values())

    def reported_by_status(self) -> set[str]:
        """The rules whose problems `status` reports, from the raw tables and the same marts."""
        with self.store.reading() as database:
            report = status.gather(database, datetime.now(UTC))
        reported = {name for name, words in WARNINGS.items() if any(words in warning for warning in report.warnings)}
        assert len(reported) == len(report.warnings), report.warnings
        return reported if report.healthy else reported | {"no-recent-success"}


@pytest.fixture(scope="module")
def empty(server: Server, parsed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Marts that were built before anything was scored."""
    with pytest.MonkeyPatch.context() as patch, created(server, patch) as raw:
        dbt = Dbt(tmp_path_factory.mktemp("dbt"))
        dbt("run")
        with server.connect(DATABASE, "taxi_reader") as reader:
            yield Installation(raw, reader, Store(config.parse({}), {}), dbt)


@pytest.fixture(scope="module")
def healthy(empty: Installation) -> Installation:
    """A recent run, a day of rides with outcomes as promised, and marts that are up to date."""
    empty.raw.execute(
        "insert into raw.models (name, version, digest, metrics) values ('taxi', '1', 'x', '{\"mae\": 3}')"
    )
    run_counts = {"source": "simulator", "model_id": 1, "windows": 1, "records_read": 320, "rides_scored": 320}
    add_run(empty.raw, datetime.now(UTC) - timedelta(minutes=2), **run_counts)
    empty.raw.execute(RIDES)
    empty.raw.execute(OUTCOMES, [16, 12, 2])
    empty.dbt("run")
    return empty


def test_before_the_first_run_only_the_missing_success_alerts(empty: Installation) -> None:
    """No query of a dashboard fails on empty marts."""
    for query in queries():
        if query.form != "alert":
            for areas in (["0"], "pickup_community_area"):
                empty.reader.execute(expanded(query, EMPTY, "simulator", areas).encode())
    assert empty.firing() == empty.reported_by_status() == {"no-recent-success"}


def test_no_rule_fires_on_a_healthy_job(healthy: Installation) -> None:
    """No rule fires, and `status` has no warning."""
    assert healthy.firing() == healthy.reported_by_status() == set()


def test_a_stopped_job_alerts_without_a_refresh(healthy: Installation) -> None:
    """The rule for the last success needs no refresh, which a stopped job cannot do."""
    healthy.raw.execute(ENDED, [timedelta(minutes=11)] * 2)
    stopped, reported = healthy.firing(), healthy.reported_by_status()
    healthy.raw.execute(ENDED, [timedelta(minutes=1)] * 2)
    assert stopped == reported == {"no-recent-success"}


@pytest.mark.parametrize("mart", ["last_success", "job_runs", "mart_freshness", "alerts_by_day"])
def test_a_mart_that_cannot_be_read_alerts(healthy: Installation, mart: str) -> None:
    """One rule reports it, whichever mart it is, and the others keep their last state."""
    healthy.raw.execute(f"revoke select on marts.{mart} from taxi_reader")
    forbidden = healthy.firing()
    healthy.raw.execute(f"grant select on marts.{mart} to taxi_reader")
    assert forbidden == {"database-unreachable"}


def test_a_database_that_does_not_answer_alerts_once(healthy: Installation) -> None:
    """One rule reports it, and the others keep their last state."""
    closed = psycopg.connect(healthy.reader.info.dsn)
    closed.close()
    assert replace(healthy, reader=closed).firing() == {"database-unreachable"}


def test_stale_marts_alert(healthy: Installation) -> None:
    """The rule fires if new rides wait for a refresh."""
    healthy.raw.execute(WAITING)
    stale = healthy.firing()
    healthy.raw.execute("delete from raw.ride_predictions where batch_id = 99")
    assert stale == {"marts-stale"}


def test_failed_runs_alert_without_a_refresh(healthy: Installation) -> None:
    """A failed scoring run and a failed refresh are both visible while dbt is broken."""
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


def test_every_rule_fires_on_its_own_problem(healthy: Installation) -> None:
    """`status` reports every problem except for marts that wait for a refresh."""
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
    problems = set(RULES) - {"database-unreachable"}
    assert healthy.firing() == problems
    assert healthy.reported_by_status() == problems - {"marts-stale"}
