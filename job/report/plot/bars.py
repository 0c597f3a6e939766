"""Bar charts of categories as plotly's figures."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil
from textwrap import wrap

from job.report.grafana.dashboards import Field, Panel
from job.report.plot.charts import AXIS, LAYOUT, ROW, Figure, values_of
from job.report.plot.frame import Table
from job.report.plot.values import number, written

PLOT = 290  # pixels: the narrowest plot, on a phone
CHARACTER = 6.8  # pixels, on average
GAP = 7  # pixels between labels
Lines = list[str]  # a label's
HOVER = "%{hovertext}: <b>%{customdata}</b><extra></extra>"


def bar_chart(panel: Panel, table: Table, category: int, colors: Mapping[str, str]) -> Figure:
    """A bar per row and column. Horizontal bars read from the top and carry their values at their ends."""
    flat = panel.options.get("orientation") == "horizontal"
    names = [str(row[category]) for row in table.rows]
    labels = [name.replace(" → ", "\n→ ").split("\n") for name in names] if flat else wrapped(names)
    texts = ["<br>".join(map(escape, lines)) for lines in labels]
    columns = {column: [row[table.columns.index(column)] for row in table.rows] for column in colors}
    values_axis = AXIS | values_of(panel.field(next(iter(colors)))) | {"rangemode": "tozero"}
    layout = LAYOUT | {
        "height": panel.height * ROW - 60,
        "hovermode": "closest",
        "barmode": "stack" if panel.options.get("stacking") == "normal" else "group",
        "bargap": 0.3 if flat else 0.12,
    }
    if flat:
        layout |= {
            "margin": LAYOUT["margin"] | {"r": 46},
            "xaxis": values_axis | {"visible": False},
            "yaxis": AXIS | {"type": "category", "showgrid": False, "autorange": "reversed"},
        }
    else:
        tallest = max(range(len(labels)), key=lambda place: _height(columns, place))
        ticks = [texts[place] for place in labelled(labels, tallest)]
        layout |= {"yaxis": values_axis, "xaxis": _names(table.columns[category], ticks)}
    bars = [_bars(panel.field(column), columns[column], texts, flat) for column in colors]
    common: Figure = {"hovertext": list(map(escape, names)), "hovertemplate": HOVER}
    if panel.options.get("showValue", "auto") != "never":
        common |= {"texttemplate": "%{customdata}", "textposition": "outside", "cliponaxis": False}
    traces = [trace | common | _painted(paint) for trace, paint in zip(bars, colors.values(), strict=True)]
    return {"data": traces, "layout": layout}


def _bars(field: Field, values: Sequence[object], texts: Sequence[str], flat: bool) -> Figure:
    numbers = [number(value) for value in values]
    return {
        "type": "bar", "name": escape(field.name), "orientation": "h" if flat else "v",
        "x": numbers if flat else texts, "y": texts if flat else numbers,
        "customdata": [escape(written(value, field)) for value in values],
    }  # fmt: skip


def _painted(paint: str) -> Figure:
    return {"marker": {"color": paint, "line": {"width": 0}, "cornerradius": 2}}


def _height(columns: Mapping[str, Sequence[object]], place: int) -> float:
    return sum(number(values[place]) or 0 for values in columns.values())


def _names(title: str, ticks: Sequence[str]) -> Figure:
    """The axis of the categories, with horizontal labels."""
    title_at = {"text": escape(title), "standoff": 8}
    return AXIS | {"type": "category", "showgrid": False, "title": title_at, "tickangle": 0, "tickvals": ticks}


def labelled(labels: Sequence[Lines], tallest: int) -> list[int]:
    """The bars with a label: as many as have room, the tallest among them.

    If fewer than every second bar can have a label, the last one has it too, unless it is too close to the tallest.
    """
    step, last = _step(labels), len(labels) - 1
    before = range(tallest, -1, -step)
    if step <= 2 or last - tallest < step:
        return sorted({*before, *range(tallest, last + 1, step)})
    return sorted({*before, *range(tallest, last - step + 1, step), last})


def wrapped(names: Sequence[str]) -> list[Lines]:
    """Each name wrapped into lines: the longest with which every bar has a label, or else of eight characters."""
    choices = [[wrap(name, length, break_long_words=False) or [" "] for name in names] for length in (40, 8, 5)]
    return next((labels for labels in choices if _step(labels) == 1), choices[1])


def _step(labels: Sequence[Lines]) -> int:
    """The n for which every n-th bar has room for a label."""
    widest = max(len(line) for label in labels for line in label)
    return ceil(len(labels) * (widest * CHARACTER + GAP) / PLOT)
