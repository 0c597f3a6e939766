"""Drawing panels of every kind from rows: with and without data, with gaps, with hostile texts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects
import pytest

from job.report.grafana.dashboards import Field
from job.report.plot.draw import Drawn, draw
from job.report.plot.frame import NoSeries, Range, Row, Table
from job.report.plot.marks import Mark
from job.report.plot.values import written
from tests.panels import named, panel

CHICAGO = ZoneInfo("America/Chicago")
START = datetime(2026, 3, 2, 6, tzinfo=UTC)  # midnight in Chicago
DAY = Range(START, START + timedelta(days=1), CHICAGO)
KINDS = ("timeseries", "barchart", "stat", "table")


def table(*rows: Row, columns: str = "time rides") -> Table:
    """Rows under these columns."""
    return Table(tuple(columns.split()), list(rows))


def hours(*values: float | None) -> list[Row]:
    """Rows with a value for each hour from the start on; None is an hour without a row."""
    return [(START + timedelta(hours=hour), value) for hour, value in enumerate(values) if value is not None]


def traces(drawn: Drawn) -> list[dict[str, Any]]:
    """The figure's traces, after plotly has validated the figure with colours in place of its variables."""
    assert drawn.figure is not None
    plotly.graph_objects.Figure(_colored(drawn.figure))
    return drawn.figure["data"]


def _colored(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _colored(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_colored(inner) for inner in value]
    return "#123456" if isinstance(value, str) and value.startswith("var(--") else value


@pytest.mark.parametrize(
    ("kind", "rows"), [*((kind, []) for kind in KINDS), ("stat", [(None, None)]), ("timeseries", [(START, None)])]
)
def test_a_panel_without_data_says_so(kind: str, rows: list[Row]) -> None:
    """It shows the panel's own text, even for nulls alone, which a sum over no rows gives."""
    drawn = draw(panel(kind), [table(*rows)], DAY)
    assert (drawn.empty, drawn.figure, drawn.numbers, drawn.rows) == ("No rides in this range", None, (), ())


def test_a_kind_that_only_grafana_draws_is_named() -> None:
    """The panel is not silently left out."""
    assert draw(panel("geomap"), [table()], DAY).empty == "Only Grafana can draw panels of type geomap"


@pytest.mark.parametrize(("zone", "text"), [(CHICAGO, "2026-03-02T00"), (ZoneInfo("Asia/Tokyo"), "2026-03-02T15")])
def test_times_are_shown_in_the_zone_of_the_range(zone: ZoneInfo, text: str) -> None:
    """This holds for timestamps and for the seconds of `$__timeGroup`."""
    seconds = table((Decimal(int(START.timestamp())), Decimal("1.5")))
    for rows in (seconds, table((START, 1.5))):
        (line,) = traces(draw(panel("timeseries"), [rows], replace(DAY, zone=zone)))
        assert (line["x"], line["y"]) == ([f"{text}:00:00"], [1.5])


def test_no_hour_appears_twice_when_clocks_go_back() -> None:
    """The night keeps the offset of its start; on a spring night the axis may skip an hour."""
    night = Range(datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC), CHICAGO)
    rows = [(night.start + timedelta(minutes=30 * half), 1.0) for half in range(14)]
    (line,) = traces(draw(panel("timeseries"), [table(*rows)], night))
    assert line["x"] == sorted(set(line["x"]))
    spring = Range(datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 8, 12, tzinfo=UTC), CHICAGO)
    assert spring.clock == CHICAGO


def test_a_gap_is_a_gap() -> None:
    """Points too far apart are not joined."""
    apart = panel("timeseries", {"custom": {"insertNulls": 5_400_000}})
    (line,) = traces(draw(apart, [table(*hours(1, 2, None, None, 5, 6))], DAY))
    assert line["y"] == [1, 2, None, 5, 6]
    assert line["connectgaps"] is False
    (bars,) = traces(draw(panel("timeseries", {"custom": {"drawStyle": "bars"}}), [table(*hours(1, None, 3))], DAY))
    assert bars["y"] == [1, 3]
    assert bars["width"] == 120_000  # a bar is as wide as its bucket, whatever the distance to the next


def test_a_point_between_gaps_is_seen() -> None:
    """A line through a single point is invisible, so the point gets a marker."""
    apart = panel("timeseries", {"custom": {"insertNulls": 5_400_000}})
    (line,) = traces(draw(apart, [table(*hours(1, 2, None, None, 5))], DAY))
    assert line["mode"] == "lines+markers"
    (line,) = traces(draw(apart, [table(*hours(1, 2, 3))], DAY))
    assert line["mode"] == "lines"


