"""Grafana on the real marts, if its image is available; tests/grafana checks the queries without it."""

import json

import pytest
import requests

from job.config import ROOT
from tests.stack.conftest import Stack
from tests.stack.test_up import passwords

TITLES = {json.loads(path.read_text())["title"] for path in (ROOT / "grafana" / "dashboards").glob("*.json")}


@pytest.fixture
def grafana(stack: Stack) -> str:
    """The address of Grafana."""
    if stack.services:
        pytest.skip("Grafana's image is not available here")
    return stack.address("GRAFANA")


def test_dashboards_and_rides_need_no_login(grafana: str) -> None:
    """A visitor sees them on the first start and may not write."""
    dashboards = requests.get(f"{grafana}/api/search", params={"type": "dash-db"}, timeout=30).json()
    assert {dashboard["title"] for dashboard in dashboards} == TITLES
    query = {
        "refId": "A",
        "datasource": {"uid": "taxi-marts"},
        "format": "table",
        "rawSql": "select count(*) from marts.latest_predictions",
    }
    body = {"queries": [query], "from": "now-1h", "to": "now"}
    answer = requests.post(f"{grafana}/api/ds/query", json=body, timeout=30).json()
    [[rides]] = answer["results"]["A"]["frames"][0]["data"]["values"]
    assert rides > 0
    assert requests.post(f"{grafana}/api/folders", json={"title": "mine"}, timeout=30).status_code in {401, 403}


def test_the_administrator_logs_in_with_the_printed_password(grafana: str, stack: Stack) -> None:
    """Alert rules are provisioned, and a wrong password is refused."""
    rules = f"{grafana}/api/v1/provisioning/alert-rules"
    assert requests.get(rules, auth=("admin", passwords(stack)["admin"]), timeout=30).json()
    assert requests.get(rules, auth=("admin", "admin"), timeout=30).status_code == 401
