"""Panels for the tests that draw them."""

from collections.abc import Sequence
from typing import Any

from job.report.grafana.dashboards import Panel


def panel(
    kind: str,
    defaults: dict[str, Any] | None = None,
    overrides: Sequence[dict[str, Any]] = (),
    options: dict[str, Any] | None = None,
    row: int = 0,
    width: int = 12,
) -> Panel:
    """A panel with the title «Rides»."""
    return Panel(
        number=1, title="Rides", description="Number of rides.", kind=kind, row=row, width=width, height=8, targets=(),
        least_interval="2m", max_data_points=600, no_value="No rides in this range", options=options or {},
        defaults=defaults or {}, overrides=tuple(overrides),
    )  # fmt: skip


def named(column: str, **properties: object) -> dict[str, Any]:
    """An override for one column; `custom_x` stands for `custom.x`."""
    return {
        "matcher": {"id": "byName", "options": column},
        "properties": [
            {"id": name.replace("custom_", "custom."), "value": value} for name, value in properties.items()
        ],
    }
