"""The City's records as Parquet, with whatever types the columns have."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from job.city import packed
from job.city.header import Header

BUFFER = 1 << 20  # bytes; without a buffer a large row group would be held whole


def header(path: Path, name: str) -> Header:
    """The columns of the file's schema."""
    with _opened(path) as file:
        return Header.parse(name, ((field.name, field.type) for field in file.schema_arrow))


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The records in order; the row groups before a damaged one are read."""
    own_names = header.own_names(columns)
    with _opened(path) as file:
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(row_groups=[group], columns=list(own_names.values())):
                yield pa.table({column: batch[own_name] for column, own_name in own_names.items()})


@contextmanager
def _opened(path: Path) -> Iterator[pa.parquet.ParquetFile]:
    """The file, decompressed to a temporary one if it is compressed as a whole, because Parquet is read from its end.

    Header and records decompress it separately: keeping every decompressed file of a pattern could fill the disk.
    """
    if not packed.compression(path):
        with pa.parquet.ParquetFile(path, buffer_size=BUFFER) as file:
            yield file
        return
    with tempfile.TemporaryDirectory(prefix="taxi-") as folder:
        unpacked = Path(folder, "unpacked.parquet")
        with packed.stream(path) as source, unpacked.open("wb") as target:
            shutil.copyfileobj(source, target)
        with pa.parquet.ParquetFile(unpacked, buffer_size=BUFFER) as file:
            yield file
