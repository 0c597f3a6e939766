"""Rules for the dashboard and provisioning files, checked without Grafana."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from job.config import ROOT
from job.report.grafana import interval
from job.report.plot import draw
from tests.grafana.dashboards import (
    DASHBOARDS,
    DATASOURCE,
    GRAFANA,
    PROVISIONING,
    RULES,
    Query,
    dashboard,
    queries,
    rules,
)
from tests.rides import CHICAGO

UIDS = {
    "rides": "chicago-taxi-rides",
    "operations": "chicago-taxi-operations",
    "model-quality": "chicago-taxi-model-quality",
}
PANELS = [(path, panel) for path in DASHBOARDS for panel in dashboard(path)["panels"]]
# Okabe and Ito's colours, which colour-blind people can distinguish, and a grey.
COLOURS = {"#0072B2", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#8C8C8C"}
FILLED = r"\$__timeGroup\w*\([^,)]*,[^,)]*, *([^)]*)\)"
# These marts describe the present, whatever the range.
WITHOUT_TIME_FILTER = {"last_success", "mart_freshness", "windows_owed", "feature_drift_recent"}
UNREACHABLE = "alert chicago-taxi-database-unreachable"


def named(value: Any) -> str | None:
    """Name a test after its file and panel."""
    return value.stem if isinstance(value, Path) else value["title"] if isinstance(value, dict) else None


def marts_of(query: Query) -> set[str]:
    """The tables that a query reads."""
    return set(re.findall(r"(?:from|join) ([a-z_.]+)", query.sql))


def test_grafana_uses_the_time_zone_of_the_place() -> None:
    """Compose passes the place's time zone to Grafana."""
    compose = (ROOT / "docker-compose.yml").read_text()
    assert f"GF_DATE_FORMATS_DEFAULT_TIMEZONE: ${{GRAFANA_TIME_ZONE:-{CHICAGO.time_zone}}}" in compose


