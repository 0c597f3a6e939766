"""The City's records as CSV: every value as the text that was written, ragged rows too."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv

from job.errors import JobError
from job.rides.ride import MALFORMED

BLOCK = 4 << 20  # bytes parsed at once; one row must fit
LONGEST_HEADER = 1 << 20


def header(stream: pa.NativeFile) -> list[str]:
    """The columns' names as they are written; none in a file without a line."""
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    while (line := lines.readline(LONGEST_HEADER)) and not line.strip():
        pass
    return next(csv.reader([line]), [])


def tables(stream: pa.NativeFile, columns: dict[str, str], where: str) -> Iterator[pa.Table]:
    """The file's rows in order, columns by our names of them; ragged rows as text.

    Raises JobError for a quote that is not closed: the rows behind it would be one value, and gone.
    """
    source, ragged, position = _Repaired(), _Ragged(), 1
    try:
        for batch in _reader(pa.lib.TransformInputStream(stream, source), columns, ragged):
            table = _with_ragged(pa.table(batch).rename_columns(list(columns)), position, ragged.rows)
            yield table
            position += len(table)
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):  # a header without a line's end, and nothing behind it
            return
        if "straddl" not in str(error):
            raise
        raise JobError(f"{where} has a row of over {BLOCK >> 20} MiB: look for a quote that is not closed") from error
    if (source.quotes - ragged.quotes) % 2:
        raise JobError(f"{where} has a quote that is not closed, which hides the rows behind it: repair it")
    if ragged.rows:
        yield pa.table({MALFORMED: pa.array([line for _, line in ragged.rows], pa.string())})


class _Ragged:
    """Takes the rows that have more or fewer fields than the header, each with its position."""

    def __init__(self) -> None:
        self.rows: deque[tuple[int, str]] = deque()
        self.quotes = 0

    def __call__(self, row: pa.csv.InvalidRow) -> str:
        self.rows.append((row.number - 1, row.text))  # the header is row 1
        self.quotes += row.text.count('"')
        return "skip"


class _Repaired:
    """Turns bytes into valid UTF-8, and counts quotes: one wrong byte in a ragged row would end the reading."""

    def __init__(self) -> None:
        self.quotes = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def __call__(self, block: pa.Buffer) -> bytes:
        content = bytes(block)
        self.quotes += content.count(b'"')
        if content and content.isascii() and not self._decoder.getstate()[0]:
            return content
        return self._decoder.decode(content, final=not content).encode()


def _reader(stream: pa.NativeFile, columns: dict[str, str], ragged: _Ragged) -> Iterator[pa.RecordBatch]:
    return pa.csv.open_csv(
        stream,
        # In one thread, else rows have no numbers.
        read_options=pa.csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=ragged),
        convert_options=pa.csv.ConvertOptions(
            include_columns=list(columns.values()),
            column_types=dict.fromkeys(columns.values(), pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _with_ragged(good: pa.Table, first: int, ragged: deque[tuple[int, str]]) -> pa.Table:
    """The ragged rows that stand before, between and right behind these good ones, put where they stand."""
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
