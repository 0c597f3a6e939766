"""Local files of the City's records: Parquet, CSV, JSON or JSON lines, plain or compressed."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, Self

import pyarrow as pa

from job.city import contents, csv_rows, json_rows, parquet_rows
from job.city.header import Header, Purpose
from job.errors import JobError, UsageError
from job.place import Place

BATCH_RECORDS, BATCH_BYTES = 65_536, 16 << 20
PACKED = (".gz", ".zst")


class Format(Protocol):
    """A module that reads one kind of file."""

    def header(self, path: Path, name: str, place: Place) -> Header:
        """The columns of the file, which has records of the place; messages call it `name`."""

    def tables(self, path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The records in order, with those of the columns that the file has, and MALFORMED for what is not a record."""


FORMATS: dict[str, Format] = {
    ".parquet": parquet_rows, ".csv": csv_rows, ".json": json_rows, ".jsonl": json_rows, ".ndjson": json_rows,
}  # fmt: skip


@dataclass(frozen=True)
class LocalFile:
    """A file on this machine whose header has been read."""

    path: Path
    format: Format
    header: Header

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.header.name

    @classmethod
    def parse(cls, path: Path, place: Place, name: str | None = None) -> Self:
        """Read the file's header; its name is its path unless given.

        The file is opened again for its records: a pattern may match more files than a process can hold open.
        Raises UsageError if it is not a readable, non-empty file of a known format, JobError if it is damaged.
        """
        name = name or str(path)
        with _clear_errors(name):
            _require_file(path, name)
            reader = format_of(path.name, name)
            contents.check(path, name)
            return cls(path, reader, reader.header(path, name, place))

    def check(self, purpose: Purpose) -> None:
        """Raise UsageError if its columns do not suit the purpose."""
        purpose.check(self.header)

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records; raises JobError where the file turns out to be damaged."""
        with _clear_errors(self.name):
            tables = _rebatched(self.format.tables(self.path, self.header, purpose.columns))
            yield from self.header.in_present_form(tables, purpose)


def format_of(file_name: str, name: str) -> Format:
    """The format by the file's name. Raises UsageError for any that is not read."""
    path = PurePosixPath(file_name.lower())
    suffix = (path.with_suffix("") if path.suffix in PACKED else path).suffix
    contents.check_suffix(suffix, name)
    if suffix not in FORMATS:
        raise UsageError(
            f"{name} is not a kind of file that can be read: "
            f"its name must end in {', '.join(FORMATS)}, followed by {' or '.join(PACKED)} if it is compressed"
        )
    return FORMATS[suffix]


def _require_file(path: Path, name: str) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"{name} is a directory: name the files in it, such as {name}/*.parquet")
        if path.exists() and not path.is_file():
            raise UsageError(f"{name} is not a regular file: save the records first, because they are read twice")
        with path.open("rb"):
            pass
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{name} cannot be read ({reason}): check its path and permissions") from error


def _rebatched(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of BATCH_RECORDS, the last one smaller, whatever the sizes of blocks and row groups.

    A table is also full at BATCH_BYTES, as it is with the long taxi_ids that `train` reads from CSV.
    """
    waiting: list[pa.Table] = []
    rows = size = 0
    for table in tables:
        waiting.append(table)
        rows, size = rows + len(table), size + table.nbytes
        while rows >= BATCH_RECORDS or size >= BATCH_BYTES:
            whole = pa.concat_tables(waiting, promote_options="default")
            yield whole.slice(0, BATCH_RECORDS)
            waiting = [whole.slice(BATCH_RECORDS)]
            rows, size = len(waiting[0]), waiting[0].nbytes
    if rows:
        yield pa.concat_tables(waiting, promote_options="default")


@contextmanager
def _clear_errors(name: str) -> Iterator[None]:
    """Turn errors of the file system and of the readers into one sentence.

    A KeyError means that a column is gone: the file has been replaced since its header was read.
    """
    try:
        yield
    except (pa.ArrowException, OSError, EOFError, csv.Error, KeyError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise JobError(f"{name} is damaged, or not what its name says ({reason}): get it again") from error
