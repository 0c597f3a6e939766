"""Grafana on the real marts, wherever its image can be had; what it reads is checked without it in tests/grafana."""

import json

import pytest
import requests

from job.config import ROOT
from tests.stack.conftest import Stack
from tests.stack.test_up import passwords

TITLES = {json.loads(path.read_text())["title"] for path in (ROOT / "grafana" / "dashboards").glob("*.json")}


@pytest.fixture
def grafana(stack: Stack) -> str:
    """Its address."""
    if stack.services:
        pytest.skip("Grafana's image cannot be had here")
    return stack.address("GRAFANA")


def test_whoever_looks_finds_the_dashboards_and_rides(grafana: str) -> None:
    """Without a login, on the first start; and may not write."""
    found = requests.get(f"{grafana}/api/search", params={"type": "dash-db"}, timeout=30).json()
    assert {dashboard["title"] for dashboard in found} == TITLES
    ask = {
        "refId": "A",
        "datasource": {"uid": "taxi-marts"},
        "format": "table",
        "rawSql": "select count(*) from marts.latest_predictions",
    }
    question = {"queries": [ask], "from": "now-1h", "to": "now"}
    answer = requests.post(f"{grafana}/api/ds/query", json=question, timeout=30).json()
    [[rides]] = answer["results"]["A"]["frames"][0]["data"]["values"]
    assert rides > 0
    assert requests.post(f"{grafana}/api/folders", json={"title": "mine"}, timeout=30).status_code in {401, 403}


def test_its_administrator_has_the_password_that_is_shown(grafana: str, stack: Stack) -> None:
    """The alert rules are there; a wrong password lets nobody in."""
    rules = f"{grafana}/api/v1/provisioning/alert-rules"
    assert requests.get(rules, auth=("admin", passwords(stack)["admin"]), timeout=30).json()
    assert requests.get(rules, auth=("admin", "admin"), timeout=30).status_code == 401
