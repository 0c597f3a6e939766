"""The width of a time bucket, as Grafana chooses and writes it."""

import re
from datetime import datetime

from job.errors import JobError

# The steps of Grafana's roundInterval: (limit, step) in seconds, for ranges of minutes to decades.
STEPS = (
    (0.01, 0.001), (0.015, 0.01), (0.035, 0.02), (0.075, 0.05), (0.15, 0.1), (0.35, 0.2), (0.75, 0.5), (1.5, 1),
    (3.5, 2), (7.5, 5), (12.5, 10), (17.5, 15), (25, 20), (45, 30), (90, 60), (210, 120), (450, 300), (750, 600),
    (1050, 900), (1500, 1200), (2700, 1800), (5400, 3600), (9000, 7200), (16200, 10800), (32400, 21600),
    (86400, 43200), (604800, 86400), (1814400, 604800), (3628800, 2592000),
)  # fmt: skip
YEAR = 31_536_000.0
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "M": 2592000.0, "y": YEAR}


class NoInterval(JobError):
    """The text is not an interval in Grafana's notation."""


def chosen(time_from: datetime, time_to: datetime, max_data_points: int, at_least: str | None = None) -> float:
    """Seconds per bucket: the range divided by the panel's points, rounded, but at least the panel's minimum."""
    exact = (time_to - time_from).total_seconds() / max_data_points
    rounded = next((step for limit, step in STEPS if exact < limit), YEAR)
    return max(rounded, seconds(at_least) if at_least else 0.001)


def seconds(text: str) -> float:
    """The length of an interval such as `2m`, `1h`, `500ms` or a bare number of seconds; raises NoInterval."""
    match = re.fullmatch(r">?(\d+(?:\.\d+)?)(ms|[smhdwMy])?", text.strip())
    if not match:
        raise NoInterval(f"{text!r} is not an interval: write a number and one of {', '.join(UNITS)}")
    return float(match[1]) * UNITS[match[2] or "s"]


def written(interval: float) -> str:
    """An interval in seconds as Grafana writes `$__interval`: whole, in the largest unit that fits."""
    for unit in ("y", "d", "h", "m", "s"):
        if interval >= UNITS[unit]:
            return f"{int(interval // UNITS[unit])}{unit}"
    return f"{round(interval * 1000)}ms"


def in_words(interval: float) -> str:
    """An interval in seconds for a person, in the largest unit that divides it: `10 minutes`, `1 hour`."""
    for name, unit in (("day", "d"), ("hour", "h"), ("minute", "m")):
        if interval % UNITS[unit] == 0:
            number = interval / UNITS[unit]
            return f"{number:g} {name}" if number == 1 else f"{number:g} {name}s"
    return f"{interval:g} seconds"
