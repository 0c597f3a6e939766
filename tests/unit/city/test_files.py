"""Local files: every format gives the same rides, and every fault is explained in one sentence."""

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.orc
import pyarrow.parquet as pq
import pytest

from job.city import files, packed, reading, sources
from job.city.files import BATCH_RECORDS
from job.errors import JobError, UsageError
from job.rides.ride import REASONS, RECORD_COLUMNS, Batch
from tests.conftest import REAL_DAY
from tests.rides import CHICAGO
from tests.unit.city.conftest import API_CSV, ASSETS, HEADER, read, records, rides

REFUSED = {
    "empty.csv": (2, "is empty"),
    "blank.csv": (2, "is empty"),
    "without_miles.csv": (2, "has no trip_miles"),
    "semicolons.csv": (2, "has semicolons between its columns"),
    "column_twice.csv": (2, "has the column trip_miles twice"),
    "older_form.csv": (2, "older form, without trip_id: only `train`"),
    "trips.xlsx": (2, "is an Excel workbook, which is not read: save it as CSV"),
    "struct_miles.parquet": (2, "trip_miles of type struct"),
    "epoch_start.parquet": (2, "trip_start_timestamp of type int64, which cannot be read: give it as a timestamp"),
    "float_trip_id.parquet": (2, "trip_id of type double"),
    "damaged_page.parquet": (1, "is damaged"),
    "truncated.parquet": (1, "is damaged"),
    "csv_named.parquet": (1, "is damaged, or not what its name says"),
    "truncated.csv.gz": (1, "Truncated compressed stream"),
    "damaged.csv.zst": (1, "Data corruption"),
    "broken_off.json": (1, "not a whole JSON array"),
    "numbers.json": (1, "not an array of objects"),
    "table.json": (2, "the City's JSON without column names"),
    "pretty.jsonl": (2, "the City's JSON without column names"),
    "without_trip_id.jsonl": (2, "has no trip_id"),
}


@pytest.mark.parametrize("name", ["api.csv", "export.csv", "array.json", "lines.jsonl"])
def test_every_format_gives_the_same_rides(name: str) -> None:
    """This holds for the API's and the export's column names, text and numbers, any order, and extra columns."""
    parsed = rides(ASSETS / "read" / name)
    pd.testing.assert_frame_equal(parsed, rides(API_CSV))
    assert parsed["source_trip_id"].tolist() == ["good", "second"]
    assert parsed["trip_start_timestamp"].tolist() == [
        pd.Timestamp("2022-03-01T06:15Z"),
        pd.Timestamp("2022-03-01T18:00Z"),
    ]
    assert parsed["pickup_community_area"].fillna(0).tolist() == [8, 0]


@pytest.mark.parametrize("name", ["api.csv", "array.json", "lines.jsonl"])
@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_compressed_files(name: str, ending: str, tmp_path: Path) -> None:
    """Compressed in one frame or in several, or not compressed despite the name, a file has the same rides."""
    content = (ASSETS / "read" / name).read_bytes()
    compress: dict[str, Callable[[bytes], bytes]] = {
        ".gz": gzip.compress,
        ".zst": lambda part: pa.compress(part, "zstd", asbytes=True),
    }
    one_frame = compress[ending](content)
    two_frames = compress[ending](content[:50]) + compress[ending](content[50:])
    for number, written in enumerate([one_frame, two_frames, content]):
        path = tmp_path / f"{number}{Path(name).suffix}{ending}"
        path.write_bytes(written)
        pd.testing.assert_frame_equal(rides(path), rides(API_CSV))


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_the_real_day_in_every_format(tmp_path: Path) -> None:
    """A real day has the same rides, outcomes and rejected records in every format."""
    (expected,) = read(REAL_DAY)
    assert (expected.read, len(expected.rides), expected.repeated) == (14_636, 12_748, 0)
    assert expected.rejected["reason"].value_counts().to_dict() == {"nonpositive_miles": 1_887, "excessive_miles": 1}
    for path in _written(pq.read_table(REAL_DAY), tmp_path):
        (batch,) = read(path)
        pd.testing.assert_frame_equal(batch.rides, expected.rides)
        pd.testing.assert_frame_equal(batch.outcomes, expected.outcomes)
        same = ["position", "source_trip_id", "reason"]
        pd.testing.assert_frame_equal(batch.rejected[same], expected.rejected[same])


