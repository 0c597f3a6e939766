"""Parses the dashboards' JSON (Grafana's classic schema) into the parts that the page needs."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from job.errors import JobError
from job.report.grafana import interval as intervals

# The files that come first on the page; any other dashboard follows.
ORDER = ("rides", "model-quality", "operations")
Json = Mapping[str, Any]


class BadDashboard(JobError):
    """A dashboard's file cannot be read."""


@dataclass(frozen=True)
class Target:
    """One query of a panel."""

    sql: str
    time_series: bool


@dataclass(frozen=True)
class Field:
    """How a column is shown; `custom` holds the options of the panel's type, `scheme` a continuous scale of colours."""

    name: str
    unit: str = "short"
    decimals: int | None = None
    color: str | None = None
    thresholds: tuple[tuple[float | None, str], ...] = ()
    colored_by_thresholds: bool = False
    scheme: str | None = None
    least: float | None = None
    most: float | None = None
    custom: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    """One panel; `row`, `width` and `height` are in units of Grafana's grid: 24 columns, rows of about 38 pixels."""

    number: int
    title: str
    description: str
    kind: str
    row: int
    width: int
    height: int
    targets: tuple[Target, ...]
    least_interval: str | None
    max_data_points: int
    no_value: str
    options: Json
    defaults: Json
    overrides: tuple[Json, ...]

    def field(self, column: str) -> Field:
        """A column's field: the defaults, then every override that matches its name."""
        config: dict[str, Any] = json.loads(json.dumps(self.defaults))
        for override in self.overrides:
            if _matches(override["matcher"], column):
                for change in override["properties"]:
                    _set(config, change["id"], change.get("value"))
        return _field(column, config)


@dataclass(frozen=True)
class Variable:
    """A dashboard's variable; `sql` returns its options where the file does not list them."""

    name: str
    current: str
    several: bool
    options: tuple[str, ...]
    sql: str | None
    all_value: str | None


@dataclass(frozen=True)
class Dashboard:
    """One dashboard, its panels in reading order; `span` is the length of the range that it opens with."""

    uid: str
    title: str
    description: str
    span: timedelta
    panels: tuple[Panel, ...]
    variables: tuple[Variable, ...]
    annotations: tuple[str, ...]

    def has(self, variable: str) -> bool:
        """Whether the dashboard has a variable of this name."""
        return variable in {each.name for each in self.variables}


def load(folder: Path) -> list[Dashboard]:
    """Every dashboard in the folder, those in ORDER first; raises BadDashboard, which names the file."""
    dashboards = []
    for path in sorted(folder.glob("*.json"), key=_place):
        try:
            dashboards.append(parse(json.loads(path.read_text(encoding="utf-8"))))
        except (KeyError, TypeError, ValueError) as error:
            raise BadDashboard(f"{path} is not a dashboard in Grafana's classic schema: {error!r}") from error
    if not dashboards:
        raise BadDashboard(f"{folder} contains no dashboards: they belong to the repository, check the installation")
    return dashboards


def _place(path: Path) -> tuple[int, str]:
    """The sort key of a dashboard on the page."""
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.name)


def parse(text: Json) -> Dashboard:
    """One dashboard from its JSON; the panels of collapsed rows are included."""
    if "apiVersion" in text:
        raise ValueError(f"it was exported as {text['apiVersion']}; export the model Classic")
    panels = sorted(_panels(text["panels"]), key=lambda panel: (panel["gridPos"]["y"], panel["gridPos"]["x"]))
    span = re.fullmatch(r"now-(\w+)", text["time"]["from"])
    annotations = [each for each in text.get("annotations", {}).get("list", []) if each.get("enable", True)]
    return Dashboard(
        uid=text["uid"],
        title=text["title"],
        description=text.get("description", ""),
        span=timedelta(seconds=intervals.seconds(span[1]) if span else 86400),
        panels=tuple(_panel(panel) for panel in panels),
        variables=tuple(_variable(variable) for variable in text.get("templating", {}).get("list", [])),
        annotations=tuple(each["target"]["rawSql"] for each in annotations if "rawSql" in each.get("target", {})),
    )


def _panels(panels: list[Json]) -> Iterator[Json]:
    for panel in panels:
        if panel["type"] == "row":
            yield from _panels(panel.get("panels", []))
        else:
            yield panel


def _panel(panel: Json) -> Panel:
    config = panel.get("fieldConfig", {})
    defaults = config.get("defaults", {})
    return Panel(
        number=panel["id"],
        title=panel["title"],
        description=panel.get("description", ""),
        kind=panel["type"],
        row=panel["gridPos"]["y"],
        width=panel["gridPos"]["w"],
        height=panel["gridPos"]["h"],
        targets=tuple(
            Target(target["rawSql"], target.get("format") == "time_series")
            for target in panel.get("targets", [])
            if not target.get("hide")
        ),
        least_interval=panel.get("interval"),
        max_data_points=panel.get("maxDataPoints") or panel["gridPos"]["w"] * 50,  # one point per pixel
        no_value=defaults.get("noValue", "No data"),
        options=panel.get("options", {}),
        defaults=defaults,
        overrides=tuple(config.get("overrides", [])),
    )


def _matches(matcher: Json, column: str) -> bool:
    if matcher["id"] == "byName":
        return bool(matcher["options"] == column)
    if matcher["id"] == "byRegexp":
        return re.search(str(matcher["options"]).strip("/"), column) is not None
    raise ValueError(f"overrides by {matcher['id']} are not supported")


def _set(config: dict[str, Any], path: str, value: object) -> None:
    """Set a property by its path, such as `custom.lineWidth`."""
    *parents, name = path.split(".")
    for parent in parents:
        config = config.setdefault(parent, {})
    config[name] = value


def _field(column: str, config: Json) -> Field:
    color = config.get("color", {})
    steps = config.get("thresholds", {}).get("steps", [])
    return Field(
        name=config.get("displayName", column),
        unit=config.get("unit", "short"),
        decimals=config.get("decimals"),
        color=color.get("fixedColor") if color.get("mode") == "fixed" else None,
        thresholds=tuple((step["value"], step["color"]) for step in steps),
        colored_by_thresholds=color.get("mode") == "thresholds",
        scheme=color.get("mode") if str(color.get("mode")).startswith("continuous-") else None,
        least=config.get("min"),
        most=config.get("max"),
        custom=config.get("custom", {}),
    )


def _variable(variable: Json) -> Variable:
    listed = variable["type"] != "query"
    current = variable.get("current", {}).get("value", "")
    query = variable.get("query", "")
    return Variable(
        name=variable["name"],
        current=(current or [""])[0] if isinstance(current, list) else str(current),
        several=bool(variable.get("multi") or variable.get("includeAll")),
        options=tuple(option["value"] for option in variable.get("options", []) if option["value"] != "$__all"),
        sql=None if listed else query if isinstance(query, str) else query["rawSql"],
        all_value=variable.get("allValue") or None,
    )