def test_a_band_has_the_gaps_of_its_lines() -> None:
    """Each stretch between gaps is one polygon, filled down to the series that `fillBelowTo` names."""
    rows = [(time, value, value + 10) for time, value in hours(1, 2, None, None, 5, 6)]
    shown_panel = panel(
        "timeseries",
        {"custom": {"insertNulls": 5_400_000}},
        [named("high", custom_fillBelowTo="low", custom_fillOpacity=20)],
    )
    band, *_ = traces(draw(shown_panel, [table(*rows, columns="time low high")], DAY))
    assert (band["fill"], band["opacity"]) == ("toself", 0.2)
    assert band["y"] == [11, 12, 2, 1, None, 15, 16, 6, 5, None]


def test_points_have_whiskers() -> None:
    """A band between points becomes one line per point, even if two rides start at the same time."""
    shown_panel = panel("timeseries", {"custom": {"drawStyle": "points"}}, [named("high", custom_fillBelowTo="low")])
    rows = [(START, 1, 5), (START, 2, 9)]
    whiskers, *_ = traces(draw(shown_panel, [table(*rows, columns="time low high")], DAY))
    assert (whiskers["mode"], whiskers["y"]) == ("lines", [1, 5, None, 2, 9, None])


def test_a_text_column_splits_the_series() -> None:
    """As in Grafana, each text has its own line and colour."""
    rows = [(START, "score", 1), (START, "dbt", 2)]
    shown_panel = panel("timeseries", overrides=[named("dbt", color={"mode": "fixed", "fixedColor": "#0072B2"})])
    drawn = draw(shown_panel, [table(*rows, columns="time metric runs")], DAY)
    assert [line["name"] for line in traces(drawn)] == ["score", "dbt"]
    assert [name for name, _ in drawn.legend] == ["score", "dbt"]
    assert len({color for _, color in drawn.legend}) == 2


def test_a_panel_over_time_needs_a_time() -> None:
    """Grafana reports only «Data is missing a time field»."""
    with pytest.raises(NoSeries, match="the query returns hour, rides"):
        draw(panel("timeseries"), [table((1, 2), columns="hour rides")], DAY)


def test_promotions_are_marked() -> None:
    """Each is a dotted line with its text above the plot."""
    drawn = draw(panel("timeseries"), [table(*hours(1, 2))], DAY, [Mark(START, "version <2>")])
    assert drawn.figure is not None
    assert drawn.figure["layout"]["shapes"][0]["x0"] == "2026-03-02T00:00:00"
    assert drawn.figure["layout"]["annotations"][0]["text"] == "version &lt;2&gt;"
    traces(drawn)


def test_an_outage_at_the_end_stays_in_sight() -> None:
    """If most of the range comes before the first point, it is cut down to an hour at least; its end is never cut."""
    newest = table((DAY.end - timedelta(minutes=4), 1.0))
    late = table((DAY.end - timedelta(hours=2), 1.0))
    early = table((DAY.start + timedelta(minutes=1), 1.0))
    for rows, start in ((newest, "2026-03-02T23:00"), (late, "2026-03-02T21:57"), (early, "2026-03-02T00:00")):
        drawn = draw(panel("timeseries"), [rows], DAY)
        assert drawn.figure is not None
        low, high = drawn.figure["layout"]["xaxis"]["range"]
        assert (low.startswith(start), high) == (True, "2026-03-03T00:00:00")


def test_a_lone_bar_does_not_fill_its_chart() -> None:
    """The chart has room for twelve bars; points and lines need no more than an hour."""
    hourly = replace(panel("timeseries", {"custom": {"drawStyle": "bars"}}), least_interval="1h")
    drawn = draw(hourly, [table((DAY.end - timedelta(minutes=50), 1.0))], DAY)
    assert drawn.figure is not None
    assert drawn.figure["layout"]["xaxis"]["range"][0] == "2026-03-02T12:00:00"
    points = replace(panel("timeseries", {"custom": {"drawStyle": "points"}}), least_interval="1h")
    drawn = draw(points, [table((DAY.end - timedelta(minutes=50), 1.0))], DAY)
    assert drawn.figure is not None
    assert drawn.figure["layout"]["xaxis"]["range"][0] == "2026-03-02T23:00:00"


def test_bars_of_categories_keep_the_order_of_the_query() -> None:
    """Horizontal bars read from the top, with a pair of areas on two lines and values at the ends."""
    rows = [("Loop → O'Hare", 12_345), ("<script>alert(1)</script>", 2)]
    flat = panel("barchart", options={"orientation": "horizontal", "xField": "pair"})
    drawn = draw(flat, [table(*rows, columns="pair rides")], DAY)
    (bars,) = traces(drawn)
    assert bars["y"] == ["Loop<br>→ O&#x27;Hare", "&lt;script&gt;alert(1)&lt;/script&gt;"]
    assert bars["x"] == [12_345, 2]
    assert bars["customdata"] == ["12,345", "2"]
    assert drawn.figure is not None
    assert drawn.figure["layout"]["yaxis"]["autorange"] == "reversed"
    (bars,) = traces(draw(panel("barchart"), [table(*rows, columns="pair rides")], DAY))
    assert (bars["orientation"], bars["y"]) == ("v", [12_345, 2])


