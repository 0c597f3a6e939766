"""The page's HTML: it contains all that it needs, and runs nothing that comes from data."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from job.commands.report import DASHBOARDS
from job.report.grafana import dashboards
from job.report.layout import placed
from job.report.page import header, render
from job.report.plot.draw import Drawn, draw
from job.report.plot.frame import Range, Table
from job.report.plot.marks import Mark
from job.report.sections import Section
from tests.panels import panel

HOSTILE = "</script><script>alert(1)</script><b>&amp;"
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
DAY = Range(START, START + timedelta(days=1), ZONE)


def page_of(drawn: Sequence[Drawn]) -> str:
    """A page with these panels, for a hostile place."""
    top = header(HOSTILE, "city", HOSTILE, False, 12.3, START, ZONE)
    return render(top, [Section(dashboards.load(DASHBOARDS)[0], DAY, placed(drawn))])


@pytest.fixture(scope="module")
def page() -> str:
    """A page on which every text from data is hostile."""
    rows = [(START, HOSTILE, 1.0), (START + timedelta(hours=1), HOSTILE, 2.0)]
    drawn = [
        draw(
            panel(kind, options={"xField": "metric"}),
            [Table(("time", "metric", "runs"), rows)],
            DAY,
            [Mark(START, HOSTILE)],
        )
        for kind in ("timeseries", "table", "geomap")
    ]
    drawn.append(draw(panel("barchart"), [Table(("pair", "rides"), [(HOSTILE, 1)])], DAY))
    drawn.append(draw(panel("stat", options={"reduceOptions": {"fields": "/.*/"}}), [Table(("x",), [(HOSTILE,)])], DAY))
    return page_of(drawn)


def test_text_from_data_never_becomes_html(page: str) -> None:
    """No text in headers, tables, numbers, legends or figures can add or end a script."""
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "</script><b>" not in page
    assert page.count("<script") == page.count("</script>")
    figures = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        assert "<" not in figure
        assert "<script" not in str(json.loads(figure))


def test_the_page_needs_nothing_else(page: str) -> None:
    """It loads no script, style, image or font from elsewhere."""
    own = page[: page.index("plotly.js v")]
    assert re.findall(r'(?:src|href)="(?!#|data:)', own) == []
    assert "@import" not in own
    assert "url(" not in own


def test_the_range_is_shown_in_local_time(page: str) -> None:
    """It has the year, since pages are archived, and the name of the time zone."""
    assert "Mon 2 Mar 2026 01:00 to Tue 3 Mar 2026 01:00, New York time" in page
    assert "Written Mon 2 Mar 2026 01:00, New York time" in page


@pytest.mark.parametrize(
    ("healthy", "age", "words"),
    [(True, 2.0, "healthy"), (False, 75.4, "no success for 75 minutes"), (False, None, "no run has succeeded yet")],
)
def test_the_header_shows_the_jobs_health(healthy: bool, age: float | None, words: str) -> None:
    """It says that the job is healthy, or for how long no run has succeeded."""
    top = header("Chicago", "simulator", None, healthy, age, START, ZONE)
    assert (top.health, top.model, top.source) == (words, "none yet", "the simulator")


def test_a_panel_without_data_is_one_line() -> None:
    """The line has the panel's title and its text for missing data; a large empty box would look like a failure."""
    page = page_of([draw(panel("timeseries"), [Table(("time", "rides"), [])], DAY)])
    (article,) = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert "timeseries line" in article
    assert re.sub(r"<[^>]+>", "", article).split("\n") == ["", "Rides", "No rides in this range", ""]


def test_a_long_name_can_break_after_an_underscore() -> None:
    """A mart's name is one word and too long for a column on a phone."""
    drawn = draw(panel("table"), [Table(("mart",), [("prediction_quality_by_segment",)])], DAY)
    assert "prediction_<wbr>quality_<wbr>by_<wbr>segment" in page_of([drawn])


def test_every_cell_knows_its_column() -> None:
    """A narrow screen shows the column's name above each cell."""
    drawn = draw(panel("table"), [Table(("area", "rides"), [("Loop", 12)])], DAY)
    assert re.findall(r'<td data-column="(\w+)"', page_of([drawn])) == ["area", "rides"]
