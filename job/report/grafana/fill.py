"""Fills missing buckets of a time series after the query, as Grafana does for the third argument of `$__timeGroup`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from job.report.grafana import interval as intervals
from job.report.grafana.macros import BadMacro

FILLED = re.compile(r"\$__(?:time|unixEpoch)Group(?:Alias)?\([^),]+,([^),]+),([^),]+)\)")


@dataclass(frozen=True)
class Fill:
    """The seconds per bucket, and the value of a missing bucket: a number, None for a gap, or `previous`."""

    seconds: float
    value: float | str | None


def requested(sql: str, interval: float) -> Fill | None:
    """The fill that a panel's SQL requests, read before its macros are expanded; raises BadMacro for an unknown one."""
    match = FILLED.search(sql)
    if not match:
        return None
    width, value = match[1].strip().strip("'"), match[2].strip()
    seconds = interval if width in {"$__interval", "${__interval}"} else intervals.seconds(width)
    if value == "NULL":
        return Fill(seconds, None)
    if value == "previous":
        return Fill(seconds, value)
    try:
        return Fill(seconds, float(value))
    except ValueError as error:
        raise BadMacro(f"{match[0]}: gaps are filled with NULL, previous or a number, not {value!r}") from error


def filled(
    rows: Sequence[tuple[Any, ...]], fill: Fill, time_from: datetime, time_to: datetime
) -> list[tuple[Any, ...]]:
    """A row (time, value, …) for each bucket of the range: the query's last row in it, or the fill."""
    if not rows:
        return []
    step = timedelta(seconds=fill.seconds)
    bucket = _bucket(time_from, fill.seconds)
    rows_by_bucket = {_bucket(row[0], fill.seconds): row for row in rows}
    complete = []
    previous: tuple[Any, ...] = (None,) * len(rows[0])
    while bucket <= time_to:
        if bucket in rows_by_bucket:
            previous = rows_by_bucket[bucket]
            complete.append(previous)
        elif fill.value == "previous":
            complete.append((bucket, *previous[1:]))
        else:
            complete.append((bucket, *(fill.value for _ in previous[1:])))
        bucket += step
    return complete


def _bucket(time: datetime, seconds: float) -> datetime:
    return datetime.fromtimestamp(time.timestamp() // seconds * seconds, UTC)
