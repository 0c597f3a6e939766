"""A query's result as Grafana reads it: a table, or series over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from job.errors import JobError
from job.report.plot.values import number

Row = tuple[Any, ...]


class NoSeries(JobError):
    """The query of a panel over time has no column of times."""


@dataclass(frozen=True)
class Table:
    """Columns by name, and rows."""

    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Series:
    """One line: points in time, a value or a gap at each."""

    name: str
    times: list[datetime]
    values: list[float | None]


@dataclass(frozen=True)
class Range:
    """The times that a page shows, both ends included, and the time zone that it shows them in."""

    start: datetime
    end: datetime
    zone: ZoneInfo

    @property
    def clock(self) -> tzinfo:
        """The zone; the start's offset if clocks go back in a range of up to a week, so that no hour appears twice."""
        first, last = (time.astimezone(self.zone).utcoffset() for time in (self.start, self.end))
        assert first is not None and last is not None  # noqa: PT018 - both are aware
        return timezone(first) if last < first and self.end - self.start <= timedelta(days=7) else self.zone


def series(table: Table) -> list[Series]:
    """One line per column of numbers; columns of text split it into one line per text.

    Times are timestamps or, from `$__timeGroup`, seconds since 1970. Raises NoSeries without a column `time`.
    """
    if "time" not in table.columns:
        raise NoSeries(f"a panel over time needs a column named time, but the query returns {', '.join(table.columns)}")
    at = table.columns.index("time")
    texts = [place for place in range(len(table.columns)) if place != at and _all_text(table, place)]
    numbers = [place for place in range(len(table.columns)) if place != at and place not in texts]
    lines: dict[str, Series] = {}
    for row in table.rows:
        for place in numbers:
            name = _name(table, row, place, texts, len(numbers))
            line = lines.setdefault(name, Series(name, [], []))
            line.times.append(instant(row[at]))
            line.values.append(number(row[place]))
    return list(lines.values())


def instant(value: Any) -> datetime:
    """A time as a timestamp."""
    return value if isinstance(value, datetime) else datetime.fromtimestamp(float(value), UTC)


def wall_clock(times: Sequence[datetime | None], clock: tzinfo) -> list[str | None]:
    """Times on a range's clock, as plotly reads them: it knows no time zones."""
    return [None if time is None else f"{time.astimezone(clock):%Y-%m-%dT%H:%M:%S}" for time in times]


def broken(line: Series, longer_than: float) -> Series:
    """The line with a gap between points that are more than `longer_than` milliseconds apart, as Grafana draws it."""
    times, values = line.times[:1], line.values[:1]
    for (before, after), value in zip(pairwise(line.times), line.values[1:], strict=True):
        if (after - before).total_seconds() * 1000 > longer_than:
            times.append(before + (after - before) / 2)
            values.append(None)
        times.append(after)
        values.append(value)
    return Series(line.name, times, values)


def _all_text(table: Table, place: int) -> bool:
    values = [row[place] for row in table.rows if row[place] is not None]
    return bool(values) and all(isinstance(value, str) for value in values)


def _name(table: Table, row: Row, place: int, texts: list[int], numbers: int) -> str:
    labels = " ".join(str(row[text]) for text in texts if row[text] is not None)
    if not labels:
        return table.columns[place]
    return labels if numbers == 1 else f"{labels} {table.columns[place]}"
