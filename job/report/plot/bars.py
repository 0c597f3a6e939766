"""Plotly's figures, as plain dictionaries: bars of categories."""

from collections.abc import Mapping
from html import escape

from job.report.grafana.dashboards import Panel
from job.report.plot.charts import AXIS, LAYOUT, ROW, Figure, values_of
from job.report.plot.frame import Table
from job.report.plot.values import number, shown


def bar_chart(panel: Panel, table: Table, category: int, colors: Mapping[str, str]) -> Figure:
    """A bar a row and column; horizontal ones are read from the top, their values stand at their ends."""
    flat = panel.options.get("orientation") == "horizontal"
    labels = [_label(str(row[category]), wrapped=flat) for row in table.rows]
    traces = []
    for column, paint in colors.items():
        known, place = panel.field(column), table.columns.index(column)
        values = [number(row[place]) for row in table.rows]
        trace: Figure = {
            "type": "bar", "name": escape(known.name), "orientation": "h" if flat else "v",
            "x": values if flat else labels, "y": labels if flat else values,
            "marker": {"color": paint, "line": {"width": 0}, "cornerradius": 2},
            "customdata": [escape(shown(value, known)) for value in values],
            "hovertemplate": f"%{{{'y' if flat else 'x'}}}: <b>%{{customdata}}</b><extra></extra>",
        }  # fmt: skip
        if panel.options.get("showValue", "auto") != "never":
            trace |= {"texttemplate": "%{customdata}", "textposition": "outside", "cliponaxis": False}
        traces.append(trace)
    names = AXIS | {"type": "category", "showgrid": False}
    values_axis = AXIS | values_of(panel.field(next(iter(colors)))) | {"rangemode": "tozero"}
    if flat:
        names |= {"autorange": "reversed"}
        values_axis |= {"visible": False}
    else:
        names |= {"title": {"text": escape(table.columns[category]), "standoff": 8}, "autotickangles": [0, -45, -90]}
    layout = LAYOUT | {
        "height": panel.height * ROW - 60,
        "hovermode": "closest",
        "barmode": "stack" if panel.options.get("stacking") == "normal" else "group",
        "bargap": 0.3 if flat else 0.12,
        "xaxis": values_axis if flat else names,
        "yaxis": names if flat else values_axis,
    }
    if flat:
        layout["margin"] = LAYOUT["margin"] | {"r": 46}
    return {"data": traces, "layout": layout}


def _label(text: str, wrapped: bool) -> str:
    """A category; a pair of areas goes on two lines, which a phone has the room for."""
    return escape(text).replace(" → ", "<br>→ ") if wrapped else escape(text)
