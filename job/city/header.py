"""The header of a source: its columns, and whether they suit the purpose of reading it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Self

import pyarrow as pa

from job.city import derived, older_export
from job.errors import UsageError
from job.place import Place
from job.rides.columns import can_be_number, can_be_text, can_be_time

TEXT_COLUMNS = ("trip_id", *derived.LABELS)
# JSON leaves out empty values; any other column may be empty in all records from which the header is read.
NEVER_EMPTY = ("trip_id", "trip_start_timestamp", "trip_seconds")
LONGEST_SHOWN = 60  # characters of a type or of columns that a message shows
IN_BRACKETS = re.compile(r"[^\[\]]*\[([^\[\]]+)\]")  # Power BI: trips[trip_id]
WORD_IN_CAMEL_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
SEPARATORS = re.compile(r"[\s_.-]+")  # R: Trip.ID


class Column(NamedTuple):
    """A column's name in the source, and its type."""

    own_name: str
    type: pa.DataType


@dataclass(frozen=True)
class Header:
    """The columns of a source.

    name: what messages call the source.
    columns: by their names in the City's API; none if the source has no records.
    place: the city whose records they are, which says how their columns are named.
    repeated: the API names that several columns have.
    sparse: records may have further columns, because each names only those for which it has a value (JSON).
    """

    name: str
    columns: dict[str, Column]
    place: Place
    repeated: frozenset[str] = frozenset()
    sparse: bool = False

    @classmethod
    def parse(cls, name: str, columns: Iterable[tuple[str, pa.DataType]], place: Place, sparse: bool = False) -> Self:
        """Find the columns' names in the City's API."""
        translated: dict[str, Column] = {}
        repeated = set()
        for own_name, kind in columns:
            if (api := api_name(own_name, place)) in translated:
                repeated.add(api)
            translated.setdefault(api, Column(own_name, kind))
        return cls(name, translated, place, frozenset(repeated), sparse)

    @property
    def is_older(self) -> bool:
        """Whether the records are in the older form."""
        return older_export.is_older(self.columns)

    def computed(self, requested: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The requested columns that are computed from others, each with the columns that it is computed from."""
        origins = {} if self.is_older else derived.origins(self.place)
        return {name: origins[name] for name in requested if name in origins and name not in self.columns}

    def own_names(self, requested: Sequence[str]) -> dict[str, str]:
        """The source's names for the requested columns, and for those that they are computed from, by their API names.

        Columns that no record can have are left out. In the older form all columns are added: they identify a trip.
        """
        others = [other for origins in self.computed(requested).values() for other in origins]
        return {
            name: self.columns[name].own_name if name in self.columns else name
            for name in dict.fromkeys((*requested, *(older_export.COLUMNS if self.is_older else others)))
            if name in self.columns or self.sparse
        }

    def in_present_form(self, tables: Iterator[pa.Table], purpose: "Purpose") -> Iterator[pa.Table]:
        """The source's tables with the columns that it lacks and that follow from others."""
        if self.is_older:
            return older_export.in_present_form(tables)
        missing = self.computed(purpose.columns)
        return derived.completed(tables, missing, self.place, purpose.as_wall_clock) if missing else tables


def api_name(own_name: str, place: Place) -> str:
    """The column's name in the City's API, given its name in the records of the place.

    The records may use the name that place.toml gives, or the API's own as the export or another tool writes it, such
    as "Trip Start Timestamp".
    """
    name = _plain(own_name)
    return _names(place).get(name, name)


@cache
def _names(place: Place) -> dict[str, str]:
    return {_plain(own_name): name for own_name, name in place.columns}


def _plain(own_name: str) -> str:
    name = own_name.strip()
    if bracketed := IN_BRACKETS.fullmatch(name):
        name = bracketed[1]
    return SEPARATORS.sub("_", WORD_IN_CAMEL_CASE.sub("_", name)).lower()


@dataclass(frozen=True)
class Purpose:
    """Why records are read.

    columns: the columns to read, where a source has them.
    required: the columns that a source must have.
    older_form: whether the older form, which has no trip_id, is accepted.
    as_wall_clock: whether offsets and zones of times are ignored.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...]
    older_form: bool
    as_wall_clock: bool = False

    def check(self, header: Header) -> None:
        """Raise UsageError if a column is missing, occurs twice or has an unusable type, or for an older form."""
        if header.is_older and not self.older_form:
            raise UsageError(
                f"{header.name} is in the older form, without trip_id: only `train` and `calibrate` read it"
            )
        if not header.columns:
            return
        own_names = header.own_names(self.columns)
        if twice := [column for column in own_names if column in header.repeated]:
            raise UsageError(f"{header.name} has the column {', '.join(twice)} twice: remove one of them")
        required = [column for column in self.required if not header.sparse or column in NEVER_EMPTY]
        computed = header.computed(required)
        if not header.sparse:
            required = [other for column in required for other in computed.get(column, (column,))]
        present = {*header.columns, *computed, *(["trip_id"] if header.is_older else [])}
        if missing := [column for column in required if column not in present]:
            raise UsageError(
                f"{header.name} has no {', '.join(missing)}: give {header.place.name}'s records, with "
                f"{', '.join(dict.fromkeys(required))}, or name its columns in place.toml "
                f"(they are {_shown(', '.join(own_name for own_name, _ in header.columns.values()))})"
            )
        for column, (_, kind) in header.columns.items():
            if column in own_names and not _is_usable(column, kind, header.is_older):
                raise UsageError(
                    f"{header.name} has a {column} of type {_shown(str(kind))}, which cannot be read: "
                    f"give it as {_readable(column)}"
                )


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _readable(column: str) -> str:
    """The types that a column may have, in words."""
    if column in derived.TIMES:
        return "a timestamp, or as text such as 2022-03-01 08:15"
    return "text" if column in TEXT_COLUMNS else "a number"


def _is_usable(column: str, kind: pa.DataType, is_older: bool) -> bool:
    """Whether values of this type can be what the column's name says."""
    decoded = kind.value_type if pa.types.is_dictionary(kind) else kind
    if column in derived.TIMES and not is_older:
        return can_be_time(decoded)
    return can_be_text(decoded) if column in TEXT_COLUMNS else can_be_number(decoded)
