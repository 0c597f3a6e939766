"""Grafana on the real marts, over HTTP: provisioning, every query of the dashboards, and every alert rule.

Skipped where the image is not available; tests/grafana checks queries, rules and these requests without it.
"""

import json
from typing import Any

import pytest
import requests

from tests.grafana import http
from tests.grafana.dashboards import DASHBOARDS, Query, dashboard, queries, rules
from tests.stack.conftest import Stack, wait_for
from tests.stack.test_up import passwords

TITLES = {dashboard(path)["title"] for path in DASHBOARDS}
QUERIES = {query.where: query for query in queries() if query.form != "alert"}
# These have rows as soon as a run has scored rides and the marts have been refreshed.
NEVER_EMPTY = ("rides: Rides A", "rides: Latest predictions A", "operations: Freshness of the marts A")


@pytest.fixture
def grafana(stack: Stack) -> str:
    """The address of Grafana, whose marts have rides."""
    if stack.services:
        pytest.skip("Grafana's image is not available here")
    address = stack.address("GRAFANA")
    wait_for("rides in the marts", lambda: http.row_count(answer(address, QUERIES["rides: Latest predictions A"])))
    return address


@pytest.fixture
def administrator(stack: Stack) -> tuple[str, str]:
    """The administrator's login."""
    return ("admin", passwords(stack)["admin"])


def ask(grafana: str, body: dict[str, Any]) -> dict[str, Any]:
    """Run queries as a visitor."""
    return requests.post(f"{grafana}/api/ds/query", json=body, timeout=60).json()


def answer(grafana: str, query: Query) -> dict[str, Any]:
    """The rows of the last days, with the variables as a dashboard opens."""
    return ask(grafana, http.query_body(query, http.opening_values(), "now-2d", "now"))


def test_visitors_see_the_dashboards_and_write_nothing(grafana: str) -> None:
    """No login is needed on the first start."""
    listed = requests.get(f"{grafana}/api/search", params={"type": "dash-db"}, timeout=30).json()
    assert {found["title"] for found in listed} == TITLES
    assert requests.post(f"{grafana}/api/folders", json={"title": "mine"}, timeout=30).status_code in {401, 403}


def test_grafana_has_the_version_that_compose_pins(grafana: str, stack: Stack) -> None:
    """The types that tests/grafana checks are those of this version."""
    image = json.loads(stack.compose("config", "--format", "json"))["services"]["grafana"]["image"]
    health = requests.get(f"{grafana}/api/health", timeout=30).json()
    assert (health["database"], health["version"]) == ("ok", image.rpartition(":")[2])


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_loaded_from_its_file(grafana: str, path: Any) -> None:
    """Every panel is there with its statements, after Grafana has migrated the file to its own schema."""
    expected = dashboard(path)
    found = requests.get(f"{grafana}/api/dashboards/uid/{expected['uid']}", timeout=30).json()
    assert found["meta"]["provisioned"]
    assert [statements(panel) for panel in found["dashboard"]["panels"]] == [
        statements(panel) for panel in expected["panels"]
    ]


def statements(panel: dict[str, Any]) -> tuple[str, str, list[str]]:
    """A panel's title, kind and SQL."""
    return (panel["title"], panel["type"], [target["rawSql"] for target in panel["targets"]])


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_is_answered(grafana: str, query: Query) -> None:
    """Every query of a panel, a variable and an annotation, as a visitor's browser sends it."""
    found = answer(grafana, query)
    assert http.errors(found) == []
    assert http.row_count(found) > 0 or query.where not in NEVER_EMPTY


def test_a_wrong_query_is_an_error(grafana: str) -> None:
    """Otherwise the test before would prove nothing; the visitor's login can read only the marts."""
    for sql in ("select x from marts.latest_predictions", "select * from raw.ride_predictions"):
        assert http.errors(answer(grafana, Query("wrong", sql, "table")))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["uid"])
def test_an_alert_rule_can_be_evaluated(grafana: str, rule: dict[str, Any]) -> None:
    """Its query, its reduction and its threshold give a result."""
    found = ask(grafana, http.rule_body(rule))
    assert http.errors(found) == []
    assert set(found["results"]) == {"A", "B", "C"}


def test_alert_rules_are_loaded_from_their_file(grafana: str, administrator: tuple[str, str]) -> None:
    """Each with its pending period and its states for no data and errors; a wrong password is refused."""
    address = f"{grafana}/api/v1/provisioning/alert-rules"
    names = ("uid", "title", "condition", "for", "noDataState", "execErrState")
    loaded = requests.get(address, auth=administrator, timeout=30).json()
    assert {tuple(rule[name] for name in names) for rule in loaded} == {
        tuple(rule[name] for name in names) for rule in rules()
    }
    assert requests.get(address, auth=("admin", "admin"), timeout=30).status_code == 401


def test_alert_rules_are_evaluated_without_errors(grafana: str, administrator: tuple[str, str]) -> None:
    """All of them within some minutes; the database answers, so its rule does not fire."""

    def states() -> dict[str, Any]:
        return requests.get(f"{grafana}/api/prometheus/grafana/api/v1/rules", auth=administrator, timeout=30).json()

    wait_for("the evaluation of every alert rule", lambda: http.unevaluated(states()) == [])
    evaluated = {rule["name"]: rule["state"] for group in states()["data"]["groups"] for rule in group["rules"]}
    assert set(evaluated) == {rule["title"] for rule in rules()}
    assert evaluated["The database does not answer"] == "inactive"
