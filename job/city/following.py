"""Follows a data set of the City's API: its records from a cursor on, and those before it that came late or changed."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pyarrow as pa

from job.city import api, sources, web
from job.city.api import DataSet
from job.city.reading import SCORING
from job.errors import JobError, UsageError
from job.place import Place
from job.rides.columns import column, text
from job.rides.duplicates import Seen, resolve
from job.rides.ride import Batch, parse
from job.rides.source import SourceName

EXAMPLE = "https://data.cityofchicago.org/resource/ajtu-isnz.json"
ORDER = "trip_start_timestamp, trip_id"
WALL_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?")
OVERLAP_EVERY = timedelta(hours=1)
HORIZON = timedelta(days=1)  # a record from further in the future would move the cursor beyond everything to come


@dataclass(frozen=True)
class Position:
    """A record's place in ORDER; the start is the wall clock as the API writes it, whatever its offset from UTC."""

    start: str
    trip_id: str

    def __str__(self) -> str:
        return self.start


@dataclass(frozen=True)
class Pass:
    """A pass under way over the days before the cursor: the last record read, and the start at which it ends."""

    after: Position
    until: str


@dataclass(frozen=True)
class Progress:
    """How far a data set has been read."""

    cursor: Position | None = None
    overlap: Pass | None = None
    overlap_began_at: datetime | None = None


def followed(address: str, token: str | None, place: Place) -> DataSet:
    """The data set at an address. Raises UsageError if it cannot be followed."""
    (source,) = sources.parse([address], token, place)
    if not isinstance(source, DataSet):
        raise UsageError(f"{source.name} cannot be a feed: give a folder, or a data set such as {EXAMPLE}")
    if given := {"$order", "$limit", "$offset"} & dict(parse_qsl(urlsplit(address).query)).keys():
        raise UsageError(f"{source.name} with {', '.join(sorted(given))} cannot be a feed, which has a cursor")
    if place.identity:
        raise UsageError(f"{source.name} cannot be a feed, whose cursor is a trip_id: {place.name}'s records have none")
    source.check(SCORING)
    return source


def key(data_set: DataSet) -> str:
    """The data set's name and a digest of its conditions, without secrets: with other conditions it is another feed."""
    name = web.display_name(data_set.url)
    conditions = {condition: value for condition, value in data_set.query.parameters.items() if condition != "$order"}
    digest = hashlib.sha256(json.dumps(conditions, sort_keys=True).encode()).hexdigest()[:12]
    return f"{name}#{digest}" if conditions else name


@dataclass
class Following:
    """One tick's reading of a data set, at most `limit` records.

    progress: as it is once the yielded batches are committed. at_end: whether nothing is left for now.
    """

    data_set: DataSet
    place: Place
    source: SourceName
    progress: Progress
    now: datetime
    limit: int
    overlap: timedelta
    at_end: bool = field(default=False, init=False)

    def batches(self) -> Iterator[Batch]:
        """A batch per page: first the records after the cursor, then, hourly, the days before it.

        Raises JobError if the API does not answer, or answers with other records than those requested.
        """
        local = self.now.astimezone(self.place.tzinfo).replace(tzinfo=None)
        horizon = (local + HORIZON).isoformat(timespec="seconds")
        yield from self._new(horizon)
        if self.limit:
            self._begin_overlap()
            yield from self._overlapping()
        self.at_end = self.limit > 0

    def _new(self, horizon: str) -> Iterator[Batch]:
        for batch, position in self._pages(self.progress.cursor, horizon):
            self.progress = replace(self.progress, cursor=position)
            yield batch

    def _overlapping(self) -> Iterator[Batch]:
        under_way = self.progress.overlap
        if not under_way:
            return
        for batch, position in self._pages(under_way.after, under_way.until):
            self.progress = replace(self.progress, overlap=replace(under_way, after=position))
            yield batch
        if self.limit:
            self.progress = replace(self.progress, overlap=None)

    def _begin_overlap(self) -> None:
        """Begin a pass over the days before the cursor, unless one is under way or began less than an hour ago."""
        cursor, began = self.progress.cursor, self.progress.overlap_began_at
        is_due = began is None or self.now - began >= OVERLAP_EVERY
        if cursor and self.overlap and is_due and not self.progress.overlap:
            start = (datetime.fromisoformat(cursor.start) - self.overlap).isoformat(timespec="milliseconds")
            self.progress = replace(
                self.progress, overlap=Pass(Position(start, ""), cursor.start), overlap_began_at=self.now
            )

    def _pages(self, after: Position | None, until: str) -> Iterator[tuple[Batch, Position]]:
        """Each page with its last position, until a page is not full or the limit is used up."""
        is_full = True
        while is_full and self.limit:
            requested = min(api.PAGE, self.limit)
            records = _page(self.data_set, after, until, requested)
            is_full = len(records) == requested
            if len(records):
                after = _last(records, after, until, self.data_set.name)
                self.limit -= len(records)
                yield resolve(parse(records, self.place, source=self.source), records, 1, Seen()), after


def _page(data_set: DataSet, after: Position | None, until: str, most: int) -> pa.Table:
    where = f"trip_start_timestamp <= {_literal(until)}"
    if after:
        start, trip_id = _literal(after.start), _literal(after.trip_id)
        where += f" and (trip_start_timestamp > {start} or (trip_start_timestamp = {start} and trip_id > {trip_id}))"
    tables = list(data_set.narrowed(where, ORDER, most).tables(SCORING))
    return pa.concat_tables(tables, promote_options="default") if tables else pa.table({})


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _last(records: pa.Table, after: Position | None, until: str, name: str) -> Position:
    """The position of the last record that has a start and an id.

    Raises JobError if there is none, or if the records are not those that were requested.
    """
    columns = (text(column(records, key)).to_pylist() for key in ("trip_start_timestamp", "trip_id"))
    positions = [
        Position(start, trip_id)
        for start, trip_id in zip(*columns, strict=True)
        if start and trip_id and WALL_CLOCK.fullmatch(start)
    ]
    if not positions:
        raise JobError(f"{name} returned {len(records):,} records without a start such as 2022-03-01T00:15:00.000")
    starts = [datetime.fromisoformat(position.start) for position in positions]
    is_too_early = after and (starts[0] < datetime.fromisoformat(after.start) or after in positions)
    if is_too_early or starts[-1] > datetime.fromisoformat(until) or starts != sorted(starts):
        raise JobError(
            f"{name} returned other records than those requested, from {after or 'the first'} to {until} in the order "
            "of their start: it ignores $where or $order, so it cannot be followed"
        )
    return positions[-1]
