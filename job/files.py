"""Writes files atomically, and tables as .csv or .parquet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from job.errors import JobError, UsageError

WRITERS = {".csv": pa.csv.CSVWriter, ".parquet": pa.parquet.ParquetWriter}


@contextmanager
def table_writer(path: Path, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """Yield a function that appends tables to a file, which is put in place when the block succeeds.

    Raises UsageError for another suffix, and JobError if the file cannot be written.
    """
    if path.suffix not in WRITERS:
        raise UsageError(f"{path} cannot be written: name a file that ends in {' or '.join(WRITERS)}")
    with written_whole(path) as partial, partial.open("wb") as file, WRITERS[path.suffix](file, schema) as writer:
        yield writer.write_table


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path that replaces the file when the block succeeds; raises JobError if writing fails."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise JobError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # it would hide the error above
            partial.unlink()
