"""The page's HTML: everything in it, nothing of the data's runs."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from job.commands.report import DASHBOARDS
from job.report.grafana import dashboards
from job.report.page import Header, Section, render
from job.report.plot.draw import Mark, draw
from job.report.plot.frame import Range, Table
from tests.panels import panel

HOSTILE = "</script><script>alert(1)</script><b>&amp;"
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
DAY = Range(START, START + timedelta(days=1))


@pytest.fixture(scope="module")
def page() -> str:
    """A page whose every text from data is hostile, without plotly's own script."""
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
    header = Header(source="the City", model=HOSTILE, healthy=False, health=HOSTILE, written=HOSTILE)
    return render(header, [Section(dashboards.load(DASHBOARDS)[0], DAY, drawn)])


def test_text_from_data_never_becomes_html(page: str) -> None:
    """In the header, tables, numbers, legends and figures: no script but the page's own, none ended early."""
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
    """No script, style, picture or font from elsewhere."""
    own = page[: page.index("plotly.js v")]
    assert re.findall(r'(?:src|href)="(?!#|data:)', own) == []
    assert "@import" not in own
    assert "url(" not in own


def test_the_range_is_told_in_chicago_time(page: str) -> None:
    """With its year: a page is kept."""
    assert "Mon 2 Mar 2026 00:00 to Tue 3 Mar 2026 00:00, Chicago time" in page
