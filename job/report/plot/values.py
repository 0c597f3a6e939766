"""Format values for people, in the Grafana units that the dashboards use and a few others."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from job.report.grafana.dashboards import Field

# What follows a number, by unit; other units are shown as bare numbers.
SUFFIXES: Mapping[str, str] = {"m": " min", "s": " s", "ms": " ms", "lengthmi": " mi", "percent": " %"}
DURATION_UNITS = ((86400.0, "days"), (3600.0, "h"), (60.0, "min"))  # seconds, the largest unit first


def number(value: object) -> float | None:
    """The value as a number; None where it is not one."""
    return float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def written(value: Any, field: Field) -> str:
    """Format a value in its unit; null is an empty string. Times must already be in the time zone of the page."""
    amount = number(value)
    if isinstance(value, datetime):
        return f"{value:%-d %b}" if field.unit == "time:D MMM" else f"{value:%-d %b %H:%M}"
    if amount is None or field.unit == "string":
        return "" if value is None else str(value)
    if field.unit == "s":
        return _duration(amount, field.decimals)
    if field.unit == "percentunit":
        return f"{_plain(amount * 100, field.decimals)} %"
    if field.unit == "currencyUSD":
        return f"{'-' if amount < 0 else ''}${_plain(abs(amount), 2 if field.decimals is None else field.decimals)}"
    return _plain(amount, field.decimals) + SUFFIXES.get(field.unit, "")


def axis(field: Field) -> dict[str, Any]:
    """How plotly writes a unit along an axis."""
    if field.unit == "percentunit":
        return {"tickformat": ".0%"}
    if field.unit == "currencyUSD":
        return {"tickprefix": "$", "tickformat": ",~f"}
    return {"ticksuffix": SUFFIXES.get(field.unit, ""), "tickformat": ",~f"}


def _plain(amount: float, decimals: int | None) -> str:
    return f"{amount:,.{_default_decimals(amount) if decimals is None else decimals}f}"


def _default_decimals(amount: float) -> int:
    if amount == round(amount) or abs(amount) >= 100:
        return 0
    return 1 if abs(amount) >= 10 else 2


def _duration(seconds: float, decimals: int | None) -> str:
    for length, unit in DURATION_UNITS:
        if abs(seconds) >= length:
            amount = _plain(seconds / length, 1).removesuffix(".0")
            return "1 day" if (amount, unit) == ("1", "days") else f"{amount} {unit}"
    return f"{_plain(seconds, decimals)} s"
