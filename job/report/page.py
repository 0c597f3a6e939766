"""Writes the page: one HTML file with everything in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import markupsafe
from plotly.offline import get_plotlyjs

from job.report.plot.frame import Range
from job.report.sections import Section
from job.rides.source import SIMULATOR

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Header:
    """The top of the page: the place, the source of the rides, the model, the job's health, when this was written."""

    place: str
    source: str
    model: str
    healthy: bool
    health: str
    written: str


def header(
    place: str, source: str, model: str | None, healthy: bool, age_minutes: float | None, now: datetime, zone: ZoneInfo
) -> Header:  # fmt: skip
    """The header in words; `age_minutes` is the time since the last success, None when there was none."""
    since = "no run has succeeded yet" if age_minutes is None else f"no success for {age_minutes:,.0f} minutes"
    return Header(
        place=place,
        source="the simulator" if source == SIMULATOR else f"records ({source})",
        model=model or "none yet",
        healthy=healthy,
        health="healthy" if healthy else since,
        written=f"{now.astimezone(zone):%a %-d %b %Y %H:%M}, {_clock(zone)}",
    )


def render(top: Header, sections: Sequence[Section]) -> str:
    """The page's HTML. Jinja escapes every text from data; text in figures is escaped where the figures are built."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"figure": _in_a_script, "span": _span, "clock": _clock, "breakable": _breakable}
    return environment.get_template("page.html").render(header=top, sections=sections, plotly=get_plotlyjs())


def _in_a_script(figure: object) -> str:
    """JSON that cannot close the script element around it."""
    text = json.dumps(figure, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _span(period: Range) -> str:
    """A range in words, in its own time zone."""
    start, end = (time.astimezone(period.clock) for time in (period.start, period.end))
    return f"{start:%a %-d %b %Y %H:%M} to {end:%a %-d %b %Y %H:%M}"


def _clock(zone: ZoneInfo) -> str:
    """A time zone in words: `New York time`."""
    return f"{zone.key.rsplit('/', 1)[-1].replace('_', ' ')} time"


def _breakable(text: str) -> markupsafe.Markup:
    """A text that may break after an underscore: a mart's name is one long word."""
    return markupsafe.Markup("_<wbr>").join(text.split("_"))
