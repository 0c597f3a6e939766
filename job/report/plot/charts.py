"""Plotly's figures, as plain dictionaries: lines, points, bars and bands over time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape
from typing import Any

from job.report.grafana import interval as intervals
from job.report.grafana.dashboards import Field, Panel
from job.report.plot.frame import Range, Series, broken
from job.report.plot.palette import color
from job.report.plot.values import axis, shown

Figure = dict[str, Any]
ROW = 38  # pixels of a row of Grafana's grid
DASHES = {"dash": "dash", "dot": "dot"}
LAYOUT: Figure = {
    "margin": {"l": 4, "r": 6, "t": 10, "b": 4},
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
    {"dtickrange": [None, 86_399_999], "value": "%H:%M\n%a %-d %b"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def over_time(
    panel: Panel, lines: Sequence[Series], colors: Mapping[str, str], shown_range: Range,
    marks: Sequence[tuple[datetime, str]],
) -> Figure:  # fmt: skip
    """Each series by its field's style; a gap in the data is a gap in the drawing, bands and bars included."""
    zone = shown_range.zone
    fields = {line.name: panel.field(line.name) for line in lines}
    width = intervals.chosen(shown_range.start, shown_range.end, panel.max_data_points, panel.least_interval)
    bands = [_band(line, lines, fields[line.name], colors[line.name], zone) for line in lines]
    traces = [band for band in bands if band]
    traces += [_trace(line, fields[line.name], colors[line.name], zone, width) for line in lines]
    first = next(iter(fields.values()))
    stacked = any(known.custom.get("stacking", {}).get("mode") == "normal" for known in fields.values())
    shapes, texts = _marked(marks, zone)
    layout = LAYOUT | {
        "height": panel.height * ROW - 60,
        "hovermode": "x unified",
        "barmode": "stack" if stacked else "overlay",
        "bargap": 0.1,
        "xaxis": AXIS | {
            "type": "date", "range": _extent(lines, shown_range), "hoverformat": "%a %-d %b %H:%M",
            "showgrid": False, "tickformatstops": TICKS, "tickangle": 0,
            "spikecolor": "var(--muted)", "spikethickness": 1, "spikedash": "dot",
        },
        "yaxis": AXIS | values_of(first),
        "shapes": shapes + _thresholds(first),
        "annotations": texts,
    }  # fmt: skip
    return {"data": traces, "layout": layout}


def _trace(line: Series, known: Field, paint: str, zone: tzinfo, width: float) -> Figure:
    custom = known.custom
    if custom.get("drawStyle") != "bars" and custom.get("insertNulls"):
        line = broken(line, float(custom["insertNulls"]))
    trace: Figure = {
        "name": escape(known.name),
        "x": _local(line.times, zone),
        "y": line.values,
        "customdata": [escape(shown(value, known)) for value in line.values],
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
        "cliponaxis": False,  # a point at zero is whole
        "line": {
            "color": paint, "width": custom.get("lineWidth", 1),
            "dash": DASHES.get(custom.get("lineStyle", {}).get("fill", ""), "solid"),
        },
        "marker": {"color": paint, "size": custom.get("pointSize", 5), "line": {"width": 0}},
    }  # fmt: skip


def _has_lonely(line: Series) -> bool:
    """Whether a point stands between gaps, so that no line shows it."""
    around = [None, *line.values, None]
    return any(
        value is not None and around[place] is None and around[place + 2] is None
        for place, value in enumerate(line.values)
    )


def _band(line: Series, lines: Sequence[Series], known: Field, paint: str, zone: tzinfo) -> Figure | None:
    """The area down to the series that `fillBelowTo` names: a polygon a stretch without gaps."""
    lower = next((other for other in lines if other.name == known.custom.get("fillBelowTo")), None)
    if lower is None:
        return None
    limit = float(known.custom.get("insertNulls") or 0) or float("inf")
    bottoms = dict(zip(lower.times, lower.values, strict=True))
    x: list[str | None] = []
    y: list[float | None] = []
    stretch: list[tuple[datetime, float, float]] = []
    whole = broken(line, limit)
    for time, top in [*zip(whole.times, whole.values, strict=True), (line.times[-1], None)]:
        bottom = bottoms.get(time)
        if top is not None and bottom is not None:
            stretch.append((time, top, bottom))
        elif stretch:
            times = _local([time for time, _, _ in stretch], zone)
            x += [*times, *reversed(times), None]
            y += [*(top for _, top, _ in stretch), *(bottom for _, _, bottom in reversed(stretch)), None]
            stretch = []
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "fillcolor": paint,
        "opacity": known.custom.get("fillOpacity", 20) / 100, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip


def _extent(lines: Sequence[Series], shown_range: Range) -> list[str]:
    """The page's range, less what is empty before the first point if that is most of it: a page cannot be zoomed."""
    start, end = shown_range.start, shown_range.end
    first = min(time for line in lines for time in line.times)
    if first - start > (end - start) * 3 / 4:
        start = first - max((end - first) / 50, timedelta(minutes=2))
    return _local([start, end], shown_range.zone)


def _local(times: Sequence[datetime], zone: tzinfo) -> list[str]:
    """Wall-clock times: plotly knows no zones."""
    return [f"{time.astimezone(zone):%Y-%m-%dT%H:%M:%S}" for time in times]


def values_of(known: Field) -> Figure:
    """The axis of a field's values."""
    ends = [known.least, known.most]
    return (
        axis(known)
        | {"nticks": 6}
        | ({"range": ends} if known.most is not None else {})
        | ({"rangemode": "tozero"} if known.least == 0 else {})
    )


def _thresholds(known: Field) -> list[Figure]:
    """The thresholds as lines across, where the panel shows them so."""
    if known.custom.get("thresholdsStyle", {}).get("mode") not in {"line", "dashed"}:
        return []
    return [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "layer": "below",
            "line": {"color": color(paint), "width": 1, "dash": "dot"},
        }
        for at, paint in known.thresholds
        if at is not None
    ]  # fmt: skip


def _marked(marks: Sequence[tuple[datetime, str]], zone: tzinfo) -> tuple[list[Figure], list[Figure]]:
    """A dotted line for each annotation, and its text at the top."""
    shapes, texts = [], []
    for time, text in marks:
        (at,) = _local([time], zone)
        line = {"color": "var(--cc79a7, #CC79A7)", "width": 1.5, "dash": "dot"}
        shapes.append({"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": at, "x1": at, "line": line})
        texts.append(
            {"x": at, "y": 1, "yref": "paper", "text": escape(text), "showarrow": False, "xanchor": "left",
             "yanchor": "top", "xshift": 3, "font": {"size": 11, "color": "var(--cc79a7, #CC79A7)"}}
        )  # fmt: skip
    return shapes, texts
