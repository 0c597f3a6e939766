"""Heat maps and maps of areas: which cell or circle shows which value, and where the labels stand."""

from datetime import UTC, datetime, timedelta
from math import cos, radians
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects
import pytest

from job.report.plot.draw import Drawn, draw
from job.report.plot.frame import Range, Row, Table
from tests.panels import named, panel

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
DAY = Range(START, START + timedelta(days=1), ZoneInfo("America/Chicago"))
BLUES = {"color": {"mode": "continuous-blues"}, "custom_cellOptions": {"type": "color-background"}}
ROLES = {"x": "longitude", "y": "latitude", "size": "rides", "color": "error"}
SERIES = {role: {"matcher": {"id": "byName", "options": column}} for role, column in ROLES.items()}
MAP = panel(
    "xychart",
    overrides=[named("error", unit="m", decimals=1, color={"mode": "continuous-reds"})],
    options={"series": [SERIES]},
)


def figure_of(drawn: Drawn) -> dict[str, Any]:
    """The figure, after plotly has validated it with colours in place of its variables."""
    assert drawn.figure is not None
    plotly.graph_objects.Figure(colored(drawn.figure))
    return drawn.figure


def colored(value: Any) -> Any:
    """A figure with a colour for each variable of the stylesheet."""
    if isinstance(value, dict):
        return {name: colored(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [colored(inner) for inner in value]
    return "#123456" if isinstance(value, str) and value.startswith("var(--") else value


def area_map(*rows: Row) -> Drawn:
    """A map of areas with a name, longitude, latitude, rides, error and label each."""
    return draw(MAP, [Table(("area", "longitude", "latitude", "rides", "error", "label"), list(rows))], DAY)


def test_a_table_with_a_continuous_scheme_is_a_heat_map() -> None:
    """Rows read from the top, columns without the scheme are left out, and an empty cell stays empty."""
    shaded = panel("table", overrides=[named("00", **BLUES), named("01", **BLUES)])
    rows = [("Monday", 30, None, "x"), ("<Tuesday>", 1_200, 7, "y")]
    figure = figure_of(draw(shaded, [Table(("weekday", "00", "01", "note"), rows)], DAY))
    (cells,) = figure["data"]
    assert (cells["x"], cells["y"]) == (["00", "01"], ["Monday", "&lt;Tuesday&gt;"])
    assert cells["z"] == [[30, None], [1200, 7]]
    assert cells["customdata"] == [["30", ""], ["1,200", "7"]]
    assert cells["colorscale"] == [[0, "var(--grid)"], [1, "var(--0072b2, #0072B2)"]]
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"


def test_circles_stand_at_the_centroids_with_rides_as_their_area() -> None:
    """Small circles are drawn last, and the note says how many rides the largest is."""
    drawn = area_map(("Small <b>", -87.6, 41.7, 50, 6.5, None), ("Large", -87.9, 42.1, 5_000, 3.0, None))
    figure = figure_of(drawn)
    (circles,) = figure["data"]
    assert (circles["x"], circles["y"]) == ([-87.9, -87.6], [42.1, 41.7])
    assert (circles["marker"]["size"], circles["marker"]["color"]) == ([5000, 50], [3.0, 6.5])
    assert circles["marker"]["sizemode"] == "area"
    assert circles["customdata"][1] == "<b>Small &lt;b&gt;</b><br>rides: 50<br>error: 6.5 min"
    assert drawn.note == "The largest circle is 5,000 rides."


def test_a_mile_is_as_long_in_both_directions() -> None:
    """A degree of longitude is shorter than one of latitude."""
    axis = figure_of(area_map(("A", -87.6, 41.8, 1, 1, None), ("B", -87.9, 42.0, 1, 1, None)))["layout"]["yaxis"]
    assert (axis["scaleanchor"], axis["scaleratio"]) == ("x", pytest.approx(1 / cos(radians(41.9))))


def test_a_small_area_does_not_stretch_the_scale_of_colours() -> None:
    """The mean of a few rides may be far from all others; it has the colour of the end of the scale."""
    rows = [("A", -87.6, 41.8, 5_000, 3, None), ("B", -87.7, 41.8, 50, 7, None), ("C", -87.9, 41.8, 49, 14, None)]
    (circles,) = figure_of(area_map(*rows))["data"]
    assert (circles["marker"]["cmin"], circles["marker"]["cmax"]) == (3, 7)


def test_labels_point_away_from_the_middle_of_the_map() -> None:
    """At the left edge, where there is no room, a label stands right of its circle; without a text there is none."""
    drawn = area_map(
        ("Airport", -87.9, 42.0, 100, 5, "Airport <1>"), ("West", -87.7, 41.8, 100, 5, "West"),
        ("Centre", -87.6, 41.9, 900, 5, "Centre"), ("East", -87.5, 41.8, 10, 5, None),
    )  # fmt: skip
    labels = {label["text"]: label["xanchor"] for label in figure_of(drawn)["layout"]["annotations"]}
    assert labels == {"Centre": "left", "Airport &lt;1&gt;": "left", "West": "right"}


def test_a_lone_area_is_a_map() -> None:
    """With one circle or without rides, nothing is divided by zero."""
    figure_of(area_map(("Loop", -87.6, 41.9, 100, 5, "Loop")))
    figure_of(area_map(("Loop", -87.6, 41.9, 0, None, "Loop")))


@pytest.mark.parametrize("options", [{}, {"series": []}, {"series": [{"x": SERIES["x"]}]}])
def test_another_xy_chart_is_left_to_grafana(options: dict[str, Any]) -> None:
    """One in a dashboard of your own may find its columns by itself, and does not stop the page."""
    drawn = draw(panel("xychart", options=options), [Table(("longitude", "rides"), [(1.0, 2)])], DAY)
    assert drawn.empty.startswith("Only Grafana can draw an XY chart")
