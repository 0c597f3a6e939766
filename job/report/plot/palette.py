"""Colours: variables of the stylesheet, each with a light and a dark value (Okabe and Ito's palette)."""

import itertools
import re
from collections.abc import Mapping

from job.report.grafana.dashboards import Field

SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C")
SCHEMES = {"continuous-blues": "#0072B2", "continuous-reds": "#D55E00"}


def color(written: str | None) -> str | None:
    """A dashboard's colour for CSS: `#0072B2` by the stylesheet's variable, `semi-dark-green` as `green`."""
    if written is None:
        return None
    if re.fullmatch(r"#[0-9a-fA-F]{3,8}", written):
        return f"var(--{written[1:].lower()}, {written})"
    word = written.rsplit("-", 1)[-1]
    return word if word.isalpha() else None


def scale(scheme: str | None) -> list[list[float | str | None]]:
    """One of Grafana's continuous schemes as plotly's: from the colour of the grid lines to the scheme's own."""
    return [[0, "var(--grid)"], [1, color(SCHEMES.get(scheme or "", SERIES[0]))]]


def series_colors(fields: Mapping[str, Field]) -> dict[str, str]:
    """A colour for each series: the one that its field names, else the next unused one."""
    named = {name: color(field.color) for name, field in fields.items()}
    free = itertools.cycle([paint for paint in map(color, SERIES) if paint not in named.values()] or ["var(--muted)"])
    return {name: paint or next(free) or "" for name, paint in named.items()}


def at_value(field: Field, value: float | None) -> str | None:
    """The colour of the highest threshold that a value reaches, if the field is coloured by thresholds."""
    if value is None or not field.colored_by_thresholds:
        return None
    reached = [paint for least, paint in field.thresholds if least is None or value >= least]
    return color(reached[-1]) if reached else None
