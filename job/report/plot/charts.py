"""Charts over time as plotly's figures: lines, points, bars and bands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape
from typing import Any

from job.report.grafana import interval as intervals
from job.report.grafana.dashboards import Field, Panel
from job.report.plot.bands import band
from job.report.plot.frame import Range, Series, broken, wall_clock
from job.report.plot.marks import Mark, marked
from job.report.plot.palette import color
from job.report.plot.values import axis, written

Figure = dict[str, Any]
ROW = 38  # pixels of a row of Grafana's grid
SHORTEST = timedelta(hours=1)  # and at least twelve bars, so that a lone bar does not fill its chart
DASHES = {"dash": "dash", "dot": "dot"}
LAYOUT: Figure = {
    "margin": {"l": 24, "r": 6, "t": 10, "b": 4},
    "paper_bgcolor": "var(--card)",
    "plot_bgcolor": "var(--card)",
    "font": {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 12, "color": "var(--muted)"},
    "hoverlabel": {
        "bgcolor": "var(--card)", "bordercolor": "var(--line)", "align": "left",
        "font": {"color": "var(--ink)", "size": 12},
    },
    "showlegend": False,
    "dragmode": False,
}  # fmt: skip
AXIS: Figure = {
    "automargin": True, "fixedrange": True, "gridcolor": "var(--grid)", "zeroline": False, "showline": False,
    "ticklen": 4, "tickcolor": "rgba(0,0,0,0)",
}  # fmt: skip
TICKS = [
    {"dtickrange": [None, 59_999], "value": "%H:%M:%S\n%-d %b"},
    {"dtickrange": [60_000, 86_399_999], "value": "%H:%M\n%-d %b"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def over_time(
    panel: Panel, lines: Sequence[Series], colors: Mapping[str, str], period: Range, marks: Sequence[Mark]
) -> Figure:
    """Each series in its field's style; a gap in the data is a gap in the drawing, bands and bars included."""
    clock, width = period.clock, bucket(panel, period)
    fields = {line.name: panel.field(line.name) for line in lines}
    bands = [band(line, lines, fields[line.name], colors[line.name], clock) for line in lines]
    traces = [_trace(line, fields[line.name], colors[line.name], clock, width) for line in lines]
    first = next(iter(fields.values()))
    stacked = any(field.custom.get("stacking", {}).get("mode") == "normal" for field in fields.values())
    bars = any(field.custom.get("drawStyle") == "bars" for field in fields.values())
    start, end = _extent(lines, period, max(SHORTEST, timedelta(seconds=12 * width)) if bars else SHORTEST)
    room, annotated = marked(marks, start, end, clock)
    layout = LAYOUT | annotated | {
        "height": panel.height * ROW - 60,
        "margin": LAYOUT["margin"] | {"t": LAYOUT["margin"]["t"] + room},
        "hovermode": "x unified",
        "barmode": "stack" if stacked else "overlay",
        "bargap": 0.1,
        "xaxis": AXIS | {
            "type": "date", "range": wall_clock([start, end], clock), "hoverformat": "%a %-d %b %H:%M",
            "showgrid": False, "tickformatstops": TICKS, "tickangle": 0,
            "spikecolor": "var(--muted)", "spikethickness": 1, "spikedash": "dot",
        },
        "yaxis": AXIS | values_of(first) | {"zeroline": True, "zerolinecolor": "var(--line)"},
        "shapes": _thresholds(first) + annotated["shapes"],
    }  # fmt: skip
    return {"data": [*filter(None, bands), *traces], "layout": layout}


def bucket(panel: Panel, period: Range) -> float:
    """Seconds per bucket of a panel."""
    return intervals.chosen(period.start, period.end, panel.max_data_points, panel.least_interval)


def _trace(line: Series, field: Field, paint: str, clock: tzinfo, width: float) -> Figure:
    custom = field.custom
    if custom.get("drawStyle") != "bars" and custom.get("insertNulls"):
        line = broken(line, float(custom["insertNulls"]))
    trace: Figure = {
        "name": escape(field.name),
        "x": wall_clock(line.times, clock),
        "y": line.values,
        "customdata": [escape(written(value, field)) for value in line.values],
        "hovertemplate": "%{customdata}",
    }
    if custom.get("drawStyle") == "bars":
        bars = {"width": width * 1000, "offset": 0 if custom.get("barAlignment", 0) == 1 else -width * 500}
        return trace | {"type": "bar", "marker": {"color": paint, "line": {"width": 0}}} | bars
    points = custom.get("drawStyle") == "points"
    lonely = custom.get("showPoints") != "never" and _has_lonely(line)
    return trace | {
        "type": "scatter",
        "mode": "markers" if points else "lines+markers" if lonely else "lines",
        "connectgaps": bool(custom.get("spanNulls")),
        "cliponaxis": False,  # a point at zero is drawn whole
        "line": {
            "color": paint, "width": custom.get("lineWidth", 1),
            "dash": DASHES.get(custom.get("lineStyle", {}).get("fill", ""), "solid"),
        },
        "marker": {"color": paint, "size": custom.get("pointSize", 5), "line": {"width": 0}},
    }  # fmt: skip


def _has_lonely(line: Series) -> bool:
    """Whether a point lies between gaps, where no line would show it."""
    around = [None, *line.values, None]
    return any(
        value is not None and around[place] is None and around[place + 2] is None
        for place, value in enumerate(line.values)
    )


def _extent(lines: Sequence[Series], period: Range, shortest: timedelta) -> tuple[datetime, datetime]:
    """The range without most of the empty time before the first point, since a page cannot be zoomed."""
    start, end = period.start, period.end
    first = min(time for line in lines for time in line.times)
    if first - start > (end - start) * 3 / 4:
        start = max(start, min(first - (end - first) / 50, end - shortest))
    return start, end


def values_of(field: Field) -> Figure:
    """The axis of a field's values."""
    ends = [field.least, field.most]
    return (
        axis(field)
        | {"nticks": 6}
        | ({"range": ends} if field.most is not None else {})
        | ({"rangemode": "tozero"} if field.least == 0 else {})
    )


def _thresholds(field: Field) -> list[Figure]:
    """The thresholds as horizontal lines, if the panel shows them as lines."""
    if field.custom.get("thresholdsStyle", {}).get("mode") not in {"line", "dashed"}:
        return []
    return [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "layer": "between",
            "line": {"color": color(paint), "width": 2, "dash": "dot"},
        }
        for at, paint in field.thresholds
        if at is not None
    ]  # fmt: skip
