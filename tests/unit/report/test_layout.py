"""Layout of panels: those without data share a line, and the others share the row."""

from job.report.layout import placed
from job.report.plot.draw import Drawn
from tests.panels import panel


def drawn(width: int, empty: str = "", kind: str = "timeseries", row: int = 0) -> Drawn:
    """A panel of a row, with or without data."""
    return Drawn(panel(kind, row=row, width=width), figure=None if empty else {}, empty=empty)


def test_a_row_with_data_stays_as_it_is() -> None:
    """Its panels keep the dashboard's widths."""
    assert [(panel.width, panel.is_line) for panel in placed([drawn(10), drawn(14)])] == [(10, False), (14, False)]


def test_an_empty_panel_is_one_line_below_its_row() -> None:
    """The other panels share its space in proportion to their widths."""
    panels = placed([drawn(8), drawn(8, "No data"), drawn(4), drawn(4)])
    assert [(panel.width, panel.is_line) for panel in panels] == [(12, False), (6, False), (6, False), (24, True)]


def test_empty_panels_share_a_line() -> None:
    """This holds even if nothing else is in their row; the next row is not affected."""
    panels = placed([drawn(8, "No data"), drawn(8, "No data"), drawn(8, "No data"), drawn(24, row=8)])
    assert [(panel.width, panel.is_line) for panel in panels] == [(8, True), (8, True), (8, True), (24, False)]


def test_widths_always_add_up() -> None:
    """This holds even if they do not divide evenly."""
    assert sum(panel.width for panel in placed([drawn(7), drawn(5), drawn(5), drawn(7, "No data")])[:3]) == 24


def test_a_number_without_data_keeps_its_tile() -> None:
    """A tile is small, and readers expect it in its place."""
    panels = placed([drawn(6, kind="stat"), drawn(6, "No rides", kind="stat")])
    assert [(panel.width, panel.is_line) for panel in panels] == [(6, False), (6, False)]
