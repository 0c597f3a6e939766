"""Real rides: the City's records parsed into batches, with duplicates resolved across all sources of a run."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import structlog

from job.city.derived import LABELS
from job.city.header import Purpose
from job.city.sources import Source, names
from job.errors import JobError
from job.place import Place
from job.rides.columns import column, numbers, present_text
from job.rides.duplicates import Seen, resolve
from job.rides.ride import RECORD_COLUMNS, REQUIRED, Batch, parse
from job.rides.source import CITY, SourceName
from job.rides.unreadable import Unreadable

log = structlog.get_logger()

T = TypeVar("T")
R = TypeVar("R")

MONEY_LABELS = ("extras", "tolls", "tips")
SCORING = Purpose(RECORD_COLUMNS, REQUIRED, older_form=False)
LEARNING = Purpose((*RECORD_COLUMNS, *LABELS, *MONEY_LABELS), (*REQUIRED, "trip_seconds"), older_form=True)
LONGEST_LABEL = 200  # characters; the City's have up to 128, and longer ones are cut to save memory
NO_DURATION, DUPLICATE = "without a usable duration", "duplicate"


class Map(Protocol):
    """The built-in map, or one that calls the function elsewhere."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """The results, in the order of the items."""


class Piece(NamedTuple):
    """Records of a source, and the position of the first of them."""

    source: str
    records: pa.Table
    position: int


@dataclass(frozen=True)
class Labelled:
    """Trips to learn from, and what became of the other records.

    trips: rides with a usable duration: RIDE_COLUMNS, actual_duration (minutes), LABELS, MONEY_LABELS (US dollars).
    read: the number of records; left_out: how many are not among the trips, by reason.
    has_instants: whether start times have an offset or a zone.
    """

    trips: pd.DataFrame
    read: int
    left_out: Counter[str]
    unreadable: Unreadable
    has_instants: bool


def batches(
    sources: Sequence[Source],
    place: Place,
    source: SourceName = CITY,
    *,
    as_wall_clock: bool = False,
    mapped: Map = map,
) -> Iterator[Batch]:
    """The records of each source in turn, in batches of at most BATCH_RECORDS, with positions that count from 1.

    `source` and `as_wall_clock` are those of `ride.parse`. `mapped` parses the records; it may work on several batches
    at once. Local files that cannot be scored raise UsageError at once. The iterator raises UsageError for an address
    with unsuitable columns, and JobError for a source that is damaged or does not answer.
    """
    return (batch for _, batch in _read(sources, SCORING, place, source, as_wall_clock, mapped))


def labelled_trips(
    sources: Sequence[Source], place: Place, source: SourceName = CITY, *, as_wall_clock: bool = False
) -> Labelled:
    """All rides with a usable duration.

    Accepts the older form too. Raises as `batches` does, and JobError if there is no such ride.
    """
    trips: list[pd.DataFrame] = []
    left_out, unreadable = Counter[str](), Unreadable()
    read, has_instants = 0, False
    for records, batch in _read(sources, LEARNING, place, source, as_wall_clock):
        labelled, unreadable_labels = _labelled(records, batch)
        trips.append(labelled)
        read += batch.read
        has_instants |= batch.has_instants
        left_out.update(batch.rejected["reason"])
        left_out.update({NO_DURATION: len(batch.rides) - len(labelled), DUPLICATE: batch.repeated})
        unreadable += batch.unreadable + unreadable_labels
    left_out = +left_out  # without those that are zero
    if not any(map(len, trips)):
        why = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items()) or "no records"
        raise JobError(
            f"{names(sources)}: no ride to learn from ({'; '.join((why, *unreadable.lines()))}): "
            f"give records with miles and a duration of up to {place.max_minutes:g} minutes"
        )
    return Labelled(pd.concat(trips, ignore_index=True), read, left_out, unreadable, has_instants)


def _read(
    sources: Sequence[Source], purpose: Purpose, place: Place, source: SourceName, as_wall_clock: bool,
    mapped: Map = map,
) -> Iterator[tuple[pa.Table, Batch]]:  # fmt: skip
    for each in sources:
        each.check(purpose)
    parsed = partial(_parse, place=place, source=source, as_wall_clock=as_wall_clock)
    return _parsed(_pieces(sources, replace(purpose, as_wall_clock=as_wall_clock)), parsed, place, mapped)


def _parsed(
    pieces: Iterator[Piece], parse_one: Callable[[Piece], Batch], place: Place, mapped: Map
) -> Iterator[tuple[pa.Table, Batch]]:
    """Each batch with the records that it was parsed from."""
    seen, read_as_instants = Seen(), set[str]()
    pending = deque[Piece]()  # being parsed; itertools.tee would keep dozens longer

    def remembered() -> Iterator[Piece]:
        for piece in pieces:
            pending.append(piece)
            yield piece

    for unresolved in mapped(parse_one, remembered()):
        name, records, position = pending.popleft()
        batch = resolve(unresolved, records, position, seen)
        if batch.has_instants and name not in read_as_instants:
            read_as_instants.add(name)
            log.warning("start_times.read_as_instants", source=name, how_read=how_read(name, place))
        yield records, batch


def _pieces(sources: Sequence[Source], purpose: Purpose) -> Iterator[Piece]:
    for source in sources:
        position = 1
        for records in source.tables(purpose):
            yield Piece(source.name, records, position)
            position += len(records)


def _parse(piece: Piece, place: Place, source: SourceName, as_wall_clock: bool) -> Batch:
    return parse(piece.records, place, piece.position, as_wall_clock, source)


def how_read(name: str, place: Place, option: str = "--wall-clock") -> str:
    """How start times that carry an offset are read, and the option that reads them otherwise."""
    return (
        f"{name} has start times with an offset or a time zone, which are read as instants; if they show the "
        f"wall clock of {place.name}, as in files from BigQuery and Spark, use {option}"
    )


def _labelled(records: pa.Table, batch: Batch) -> tuple[pd.DataFrame, Unreadable]:
    """The batch's rides that have a duration, with their labels, and which labels could not be read."""
    rides = batch.rides.join(batch.outcomes["actual_duration"], how="inner")
    rows, unreadable = pa.array(rides.index.to_numpy()), Unreadable()
    for name in LABELS:
        label = pc.utf8_slice_codeunits(present_text(column(records, name).take(rows)), 0, LONGEST_LABEL)
        rides[name] = label.to_pandas().array
    for name in MONEY_LABELS:
        values = column(records, name).take(rows)
        dollars, given = numbers(values, dollars=True)
        is_finite = np.isfinite(dollars)
        rides[name] = np.where(is_finite, dollars, np.nan)
        unreadable += Unreadable.counted(name, values, given & ~is_finite)
    return rides, unreadable
