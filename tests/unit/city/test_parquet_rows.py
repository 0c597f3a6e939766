"""Parquet that is compressed as a whole, and Parquet that is damaged in the middle."""

import gzip
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from job.city import files, reading, sources
from job.errors import JobError
from tests.rides import CHICAGO
from tests.unit.city.conftest import records


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compressed file is decompressed to a temporary file, which goes when reading ends, even early."""
    pq.write_table(records(5), tmp_path / "five.parquet")
    (tmp_path / "five.parquet.gz").write_bytes(gzip.compress((tmp_path / "five.parquet").read_bytes()))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(files, "BATCH_RECORDS", 3)
    parsed = sources.parse([str(tmp_path / "five.parquet.gz")], None)
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
    batches = reading.batches(sources.parse([str(path)], None), CHICAGO)
    assert [next(batches).read, next(batches).read] == [10, 10]
    with pytest.raises(JobError, match=r"damaged\.parquet is damaged"):
        next(batches)
