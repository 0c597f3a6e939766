"""Builds the page's sections: runs the queries of a dashboard and draws its panels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from job.report.grafana.dashboards import Dashboard, Panel
from job.report.grafana.fill import filled, requested
from job.report.grafana.macros import Value, expand
from job.report.layout import Placed, placed
from job.report.plot.charts import bucket
from job.report.plot.draw import Drawn, draw
from job.report.plot.frame import Range, Table, instant
from job.report.plot.marks import Mark

# Runs a statement; the second argument describes its purpose in error messages.
Query = Callable[[str, str], Table]


@dataclass(frozen=True)
class Section:
    """One dashboard: its panels, drawn and placed, and the range that they show."""

    dashboard: Dashboard
    period: Range
    panels: Sequence[Placed]


def section(board: Dashboard, source: str, period: Range, query: Query) -> Section:
    """Run the dashboard's queries and draw its panels."""
    values = variables(board, source, period, query)
    marks = [mark for sql in board.annotations for mark in _marks(_table(sql, board.title, period, 1, values, query))]
    return Section(
        board, period, placed([_drawn(board, panel, period, values, marks, query) for panel in board.panels])
    )


def shown_by(board: Dashboard, rides: Range, is_given: bool, now: datetime) -> Range:
    """The range of the rides; a dashboard about the job's runs shows its own span up to now, unless one is given."""
    return rides if is_given or board.has("source") else Range(now - board.span, now, rides.zone)


def variables(board: Dashboard, source: str, period: Range, query: Query) -> dict[str, Value]:
    """The value of each variable: the given source, every option for «All», else what the dashboard opens with."""
    values: dict[str, Value] = {}
    for variable in board.variables:
        if variable.name == "source":
            values[variable.name] = source
        elif variable.current != "$__all":
            values[variable.name] = [variable.current] if variable.several else variable.current
        elif variable.all_value:
            values[variable.name] = variable.all_value
        elif variable.sql is None:
            values[variable.name] = list(variable.options)
        else:
            options = _table(variable.sql, f"{board.title}, ${variable.name}", period, 1, values, query)
            at = options.columns.index("__value") if "__value" in options.columns else 0
            # Without options nothing must match, and `in (null)` matches nothing.
            values[variable.name] = [str(row[at]) for row in options.rows] or "null"
    return values


def _marks(table: Table) -> list[Mark]:
    """The marks of an annotation query: its columns are `time` and `text`, and `timeend` for a stretch of time."""
    time, text = table.columns.index("time"), table.columns.index("text")
    until = table.columns.index("timeend") if "timeend" in table.columns else None
    return [
        Mark(instant(row[time]), str(row[text]), None if until is None else instant(row[until])) for row in table.rows
    ]


def _drawn(
    board: Dashboard, panel: Panel, period: Range, values: dict[str, Value], marks: Sequence[Mark], query: Query
) -> Drawn:
    width = bucket(panel, period)
    tables = []
    for target in panel.targets:
        table = _table(target.sql, f"{board.title}, {panel.title}", period, width, values, query)
        fill = requested(target.sql, width)
        if fill and table.columns[0] == "time":
            rows = [(instant(row[0]), *row[1:]) for row in table.rows]
            table = Table(table.columns, filled(rows, fill, period.start, period.end))
        tables.append(table)
    return draw(panel, tables, period, marks)


def _table(sql: str, where: str, period: Range, width: float, values: dict[str, Value], query: Query) -> Table:
    return query(expand(sql, period.start, period.end, width, values), where)
