"""Interruptions: after a kill, a restart or an outage nothing is half written, and the next run continues."""

import json

import pytest

from tests.stack.conftest import Stack, wait_for
from tests.stack.test_up import MARTS, RAW

# Thirty days that are too old for a tick, in many batches.
LONG = "2026-01-01T00:00Z..2026-01-31T00:00Z"
SUCCEEDED = "select count(*) from raw.runs where command = 'score' and status = 'succeeded'"
INCONSISTENT_RUNS = """
with runs as (
    select
        rides_scored,
        windows,
        (select count(*) from raw.ride_predictions as p where p.run_id = r.run_id) as rides,
        (select count(*) from raw.windows as w where w.run_id = r.run_id) as closed,
        (select coalesce(sum(w.rides), 0) from raw.windows as w where w.run_id = r.run_id) as counted
    from raw.runs as r
    where command = 'score' and source = 'simulator'
)
select count(*) from runs where rides_scored <> rides or windows <> closed or counted <> rides
"""


@pytest.mark.slow
def test_data_persist_when_the_stack_is_removed_and_started(stack: Stack) -> None:
    """`docker compose down` keeps rides, models, passwords and marts."""
    rides = stack.number(RAW)
    versions = stack.sql("select version, run_id from model_versions order by 1", "mlflow")
    secrets = stack.run("make", "--no-print-directory", "passwords").stdout
    stack.compose("down")
    stack.up()
    assert stack.number(RAW) >= rides
    assert stack.sql("select version, run_id from model_versions order by 1", "mlflow") == versions
    assert stack.run("make", "--no-print-directory", "passwords").stdout == secrets
    assert stack.number(MARTS) >= rides


def test_a_container_killed_during_a_run_leaves_whole_batches(stack: Stack) -> None:
    """The run is marked as abandoned, and running it again completes it."""
    stack.run("docker", "compose", "exec", "-T", "-d", "job", "python", "-m", "job", "score", "--window", LONG)
    running = "select run_id from raw.runs where status = 'running' and windows > 0 and windows < 21600"
    wait_for("a batch", lambda: stack.sql(running))
    stack.compose("kill", "job")
    [[run_id]] = stack.sql("select max(run_id) from raw.runs where status = 'running' and windows > 0")
    assert stack.number(INCONSISTENT_RUNS) == 0
    stack.up()
    status = f"select status, error like 'abandoned%' from raw.runs where run_id = {run_id}"
    wait_for("the record's end", lambda: stack.sql(status) == [["failed", "t"]])
    stack.job("score", "--window", LONG)
    assert stack.number("select count(*) from raw.windows where window_start < '2026-01-31'") == 30 * 720
    assert stack.number(INCONSISTENT_RUNS) == 0
    stack.inside("job", "dbt", "--quiet", "run")
    assert stack.number(MARTS) == stack.number(RAW)


@pytest.mark.slow
def test_the_job_reconnects_after_a_restart_of_the_database(stack: Stack) -> None:
    """The next run succeeds."""
    before = stack.number(SUCCEEDED)
    stack.compose("restart", "postgres")
    stack.job("tick")
    assert stack.number(SUCCEEDED) > before


@pytest.mark.slow
def test_without_the_registry_a_new_container_scores_with_the_cached_model(stack: Stack) -> None:
    """The cache outlives the container, and the run records that its model is stale."""
    stack.compose("stop", "mlflow")
    stack.compose("up", "-d", "--wait", "--no-deps", "--force-recreate", "job")
    stale = (
        "select model_stale from raw.runs where command = 'score' and status = 'succeeded' order by run_id desc limit 1"
    )
    wait_for("a run without the registry", lambda: stack.sql(stale) == [["t"]])
    stack.compose("start", "mlflow")
    stack.up()
    wait_for("a run with the registry", lambda: stack.job("tick").returncode == 0 and stack.sql(stale) == [["f"]])


@pytest.mark.slow
def test_a_job_whose_runs_fail_turns_unhealthy(stack: Stack) -> None:
    """The check of its container fails, and `status` names the error."""
    environment = stack.environment | {"MODEL_URI": "models:/nobodys@production", "UNHEALTHY_AFTER": "0.01"}
    failing = Stack(environment, stack.services)
    failing.compose("up", "-d", "--no-deps", "job")
    health = ("docker", "inspect", "-f", "{{json .State.Health}}", failing.containers()["job"])

    def has_failed_check() -> bool:
        return any(check["ExitCode"] for check in json.loads(failing.run(*health).stdout)["Log"])

    wait_for("a failed check", has_failed_check)
    status = failing.job("status", check=False)
    assert status.returncode == 1
    assert "UNHEALTHY" in status.stdout
    assert "nobodys" in status.stdout
    assert json.loads(failing.run(*health).stdout)["Status"] != "healthy"
    stack.up()


@pytest.mark.slow
def test_the_job_stops_at_once_during_its_first_tick(stack: Stack) -> None:
    """The run receives the signal, ends and records it."""
    stack.compose("stop", "job")
    stack.sql("delete from raw.windows")  # all windows are owed again
    before = stack.number("select max(run_id) from raw.runs")
    stack.compose("start", "job")
    wait_for(
        "the first tick",
        lambda: stack.sql(
            f"select 1 from raw.runs where run_id > {before} and command = 'score' and status = 'running'"
        ),
    )
    stack.compose("stop", "job")
    ended = stack.sql(f"select status, error from raw.runs where run_id > {before} and command = 'score'")
    assert ended == [["failed", "terminated by SIGTERM"]]
    stack.up()
