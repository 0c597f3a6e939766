"""Labels of bar charts: horizontal, as many as a phone has room for, and always one at the tallest bar."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from job.report.plot.bars import CHARACTER, PLOT, labelled, wrapped
from job.report.plot.draw import draw
from job.report.plot.frame import Range, Table
from tests.panels import panel

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
DAY = Range(START, START + timedelta(days=1), ZoneInfo("America/Chicago"))
FARES = [f"{cents / 100:.2f} to {cents / 100 + 0.5:.2f}" for cents in range(0, 2500, 50)] + ["25.00 and more"]
MILES = ["0 to 1", "1 to 2", "2 to 3", "3 to 5", "5 to 10", "10 to 20", "over 20"]
HOURS = [f"{hour:02}" for hour in range(24)]


@pytest.mark.parametrize("tallest", [0, 5, 26, 43, 50])
@pytest.mark.parametrize("names", [FARES, HOURS], ids=["fares", "hours"])
def test_the_tallest_bar_has_a_label(names: list[str], tallest: int) -> None:
    """Any bar may be the tallest, and no two labels overlap on a phone."""
    tallest = min(tallest, len(names) - 1)
    labels = wrapped(names)
    places = labelled(labels, tallest)
    assert tallest in places
    widest = max(len(line) for label in labels for line in label) * CHARACTER
    bar = PLOT / len(names)
    assert min((after - before) * bar for before, after in pairwise(places)) > widest


def test_the_last_of_many_bars_has_a_label() -> None:
    """It may contain everything above a limit. Where every second bar has a label, it may be left out."""
    assert labelled(wrapped(FARES), 5)[-1] == 50
    assert labelled(wrapped(HOURS), 18)[-2:] == [20, 22]


def test_few_bars_all_have_labels() -> None:
    """A long label is wrapped onto two lines."""
    assert wrapped(["airport", "city", "empty area"]) == [["airport"], ["city"], ["empty area"]]
    labels = wrapped(MILES)
    assert labels[-2:] == [["10 to", "20"], ["over", "20"]]
    assert labelled(labels, 6) == list(range(7))


def test_labels_are_horizontal_and_stand_at_their_bars() -> None:
    """Slanted labels take half of a small chart; a bar's full name is shown when pointed at."""
    rows = [(name, 9 if name == "2.50 to 3.00" else 1) for name in FARES]
    figure = draw(panel("barchart"), [Table(("dollars per mile", "rides"), rows)], DAY).figure
    assert figure is not None
    axis = figure["layout"]["xaxis"]
    assert axis["tickangle"] == 0
    assert "2.50 to<br>3.00" in axis["tickvals"]
    assert set(axis["tickvals"]) <= set(figure["data"][0]["x"])
    assert figure["data"][0]["hovertext"][5] == "2.50 to 3.00"