def _written(day: pa.Table, folder: Path) -> list[Path]:
    """The table as files of every format, with trip_id not in first place."""
    pq.write_table(day.select(day.column_names[::-1]), folder / "day.parquet", row_group_size=1_000, compression="zstd")
    export = day.rename_columns([name.replace("_", " ").title() for name in day.column_names])
    pa.csv.write_csv(export, folder / "day.csv")
    frame = day.to_pandas()
    frame["trip_start_timestamp"] = frame["trip_start_timestamp"].dt.strftime("%Y-%m-%dT%H:%M:%S.000")
    frame = frame[[*RECORD_COLUMNS[::-1], "company"]]
    frame.to_json(folder / "day.json", orient="records")
    rows = json.loads(frame.to_json(orient="records"))
    as_text = [{name: str(value) for name, value in row.items() if value is not None} for row in rows]
    (folder / "day.ndjson").write_text("".join(f"{json.dumps(row)}\n" for row in as_text))
    for name in ("day.parquet", "day.csv", "day.ndjson"):
        content = (folder / name).read_bytes()
        (folder / f"{name}.gz").write_bytes(gzip.compress(content, 1))
        (folder / f"{name}.zst").write_bytes(pa.compress(content, "zstd", asbytes=True))
    return sorted(folder.iterdir())


@pytest.mark.parametrize("code", REASONS)
def test_each_reason_has_its_file(code: str) -> None:
    """The first record is good, all others are rejected for the reason that the file is named after."""
    (batch,) = read(ASSETS / "rejected" / f"{code}.csv")
    assert batch.rides["source_trip_id"].tolist() == ["good"]
    assert set(batch.rejected["reason"]) == {code}
    assert batch.rejected["position"].tolist() == list(range(2, batch.read + 1))


def test_every_asset_is_tested() -> None:
    """No file of rejected or refused records is left out here."""
    assert {path.name for path in (ASSETS / "refused").iterdir()} == set(REFUSED)
    assert {path.stem for path in (ASSETS / "rejected").iterdir()} == set(REASONS)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file(name: str) -> None:
    """Each fault gives one sentence that starts with the path, the right exit code, and no batch."""
    exit_code, words = REFUSED[name]
    path = str(ASSETS / "refused" / name)
    batches: list[Batch] = []
    with pytest.raises(JobError) as raised:
        batches += reading.batches(sources.parse([path], None, CHICAGO), CHICAGO)
    assert raised.value.exit_code == exit_code
    assert words in str(raised.value)
    assert str(raised.value).startswith(path)
    assert "\n" not in str(raised.value)
    assert not batches


