"""Heat maps as plotly's figures: a table whose cells are coloured by a continuous scheme."""

from collections.abc import Sequence
from html import escape

from job.report.grafana.dashboards import Panel
from job.report.plot.charts import AXIS, LAYOUT, ROW, Figure
from job.report.plot.frame import Table
from job.report.plot.palette import scale
from job.report.plot.values import axis, number, written

BAR: Figure = {"thickness": 10, "outlinewidth": 0, "len": 1, "ticklen": 0, "nticks": 6}  # the colour bar


def heat_map(panel: Panel, table: Table, places: Sequence[int]) -> Figure:
    """A row of cells per row of the table, in the columns at `places`; the first column names the rows."""
    field = panel.field(table.columns[places[0]])
    names, columns = [escape(str(row[0])) for row in table.rows], [escape(table.columns[place]) for place in places]
    trace: Figure = {
        "type": "heatmap", "x": columns, "y": names, "xgap": 2, "ygap": 2,
        "z": [[number(row[place]) for place in places] for row in table.rows],
        "customdata": [[escape(written(row[place], field)) for place in places] for row in table.rows],
        "hovertemplate": "%{y} %{x}: <b>%{customdata}</b><extra></extra>", "hoverongaps": False,
        "colorscale": scale(field.scheme), "colorbar": BAR | axis(field),
    }  # fmt: skip
    categories = AXIS | {"type": "category", "showgrid": False}
    layout = LAYOUT | {
        "height": panel.height * ROW - 60,
        "hovermode": "closest",
        "xaxis": categories | {"tickangle": 0, "nticks": 9},
        "yaxis": categories | {"autorange": "reversed"},
    }
    return {"data": [trace], "layout": layout}
