"""Tables to .csv or .parquet files, whole or not at all."""

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
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file, WRITERS[path.suffix](file, schema) as writer:
            yield writer.write_table
        partial.replace(path)
    except OSError as error:
        raise JobError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
