"""The City's records as CSV: every value as the text in the file, rows with too many or too few fields too."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from job.city import packed
from job.city.header import Header
from job.errors import JobError, UsageError
from job.rides.ride import MALFORMED

BLOCK = 4 << 20  # bytes parsed at once; a row must fit into one block
LONGEST_HEADER = 1 << 20


def header(path: Path, name: str) -> Header:
    """The columns named in the first line that is not blank; all are text."""
    with packed.stream(path) as stream:
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        while (line := lines.readline(LONGEST_HEADER)) and not line.strip():
            pass
        names = next(csv.reader([line]), [])
    if not names:
        raise UsageError(f"{name} is empty: give a file with the City's records")
    return Header.parse(name, ((own_name, pa.string()) for own_name in names))


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The rows in order, ragged ones as the text of their line.

    Raises JobError for an unclosed quote, since all rows after it would become part of one value.
    """
    own_names = header.own_names(columns)
    source, ragged, position = _Repaired(), _Ragged(), 1
    with packed.stream(path) as stream:
        try:
            for batch in _reader(pa.lib.TransformInputStream(stream, source), list(own_names.values()), ragged):
                table = _with_ragged(pa.table(batch).rename_columns(list(own_names)), position, ragged.rows)
                yield table
                position += len(table)
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):  # a header without a line end and without rows
                return
            if "straddl" not in str(error):
                raise
            size = f"{BLOCK >> 20} MiB"
            raise JobError(f"{header.name} has a row of more than {size}: look for an unclosed quote") from error
    if (source.quotes - ragged.quotes) % 2:
        raise JobError(f"{header.name} has an unclosed quote, which hides the rows after it: repair it")
    if ragged.rows:
        yield pa.table({MALFORMED: pa.array([line for _, line in ragged.rows], pa.string())})


class _Ragged:
    """Collects the rows that have more or fewer fields than the header, each with its position."""

    def __init__(self) -> None:
        self.rows: deque[tuple[int, str]] = deque()
        self.quotes = 0

    def __call__(self, row: pa.csv.InvalidRow) -> str:
        self.rows.append((row.number - 1, row.text))  # the header is row 1
        self.quotes += row.text.count('"')
        return "skip"


class _Repaired:
    """Counts quotes, and replaces invalid UTF-8, which would end the reading if it stood in a ragged row."""

    def __init__(self) -> None:
        self.quotes = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def __call__(self, block: pa.Buffer) -> bytes:
        content = bytes(block)
        self.quotes += content.count(b'"')
        if content and content.isascii() and not self._decoder.getstate()[0]:
            return content
        return self._decoder.decode(content, final=not content).encode()


def _reader(stream: pa.NativeFile, columns: list[str], ragged: _Ragged) -> Iterator[pa.RecordBatch]:
    return pa.csv.open_csv(
        stream,
        # Rows are numbered only when a single thread reads them.
        read_options=pa.csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=ragged),
        convert_options=pa.csv.ConvertOptions(
            include_columns=columns,
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _with_ragged(good: pa.Table, first: int, ragged: deque[tuple[int, str]]) -> pa.Table:
    """Insert the ragged rows before, between and directly after these good rows where they stand in the file."""
    at: list[int] = []
    lines: list[str] = []
    while ragged and ragged[0][0] <= first + len(good) + len(lines):
        position, line = ragged.popleft()
        at.append(position - first)
        lines.append(line)
    if not lines:
        return good
    both = pa.concat_tables([good, pa.table({MALFORMED: lines})], promote_options="default")
    order = np.full(len(both), -1)
    order[at] = np.arange(len(good), len(both))
    order[order < 0] = np.arange(len(good))
    return both.take(pa.array(order))
