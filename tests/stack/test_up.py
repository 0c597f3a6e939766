"""From empty volumes: what a person finds who has typed `docker compose up` and waited."""

import json
import re

import psycopg
import pytest
import requests

from tests.stack.conftest import Stack, wait_for

TASKS = ("passwords", "init", "first-model")
MARTS = "select coalesce(sum(rides), 0)::bigint from marts.rides_per_interval"
RAW = "select count(*) from raw.ride_predictions"


def test_everything_is_up(stack: Stack) -> None:
    """Services are healthy, tasks have ended well."""
    for service, container in stack.containers().items():
        state = inspected(stack, container)["State"]
        if service in TASKS:
            assert (service, state["Status"], state["ExitCode"]) == (service, "exited", 0)
        else:
            assert (service, state["Health"]["Status"]) == (service, "healthy")


def test_the_schedule_answers_on_its_port(stack: Stack) -> None:
    """Health and metrics of supercronic, which counts what it has started itself, after the first tick."""

    def counts() -> bool:
        try:
            return "supercronic_" in requests.get(f"{stack.address('JOB')}/metrics", timeout=10).text
        except requests.ConnectionError:
            return False

    wait_for("the schedule", counts)
    assert requests.get(f"{stack.address('JOB')}/health", timeout=10).ok


def test_the_registry_answers_under_the_names_that_people_use(stack: Stack) -> None:
    """MLflow refuses a host that it does not know; localhost it knows, whatever the port."""
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
    """A login over HTTP with the password that `make passwords` prints, then a table's page with its rows."""
    browser, user = requests.Session(), f"taxi_{role}"
    assert "Logout" in log_in(browser, stack, user, passwords(stack)[user])
    where = {"pgsql": "postgres", "username": user, "db": "taxi", "ns": schema, "select": table}
    page = browser.get(stack.address("ADMINER"), params=where, timeout=30).text
    assert ("predicted_" in page) == may
    assert ("Unable to select the table" in page) != may


def test_adminer_lets_nobody_in_with_a_wrong_password(stack: Stack) -> None:
    """Nor without one."""
    for password in ("wrong", ""):
        page = log_in(requests.Session(), stack, "taxi_owner", password)
        assert "Logout" not in page
        assert "ride_predictions" not in page


def test_postgresql_answers_on_its_port_to_who_has_a_password(stack: Stack) -> None:
    """The reader sees the marts from this machine; a wrong password is refused."""
    port = stack.environment["POSTGRES_PORT"]
    where = {"host": "127.0.0.1", "port": port, "dbname": "taxi", "user": "taxi_reader"}
    with psycopg.connect(**where, password=passwords(stack)["taxi_reader"]) as database:
        assert database.execute("select count(*) > 0 from marts.latest_predictions").fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**where, password="wrong")


def test_passwords_are_random_and_usable(stack: Stack) -> None:
    """32 letters and digits each, no two alike; setting them is tested below."""
    found = passwords(stack)
    assert set(found) == {"admin", "taxi_reader", "taxi_owner"}
    assert all(len(password) == 32 and password.isalnum() for password in found.values())
    assert len(set(found.values())) == 3


def test_the_first_seven_days_reach_the_marts_and_the_schedule_goes_on(stack: Stack) -> None:
    """The first page that anyone sees is full, and two runs later there is more of it."""
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
    """What the engine knows of a container."""
    return json.loads(stack.run("docker", "inspect", container).stdout)[0]


def passwords(stack: Stack) -> dict[str, str]:
    """What `make passwords` prints, by login."""
    printed = stack.run("make", "--no-print-directory", "passwords").stdout
    return dict(re.findall(r"(admin|taxi_\w+)(?: \([^)]*\))?: (\S+)$", printed, re.MULTILINE))


def log_in(browser: requests.Session, stack: Stack, user: str, password: str) -> str:
    """Fill in Adminer's form; the page that follows."""
    form = {"driver": "pgsql", "server": "postgres", "username": user, "password": password, "db": "taxi"}
    return browser.post(
        stack.address("ADMINER"), data={f"auth[{field}]": value for field, value in form.items()}, timeout=30
    ).text
