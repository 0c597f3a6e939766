"""The City's records as JSON: an array of objects, or one object per line; every value as the text in the file."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa

from job.city import packed
from job.city.header import Header
from job.errors import JobError, UsageError
from job.rides.ride import MALFORMED

HEADER_RECORDS = 1_000  # each record names only the columns for which it has a value
# The text is read in chunks; a record must fit into this many.
CHUNK, MOST_CHUNKS = 1 << 20, 16
ROWS = 4_096
BETWEEN = " \t\r\n,"
# Numbers stay as they are written, so that 1e999, NaN and 0.10 reach the payload of a rejected record unchanged.
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

Record = dict[str, Any]


def header(path: Path, name: str) -> Header:
    """The columns of the first records; later ones may have more."""
    first = list(islice(_records(path, name), HEADER_RECORDS))
    if first and not any(isinstance(record, dict) and record for record in first):
        raise UsageError(f"{name} is neither a JSON array of objects nor JSON lines: give the City's records")
    return header_of(name, first)


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The records in order; lines that are not objects as they are written.

    The tables are small: records as Python objects, with all their columns, take a hundred times the memory.
    Raises JobError for an array that is cut off or contains anything but objects.
    """
    own_names = header.own_names(columns)
    records = _records(path, header.name)
    while rows := list(islice(records, ROWS)):
        yield table(rows, own_names)


def header_of(name: str, records: Iterable[Record | str]) -> Header:
    """The columns that occur in these records; others may have more, since the City leaves out empty values."""
    own_names = dict.fromkeys(key for record in records if isinstance(record, dict) for key in record)
    return Header.parse(name, ((own_name, pa.string()) for own_name in own_names), sparse=True)


def table(rows: Sequence[Record | str], own_names: dict[str, str]) -> pa.Table:
    """The rows' values as text, in columns that are given as their API names and keys; lines that are not objects."""
    objects = [row if isinstance(row, dict) else {} for row in rows]
    read = {name: _column([row.get(key) for row in objects]) for name, key in own_names.items()}
    malformed = [row if isinstance(row, str) else None for row in rows]
    if any(line is not None for line in malformed):
        read[MALFORMED] = _column(malformed)
    return pa.table(read)


def _records(path: Path, name: str) -> Iterator[Record | str]:
    """Each record; a line that is not an object comes as it is written."""
    with packed.stream(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
        start = text.read(1)
        while start and start in " \t\r\n":
            start = text.read(1)
        yield from _array(text, name) if start == "[" else _lines(start, text, name)


def _array(text: TextIO, name: str) -> Iterator[Record]:
    buffer, at = "", 0
    while True:
        while at < len(buffer) and buffer[at] in BETWEEN:
            at += 1
        if buffer[at : at + 1] == "]":
            return
        try:
            record, at = DECODER.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:
            # The record is invalid, or cut off by the end of the buffer: more text will tell.
            more = text.read(CHUNK) if len(buffer) - at < CHUNK * MOST_CHUNKS else ""
            if not more:
                raise JobError(f"{name} is not a whole JSON array of objects ({error}): get it again") from error
            buffer, at = buffer[at:] + more, 0
            continue
        if not isinstance(record, dict):
            found = repr(str(record)[:40])
            raise JobError(f"{name} is not an array of objects: it contains {found}; give the City's JSON")
        yield record


def _lines(start: str, text: TextIO, name: str) -> Iterator[Record | str]:
    while line := start + text.readline(CHUNK * MOST_CHUNKS):
        start = ""
        if len(line) >= CHUNK * MOST_CHUNKS:
            raise JobError(f"{name} has a line of more than {CHUNK * MOST_CHUNKS >> 20} MiB: is it JSON lines?")
        if line.strip():
            yield _object(line.strip())


def _object(line: str) -> Record | str:
    try:
        record = DECODER.decode(line)
    except (ValueError, RecursionError):
        return line
    return record if isinstance(record, dict) else line


def _column(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowException, UnicodeEncodeError, TypeError):
        return pa.array([_written(value) for value in values], pa.string())


def _written(value: Any) -> str | None:
    """Other values than text, such as true or a list, as JSON; a lone surrogate becomes U+FFFD."""
    if value is None:
        return None
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
