"""The files of the dashboards and alert rules, and every query in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

GRAFANA = Path(__file__).parents[2] / "grafana"
DASHBOARDS = sorted((GRAFANA / "dashboards").glob("*.json"))
PROVISIONING = sorted((GRAFANA / "provisioning").rglob("*.yml"))
RULES = GRAFANA / "provisioning" / "alerting" / "rules.yml"
DATASOURCE = {"type": "grafana-postgresql-datasource", "uid": "taxi-marts"}


@dataclass(frozen=True)
class Query:
    """A query, its place, and the form in which Grafana needs its rows."""

    where: str
    sql: str
    form: str  # time_series, variable, annotation, alert, or the type of any other panel


def dashboard(path: Path) -> dict[str, Any]:
    """Load a dashboard's JSON."""
    return json.loads(path.read_text())


def queries() -> Iterator[Query]:
    """Every query of every panel, variable, annotation and alert rule."""
    for path in DASHBOARDS:
        board = dashboard(path)
        for panel in board["panels"]:
            for target in panel["targets"]:
                form = target["format"] if target["format"] == "time_series" else panel["type"]
                yield Query(f"{path.stem}: {panel['title']} {target['refId']}", target["rawSql"], form)
        for variable in board["templating"]["list"]:
            if variable["type"] == "query":
                yield Query(f"{path.stem}: variable {variable['name']}", variable["query"], "variable")
        for annotation in board["annotations"]["list"]:
            yield Query(f"{path.stem}: annotation {annotation['name']}", annotation["target"]["rawSql"], "annotation")
    for rule in rules():
        yield Query(f"alert {rule['uid']}", rule["data"][0]["model"]["rawSql"], "alert")


def rules() -> list[dict[str, Any]]:
    """The alert rules."""
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