def test_paths_that_are_not_files(tmp_path: Path) -> None:
    """A missing file, a directory, a pipe, a path below a file or a name that is too long is a usage error."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "file").touch()
    for path, words in [
        (tmp_path / "none.csv", "No such file"), (tmp_path, "is a directory"),
        (tmp_path / "pipe.csv", "not a regular file"),
        (tmp_path / "file" / "a.csv", "Not a directory"), (f"{'x' * 300}.csv", "too long"),
    ]:  # fmt: skip
        with pytest.raises(UsageError, match=words):
            sources.parse([str(path)], None, CHICAGO)


def test_a_file_without_read_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so. Path.open is replaced, because the tests may run as root, who may read everything."""
    path = shutil.copy(API_CSV, tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        sources.parse([path], None, CHICAGO)


def test_batches_and_positions(tmp_path: Path) -> None:
    """Batches are full whatever the size of a file's row groups; positions count the records of each file from 1."""
    table = records(BATCH_RECORDS + 10)
    miles = table["trip_miles"].to_numpy().copy()
    miles[[0, BATCH_RECORDS - 1, BATCH_RECORDS, BATCH_RECORDS + 9]] = 0
    table = table.set_column(3, "trip_miles", pa.array(miles))
    pq.write_table(table, tmp_path / "1.parquet", row_group_size=7_000)
    pa.csv.write_csv(table, tmp_path / "2.csv")
    batches = read(tmp_path / "1.parquet", tmp_path / "2.csv")
    assert [batch.read for batch in batches] == [BATCH_RECORDS, 10] * 2
    assert [batch.repeated for batch in batches] == [0, 0, BATCH_RECORDS - 2, 8]
    positions = [1, BATCH_RECORDS, BATCH_RECORDS + 1, BATCH_RECORDS + 10]
    assert [*batches[0].rejected["position"], *batches[1].rejected["position"]] == positions
    assert [*batches[2].rejected["position"], *batches[3].rejected["position"]] == positions


@pytest.mark.parametrize("content", ["[]", " \n[ ]\n", f"{HEADER}\n", HEADER])
def test_a_file_without_records(content: str, tmp_path: Path) -> None:
    """A header alone, or an empty array, is a valid file."""
    path = tmp_path / ("none.json" if "[" in content else "none.csv")
    path.write_text(content)
    assert read(path) == []


@pytest.mark.parametrize("name", ["trips.csv", "trips.parquet"])
def test_a_file_that_loses_a_column(name: str, tmp_path: Path) -> None:
    """A file that is replaced between the check of its header and the reading is refused in a sentence."""
    write = pa.csv.write_csv if name.endswith("csv") else pq.write_table
    write(records(2), tmp_path / name)
    batches = reading.batches(sources.parse([str(tmp_path / name)], None, CHICAGO), CHICAGO)
    write(records(2).drop_columns(["trip_miles"]), tmp_path / name)
    with pytest.raises(JobError, match=rf"{name} is damaged, or not what its name says .*trip_miles"):
        list(batches)


def test_batches_of_limited_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records with overlong values make smaller batches."""
    monkeypatch.setattr(files, "BATCH_BYTES", 100_000)
    monkeypatch.setattr(packed, "CHUNK", 10_000)
    rows = "".join(f"{n},{'x' * 9_000},600,1,8,32,1,1\n" for n in range(100))
    (tmp_path / "large.csv").write_text(f"{HEADER}\n{rows}")
    batches = read(tmp_path / "large.csv")
    assert sum(batch.read for batch in batches) == 100
    assert max(batch.read for batch in batches) <= 12


def _archive(content: bytes, kind: str) -> bytes:
    file = io.BytesIO()
    if kind == "tar":
        with tarfile.open(fileobj=file, mode="w") as tar:
            tar.addfile(tarfile.TarInfo("trips.csv"), io.BytesIO(content))
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml" if kind == "excel" else "trips.csv", content)
    return file.getvalue()


def _written_by(write: Callable[[pa.Table, str], None], path: Path) -> bytes:
    write(records(2), str(path))
    return path.read_bytes()


def _database(path: Path) -> bytes:
    with sqlite3.connect(path) as connection:
        connection.execute("create table trips (trip_id text)")
    return path.read_bytes()


CSV = API_CSV.read_bytes()
OTHER_KINDS: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "zip": (lambda _: _archive(CSV, "zip"), "is a ZIP archive, which is not read: unzip it first"),
    "xlsx": (lambda _: _archive(CSV, "excel"), "is an Excel workbook"),
    "tar": (lambda _: _archive(CSV, "tar"), "is a tar archive"),
    "tar.gz": (lambda _: gzip.compress(_archive(CSV, "tar")), "is a tar archive"),
    "z": (lambda _: b"\x1f\x9d\x90abc", "is compressed with compress"),
    "bz2": (lambda _: bz2.compress(CSV), "is compressed with bzip2"),
    "xz": (lambda _: lzma.compress(CSV), "is compressed with xz"),
    "7z": (lambda _: b"7z\xbc\xaf\x27\x1c\0\4", "is a 7-Zip archive"),
    "gz.gz": (lambda _: gzip.compress(gzip.compress(CSV)), "is compressed twice"),
    "orc": (lambda path: _written_by(pa.orc.write_table, path), "is an ORC file"),
    "feather": (lambda path: _written_by(pa.feather.write_feather, path), "is a Feather or Arrow file"),
    "avro": (lambda _: b"Obj\x01\x04\x14avro.codec", "is an Avro file"),
    "sqlite": (_database, "is an SQLite database"),
    "html": (lambda _: b"\n<!DOCTYPE html><html></html>", "is a web page"),
    "xml": (lambda _: b"<?xml version='1.0'?><response/>", "is XML"),
    "lfs": (lambda _: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "is a Git LFS pointer"),
    "utf16": (lambda _: CSV.decode().encode("utf-16"), "is written in UTF-16"),
    "utf16le": (lambda _: CSV.decode().encode("utf-16-le"), "is written in UTF-16"),
    "utf16be": (lambda _: CSV.decode().encode("utf-16-be"), "is written in UTF-16"),
    "utf32": (lambda _: CSV.decode().encode("utf-32-be"), "is written in UTF-16 or UTF-32"),
    "parquet": (lambda path: _written_by(pq.write_table, path), "is a Parquet file: let its name end in .parquet"),
    "json": (lambda _: b' [{"trip_id": "a"}]', "is JSON: let its name end in .json"),
    "nul": (lambda _: bytes(10_000), "consists of NUL bytes"),
    "nothing": (lambda _: gzip.compress(b""), "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_other_kinds_of_files(kind: str, tmp_path: Path) -> None:
    """A file of another kind is recognised by its content, whatever its name says."""
    write, words = OTHER_KINDS[kind]
    (tmp_path / "trips.csv").write_bytes(write(tmp_path / "other"))
    with pytest.raises(UsageError, match=words):
        read(tmp_path / "trips.csv")


def test_names_of_columns(tmp_path: Path) -> None:
    """Columns are recognised by the names that R, Power BI and other programs give them."""
    header, rest = CSV.split(b"\n", 1)
    names = header.decode().split(",")
    for renamed in (
        [name.title().replace("_", ".") for name in names],
        [name.title().replace("_", "") for name in names],
        [name[0] + name.title().replace("_", "")[1:] for name in names],
        [f"trips[{name}]" for name in names],
        [name.upper().replace("_", "-") for name in names],
    ):
        (tmp_path / "trips.csv").write_bytes(",".join(renamed).encode() + b"\n" + rest)
        assert len(rides(tmp_path / "trips.csv")) == 2


def test_a_header_that_is_missing(tmp_path: Path) -> None:
    """The message shows what was taken for the names of the columns."""
    (tmp_path / "trips.csv").write_bytes(CSV.split(b"\n", 1)[1])
    with pytest.raises(UsageError, match=r"has no trip_id, .* \(they are good, "):
        read(tmp_path / "trips.csv")


def test_pzstd(tmp_path: Path) -> None:
    """A file that starts with a skippable frame is decompressed, as are several frames."""
    frames = [pa.compress(part, codec="zstd", asbytes=True) for part in (CSV[:100], CSV[100:])]
    (tmp_path / "trips.csv.zst").write_bytes(b"\x50\x2a\x4d\x18\4\0\0\0size".join([b"", *frames]))
    assert len(rides(tmp_path / "trips.csv.zst")) == 2


@pytest.mark.parametrize("suffix", ["zip", "xls", "XLSX", "csv.bz2", "tar.gz", "tsv", "orc"])
def test_names_of_other_kinds_of_files(suffix: str, tmp_path: Path) -> None:
    """A name that ends like that of another kind is refused with what to do instead."""
    (tmp_path / f"trips.{suffix}").write_bytes(CSV)
    with pytest.raises(UsageError, match=r"trips\.\S+ is .*, which is not read: "):
        read(tmp_path / f"trips.{suffix}")


def test_latin_1(tmp_path: Path) -> None:
    """Invalid UTF-8 in a column that is not read does no harm."""
    (tmp_path / "latin.csv").write_bytes(
        f"{HEADER},company\na,2022-03-01T00:15:00,,1,8,8,,,Caf\xe9\n".encode("latin-1")
    )
    assert len(rides(tmp_path / "latin.csv")) == 1


@pytest.mark.parametrize("name", ["blanks.csv.gz", "blanks.json.gz"])
def test_endless_blanks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ends with an error at a long run of blanks."""
    monkeypatch.setattr(packed, "CHUNK", 1_000)
    monkeypatch.setattr(packed, "MOST_BLANKS", 50_000)
    (tmp_path / name).write_bytes(gzip.compress((b"[" if "json" in name else CSV) + b"\n" * 60_000))
    with pytest.raises(JobError, match="of blanks in a row"):
        read(tmp_path / name)