def test_a_lone_series_is_named_where_the_panel_has_a_legend() -> None:
    """Bars without a name do not say whether the runs succeeded or failed."""
    rows = [table((START, "failed", 1), columns="time metric runs")]
    assert [name for name, _ in draw(panel("timeseries"), rows, DAY).legend] == ["failed"]
    without = panel("timeseries", options={"legend": {"showLegend": False}})
    assert draw(without, rows, DAY).legend == ()


def test_a_panel_says_how_long_a_bar_is() -> None:
    """A fixed description cannot, because the bucket depends on the range."""
    bars = panel("timeseries", {"custom": {"drawStyle": "bars"}})
    week = replace(DAY, end=START + timedelta(days=7))
    assert [draw(bars, [table((START, 1))], shown).note for shown in (DAY, week)] == [
        "One bar is 2 minutes.", "One bar is 15 minutes.",
    ]  # fmt: skip
    assert draw(panel("timeseries"), [table((START, 1))], DAY).note == ""


def test_a_number_takes_the_colour_of_its_threshold() -> None:
    """It is that of the highest threshold reached; the first threshold has no lower end."""
    steps = [{"value": None, "color": "#009E73"}, {"value": 600, "color": "#D55E00"}]
    colored = panel(
        "stat", {"unit": "s", "color": {"mode": "thresholds"}, "thresholds": {"mode": "absolute", "steps": steps}}
    )
    for seconds, text, color in ((59, "59 s", "#009E73"), (600, "10 min", "#D55E00")):
        ((_, cell),) = draw(colored, [table((seconds,), columns="age")], DAY).numbers
        assert (cell.text, cell.color) == (text, f"var(--{color[1:].lower()}, {color})")


def test_a_number_is_the_last_that_is_not_null() -> None:
    """Only numbers count, unless the panel selects every column."""
    rows = table((1, "x"), (7, "y"), (None, None), columns="rides model")
    assert [cell.text for _, cell in draw(panel("stat"), [rows], DAY).numbers] == ["7"]
    every = panel("stat", options={"reduceOptions": {"fields": "/.*/"}})
    assert [cell.text for _, cell in draw(every, [rows], DAY).numbers] == ["7", "y"]


def test_coloured_cells_follow_the_thresholds_of_their_column() -> None:
    """Other columns have no colours, and a cell without a value has no colour."""
    steps = {"mode": "absolute", "steps": [{"color": "#56B4E9", "value": None}, {"color": "#D55E00", "value": 0.25}]}
    colors = {"thresholds": steps, "color": {"mode": "thresholds"}}
    mapped = panel(
        "table", {}, [named("psi", custom_cellOptions={"type": "color-background"}, **colors), named("age", **colors)]
    )
    drawn = draw(mapped, [table((0.1, 1), (0.3, 1), (None, 1), columns="psi age")], DAY)
    assert [[cell.color for cell in row] for row in drawn.rows] == [
        ["var(--56b4e9, #56B4E9)", None],
        ["var(--d55e00, #D55E00)", None],
        [None, None],
    ]


def test_a_table_shows_every_row_in_its_units() -> None:
    """Numbers are right-aligned, times are in the zone of the range, and null is an empty cell."""
    rows = table((START, "Loop", 12.345, None), columns="start from minutes fare")
    drawn = draw(panel("table", overrides=[named("minutes", unit="m", decimals=1)]), [rows], DAY)
    assert drawn.columns == (("start", False), ("from", False), ("minutes", True), ("fare", False))
    assert [cell.text for cell in drawn.rows[0]] == ["2 Mar 00:00", "Loop", "12.3 min", ""]


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (27_953, "short", 0, "27,953"), (0.5, "short", None, "0.50"), (12.34, "short", None, "12.3"),
        (Decimal("4.726"), "m", 2, "4.73 min"), (0.895, "percentunit", 1, "89.5 %"),
        (12, "currencyUSD", None, "$12.00"),
        (-3.5, "currencyUSD", 2, "-$3.50"), (42, "s", 0, "42 s"), (90, "s", 0, "1.5 min"), (7200, "s", 0, "2 h"),
        (200_000, "s", 0, "2.3 days"), (86_400, "s", 0, "1 day"),
        (3.2, "lengthmi", 1, "3.2 mi"), ("12", "string", None, "12"), (None, "m", 1, ""),
        (7, "something else", None, "7"), (START, "time:D MMM", None, "2 Mar"),
        (START, "dateTimeAsIso", None, "2 Mar 06:00"), (True, "short", None, "True"),
    ],
)  # fmt: skip
def test_a_value_is_written_in_its_unit(value: Any, unit: str, decimals: int | None, text: str) -> None:
    """All units of the dashboards are supported."""
    assert written(value, Field("x", unit, decimals)) == text
