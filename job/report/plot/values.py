"""Values as people read them, in those of Grafana's units that the dashboards use."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from job.report.grafana.dashboards import Field

# What follows a number, by unit; other units are shown as bare numbers.
SUFFIXES: Mapping[str, str] = {"m": " min", "s": " s", "ms": " ms", "lengthmi": " mi", "percent": " %"}
LONGER = ((86400.0, "days"), (3600.0, "h"), (60.0, "min"))


def number(value: object) -> float | None:
    """The value as a number; None where it is not one."""
    return float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def written(value: Any, field: Field) -> str:
    """A value in its unit, null as an empty text. Convert times to the zone that they are shown in first."""
    figure = number(value)
    if isinstance(value, datetime):
        return f"{value:%-d %b}" if field.unit == "time:D MMM" else f"{value:%-d %b %H:%M}"
    if figure is None or field.unit == "string":
        return "" if value is None else str(value)
    if field.unit == "s":
        return _duration(figure, field.decimals)
    if field.unit == "percentunit":
        return f"{_plain(figure * 100, field.decimals)} %"
    if field.unit == "currencyUSD":
        return f"{'-' if figure < 0 else ''}${_plain(abs(figure), 2 if field.decimals is None else field.decimals)}"
    return _plain(figure, field.decimals) + SUFFIXES.get(field.unit, "")


def axis(field: Field) -> dict[str, Any]:
    """How plotly writes a unit along an axis."""
    if field.unit == "percentunit":
        return {"tickformat": ".0%"}
    if field.unit == "currencyUSD":
        return {"tickprefix": "$", "tickformat": ",~f"}
    return {"ticksuffix": SUFFIXES.get(field.unit, ""), "tickformat": ",~f"}


def _plain(figure: float, decimals: int | None) -> str:
    if decimals is None:
        decimals = 0 if figure == round(figure) or abs(figure) >= 100 else 1 if abs(figure) >= 10 else 2
    return f"{figure:,.{decimals}f}"


def _duration(seconds: float, decimals: int | None) -> str:
    for length, unit in LONGER:
        if abs(seconds) >= length:
            return f"{_plain(seconds / length, 1).removesuffix('.0')} {unit}"
    return f"{_plain(seconds, decimals)} s"
