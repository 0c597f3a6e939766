"""The page: one HTML file with everything in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from plotly.offline import get_plotlyjs

from job.report.grafana.dashboards import Dashboard
from job.report.plot.draw import Drawn
from job.report.plot.frame import Range

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """One dashboard: its panels, drawn, and the range that they show."""

    dashboard: Dashboard
    shown: Range
    panels: Sequence[Drawn]


@dataclass(frozen=True)
class Header:
    """What stands above all: the source of the rides, the model, whether the job is healthy, when this was written."""

    source: str
    model: str
    healthy: bool
    health: str
    written: str


def render(header: Header, sections: Sequence[Section]) -> str:
    """The page's HTML; every text from data is escaped by jinja, and in the figures by their makers."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["figure"] = _in_a_script
    environment.filters["span"] = _span
    return environment.get_template("page.html").render(header=header, sections=sections, plotly=get_plotlyjs())


def _in_a_script(figure: object) -> str:
    """JSON that cannot end the script element that it stands in."""
    text = json.dumps(figure, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _span(shown: Range) -> str:
    """A range in words, in the zone that it is shown in."""
    start, end = (time.astimezone(shown.zone) for time in (shown.start, shown.end))
    return f"{start:%a %-d %b %Y %H:%M} to {end:%a %-d %b %Y %H:%M}"
