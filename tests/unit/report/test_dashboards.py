"""Parsing the dashboards' JSON: the shipped files, and what can be wrong with a file."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from job.commands.report import DASHBOARDS
from job.report.grafana import dashboards
from job.report.grafana.dashboards import BadDashboard
from tests.panels import panel


def test_the_shipped_dashboards_are_read_in_their_order() -> None:
    """The order is rides, model quality, operations; the page can draw every panel."""
    from job.report.plot.draw import KINDS

    boards = dashboards.load(DASHBOARDS)
    assert [board.title for board in boards] == ["Rides", "Model quality", "Operations"]
    assert {shown.kind for board in boards for shown in board.panels} <= set(KINDS)
    assert all(shown.targets and shown.description for board in boards for shown in board.panels)
    assert boards[0].span == timedelta(days=1)
    assert boards[0].has("source")
    assert not boards[2].has("source")


def test_variables_know_their_options() -> None:
    """Its options are listed in the file or read from the marts; its initial value is a single one or «All»."""
    source, area, latest = dashboards.load(DASHBOARDS)[0].variables
    assert (source.current, source.options, source.several) == ("simulator", (), False)
    assert source.sql is not None
    assert (area.current, area.several) == ("$__all", True)
    assert area.sql is not None
    assert (latest.current, latest.options, latest.sql) == ("10", ("5", "10", "20", "50"), None)


def test_overrides_win_over_defaults_for_the_columns_that_they_name() -> None:
    """Columns are named directly or by pattern, and a property's path may lead into `custom`."""
    shown = panel(
        "timeseries",
        defaults={"unit": "m", "custom": {"lineWidth": 1, "drawStyle": "line"}},
        overrides=[
            {"matcher": {"id": "byName", "options": "a"}, "properties": [{"id": "custom.lineWidth", "value": 3}]},
            {"matcher": {"id": "byRegexp", "options": "/^a/"}, "properties": [{"id": "displayName", "value": "A"}]},
        ],
    )
    assert (shown.field("a").name, shown.field("a").unit, shown.field("a").custom["lineWidth"]) == ("A", "m", 3)
    assert (shown.field("b").name, shown.field("b").custom) == ("b", {"lineWidth": 1, "drawStyle": "line"})


def test_panels_of_a_row_are_panels() -> None:
    """They come in reading order, whatever their order in the file."""
    raw = json.loads((DASHBOARDS / "rides.json").read_text())
    inner = raw["panels"].pop(0)
    raw["panels"].append({"type": "row", "title": "x", "panels": [inner], "gridPos": {"x": 0, "y": 99}})
    assert dashboards.parse(raw).panels[0].number == inner["id"]


@pytest.mark.parametrize("text", ["{", '{"uid": "x"}', "[]", '{"panels": [{"type": "stat"}]}'])
def test_a_file_that_is_not_a_dashboard_is_named(text: str, tmp_path: Path) -> None:
    """The error is one sentence with the file's path."""
    (tmp_path / "mine.json").write_text(text)
    with pytest.raises(BadDashboard, match=r"mine\.json is not a dashboard"):
        dashboards.load(tmp_path)


def test_an_export_in_another_schema_is_an_error_that_says_what_to_export(tmp_path: Path) -> None:
    """Grafana 13 exports schema v2 by default."""
    exported = {"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "spec": {"elements": {}}}
    (tmp_path / "mine.json").write_text(json.dumps(exported))
    with pytest.raises(
        BadDashboard, match=r"mine\.json .* exported as dashboard\.grafana\.app/v2; export the model Classic"
    ):
        dashboards.load(tmp_path)


def test_a_folder_without_dashboards_is_an_error(tmp_path: Path) -> None:
    """Without them the page would be empty."""
    with pytest.raises(BadDashboard, match="contains no dashboards"):
        dashboards.load(tmp_path)


def test_an_added_dashboard_comes_after_the_shipped_ones(tmp_path: Path) -> None:
    """Whatever the name of its file, the shipped ones come first."""
    for path in DASHBOARDS.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text())
    own = json.loads((DASHBOARDS / "rides.json").read_text()) | {"title": "Airports", "uid": "airports"}
    (tmp_path / "airports.json").write_text(json.dumps(own))
    titles = [board.title for board in dashboards.load(tmp_path)]
    assert titles == ["Rides", "Model quality", "Operations", "Airports"]
