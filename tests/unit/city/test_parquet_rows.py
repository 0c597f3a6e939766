"""Parquet of many types, with overlong values, compressed as a whole, and damaged in the middle."""

import datetime
import decimal
import gzip
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from job.city import files, packed, parquet_rows, reading, sources
from job.errors import JobError, UsageError
from tests.rides import CHICAGO
from tests.unit.city.conftest import read, records, rides


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compressed file is decompressed to a temporary file, which goes when reading ends, even early."""
    pq.write_table(records(5), tmp_path / "five.parquet")
    (tmp_path / "five.parquet.gz").write_bytes(gzip.compress((tmp_path / "five.parquet").read_bytes()))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(files, "BATCH_RECORDS", 3)
    parsed = sources.parse([str(tmp_path / "five.parquet.gz")], None, CHICAGO)
    assert not list(folder.iterdir())
    batches = reading.batches(parsed, CHICAGO)
    assert next(batches).read == 3
    assert list(folder.iterdir())
    batches.close()
    assert not list(folder.iterdir())


def test_row_groups_before_a_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read before the damage is reported."""
    monkeypatch.setattr(files, "BATCH_RECORDS", 10)
    path = tmp_path / "damaged.parquet"
    pq.write_table(records(30), path, row_group_size=10, compression="zstd")
    chunk = pq.ParquetFile(path).metadata.row_group(2).column(3)
    content = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(content)
    batches = reading.batches(sources.parse([str(path)], None, CHICAGO), CHICAGO)
    assert [next(batches).read, next(batches).read] == [10, 10]
    with pytest.raises(JobError, match=r"damaged\.parquet is damaged"):
        next(batches)


def test_a_compressed_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused before it fills the disk."""
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1_000)
    pq.write_table(records(5), tmp_path / "five.parquet")
    (tmp_path / "five.parquet.gz").write_bytes(gzip.compress((tmp_path / "five.parquet").read_bytes()))
    with pytest.raises(JobError, match="when it is decompressed"):
        read(tmp_path / "five.parquet.gz")


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_delta_encoded_text(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read in small tables, because a prefix stored once may be repeated without end; overlong values are cut."""
    monkeypatch.setattr(parquet_rows, "LONGEST", 1_000)
    monkeypatch.setattr(parquet_rows, "PART", 50_000)
    table = records(200).set_column(0, "trip_id", pa.array([f"{'y' * 2_000}{row}" for row in range(200)]))
    text = dict.fromkeys(("trip_id", "pickup_community_area"), encoding)
    pq.write_table(table, tmp_path / "delta.parquet", use_dictionary=False, column_encoding=text)
    source = sources.parse([str(tmp_path / "delta.parquet")], None, CHICAGO)[0]
    assert isinstance(source, files.LocalFile)
    tables = list(parquet_rows.tables(source.path, source.header, reading.SCORING.columns))
    assert max(map(len, tables)) <= parquet_rows.DELTA_ROWS
    records_read = pa.concat_tables(tables)
    assert records_read["pickup_community_area"].to_pylist() == ["8"] * 200
    assert " of 2,003 bytes, SHA-256 " in records_read["trip_id"][150].as_py()


