"""The City's records as CSV: every value as the text in the file.

Each line is a record: none of the City's columns contains line ends, so a quote that is not closed in its line is a
mistake, and makes only that line malformed.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from job.city import lines, packed
from job.city.header import Header, api_name
from job.errors import UsageError
from job.rides.ride import MALFORMED, REQUIRED

# A quote opens a quoted value only at the start of a field; elsewhere it is an ordinary character.
FIELD = rb'(?:"[^"]*+(?:""[^"]*+)*+"[^,]*+|[^",][^,]*+|)'
WITH_CLOSED_QUOTES = re.compile(FIELD + b"(?:," + FIELD + b")*+")
SEPARATOR_LINE = re.compile("sep=.")  # written for Excel
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def header(path: Path, name: str) -> Header:
    """The columns named in the first line that is not blank; all are text.

    Raises UsageError if there is no such line, or if it is not separated by commas.
    """
    names, _ = _opened(path, name)
    return Header.parse(name, ((own_name, pa.string()) for own_name in names))


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The rows in order, malformed ones as the text of their line."""
    names, blocks = _opened(path, header.name)
    own_names = header.own_names(columns)
    first_places = {own_name: place for place, own_name in reversed([*enumerate(names)])}
    places = {first_places[own_name]: column for column, own_name in own_names.items()}
    parser = _Parser([places.get(place, f"{place}") for place in range(len(names))], list(places.values()))
    for block in blocks:
        yield pa.table({MALFORMED: [block]}) if isinstance(block, lines.Cut) else parser.parse(block)


class _Parser:
    """Parses blocks of whole lines.

    names: a name for each field.
    columns: the names of the fields to read.
    """

    def __init__(self, names: list[str], columns: list[str]) -> None:
        self._width = len(names)
        self._columns = columns
        self._ragged: list[int] = []
        # Rows are numbered only when a single thread reads them.
        self._read = pa.csv.ReadOptions(column_names=names, block_size=4 * lines.LONGEST, use_threads=False)
        self._parse = pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._skip)
        self._convert = pa.csv.ConvertOptions(
            include_columns=columns,
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        )

    def parse(self, block: bytes) -> pa.Table:
        """The lines' values, and MALFORMED for each line with an open quote, or with more or fewer fields."""
        if not block.isascii():
            block = block.decode(errors="replace").encode()
        last_line = block[block.rfind(b"\n", 0, -1) + 1 : -1]
        good = self._rows(block) if WITH_CLOSED_QUOTES.fullmatch(last_line) else None
        # A value with a line end makes one row of several lines.
        if good is None or len(good) + len(self._ragged) != block.count(b"\n"):
            good = self._rows(b"".join(self._with_closed_quotes(line) for line in block.splitlines()))
        return _with_malformed(good, np.array(self._ragged) - 1, block) if self._ragged else good

    def _rows(self, block: bytes) -> pa.Table:
        self._ragged.clear()
        return pa.csv.read_csv(pa.py_buffer(block), self._read, self._parse, self._convert)

    def _skip(self, row: pa.csv.InvalidRow) -> str:
        self._ragged.append(row.number)
        return "skip"

    def _with_closed_quotes(self, line: bytes) -> bytes:
        """The line, with too many fields if a quote is not closed in it."""
        return line + (b"\n" if WITH_CLOSED_QUOTES.fullmatch(line) else b'"' + b"," * self._width + b"\n")


def _opened(path: Path, name: str) -> tuple[list[str], Iterator[bytes | lines.Cut]]:
    """The names of the columns, and the blocks of lines after them."""
    blocks = lines.blocks(packed.chunks(path, name))
    line, rest = _first_line(blocks, name)
    if SEPARATOR_LINE.fullmatch(line):
        line, rest = _first_line(chain([rest] if rest else [], blocks), name)
    names = next(csv.reader([line]))
    if not set(map(api_name, names)) & set(REQUIRED):
        for separator, words in OTHER_SEPARATORS.items():
            if set(map(api_name, next(csv.reader([line], delimiter=separator)))) & set(REQUIRED):
                raise UsageError(f"{name} has {words} between its columns: export it with commas")
    return names, chain([rest] if rest else [], blocks)


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


def _with_malformed(good: pa.Table, rows: np.ndarray, block: bytes) -> pa.Table:
    """Insert the block's malformed lines, which are those of these rows, where they stand in the file."""
    written = block.decode().split("\n")
    malformed = pa.table({MALFORMED: [written[row] for row in rows]})
    both = pa.concat_tables([good, malformed], promote_options="default")
    order = np.full(len(both), -1)
    order[rows] = np.arange(len(good), len(both))
    order[order < 0] = np.arange(len(good))
    return both.take(pa.array(order))
