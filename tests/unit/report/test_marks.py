"""Labels of annotations: inside the chart, above the plot, never on one another."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest

from job.report.plot.draw import draw
from job.report.plot.frame import Range, Table
from job.report.plot.marks import LINES, PLOT, Mark, labels
from tests.panels import panel

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
END = START + timedelta(days=7)
WEEK = Range(START, END, ZoneInfo("America/Chicago"))


def promotions(*hours: float) -> list[Mark]:
    """A promotion at each of these hours of the week."""
    return [Mark(START + timedelta(hours=hour), f"version {number}") for number, hour in enumerate(hours, 2)]


@pytest.mark.parametrize("hours", [(10, 11, 12), (1, 5, 100, 101, 166), range(0, 168, 4), (167.9, 168)])
def test_labels_never_overlap(hours: tuple[float, ...]) -> None:
    """Those of a line stand apart, and all stay inside the plot of a phone."""
    placed = labels(promotions(*hours), START, END)
    assert all(0 <= label.begin < label.end <= PLOT for label in placed)
    for one, other in combinations(placed, 2):
        assert one.line != other.line or one.end <= other.begin or other.end <= one.begin


def test_a_label_near_the_right_edge_stands_left_of_its_line() -> None:
    """Where it would be cut off otherwise."""
    assert [(label.text, label.is_left) for label in labels(promotions(3, 166), START, END)] == [
        ("version 3", True), ("version 2", False),
    ]  # fmt: skip


def test_the_newest_promotions_have_labels() -> None:
    """Where not all have room; older ones stand higher, so that their lines pass beside the newer labels."""
    placed = labels(promotions(10, 11, 12, 13, 14), START, END)
    assert [(label.text, label.line) for label in placed] == [("version 6", 0), ("version 5", 1), ("version 4 +2", 2)]


def test_promotions_without_room_are_counted() -> None:
    """Every one is in a label or in a count: forty-two a week do not vanish."""
    marks = promotions(*range(0, 168, 4))
    placed = labels(marks, START, END)
    assert sum(1 + label.more for label in placed) == len(marks)
    assert any(label.text.endswith(f" +{label.more}") for label in placed if label.more)
    assert {label.line for label in placed} == set(range(LINES))


def test_a_long_text_is_shortened() -> None:
    """So that it fits beside its line wherever that is."""
    for hour in range(0, 169, 12):
        (label,) = labels([Mark(START + timedelta(hours=hour), "x" * 100)], START, END)
        assert label.text == "x" * 16 + "…"


def test_labels_stand_above_the_plot() -> None:
    """In a margin that grows with their lines, each with a line down to the plot; a mark outside the range has none."""
    rows = [(START + timedelta(hours=hour), float(hour)) for hour in range(168)]
    heights = []
    for marks in ([], promotions(10), promotions(10, 11), promotions(10, 11, 400)):
        figure = draw(panel("timeseries"), [Table(("time", "rides"), rows)], WEEK, marks).figure
        assert figure is not None
        layout = figure["layout"]
        heights.append(layout["margin"]["t"])
        assert {text["yanchor"] for text in layout["annotations"]} <= {"bottom"}
        assert len(layout["shapes"]) == 2 * len(layout["annotations"])
    assert [after - before for before, after in pairwise(heights)] == [13, 13, 0]
