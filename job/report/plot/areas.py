"""XY charts of areas by longitude and latitude as plotly's figures: a map without tiles."""

from html import escape
from math import cos, radians
from statistics import fmean
from typing import Any

from job.report.grafana.dashboards import Panel
from job.report.plot.charts import AXIS, LAYOUT, ROW, Figure
from job.report.plot.frame import Table
from job.report.plot.heat import BAR
from job.report.plot.palette import scale
from job.report.plot.values import axis, number, written

LARGEST, SMALLEST = 44, 5  # pixels of a circle's diameter
ENOUGH = 0.01  # of the largest circle's size: smaller ones do not stretch the scale of colours
# The colour bar goes below the map: beside it, it would take a third of a phone's width.
BELOW: Figure = {"orientation": "h", "x": 0.5, "y": 0, "yanchor": "top", "len": 0.7, "nticks": 5}
LABEL = "label"  # the column with the text next to a circle


def roles(panel: Panel, table: Table) -> dict[str, str] | None:
    """The columns of x, y, size and colour, as the panel's first series names them; None if one is missing."""
    series = (panel.options.get("series") or [{}])[0]
    names = {role: series.get(role, {}).get("matcher", {}).get("options") for role in ("x", "y", "size", "color")}
    return names if set(names.values()) <= set(table.columns) else None


def area_map(panel: Panel, table: Table, names: dict[str, str]) -> tuple[Figure, str]:
    """The figure, and a sentence about its largest circle; a degree of longitude is as wide as on the ground."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    rows.sort(key=lambda row: -_float(row[names["size"]]))  # small circles in front
    x, y, size, paint = ([_float(row[names[role]]) for row in rows] for role in ("x", "y", "size", "color"))
    shade = panel.field(names["color"])
    size = [max(value, 1e-9) for value in size]  # without rides, all circles have the same size
    frequent = [value for value, rides in zip(paint, size, strict=True) if rides >= max(size) * ENOUGH]
    trace: Figure = {
        "type": "scatter", "mode": "markers", "x": x, "y": y, "cliponaxis": False,
        "marker": {
            "size": size, "sizemode": "area", "sizeref": max(size) / LARGEST**2 * 2, "sizemin": SMALLEST / 2,
            "color": paint, "cmin": min(frequent), "cmax": max(frequent), "colorscale": scale(shade.scheme),
            "opacity": 0.9,
            "line": {"width": 1, "color": "var(--muted)"},
            "colorbar": BAR | axis(shade) | BELOW | {"title": {"text": escape(shade.name), "side": "top"}},
        },
        "customdata": [_hover(panel, table, row, names) for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    layout = LAYOUT | {
        "height": panel.height * ROW - 60,
        "hovermode": "closest",
        "xaxis": AXIS | {"visible": False, "range": _range(x, 0.22, 0.32)},
        "yaxis": AXIS | {
            "visible": False, "range": _range(y, 0.08, 0.08), "scaleanchor": "x",
            "scaleratio": 1 / cos(radians(fmean(y))),
        },
        "annotations": [_label(row, names, x, size) for row in rows if row.get(LABEL)],
    }  # fmt: skip
    largest = written(rows[0][names["size"]], panel.field(names["size"]))
    return {"data": [trace], "layout": layout}, f"The largest circle is {largest} {names['size']}."


def _range(degrees: list[float], before: float, after: float) -> list[float]:
    """The ends of an axis with room for circles and labels, in shares of the extent, which is 0.1 for a lone point."""
    extent = max(degrees) - min(degrees) or 0.1
    return [min(degrees) - before * extent, max(degrees) + after * extent]


def _float(value: Any) -> float:
    return number(value) or 0.0


def _hover(panel: Panel, table: Table, row: dict[str, Any], names: dict[str, str]) -> str:
    """The first column, which names the area, then size and colour."""
    values = (f"{name}: {written(row[name], panel.field(name))}" for name in (names["size"], names["color"]))
    return "<br>".join([f"<b>{escape(str(row[table.columns[0]]))}</b>", *map(escape, values)])


def _label(row: dict[str, Any], names: dict[str, str], x: list[float], size: list[float]) -> Figure:
    """A text next to a circle: away from the middle of the map, but never over its left edge."""
    here, width = _float(row[names["x"]]), max(x) - min(x)
    middle = fmean(x, weights=size)
    right = here - min(x) < width / 4 or here >= middle
    radius = LARGEST / 2 * (_float(row[names["size"]]) / max(size)) ** 0.5
    return {
        "x": here, "y": _float(row[names["y"]]), "text": escape(str(row[LABEL])), "showarrow": False,
        "xanchor": "left" if right else "right", "xshift": (radius + 3) * (1 if right else -1),
        "font": {"size": 11, "color": "var(--ink)"},
    }  # fmt: skip
