"""What every dashboard, panel, variable and provisioning file has to have: read, not run."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from job.config import ROOT
from job.report.plot import draw
from tests.grafana.dashboards import DASHBOARDS, DATASOURCE, GRAFANA, PROVISIONING, dashboard, queries, rules
from tests.rides import CHICAGO

UIDS = {
    "rides": "chicago-taxi-rides",
    "operations": "chicago-taxi-operations",
    "model-quality": "chicago-taxi-model-quality",
}
PANELS = [(path, panel) for path in DASHBOARDS for panel in dashboard(path)["panels"]]
# Okabe and Ito's colours, which the colour-blind can tell apart, and a grey.
COLOURS = {"#0072B2", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#8C8C8C"}
FILLED = r"\$__timeGroup\w*\([^,)]*,[^,)]*, *([^)]*)\)"
# Live or of one row: they tell what is so now, whatever the range.
WITHOUT_TIME_FILTER = {"last_success", "mart_freshness", "windows_owed", "feature_drift_recent"}


def named(value: Any) -> str | None:
    """A test's name, by file and panel."""
    return value.stem if isinstance(value, Path) else value["title"] if isinstance(value, dict) else None


def test_grafana_shows_the_clock_of_the_place() -> None:
    """Dashboards name no time zone; compose gives Grafana the one of the place."""
    compose = (ROOT / "docker-compose.yml").read_text()
    assert f"GF_DATE_FORMATS_DEFAULT_TIMEZONE: ${{GRAFANA_TIME_ZONE:-{CHICAGO.time_zone}}}" in compose


def test_there_are_three_dashboards() -> None:
    """With the uids that links name."""
    assert {path.stem: dashboard(path)["uid"] for path in DASHBOARDS} == UIDS


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_a_dashboard_is_a_file_and_stays_one(path: Path) -> None:
    """Sorted keys, so that a change is small; no id of one installation; not to be edited in the browser."""
    found = dashboard(path)
    assert path.read_text() == json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert (found["id"], found["editable"], found["timezone"]) == (None, False, "")
    assert found["description"].endswith(".")


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_a_dashboard_leads_to_the_others_and_marks_promotions(path: Path) -> None:
    """Links keep range and variables."""
    found = dashboard(path)
    assert {link["url"] for link in found["links"]} == {f"/d/{uid}" for name, uid in UIDS.items() if name != path.stem}
    assert all(link["keepTime"] and link["includeVars"] for link in found["links"])
    assert [annotation["name"] for annotation in found["annotations"]["list"]] == ["Promotions"]


@pytest.mark.parametrize("path", DASHBOARDS, ids=named)
def test_panels_fill_a_grid_without_overlap(path: Path) -> None:
    """Within 24 columns, every cell at most once, each panel with a number of its own."""
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
def test_a_panel_says_what_it_shows(path: Path, panel: dict[str, Any]) -> None:
    """Title, a description, unit, what it says without data, and for times the least interval."""
    defaults = panel["fieldConfig"]["defaults"]
    assert panel["type"] in draw.KINDS  # or the report page would leave it out
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert defaults["unit"]
    assert defaults["noValue"]
    assert (panel["type"] == "timeseries") <= ("interval" in panel)


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_a_panel_asks_the_marts_by_their_fixed_name(path: Path, panel: dict[str, Any]) -> None:
    """No data source of one installation, nothing that only an import would fill in."""
    assert panel["datasource"] == DATASOURCE
    assert [target["datasource"] for target in panel["targets"]] == [DATASOURCE] * len(panel["targets"])
    assert "${DS_" not in json.dumps(panel)


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_colours_can_be_told_apart(path: Path, panel: dict[str, Any]) -> None:
    """Only those of the palette."""
    used = re.findall(r'"(?:color|fixedColor)": "([^"]+)"', json.dumps(panel["fieldConfig"]))
    assert set(used) <= COLOURS


@pytest.mark.parametrize(("path", "panel"), PANELS, ids=named)
def test_a_gap_is_a_gap(path: Path, panel: dict[str, Any]) -> None:
    """A line ends where data are missing, and nothing is drawn as zero that was not counted."""
    custom = panel["fieldConfig"]["defaults"].get("custom", {})
    fills = [found[1] for target in panel["targets"] for found in re.finditer(FILLED, target["rawSql"])]
    assert set(fills) <= {"NULL"}
    if panel["type"] == "timeseries" and custom["drawStyle"] == "line":
        assert not custom["spanNulls"]
        assert fills or custom["insertNulls"] > 0


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.where)
def test_a_query_reads_one_mart_within_the_range(query: Any) -> None:
    """From schema marts alone, without a join; with a time filter unless it is live."""
    tables = set(re.findall(r"(?:from|join) ([a-z_.]+)", query.sql))
    assert len(tables) == 1
    (table,) = tables
    assert table.startswith("marts.")
    assert " join " not in query.sql
    if query.form == "alert":
        assert "$" not in query.sql
        return
    assert ("$__timeFilter(" in query.sql) != (table.removeprefix("marts.") in WITHOUT_TIME_FILTER)


def test_sources_never_mix() -> None:
    """Where a mart tells sources apart, a panel shows the one that is chosen."""
    whole = re.compile(r"marts\.(job_runs|rejects|last_success|mart_freshness|windows_owed)")
    of_one_source = [query for query in queries() if query.form != "alert" and not whole.search(query.sql)]
    assert of_one_source
    assert all(re.search(r"source = '(\$source|simulator)'", query.sql) for query in of_one_source)


@pytest.mark.parametrize("path", PROVISIONING, ids=named)
def test_provisioning_has_no_defaults_of_a_shell(path: Path) -> None:
    """Grafana does not know `:-`, and takes $__ for the environment's; its own file reader is the exception."""
    text = path.read_text()
    assert ":-" not in text
    assert "$__" not in text.replace("$__file{", "").replace("$__ in these files", "")
    assert yaml.safe_load(text)["apiVersion"] == 1


def test_alert_rules_say_what_to_look_at() -> None:
    """Each has words for the person who is woken, a section in the runbook, and states that were chosen."""
    runbook = (GRAFANA.parent / "docs" / "runbook.md").read_text()
    assert re.findall(r"^## (.*)$", runbook, re.MULTILINE) == [rule["title"] for rule in rules()]
    for rule in rules():
        anchor = re.sub(r"[^\w -]", "", rule["title"].lower()).replace(" ", "-")
        assert rule["annotations"]["runbook"] == f"docs/runbook.md#{anchor}"
        assert rule["annotations"].keys() == {"summary", "description", "runbook"}
        assert rule["data"][0]["datasourceUid"] == DATASOURCE["uid"]
        assert rule["data"][0]["model"]["format"] == "time_series"
        assert {rule["noDataState"], rule["execErrState"]} <= {"OK", "Alerting"}
