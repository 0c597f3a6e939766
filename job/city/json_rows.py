"""The City's records as JSON: an array of objects, or one object per line; every value as the text in the file."""

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from job.city import json_text, packed
from job.city.header import Header, api_name
from job.city.json_text import Record
from job.city.lines import Cut
from job.errors import UsageError
from job.place import Place
from job.rides.columns import REPLACEMENT
from job.rides.ride import MALFORMED

# As Python objects, records take up to thirty times the memory of their text.
ROWS, CHARACTERS = 4_096, 4 << 20


def header(path: Path, name: str, place: Place) -> Header:
    """The columns of the first records; later ones may have more."""
    first = next(_batches(path, name, place), [])
    if first and not any((isinstance(record, dict) and record) or isinstance(record, Cut) for record in first):
        raise UsageError(f"{name} is neither a JSON array of objects nor JSON lines: give the City's records")
    return _header_of(name, first, place)


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The records in order; those that are malformed, too long or nested too deeply as they are written.

    Raises JobError for an array that is cut off or contains anything but objects.
    """
    own_names = header.own_names(columns)
    for rows in _batches(path, header.name, header.place):
        yield _table(rows, own_names, header.place)


def _header_of(name: str, records: Iterable[Record | str], place: Place) -> Header:
    """The columns that occur in these records; others may have more, since the City leaves out empty values."""
    keys = chain.from_iterable(record for record in records if isinstance(record, dict))
    own_names = {api_name(key, place): key for key in dict.fromkeys(keys) if key is not None}
    return Header.parse(name, ((own_name, pa.string()) for own_name in own_names.values()), place, sparse=True)


def _table(rows: Sequence[Record | str], columns: Iterable[str], place: Place) -> pa.Table:
    """The values of these columns as text, whichever key each row has for them.

    Malformed rows, and those that have two keys for a column, are kept as text.
    """
    objects = [row if isinstance(row, dict) else {} for row in rows]
    malformed = [row if isinstance(row, str) else None for row in rows]
    all_keys = dict.fromkeys(chain.from_iterable(objects))
    api_names = {key: api_name(key, place) for key in all_keys if key is not None}
    keys = {column: [key for key, name in api_names.items() if name == column] for column in columns}
    if None in all_keys or any(len(own) > 1 for own in keys.values()):
        for position, row in enumerate(objects):
            if _is_ambiguous(row, keys, place):
                malformed[position], objects[position] = _as_text(row), {}
    values = {column: _column(_values(objects, own)) for column, own in keys.items()}
    if any(line is not None for line in malformed):
        values[MALFORMED] = _column(malformed)
    return pa.table(values)


def _batches(path: Path, name: str, place: Place) -> Iterator[list[Record | str]]:
    """The records in lists of limited length and size."""
    rows: list[Record | str] = []
    size = 0
    for record, length in json_text.records(packed.chunks(path, name), name, place):
        rows.append(record)
        size += length
        if len(rows) == ROWS or size >= CHARACTERS:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _is_ambiguous(row: Record, columns: Container[str], place: Place) -> bool:
    """Whether two of the record's keys mean the same column."""
    counts = Counter(api_name(key, place) for key, _ in _pairs(row))
    return any(count > 1 and column in columns for column, count in counts.items())


def _pairs(row: Record) -> Iterable[tuple[str, Any]]:
    return row.get(None, row.items())


def _as_text(row: Record) -> str:
    """The record as JSON, with both values of a key that occurs twice."""
    return "{" + ", ".join(f"{json.dumps(key)}: {_written([value])[1:-1]}" for key, value in _pairs(row)) + "}"


def _values(objects: list[Record], keys: list[str]) -> list[Any]:
    if len(keys) == 1:
        return [row.get(keys[0]) for row in objects]
    return [next((row[key] for key in keys if key in row), None) for row in objects]


def _column(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowException, UnicodeEncodeError, TypeError):
        return pa.array([None if value is None else _written(value) for value in values], pa.string())


def _written(value: Any) -> str:
    """Other values than text, such as true or a list, as JSON; a lone surrogate becomes U+FFFD."""
    try:
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return f"(nested too deeply){REPLACEMENT}"  # the replacement rejects it as a trip_id
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
