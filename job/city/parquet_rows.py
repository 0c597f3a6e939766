"""The City's records as Parquet, with whatever types the columns have."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from job.city import packed
from job.city.header import Header
from job.city.lines import LONGEST, Long
from job.errors import JobError
from job.place import Place

BUFFER = 1 << 20  # bytes; without a buffer a large row group would be held whole
ROWS = 65_536
# Values in DELTA_BYTE_ARRAY cannot be read as dictionaries, and a small file can repeat a long one without end.
DELTA_ROWS = 64
PART = 8 << 20  # bytes of text in a table, unless a single record has more
# Pages are decoded whole, and only overlong values make pages that do not fit in memory.
LARGE_GROUP, LARGE_RECORD = 128 << 20, 2_048


def header(path: Path, name: str, place: Place) -> Header:
    """The columns of the file's schema."""
    with _opened(path, name) as file:
        return Header.parse(name, ((field.name, field.type) for field in file.schema_arrow), place)


def tables(path: Path, header: Header, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The records in order; the row groups before a damaged one are read.

    Overlong values are cut. Raises JobError for a row group that consists of them.
    """
    own_names = header.own_names(columns)
    kinds = {own_name: header.columns[column].type for column, own_name in own_names.items()}
    rows = min([ROWS, *(PART // max(kind.byte_width, 1) for kind in kinds.values() if _is_fixed(kind))])
    # Text is read as dictionaries, because a small file can repeat a long value without end.
    texts = [own_name for own_name, kind in kinds.items() if _is_text(kind)]
    with _opened(path, header.name, texts) as file:
        delta = _delta_encoded(file.metadata) & set(texts)
        rows = min(rows, DELTA_ROWS) if delta else rows
        for group in range(file.num_row_groups):
            _require_short_values(file.metadata.row_group(group), set(kinds), header.name)
            for batch in file.iter_batches(max(rows, 1), row_groups=[group], columns=list(kinds)):
                values = {
                    column: batch[own_name].dictionary_encode() if own_name in delta else batch[own_name]
                    for column, own_name in own_names.items()
                }
                yield from _parts(pa.RecordBatch.from_pydict(values))


def _delta_encoded(metadata: pa.parquet.FileMetaData) -> set[str]:
    """The columns in which pages have one of Parquet's delta encodings."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    chunks = (group.column(index) for group in groups for index in range(group.num_columns))
    return {chunk.path_in_schema for chunk in chunks if any("DELTA" in encoding for encoding in chunk.encodings)}


def _is_text(kind: pa.DataType) -> bool:
    decoded = kind.value_type if pa.types.is_dictionary(kind) else kind
    return _is_variable(decoded) or pa.types.is_string_view(decoded) or pa.types.is_binary_view(decoded)


def _is_variable(kind: pa.DataType) -> bool:
    tests = pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary
    return any(test(kind) for test in tests)


def _is_fixed(kind: pa.DataType) -> bool:
    return bool(pa.types.is_fixed_size_binary(kind))


def _require_short_values(group: pa.parquet.RowGroupMetaData, columns: set[str], name: str) -> None:
    chunks = (group.column(index) for index in range(group.num_columns))
    size = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema in columns)
    if size > max(LARGE_GROUP, LARGE_RECORD * group.num_rows):
        per_record = size // max(group.num_rows, 1)
        raise JobError(f"{name} has records of {per_record:,} bytes on average: give the City's records")


def _parts(batch: pa.RecordBatch) -> Iterator[pa.Table]:
    """The batch without dictionaries, in tables of limited size, with overlong values cut."""
    columns = {name: _with_short_values(batch[name]) for name in batch.schema.names}
    sizes = np.zeros(len(batch), "int64")
    for values in columns.values():
        if _is_dictionary_of_text(values.type):
            sizes += _lengths(values.dictionary).take(values.indices).fill_null(0).to_numpy()
    parts = np.cumsum(sizes) // PART
    starts = [0, *(np.flatnonzero(np.diff(parts)) + 1), len(batch)]
    for first, end in pairwise(starts):
        sliced = {name: values.slice(first, end - first) for name, values in columns.items()}
        yield pa.table({name: _decoded(values) for name, values in sliced.items()})


def _is_dictionary_of_text(kind: pa.DataType) -> bool:
    return pa.types.is_dictionary(kind) and _is_text(kind)


def _with_short_values(values: pa.Array) -> pa.Array:
    """The values; in a dictionary of text, overlong ones are cut."""
    if not _is_dictionary_of_text(values.type) or not (pc.max(_lengths(values.dictionary)).as_py() or 0) > LONGEST:
        return values
    kind = values.type.value_type
    short = [_short(value) for value in values.dictionary.cast(pa.large_binary()).to_pylist()]
    as_bytes = pa.large_binary() if pa.types.is_large_string(kind) or pa.types.is_large_binary(kind) else pa.binary()
    # A view, because the text of a file need not be UTF-8.
    return pa.DictionaryArray.from_arrays(values.indices, pa.array(short, as_bytes).view(kind))


def _short(value: bytes | None) -> bytes | None:
    if value is None or len(value) <= LONGEST:
        return value
    long = Long()
    long.add(value)
    return long.cut().encode()


def _lengths(values: pa.Array) -> pa.Array:
    return pc.binary_length(values.cast(pa.large_binary())).cast(pa.int64())


def _decoded(values: pa.Array) -> pa.Array:
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


@contextmanager
def _opened(path: Path, name: str, as_dictionaries: Sequence[str] = ()) -> Iterator[pa.parquet.ParquetFile]:
    """The file, decompressed to a temporary one if it is compressed as a whole, because Parquet is read from its end.

    Header and records decompress it separately: keeping every decompressed file of a pattern could fill the disk.
    """
    with tempfile.TemporaryDirectory(prefix="taxi-") as folder:
        if packed.compression(path):
            unpacked = Path(folder, "unpacked.parquet")
            packed.unpack(path, unpacked, name)
            path = unpacked
        metadata = pa.parquet.read_metadata(path)
        with pa.parquet.ParquetFile(
            path,
            metadata=metadata,
            buffer_size=BUFFER,
            read_dictionary=sorted(set(as_dictionaries) - _delta_encoded(metadata)),
            coerce_int96_timestamp_unit="us",  # in nanoseconds, years outside 1677 to 2262 would become others
        ) as file:
            yield file
