"""The City's records as CSV: every value as the text in the file.

A quoted value may contain line ends, unless one of its further lines is a whole row by itself: then the quote was left
open by mistake, and only the line with the quote is malformed.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from job.city import lines, packed
from job.city.header import Header, api_name
from job.errors import UsageError
from job.place import Place
from job.rides.ride import MALFORMED, REQUIRED

# A quote opens a quoted value only at the start of a field; elsewhere it is an ordinary character.
FIELD = rb'(?:"[^"]*+(?:""[^"]*+)*+"[^,]*+|[^",][^,]*+|)'
FIELD_BEFORE_COMMA = re.compile(FIELD + b",")
CLOSED = re.compile(FIELD + b"(?:," + FIELD + b")*+")  # a row without an open quote
MOST_LINES, LONGEST_JOINED = 100, 1 << 16  # of a row that has quoted line ends
SEPARATOR_LINE = re.compile("sep=.")  # written for Excel
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def header(path: Path, name: str, place: Place) -> Header:
    """The columns named in the first line that is not blank; all are text.

    Raises UsageError if there is no such line, or if it is not separated by commas.
    """
    names, _ = _opened(path, name, place)
    return Header.parse(name, ((own_name, pa.string()) for own_name in names), place)


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The rows in order, malformed ones as the text of their line."""
    names, blocks = _opened(path, header.name, header.place)
    own_names = header.own_names(columns)
    first_index = {own_name: index for index, own_name in reversed([*enumerate(names)])}
    column_at = {first_index[own_name]: column for column, own_name in own_names.items()}
    parser = _Parser([column_at.get(index, str(index)) for index in range(len(names))], list(column_at.values()))
    for block in blocks:
        if isinstance(block, lines.Cut):
            yield from parser.parse(b"", is_last=True)
            yield pa.table({MALFORMED: [block]})
        else:
            yield from parser.parse(block)
    yield from parser.parse(b"", is_last=True)


class _Parser:
    """Parses blocks of whole lines.

    names: a name for each field.
    columns: the names of the fields to read.
    """

    def __init__(self, names: list[str], columns: list[str]) -> None:
        self._width = len(names)
        self._ragged: list[int] = []
        self._waiting = b""  # the lines of a row that may go on in the next block
        # Rows are numbered only when a single thread reads them.
        self._read = pa.csv.ReadOptions(column_names=names, block_size=1 << 30, use_threads=False)
        self._parse = pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._skip)
        self._convert = pa.csv.ConvertOptions(
            include_columns=columns,
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        )

    def parse(self, block: bytes, is_last: bool = False) -> Iterator[pa.Table]:
        """The rows' values, and MALFORMED for each with an open quote, or with more or fewer fields."""
        block, self._waiting = self._waiting + block, b""
        if not block:
            return
        if not block.isascii():
            block = block.decode(errors="replace").encode()
        if CLOSED.fullmatch(block[block.rfind(b"\n", 0, -1) + 1 : -1]):
            good = self._rows(block)
            if len(good) + len(self._ragged) == block.count(b"\n"):
                yield self._with_malformed(good, block.split(b"\n") if self._ragged else [])
                return
        # A line is blank, or a quote is open at its end.
        rows, waiting = self._joined([line for line in block.split(b"\n") if line], is_last)
        self._waiting = b"".join(line + b"\n" for line in waiting)
        if rows:
            good = self._rows(b"".join(self._closed(row) + b"\n" for row in rows))
            yield self._with_malformed(good, rows)

    def _rows(self, block: bytes) -> pa.Table:
        self._ragged.clear()
        return pa.csv.read_csv(pa.py_buffer(block), self._read, self._parse, self._convert)

    def _skip(self, row: pa.csv.InvalidRow) -> str:
        self._ragged.append(row.number - 1)
        return "skip"

    def _with_malformed(self, good: pa.Table, written: list[bytes]) -> pa.Table:
        """Insert the malformed rows as text, where they stand in the file."""
        if not self._ragged:
            return good
        rows = np.array(self._ragged)
        malformed = pa.table({MALFORMED: [written[row].decode() for row in rows]})
        both = pa.concat_tables([good, malformed], promote_options="default")
        order = np.full(len(both), -1)
        order[rows] = np.arange(len(good), len(both))
        order[order < 0] = np.arange(len(good))
        return both.take(pa.array(order))

    def _closed(self, row: bytes) -> bytes:
        """The row, with too many fields if it ends in an open quote."""
        return row if CLOSED.fullmatch(row) else row + b'"' + b"," * self._width

    def _joined(self, written: list[bytes], is_last: bool) -> tuple[list[bytes], list[bytes]]:
        """Rows of one or more lines, and the lines of a row that may go on in the next block."""
        rows: list[bytes] = []
        at = 0
        while at < len(written):
            end = at + 1 if CLOSED.fullmatch(written[at]) else self._end(written, at)
            if end > len(written):
                if not is_last:
                    return rows, written[at:]
                end = at + 1
            rows.append(b"\n".join(written[at:end]))
            at = end
        return rows, []

    def _end(self, written: list[bytes], at: int) -> int:
        """The index of the line after a row whose first line has an open quote.

        It is that of the second line if the quote is a mistake, and beyond all lines if the row may go on.
        """
        row = written[at]
        for index in range(at + 1, at + MOST_LINES):
            if index == len(written):
                return index + 1
            row += b"\n" + written[index]
            if len(row) > LONGEST_JOINED or _fields(written[index]) == self._width:
                break
            if b'"' in written[index] and CLOSED.fullmatch(row):
                return index + 1
        return at + 1


def _fields(line: bytes) -> int:
    """The number of fields, of which the last may have an open quote."""
    count, at = 1, 0
    while field := FIELD_BEFORE_COMMA.match(line, at):
        count, at = count + 1, field.end()
    return count


def _opened(path: Path, name: str, place: Place) -> tuple[list[str], Iterator[bytes | lines.Cut]]:
    """The names of the columns, and the blocks of lines after them."""
    blocks = lines.blocks(packed.chunks(path, name))
    line, rest = _first_line(blocks, name)
    if SEPARATOR_LINE.fullmatch(line):
        line, rest = _first_line(chain([rest] if rest else [], blocks), name)
    names = next(csv.reader([line]))
    if not _has_columns(names, place):
        for separator, words in OTHER_SEPARATORS.items():
            if _has_columns(next(csv.reader([line], delimiter=separator)), place):
                raise UsageError(f"{name} has {words} between its columns: export it with commas")
    return names, chain([rest] if rest else [], blocks)


def _has_columns(names: Iterable[str], place: Place) -> bool:
    return any(api_name(name, place) in REQUIRED for name in names)


def _first_line(blocks: Iterator[bytes | lines.Cut], name: str) -> tuple[str, bytes]:
    """The first line, and the rest of its block."""
    block = next(blocks, b"")
    if isinstance(block, lines.Cut):
        raise UsageError(f"{name} has a first line of over {lines.LONGEST >> 20} MiB: give a file with a header")
    line, _, rest = block.partition(b"\n")
    if not (text := line.decode("utf-8-sig", errors="replace")).strip():
        if rest:
            return _first_line(chain([rest], blocks), name)
        raise UsageError(f"{name} is empty: give a file with the City's records")
    return text, rest
