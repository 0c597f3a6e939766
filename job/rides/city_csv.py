"""The City's records as CSV: every value as the text that was written, ragged rows too."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv

from job.rides.ride import MALFORMED

BLOCK = 4 << 20  # bytes parsed at once; one row must fit
LONGEST_HEADER = 1 << 20


def header(stream: pa.NativeFile) -> list[str]:
    """The columns' names as they are written; none in a file without a line."""
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    while (line := lines.readline(LONGEST_HEADER)) and not line.strip():
        pass
    return next(csv.reader([line]), [])


def tables(stream: pa.NativeFile, columns: dict[str, str]) -> Iterator[pa.Table]:
    """The file's rows in order, columns by our names of them; ragged rows as text."""
    ragged: deque[tuple[int, str]] = deque()

    def keep(row: pa.csv.InvalidRow) -> str:
        ragged.append((row.number - 1, row.text))  # the header is row 1
        return "skip"

    reader = pa.csv.open_csv(
        _valid_utf8(stream),
        # In one thread, else rows have no numbers.
        read_options=pa.csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=keep),
        convert_options=pa.csv.ConvertOptions(
            include_columns=list(columns.values()),
            column_types=dict.fromkeys(columns.values(), pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    position = 1
    for batch in reader:
        table = _with_ragged(pa.table(batch).rename_columns(list(columns)), position, ragged)
        yield table
        position += len(table)
    if ragged:
        yield pa.table({MALFORMED: pa.array([line for _, line in ragged], pa.string())})


def _valid_utf8(stream: pa.NativeFile) -> pa.NativeFile:
    """The same bytes with U+FFFD for what is not UTF-8: one such byte in a ragged row would end the reading."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def repaired(block: pa.Buffer) -> bytes:
        content = bytes(block)
        if content and content.isascii() and not decoder.getstate()[0]:
            return content
        return decoder.decode(content, final=not content).encode()

    return pa.lib.TransformInputStream(stream, repaired)


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
