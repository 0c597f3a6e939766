"""A panel's SQL as Grafana would send it: variables replaced, then the PostgreSQL data source's macros.

The rules are those of Grafana 11 and 12: https://grafana.com/docs/grafana/latest/datasources/postgres/query-editor/ and
https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from job.errors import JobError
from job.report.grafana import interval as intervals

Value = str | Sequence[str]  # a list where the variable may hold several values

VARIABLE = re.compile(r"\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?::([^}]+))?\}")
MACRO = re.compile(r"\$([_a-zA-Z0-9]+)\(([^)]*)\)")  # as in Grafana: no parenthesis inside


class BadMacro(JobError):
    """A panel's SQL has an unknown or malformed macro, or a format that is not supported."""


def expand(
    sql: str, time_from: datetime, time_to: datetime, interval: float, variables: Mapping[str, Value] | None = None
) -> str:
    """The SQL that Grafana sends for a range of time and buckets of `interval` seconds.

    A variable's value is a string, or a list of strings if it can have several values. An unknown variable is left in
    place, as in Grafana. Raises BadMacro, or NoInterval for a malformed interval.
    """
    with_values = with_variables(sql, dict(variables or {}) | _globals(time_from, time_to, interval))
    return MACRO.sub(lambda match: _macro(match, with_values, time_from, time_to), with_values)


def with_variables(sql: str, variables: Mapping[str, Value]) -> str:
    """The SQL that Grafana's browser code sends to its server, which expands the macros."""
    return VARIABLE.sub(lambda match: _variable(match, variables), sql)


def _globals(time_from: datetime, time_to: datetime, interval: float) -> dict[str, Value]:
    length = (time_to - time_from).total_seconds()
    return {
        "__interval": intervals.written(interval),
        "__interval_ms": f"{round(interval * 1000)}",
        "__from": f"{round(time_from.timestamp() * 1000)}",
        "__to": f"{round(time_to.timestamp() * 1000)}",
        "__range": f"{round(length)}s",
        "__range_s": f"{round(length)}",
        "__range_ms": f"{round(length * 1000)}",
    }


def _variable(match: re.Match[str], variables: Mapping[str, Value]) -> str:
    name = match[1] or match[2] or match[4]
    form = match[3] or match[5]
    if name not in variables:
        return match[0]
    value = variables[name]
    values = [value] if isinstance(value, str) else list(value)
    if form is None:  # as the data source does: a single value is escaped, not quoted
        return values[0].replace("'", "''") if isinstance(value, str) else FORMATS["sqlstring"](values)
    if form not in FORMATS:
        raise BadMacro(f"{match[0]}: the format {form!r} is not supported: use one of {', '.join(FORMATS)}")
    return FORMATS[form](values)


FORMATS: dict[str, Callable[[list[str]], str]] = {
    "csv": ",".join,
    "doublequote": lambda values: ",".join('"' + value.replace('"', '\\"') + '"' for value in values),
    "pipe": "|".join,
    "raw": ",".join,
    "singlequote": lambda values: ",".join("'" + value.replace("'", "\\'") + "'" for value in values),
    "sqlstring": lambda values: ",".join("'" + value.replace("'", "''") + "'" for value in values),
}


def _macro(match: re.Match[str], sql: str, time_from: datetime, time_to: datetime) -> str:
    name, arguments = match[1], [argument.strip() for argument in match[2].split(",")]
    column = arguments[0]
    if name == "__timeGroup" and sql[match.end() : match.end() + 1] == ",":
        name = "__timeGroupAlias"  # Grafana's rule for dashboards older than 5.3
    from_nanos, to_nanos = (round(time.timestamp() * 1_000_000) * 1000 for time in (time_from, time_to))
    simple = {
        "__time": f'{column} AS "time"',
        "__timeEpoch": f'extract(epoch from {column}) as "time"',
        "__timeFilter": f"{column} BETWEEN '{_instant(time_from)}' AND '{_instant(time_to)}'",
        "__timeFrom": f"'{_instant(time_from)}'",
        "__timeTo": f"'{_instant(time_to)}'",
        "__unixEpochFilter": f"{column} >= {int(time_from.timestamp())} AND {column} <= {int(time_to.timestamp())}",
        "__unixEpochFrom": f"{int(time_from.timestamp())}",
        "__unixEpochTo": f"{int(time_to.timestamp())}",
        "__unixEpochNanoFilter": f"{column} >= {from_nanos} AND {column} <= {to_nanos}",
        "__unixEpochNanoFrom": f"{from_nanos}",
        "__unixEpochNanoTo": f"{to_nanos}",
    }
    if name in simple:
        if not column and not name.endswith(("From", "To")):
            raise BadMacro(f"{match[0]}: this macro needs a column")
        return simple[name]
    group = name.removesuffix("Alias")
    if group not in GROUPS:
        raise BadMacro(f"{match[0]}: Grafana's PostgreSQL data source has no such macro")
    return _grouped(GROUPS[group], match[0], arguments) + (' AS "time"' if name.endswith("Alias") else "")


GROUPS = {"__timeGroup": "extract(epoch from {})", "__unixEpochGroup": "({})"}


def _grouped(epoch: str, macro: str, arguments: list[str]) -> str:
    if len(arguments) not in {2, 3}:
        raise BadMacro(f"{macro}: this macro needs a column and an interval, and may have a fill value")
    width = _number(intervals.seconds(arguments[1].strip("'")))
    return f"floor({epoch.format(arguments[0])}/{width})*{width}"


def _number(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _instant(time: datetime) -> str:
    """RFC 3339 in UTC, without trailing zeros in the fraction."""
    utc = time.astimezone(UTC)
    fraction = f".{utc.microsecond:06d}".rstrip("0") if utc.microsecond else ""
    return f"{utc:%Y-%m-%dT%H:%M:%S}{fraction}Z"