@pytest.mark.parametrize("is_dictionary", [True, False])
def test_overlong_values(is_dictionary: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are cut, with their length, and come in small tables, although a few bytes of a file can repeat them."""
    monkeypatch.setattr(parquet_rows, "LONGEST", 1_000)
    monkeypatch.setattr(parquet_rows, "PART", 50_000)
    miles = [*["y" * 2_000] * 500, *["z" * 999] * 500, "1", None]
    table = records(1_002).set_column(3, "trip_miles", pa.array(miles))
    pq.write_table(table, tmp_path / "long.parquet", use_dictionary=is_dictionary)
    source = sources.parse([str(tmp_path / "long.parquet")], None, CHICAGO)[0]
    assert isinstance(source, files.LocalFile)
    tables = list(parquet_rows.tables(source.path, source.header, reading.SCORING.columns))
    miles_read = pa.concat_tables(tables)["trip_miles"].to_pylist()
    assert miles_read[0].startswith("yyyy")
    assert " of 2,000 bytes, SHA-256 " in miles_read[499]
    assert miles_read[500:] == miles[500:]
    assert max(len(part) for part in tables[1:]) < 60


def test_a_row_group_of_overlong_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, because its pages may not fit in memory."""
    monkeypatch.setattr(parquet_rows, "LARGE_GROUP", 100_000)
    table = records(30).set_column(3, "trip_miles", pa.array([f"{n}{'y' * 9_000}" for n in range(30)]))
    pq.write_table(table, tmp_path / "long.parquet", compression="zstd")
    with pytest.raises(JobError, match=r"has records of \d,\d\d\d bytes on average"):
        read(tmp_path / "long.parquet")


START = datetime.datetime(2022, 3, 1, 6, 15)
TYPES = {
    "trip_id": [pa.large_string(), pa.string_view(), pa.binary(), pa.binary(1), pa.dictionary(pa.int8(), pa.string())],
    "trip_miles": [
        pa.float16(), pa.float32(), pa.int8(), pa.decimal128(10, 2), pa.decimal256(50, 3), pa.large_string(),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    "pickup_community_area": [pa.float16(), pa.uint64(), pa.decimal128(5, 0), pa.dictionary(pa.int8(), pa.string())],
    "trip_start_timestamp": [pa.timestamp(unit, zone) for unit in ("s", "ms", "us", "ns") for zone in (None, "UTC")],
}  # fmt: skip
VALUES = {"trip_id": "8", "trip_miles": "8", "pickup_community_area": "8", "trip_start_timestamp": START}


@pytest.mark.parametrize(
    ("column", "kind"), [(column, kind) for column, kinds in TYPES.items() for kind in kinds], ids=str
)
def test_types_that_are_read(column: str, kind: pa.DataType, tmp_path: Path) -> None:
    """Values are the same in every type that can hold them; nested columns that are not needed are ignored."""
    value = decimal.Decimal(8) if pa.types.is_decimal(kind) else VALUES[column]
    value = np.float16(8) if kind == pa.float16() else 8 if pa.types.is_integer(kind) else value
    value = 8.0 if kind == pa.float32() else value
    written = pa.array([value], kind.value_type if pa.types.is_dictionary(kind) else kind)
    table = records(1)
    index = table.column_names.index(column)
    table = table.set_column(index, column, written.dictionary_encode() if pa.types.is_dictionary(kind) else written)
    table = table.append_column("pickup", pa.array([{"trip_miles": [1]}]))
    pq.write_table(table, tmp_path / "typed.parquet")
    parsed = rides(tmp_path / "typed.parquet")
    assert parsed["trip_miles"].tolist() == [8.0 if column == "trip_miles" else 1.0]
    assert parsed["pickup_community_area"].tolist() == [8.0]
    assert parsed["source_trip_id"].tolist() == ["8" if column == "trip_id" else "r0"]


def test_int96_timestamps(tmp_path: Path) -> None:
    """They are read, and a year beyond 2262 does not become another."""
    starts = pa.array([START, datetime.datetime(2606, 9, 21)], pa.timestamp("us"))
    table = records(2).set_column(1, "trip_start_timestamp", starts)
    pq.write_table(table, tmp_path / "old.parquet", use_deprecated_int96_timestamps=True)
    (batch,) = read(tmp_path / "old.parquet")
    assert len(batch.rides) == 1
    assert batch.rejected["reason"].tolist() == ["bad_start_time"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("trip_miles", pa.array([[1.0]])),
        ("trip_miles", pa.array([True])),
        ("trip_id", pa.array([{"a": "b"}])),
        ("pickup_community_area", pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int8()))),
        ("trip_start_timestamp", pa.array([1646144100])),
        ("trip_start_timestamp", pa.array([1646144100.0])),
        ("trip_seconds", pa.array([datetime.timedelta(minutes=9)])),
        ("trip_start_timestamp", pa.array([START.time()])),
    ],
)
def test_types_that_are_refused(column: str, values: pa.Array, tmp_path: Path) -> None:
    """A column that cannot be what its name says is refused by its type."""
    table = records(1)
    pq.write_table(table.set_column(table.column_names.index(column), column, values), tmp_path / "typed.parquet")
    with pytest.raises(UsageError, match=f"has a {column} of type .*, which cannot be read"):
        read(tmp_path / "typed.parquet")


def test_files_without_rows(tmp_path: Path) -> None:
    """A file without row groups, or with an empty one, has no records."""
    for name, table in [("none", records(0)), ("schema", records(1).slice(1))]:
        pq.write_table(table, tmp_path / f"{name}.parquet")
        assert read(tmp_path / f"{name}.parquet") == []
    with pq.ParquetWriter(tmp_path / "groups.parquet", records(1).schema):
        pass
    assert read(tmp_path / "groups.parquet") == []


def test_an_encrypted_file(tmp_path: Path) -> None:
    """It is recognised by its first bytes."""
    (tmp_path / "secret.parquet").write_bytes(b"PARE" + bytes(100) + b"PARE")
    with pytest.raises(UsageError, match="is an encrypted Parquet file, which is not read: decrypt it first"):
        read(tmp_path / "secret.parquet")
