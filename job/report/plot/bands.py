"""The area between two series: filled between lines, vertical lines between pairs of points."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from job.report.grafana.dashboards import Field
from job.report.plot.frame import Series, broken, wall_clock

Figure = dict[str, Any]
Stretch = list[tuple[datetime, float, float]]


def band(line: Series, lines: Sequence[Series], field: Field, paint: str, clock: tzinfo) -> Figure | None:
    """The trace down to the series that the field's `fillBelowTo` names; None without such a series."""
    lower = next((other for other in lines if other.name == field.custom.get("fillBelowTo")), None)
    if lower is None:
        return None
    trace: Figure = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "opacity": field.custom.get("fillOpacity", 20) / 100,
    }  # fmt: skip
    if field.custom.get("drawStyle") == "points":
        times, values = _whiskers(line, lower)
        trace["line"] = {"width": 1, "color": paint}
    else:
        times, values = _areas(line, lower, float(field.custom.get("insertNulls") or 0) or float("inf"))
        trace |= {"line": {"width": 0}, "fill": "toself", "fillcolor": paint}
    return trace | {"x": wall_clock(times, clock), "y": values}


def _whiskers(line: Series, lower: Series) -> tuple[list[datetime | None], list[float | None]]:
    """A vertical line per point. Points pair up by their position: several may have the same time."""
    times: list[datetime | None] = []
    values: list[float | None] = []
    for time, top, bottom in zip(line.times, line.values, lower.values, strict=True):
        if top is not None and bottom is not None:
            times += [time, time, None]
            values += [bottom, top, None]
    return times, values


def _areas(line: Series, lower: Series, limit: float) -> tuple[list[datetime | None], list[float | None]]:
    """A polygon for each stretch without gaps."""
    times: list[datetime | None] = []
    values: list[float | None] = []
    for stretch in _stretches(line, lower, limit):
        times += [*(time for time, _, _ in stretch), *(time for time, _, _ in reversed(stretch)), None]
        values += [*(top for _, top, _ in stretch), *(bottom for _, _, bottom in reversed(stretch)), None]
    return times, values


def _stretches(line: Series, lower: Series, limit: float) -> list[Stretch]:
    bottoms = dict(zip(lower.times, lower.values, strict=True))
    whole = broken(line, limit)
    stretches: list[Stretch] = [[]]
    for time, top in zip(whole.times, whole.values, strict=True):
        bottom = bottoms.get(time)
        if top is not None and bottom is not None:
            stretches[-1].append((time, top, bottom))
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]
