"""The stack after `docker compose up` on empty volumes."""

import json
import re

import psycopg
import pytest
import requests

from tests.stack.conftest import Stack, wait_for

TASKS = ("passwords", "init", "first-model")
MARTS = "select coalesce(sum(rides), 0)::bigint from marts.rides_per_interval"
RAW = "select count(*) from raw.ride_predictions"


def test_every_service_is_healthy(stack: Stack) -> None:
    """Tasks have ended with exit code 0."""
    for service, container in stack.containers().items():
        state = inspected(stack, container)["State"]
        if service in TASKS:
            assert (service, state["Status"], state["ExitCode"]) == (service, "exited", 0)
        else:
            assert (service, state["Health"]["Status"]) == (service, "healthy")


def test_the_schedule_serves_health_and_metrics(stack: Stack) -> None:
    """Supercronic has metrics of the job after the first tick."""

    def has_metrics() -> bool:
        try:
            return "supercronic_" in requests.get(f"{stack.address('JOB')}/metrics", timeout=10).text
        except requests.ConnectionError:
            return False

    wait_for("the schedule", has_metrics)
    assert requests.get(f"{stack.address('JOB')}/health", timeout=10).ok


def test_the_registry_accepts_local_host_names(stack: Stack) -> None:
    """MLflow accepts localhost on any port and refuses an unknown host."""
    search = f"{stack.address('MLFLOW')}/api/2.0/mlflow/registered-models/search"
    for host in ("localhost", "127.0.0.1"):
        answer = requests.get(search.replace("127.0.0.1", host), timeout=10)
        assert [model["name"] for model in answer.json()["registered_models"]] == ["chicago-taxi-duration"]
    assert requests.get(search, headers={"Host": "evil.example.org"}, timeout=10).status_code == 403


@pytest.mark.parametrize(
    ("role", "schema", "table", "may"),
    [
        ("reader", "marts", "latest_predictions", True),
        ("reader", "raw", "ride_predictions", False),
        ("owner", "raw", "ride_predictions", True),
        ("owner", "marts", "latest_predictions", False),
    ],
)
def test_adminer_shows_each_role_its_own_schema(stack: Stack, role: str, schema: str, table: str, may: bool) -> None:
    """A role logs in with the password that `make passwords` prints, and sees only the tables of its schema."""
    browser, user = requests.Session(), f"taxi_{role}"
    assert "Logout" in log_in(browser, stack, user, passwords(stack)[user])
    where = {"pgsql": "postgres", "username": user, "db": "taxi", "ns": schema, "select": table}
    page = browser.get(stack.address("ADMINER"), params=where, timeout=30).text
    assert ("predicted_" in page) == may
    assert ("Unable to select the table" in page) != may


def test_adminer_refuses_a_wrong_password(stack: Stack) -> None:
    """It refuses an empty one as well."""
    for password in ("wrong", ""):
        page = log_in(requests.Session(), stack, "taxi_owner", password)
        assert "Logout" not in page
        assert "ride_predictions" not in page


def test_postgresql_accepts_local_connections_with_a_password(stack: Stack) -> None:
    """The reader can read the marts, and a wrong password is refused."""
    port = stack.environment["POSTGRES_PORT"]
    where = {"host": "127.0.0.1", "port": port, "dbname": "taxi", "user": "taxi_reader"}
    with psycopg.connect(**where, password=passwords(stack)["taxi_reader"]) as database:
        assert database.execute("select count(*) > 0 from marts.latest_predictions").fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**where, password="wrong")


def test_passwords_are_random(stack: Stack) -> None:
    """They have 32 letters and digits, and no two are equal."""
    created = passwords(stack)
    assert set(created) == {"admin", "taxi_reader", "taxi_owner"}
    assert all(len(password) == 32 and password.isalnum() for password in created.values())
    assert len(set(created.values())) == 3


def test_the_first_days_and_later_runs_reach_the_marts(stack: Stack) -> None:
    """The first run fills FIRST_RUN_DAYS, two scheduled runs add to them, and nothing is logged above level info."""
    first = stack.number("select min(run_id) from raw.runs where command = 'score' and status = 'succeeded'")
    assert stack.number(f"select rides_scored from raw.runs where run_id = {first}") > 20_000
    later = f"select count(*) from raw.runs where command = 'score' and status = 'succeeded' and run_id > {first}"
    wait_for("two more runs", lambda: stack.number(later) >= 2)
    wait_for("the rides in the marts", lambda: stack.number(MARTS) == stack.number(RAW))
    assert stack.number("select count(*) from raw.runs where status = 'failed'") == 0
    logged = stack.run("docker", "logs", stack.containers()["job"])
    lines = [json.loads(line) for line in (logged.stdout + logged.stderr).splitlines()]
    assert lines
    assert [line for line in lines if line["level"] != "info"] == []


def inspected(stack: Stack, container: str) -> dict:
    """Docker's description of a container."""
    return json.loads(stack.run("docker", "inspect", container).stdout)[0]


def passwords(stack: Stack) -> dict[str, str]:
    """The passwords that `make passwords` prints, by login."""
    printed = stack.run("make", "--no-print-directory", "passwords").stdout
    return dict(re.findall(r"(admin|taxi_\w+)(?: \([^)]*\))?: (\S+)$", printed, re.MULTILINE))


def log_in(browser: requests.Session, stack: Stack, user: str, password: str) -> str:
    """Submit Adminer's login form; returns the next page."""
    form = {"driver": "pgsql", "server": "postgres", "username": user, "password": password, "db": "taxi"}
    return browser.post(
        stack.address("ADMINER"), data={f"auth[{field}]": value for field, value in form.items()}, timeout=30
    ).text