def test_there_are_three_dashboards() -> None:
    """Their uids are those that the links use."""
    assert {path.stem: dashboard(path)["uid"] for path in DASHBOARDS} == UIDS


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_a_dashboard_is_canonical_and_read_only(path: Path) -> None:
    """Keys are sorted for small diffs, an installation assigns the id, and the browser cannot edit the dashboard."""
    board = dashboard(path)
    assert path.read_text() == json.dumps(board, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert (board["id"], board["editable"], board["timezone"]) == (None, False, "")
    assert board["description"].endswith(".")


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_a_dashboard_is_in_the_classic_schema(path: Path) -> None:
    """Grafana 13 exports schema v2 by default, which no Grafana loads from a file."""
    board = dashboard(path)
    assert board.keys().isdisjoint({"apiVersion", "kind", "spec", "elements", "layout"})
    assert isinstance(board["schemaVersion"], int)


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_a_dashboard_links_to_the_others_and_marks_promotions(path: Path) -> None:
    """Links keep the time range and the variables; dashboards of rides mark scenarios too."""
    board = dashboard(path)
    assert {link["url"] for link in board["links"]} == {f"/d/{uid}" for name, uid in UIDS.items() if name != path.stem}
    assert all(link["keepTime"] and link["includeVars"] for link in board["links"])
    scenarios = [] if path.stem == "operations" else ["Scenarios"]  # operations are about runs, not rides
    assert [annotation["name"] for annotation in board["annotations"]["list"]] == ["Promotions", *scenarios]


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_panels_fill_a_grid_without_overlap(path: Path) -> None:
    """Panels reach the last of the 24 columns, no two share a cell, and ids and titles are unique."""
    panels = dashboard(path)["panels"]
    cells = [
        cell
        for panel in panels
        for at in [panel["gridPos"]]
        for cell in itertools.product(range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"]))
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
    assert len({panel["id"] for panel in panels}) == len(panels) == len({panel["title"] for panel in panels})


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_a_panel_is_described(path: Path, panel: dict[str, Any]) -> None:
    """It has a title, description, unit and text for missing data, and a time series has a minimum interval."""
    defaults = panel["fieldConfig"]["defaults"]
    assert panel["type"] in draw.KINDS  # or the report page would leave it out
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert defaults["unit"]
    assert defaults["noValue"]
    assert panel["type"] != "timeseries" or "interval" in panel


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_a_panel_uses_the_fixed_data_source(path: Path, panel: dict[str, Any]) -> None:
    """It has neither an installation's own data source nor a placeholder that only an import fills in."""
    assert panel["datasource"] == DATASOURCE
    assert [target["datasource"] for target in panel["targets"]] == [DATASOURCE] * len(panel["targets"])
    assert "${DS_" not in json.dumps(panel)


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_colours_are_those_of_the_palette(path: Path, panel: dict[str, Any]) -> None:
    """The palette is safe for colour-blind people."""
    used = re.findall(r'"(?:color|fixedColor)": "([^"]+)"', json.dumps(panel["fieldConfig"]))
    assert set(used) <= COLOURS


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_a_line_does_not_bridge_a_gap(path: Path, panel: dict[str, Any]) -> None:
    """It is interrupted where data are missing, and no missing value is drawn as zero."""
    custom = panel["fieldConfig"]["defaults"].get("custom", {})
    fills = [match[1] for target in panel["targets"] for match in re.finditer(FILLED, target["rawSql"])]
    assert set(fills) <= {"NULL"}
    if panel["type"] == "timeseries" and custom["drawStyle"] == "line":
        assert not custom["spanNulls"]
        assert fills or custom["insertNulls"] > 0


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.where)
def test_a_query_reads_one_mart_within_the_range(query: Query) -> None:
    """It has no join, and it has a time filter unless the mart is live or the query lists the sources of all rides.

    The next test is about the one exception.
    """
    if query.where == UNREACHABLE:
        return
    tables = marts_of(query)
    assert len(tables) == 1
    (table,) = tables
    assert table.startswith("marts.")
    assert " join " not in query.sql
    if query.form == "alert":
        assert "$" not in query.sql
        return
    is_unfiltered = table.removeprefix("marts.") in WITHOUT_TIME_FILTER or query.where.endswith(": variable source")
    assert ("$__timeFilter(" in query.sql) != is_unfiltered


def test_one_alert_reads_every_mart_of_the_others() -> None:
    """The other rules keep their last state if their mart cannot be read, so this rule has to report it."""
    read = {query.where: marts_of(query) for query in queries() if query.form == "alert"}
    assert read.pop(UNREACHABLE) == set().union(*read.values())


def test_sources_never_mix() -> None:
    """A panel whose mart has rides of several sources shows only the chosen one; runs and promotions have no source."""
    without_source = re.compile(
        r"marts\.(job_runs|rejects|last_success|mart_freshness|windows_owed|model_promotions where \S+\(promoted_at\))"
    )
    of_one_source = [query for query in queries() if query.form != "alert" and not without_source.search(query.sql)]
    assert of_one_source
    assert all(re.search(r"source = '(\$source|simulator)'", query.sql) for query in of_one_source)


@pytest.mark.parametrize("path", PROVISIONING, ids=named)
def test_provisioning_has_no_shell_defaults(path: Path) -> None:
    """Grafana does not support `:-`, and expands `$__` only for its own file reader."""
    text = path.read_text()
    assert ":-" not in text
    assert "$__" not in text.replace("$__file{", "").replace("$__ in these files", "")
    assert yaml.safe_load(text)["apiVersion"] == 1


def test_alert_rules_have_a_runbook_section() -> None:
    """Each rule has a summary, a description, a link to the runbook and an explicit state for no data.

    The runbook has a section for each, which starts with the pending period.
    """
    runbook = (GRAFANA.parent / "docs" / "runbook.md").read_text()
    assert re.findall(r"^## (.*)$", runbook, re.MULTILINE) == [rule["title"] for rule in rules()]
    for rule in rules():
        minutes = rule["for"].removesuffix("m")
        assert re.search(rf"^## {rule['title']}\n\nPending period: {minutes} minutes[.,]", runbook, re.MULTILINE)
        anchor = re.sub(r"[^\w -]", "", rule["title"].lower()).replace(" ", "-")
        assert rule["annotations"]["runbook"] == f"docs/runbook.md#{anchor}"
        assert rule["annotations"].keys() == {"summary", "description", "runbook"}
        assert rule["data"][0]["datasourceUid"] == DATASOURCE["uid"]
        assert rule["data"][0]["model"]["format"] == "time_series"
        assert rule["noDataState"] in {"OK", "Alerting"}


def test_a_restart_of_the_database_alerts_once_at_most() -> None:
    """Every rule waits for at least two evaluations, and only one rule alerts when its query fails."""
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    waits = [interval.seconds(rule["for"]) for rule in group["rules"]]
    assert min(waits) >= 2 * interval.seconds(group["interval"])
    on_error = {f"alert {rule['uid']}": rule["execErrState"] for rule in group["rules"]}
    assert on_error.pop(UNREACHABLE) == "Alerting"
    assert set(on_error.values()) == {"KeepLast"}
