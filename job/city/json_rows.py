"""The City's records as JSON: an array of objects, or one object a line; every value as the text that was written."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TextIO

import pyarrow as pa

from job.errors import JobError
from job.rides.ride import MALFORMED

# A page of text; one record must fit into so many.
CHUNK, MOST_CHUNKS = 1 << 20, 16
ROWS = 4_096
BETWEEN = " \t\r\n,"
# Numbers stay as they are written, so that 1e999, NaN and 0.10 reach the payload of a reject as they are.
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

Record = dict[str, Any]


def records(text: TextIO, where: str) -> Iterator[Record | str]:
    """Each record; a line that is no object comes as it is written.

    Raises JobError for an array that breaks off or holds something else than objects.
    """
    start = text.read(1)
    while start and start in " \t\r\n":
        start = text.read(1)
    return _array(text, where) if start == "[" else _lines(start, text, where)


def table(rows: Sequence[Record | str], columns: dict[str, str]) -> pa.Table:
    """The rows' values as text, by our names of their keys; beside them the lines that are no objects."""
    objects = [row if isinstance(row, dict) else {} for row in rows]
    read = {name: _column([row.get(key) for row in objects]) for name, key in columns.items()}
    malformed = [row if isinstance(row, str) else None for row in rows]
    if any(line is not None for line in malformed):
        read[MALFORMED] = _column(malformed)
    return pa.table(read)


def tables(rows: Iterable[Record | str], columns: dict[str, str]) -> Iterator[pa.Table]:
    """Small tables: as objects, rows with all that we do not ask for take a hundred times the room."""
    ahead = iter(rows)
    while several := list(islice(ahead, ROWS)):
        yield table(several, columns)


def keys(rows: Iterable[Record | str]) -> list[str]:
    """Every key that occurs, in order; the City leaves out what is empty."""
    return list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))


def _array(text: TextIO, where: str) -> Iterator[Record]:
    buffer, at = "", 0
    while True:
        while at < len(buffer) and buffer[at] in BETWEEN:
            at += 1
        if buffer[at : at + 1] == "]":
            return
        try:
            record, at = DECODER.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:
            # Broken, or only cut by the end of the buffer: more text tells.
            more = text.read(CHUNK) if len(buffer) - at < CHUNK * MOST_CHUNKS else ""
            if not more:
                raise JobError(f"{where} is not a whole JSON array of objects ({error}): get it again") from error
            buffer, at = buffer[at:] + more, 0
            continue
        if not isinstance(record, dict):
            raise JobError(f"{where} is not an array of objects: it holds {str(record)[:40]!r}; give the City's JSON")
        yield record


def _lines(start: str, text: TextIO, where: str) -> Iterator[Record | str]:
    while line := start + text.readline(CHUNK * MOST_CHUNKS):
        start = ""
        if len(line) >= CHUNK * MOST_CHUNKS:
            raise JobError(f"{where} has a line of over {CHUNK * MOST_CHUNKS >> 20} MiB: is it JSON lines?")
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
    """Values that are no text, such as true or a list, as JSON; half a surrogate pair becomes U+FFFD."""
    if value is None:
        return None
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
