"""The requests that Grafana's pages make for a dashboard's queries and an alert rule, and what the answers say."""

from collections.abc import Mapping
from typing import Any

from job.report.grafana import macros
from tests.grafana.dashboards import DASHBOARDS, DATASOURCE, Query, dashboard

Json = dict[str, Any]
EXPRESSION = {"type": "__expr__", "uid": "__expr__"}
BUCKET_SECONDS, MAX_DATA_POINTS = 120, 1000


def opening_values() -> dict[str, macros.Value]:
    """The value of each variable when the dashboards are opened; «All» is what the variable defines for it."""
    listed = [variable for path in DASHBOARDS for variable in dashboard(path)["templating"]["list"]]
    return {variable["name"]: variable.get("allValue") or variable["current"]["value"] for variable in listed}


def query_body(query: Query, values: Mapping[str, macros.Value], start: str, end: str) -> Json:
    """The body of `POST /api/ds/query`: variables are replaced, and macros are left to Grafana's data source."""
    target = {
        "refId": "A",
        "datasource": DATASOURCE,
        "format": "time_series" if query.form == "time_series" else "table",
        "rawQuery": True,
        "rawSql": macros.with_variables(query.sql, values),
        "intervalMs": BUCKET_SECONDS * 1000,
        "maxDataPoints": MAX_DATA_POINTS,
    }
    return {"queries": [target], "from": start, "to": end}


def rule_body(rule: Json) -> Json:
    """The same for an alert rule: its query, then its expressions."""
    queries = [
        step["model"] | {"datasource": EXPRESSION if step["datasourceUid"] == "__expr__" else DATASOURCE}
        for step in rule["data"]
    ]
    seconds = rule["data"][0]["relativeTimeRange"]["from"]
    return {"queries": queries, "from": f"now-{seconds}s", "to": "now"}


def errors(answer: Json) -> list[str]:
    """The errors of an answer to `/api/ds/query`, which has one result per query, or a message instead of results."""
    if "results" not in answer:
        return [answer.get("message", "no results")]
    return [f"{name}: {result['error']}" for name, result in answer["results"].items() if "error" in result]


def row_count(answer: Json, query: str = "A") -> int:
    """The number of rows of a query; a frame has a list of values per column, and several series have a frame each."""
    frames = answer["results"][query].get("frames", [])  # none where there are no rows
    return sum(len(frame["data"]["values"][0]) for frame in frames if frame["data"]["values"])


def unevaluated(answer: Json) -> list[str]:
    """The rules that were not evaluated yet or whose evaluation failed, in an answer of the rules' states.

    A rule that keeps its last state is healthy even if its query fails; only the state of its alerts says so.
    """
    rules = [rule for group in answer["data"]["groups"] for rule in group["rules"]]
    return [
        rule["name"]
        for rule in rules
        if rule["lastEvaluation"].startswith("0001")
        or rule["health"] not in {"ok", "nodata"}
        or any("Error" in alert["state"] for alert in rule.get("alerts") or [])
    ]
