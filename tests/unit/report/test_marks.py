"""Labels of annotations: inside the chart, above the plot, never overlapping."""

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
    """Labels on one line are apart, and all stay inside the plot on a phone."""
    placed = labels(promotions(*hours), START, END)
    assert all(0 <= label.begin < label.end <= PLOT for label in placed)
    for one, other in combinations(placed, 2):
        assert one.line != other.line or one.end <= other.begin or other.end <= one.begin


def test_a_label_stands_where_it_is_not_cut_off() -> None:
    """It is left of its line near the right edge, and centred over it if neither side is wide enough."""
    long = [Mark(START + timedelta(hours=hour), "a" * 25) for hour in (3, 84, 166)]
    assert [label.anchor for label in labels(long, START, END)] == ["right", "center", "left"]


def test_the_newest_promotions_have_labels() -> None:
    """Promotions without room for a label are counted."""
    marks = [Mark(START + timedelta(hours=hour), f"a-model-of-twenty-{hour}") for hour in range(60, 65)]
    placed = labels(marks, START, END)
    assert [(label.text[-5:], label.line) for label in placed] == [("ty-64", 0), ("ty-63", 1), ("62 +2", 2)]


def test_words_that_all_promotions_share_are_written_once() -> None:
    """The newest label has them; a model of another name keeps its own."""
    texts = ["first model 9", "chicago-taxi-duration 1", "chicago-taxi-duration 2", "chicago-taxi-duration 3"]
    marks = [Mark(START + timedelta(hours=40 * place), text) for place, text in enumerate(texts)]
    assert [label.text for label in labels(marks, START, END)] == ["chicago-taxi-duration 3", "2", "1", "first model 9"]


def test_promotions_without_room_are_counted() -> None:
    """Every promotion is in a label or in a count, even forty-two a week."""
    marks = promotions(*range(0, 168, 4))
    placed = labels(marks, START, END)
    assert sum(1 + label.more for label in placed) == len(marks)
    assert any(label.text.endswith(f" +{label.more}") for label in placed if label.more)
    assert {label.line for label in placed} == set(range(LINES))


def test_a_long_text_is_shortened() -> None:
    """It then has room wherever its line is."""
    for hour in range(0, 169, 12):
        (label,) = labels([Mark(START + timedelta(hours=hour), "x" * 100)], START, END)
        assert label.text == "x" * 24 + "…"


def test_labels_stand_above_the_plot() -> None:
    """The margin grows with the labels' lines; a mark outside the range has no label."""
    rows = [(START + timedelta(hours=hour), float(hour)) for hour in range(168)]
    heights = []
    for marks in ([], promotions(10), promotions(10, 10, 10), promotions(10, 10, 10, 400)):
        figure = draw(panel("timeseries"), [Table(("time", "rides"), rows)], WEEK, marks).figure
        assert figure is not None
        layout = figure["layout"]
        heights.append(layout["margin"]["t"])
        assert {text["yanchor"] for text in layout["annotations"]} <= {"bottom"}
        assert len(layout["shapes"]) == 2 * len(layout["annotations"])
    assert [after - before for before, after in pairwise(heights)] == [13, 13, 0]


def test_a_stretch_is_shaded_behind_the_lines() -> None:
    """It is clipped at both ends of the axis, and its label stands at its start; one outside the range is left out."""
    around = Mark(START - timedelta(days=1), "snow", END + timedelta(days=1))
    before = Mark(START - timedelta(days=2), "surge", START - timedelta(days=1))
    after = Mark(END + timedelta(hours=1), "surge", END + timedelta(days=1))
    rows = [(START, 1.0), (END, 2.0)]
    figure = draw(panel("timeseries"), [Table(("time", "rides"), rows)], WEEK, [around, before, after]).figure
    assert figure is not None
    (stretch,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert (stretch["x0"], stretch["x1"]) == tuple(figure["layout"]["xaxis"]["range"])
    assert stretch["layer"] == "below"
    assert [(label["text"], label["x"]) for label in figure["layout"]["annotations"]] == [("snow", stretch["x0"])]
