"""The requests to Grafana's HTTP interface, checked without Grafana; tests/stack sends them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from job.report.grafana import macros
from tests.grafana import http
from tests.grafana.dashboards import DATASOURCE, queries, rules

RANGE = (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
SENT = [query for query in queries() if query.form != "alert"]


def test_variables_have_the_values_that_a_dashboard_opens_with() -> None:
    """«All» areas is the condition that is always true."""
    assert http.opening_values() == {"source": "simulator", "area": "pickup_community_area", "latest": "10"}


@pytest.mark.parametrize("query", SENT, ids=lambda query: query.where)
def test_a_request_replaces_variables_and_leaves_macros(query: Any) -> None:
    """Grafana's server knows no variables; the request expands to the same SQL as the query on the report page."""
    values = http.opening_values()
    body = http.query_body(query, values, "now-2d", "now")
    (sent,) = body["queries"]
    assert (body["from"], body["to"], sent["datasource"]) == ("now-2d", "now", DATASOURCE)
    assert sent["format"] == ("time_series" if query.form == "time_series" else "table")
    assert all(name.startswith("__") for name in re.findall(r"\$\{?(\w+)", sent["rawSql"]))
    assert sent["rawSql"].count("$__timeFilter(") == query.sql.count("$__timeFilter(")
    expanded = macros.expand(sent["rawSql"], *RANGE, http.BUCKET_SECONDS)
    assert expanded == macros.expand(query.sql, *RANGE, http.BUCKET_SECONDS, values)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["uid"])
def test_a_rule_is_sent_with_its_expressions(rule: dict[str, Any]) -> None:
    """The query goes to the database; the reduction and the threshold are Grafana's own."""
    body = http.rule_body(rule)
    assert [(query["refId"], query["datasource"]["uid"]) for query in body["queries"]] == [
        ("A", "taxi-marts"), ("B", "__expr__"), ("C", "__expr__"),
    ]  # fmt: skip
    assert body["queries"][0]["rawSql"] == rule["data"][0]["model"]["rawSql"]
    assert (body["from"], body["to"]) == ("now-600s", "now")


def test_rows_and_errors_of_an_answer() -> None:
    """Each series has a frame of its own; an error is in the result of its query, or replaces all results."""
    frame = {"schema": {"fields": [{"name": "time"}, {"name": "rides"}]}, "data": {"values": [[1, 2, 3], [4, 5, 6]]}}
    answer = {"results": {"A": {"status": 200, "frames": [frame, frame, {"schema": {}, "data": {"values": []}}]}}}
    assert (http.row_count(answer), http.errors(answer)) == (6, [])
    failed = {"results": {"A": {"status": 400, "error": "db query error: no such column", "errorSource": "downstream"}}}
    assert http.errors(failed) == ["A: db query error: no such column"]
    empty = {"results": {"A": {"status": 200}}}
    assert (http.row_count(empty), http.errors(empty)) == (0, [])
    assert http.errors({"message": "Unauthorized"}) == ["Unauthorized"]


@pytest.mark.parametrize(
    ("changed", "is_listed"),
    [
        ({}, False),
        ({"health": "nodata"}, False),
        ({"alerts": [{"state": "Normal"}, {"state": "Alerting (NoData)"}]}, False),
        ({"health": "error", "lastError": "x"}, True),
        ({"lastEvaluation": "0001-01-01T00:00:00Z", "health": "unknown"}, True),
        ({"alerts": [{"state": "Normal (Error, KeepLast)"}]}, True),
    ],
)
def test_a_rule_that_failed_or_was_not_evaluated_is_listed(changed: dict[str, Any], is_listed: bool) -> None:
    """A failed rule that keeps its last state is listed too, although Grafana reports it as healthy."""
    rule = {"name": "x", "health": "ok", "state": "inactive", "lastEvaluation": "2026-03-06T12:00:00Z"} | changed
    answer = {"status": "success", "data": {"groups": [{"name": "chicago-taxi", "rules": [rule]}]}}
    assert http.unevaluated(answer) == (["x"] if is_listed else [])
