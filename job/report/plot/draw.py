"""Turns a panel and the results of its queries into what the page shows: a figure, numbers, a table or one sentence.

Figures are plotly's, as plain dictionaries. For colours they name the stylesheet's variables, which the page looks up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from job.report.grafana import interval as intervals
from job.report.grafana.dashboards import Field, Panel
from job.report.plot.areas import area_map, roles
from job.report.plot.bars import bar_chart
from job.report.plot.charts import bucket, over_time
from job.report.plot.frame import Range, Table, series
from job.report.plot.heat import heat_map
from job.report.plot.marks import Mark
from job.report.plot.palette import at_value, color, series_colors
from job.report.plot.values import number, written

Figure = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of a table, or a stat's number."""

    text: str
    color: str | None = None
    numeric: bool = False


@dataclass(frozen=True)
class Drawn:
    """A panel's contents: a figure, numbers or rows, else the reason in `empty`; `note` adds to the description."""

    panel: Panel
    figure: Figure | None = None
    legend: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, Cell], ...] = ()
    columns: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    note: str = ""


def draw(panel: Panel, tables: Sequence[Table], period: Range, marks: Sequence[Mark] = ()) -> Drawn:
    """Draw the panel by its kind; one that only Grafana can draw says so."""
    if panel.kind not in KINDS:
        return Drawn(panel, empty=f"Only Grafana can draw panels of type {panel.kind}")
    if not any(table.rows for table in tables):
        return Drawn(panel, empty=panel.no_value)
    return KINDS[panel.kind](panel, tables, period, marks)


def _time_series(panel: Panel, tables: Sequence[Table], period: Range, marks: Sequence[Mark]) -> Drawn:
    lines = [line for table in tables for line in series(table)]
    if all(value is None for line in lines for value in line.values):
        return Drawn(panel, empty=panel.no_value)
    colors = series_colors({line.name: panel.field(line.name) for line in lines})
    figure = over_time(panel, lines, colors, period, marks)
    bars = any(panel.field(name).custom.get("drawStyle") == "bars" for name in colors)
    note = f"One bar is {intervals.in_words(bucket(panel, period))}." if bars else ""
    return Drawn(panel, figure, _legend(panel, colors), note=note)


def _bar_chart(panel: Panel, tables: Sequence[Table], _range: Range, _marks: Sequence[Mark]) -> Drawn:
    table = tables[0]
    named = panel.options.get("xField")
    category = table.columns.index(named) if named in table.columns else 0
    colors = series_colors({name: panel.field(name) for place, name in enumerate(table.columns) if place != category})
    figure = bar_chart(panel, table, category, colors)
    return Drawn(panel, figure, _legend(panel, colors))


def _stat(panel: Panel, tables: Sequence[Table], period: Range, _marks: Sequence[Mark]) -> Drawn:
    """The last value that is not null, of each column that the panel names or else of each column of numbers."""
    pattern = str(panel.options.get("reduceOptions", {}).get("fields", "")).strip("/")
    numbers = []
    for table in tables:
        for place, column in enumerate(table.columns):
            values = [row[place] for row in table.rows if row[place] is not None]
            fits = re.search(pattern, column) if pattern else values and number(values[-1]) is not None
            if fits and values and column != "time":
                numbers.append((column, _cell(values[-1], panel.field(column), period.clock, colored=True)))
    return Drawn(panel, numbers=tuple(numbers), empty="" if numbers else panel.no_value)


def _table(panel: Panel, tables: Sequence[Table], period: Range, _marks: Sequence[Mark]) -> Drawn:
    table = tables[0]
    fields = [panel.field(column) for column in table.columns]
    if shaded := [place for place, field in enumerate(fields) if field.scheme and _painted(field)]:
        return Drawn(panel, heat_map(panel, table, shaded))
    rows = tuple(
        tuple(_cell(value, field, period.clock, _painted(field)) for value, field in zip(row, fields, strict=True))
        for row in table.rows
    )
    numeric = [any(row[place].numeric for row in rows) for place in range(len(fields))]
    columns = tuple((field.name, right) for field, right in zip(fields, numeric, strict=True))
    return Drawn(panel, columns=columns, rows=rows)


def _xy_chart(panel: Panel, tables: Sequence[Table], _range: Range, _marks: Sequence[Mark]) -> Drawn:
    names = roles(panel, tables[0])
    if names is None:
        return Drawn(panel, empty="Only Grafana can draw an XY chart without columns for x, y, size and colour")
    figure, note = area_map(panel, tables[0], names)
    return Drawn(panel, figure, note=note)


KINDS = {
    "timeseries": _time_series, "barchart": _bar_chart, "stat": _stat, "table": _table, "xychart": _xy_chart,
}  # fmt: skip


def _painted(field: Field) -> bool:
    return field.custom.get("cellOptions", {}).get("type") == "color-background"


def _cell(value: Any, field: Field, zone: tzinfo, colored: bool = False) -> Cell:
    if isinstance(value, datetime):
        value = value.astimezone(zone)
    paint = (at_value(field, number(value)) or color(field.color)) if colored else None
    return Cell(written(value, field), paint, number(value) is not None)


def _legend(panel: Panel, colors: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Names and colours, also of a lone series: without its name nobody knows that all runs succeeded."""
    shown = panel.options.get("legend", {}).get("showLegend", True)
    return tuple((panel.field(name).name, paint) for name, paint in colors.items()) if shown else ()
