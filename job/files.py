"""Files that are written whole or not at all; tables to .csv or .parquet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from job.errors import JobError, UsageError

WRITERS = {".csv": pa.csv.CSVWriter, ".parquet": pa.parquet.ParquetWriter}


@contextmanager
def table_writer(path: Path, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """A function that appends a table to the file; the file gets its name when the block ends well.

    Raises UsageError for another ending, JobError when the file cannot be written.
    """
    if path.suffix not in WRITERS:
        raise UsageError(f"{path} cannot be written: name a file that ends in {' or '.join(WRITERS)}")
    with written_whole(path) as partial, partial.open("wb") as file, WRITERS[path.suffix](file, schema) as writer:
        yield writer.write_table


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Another path to write to, which becomes the file when the block ends well; raises JobError when it cannot."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise JobError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
