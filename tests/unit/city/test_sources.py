"""The City's records from files: every form gives the same rides, and what cannot be read is said in one line."""

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from conftest import OLD_YEARS, REAL_DAY

from job.city import csv_rows, sources
from job.city.files import BATCH_RECORDS
from job.errors import JobError, UsageError
from job.rides.ride import REASONS, RECORD_COLUMNS, RIDE_COLUMNS, Batch
from tests.rides import CHICAGO

ASSETS = Path(__file__).parents[2] / "assets" / "records"
HEADER = (
    "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area,fare,trip_total"
)

real_day = pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
old_years = pytest.mark.skipif(not OLD_YEARS.exists(), reason=f"{OLD_YEARS} is not here")


def read(*paths: Path | str) -> list[Batch]:
    """All batches of some sources."""
    return list(sources.read(sources.find([str(source) for source in paths]), None, CHICAGO))


def rides(*paths: Path | str) -> pd.DataFrame:
    """The rides of all batches."""
    return pd.concat([batch.rides for batch in read(*paths)], ignore_index=True)


def records(rows: int, name: str = "r") -> pa.Table:
    """Good records of the City, different ones."""
    return pa.table(
        {
            "trip_id": [f"{name}{row}" for row in range(rows)],
            "trip_start_timestamp": ["2022-03-01T00:15:00.000"] * rows,
            "trip_seconds": [600.0] * rows,
            "trip_miles": np.arange(rows) % 100 + 1.0,
            "pickup_community_area": ["8"] * rows,
            "dropoff_community_area": pa.nulls(rows, pa.string()),
        }
    )


@pytest.mark.parametrize("name", ["api.csv", "export.csv", "array.json", "lines.jsonl"])
def test_every_form_gives_the_same_rides(name: str) -> None:
    """The API's names and the export's, text and numbers, in any order, with columns beside them."""
    found = rides(ASSETS / "read" / name)
    pd.testing.assert_frame_equal(found, rides(ASSETS / "read" / "api.csv"))
    assert found["source_trip_id"].tolist() == ["good", "second"]
    assert found["trip_start_timestamp"].tolist() == [
        pd.Timestamp("2022-03-01T06:15Z"),
        pd.Timestamp("2022-03-01T18:00Z"),
    ]
    assert found["pickup_community_area"].fillna(0).tolist() == [8, 0]


@pytest.mark.parametrize("name", ["api.csv", "array.json", "lines.jsonl"])
@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_packed_files(name: str, ending: str, tmp_path: Path) -> None:
    """Packed, in one piece or several, or not packed though its name says so: the same rides."""
    content = (ASSETS / "read" / name).read_bytes()
    pack: dict[str, Callable[[bytes], bytes]] = {
        ".gz": gzip.compress,
        ".zst": lambda part: pa.compress(part, "zstd", asbytes=True),
    }
    for number, packed in enumerate(
        [pack[ending](content), pack[ending](content[:50]) + pack[ending](content[50:]), content]
    ):
        path = tmp_path / f"{number}{Path(name).suffix}{ending}"
        path.write_bytes(packed)
        pd.testing.assert_frame_equal(rides(path), rides(ASSETS / "read" / "api.csv"))


@real_day
def test_the_real_day_in_every_form(tmp_path: Path) -> None:
    """A real day written as each kind of file has the same rides, outcomes and rejects by reason."""
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
    """The table as files of every kind, the trip_id not first."""
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


IN_FILES = list(REASONS)


@pytest.mark.parametrize("code", IN_FILES)
def test_each_reason_has_its_file(code: str) -> None:
    """The first record is good, all others are rejected with the reason that the file is named after."""
    (batch,) = read(ASSETS / "rejected" / f"{code}.csv")
    assert batch.rides["source_trip_id"].tolist() == ["good"]
    assert set(batch.rejected["reason"]) == {code}
    assert batch.rejected["position"].tolist() == list(range(2, batch.read + 1))


REFUSED = {
    "empty.csv": (2, "is empty"),
    "blank.csv": (2, "is empty"),
    "without_miles.csv": (2, "has no trip_miles"),
    "semicolons.csv": (2, "has no trip_id"),
    "column_twice.csv": (2, "has the column trip_miles twice"),
    "older_form.csv": (2, "older form, without trip_id: only `train`"),
    "trips.xlsx": (2, "is of no kind that can be read"),
    "open_quote.csv": (1, "a quote that is not closed"),
    "struct_miles.parquet": (2, "trip_miles of type struct"),
    "date_start.parquet": (2, "trip_start_timestamp of type date32"),
    "float_trip_id.parquet": (2, "trip_id of type double"),
    "truncated.parquet": (1, "is damaged"),
    "csv_named.parquet": (1, "is damaged or not of the kind"),
    "truncated.csv.gz": (1, "Truncated compressed stream"),
    "damaged.csv.zst": (1, "Data corruption"),
    "broken_off.json": (1, "not a whole JSON array"),
    "numbers.json": (1, "not an array of objects"),
    "table.json": (2, "has no trip_id"),
    "pretty.jsonl": (2, "neither a JSON array of objects nor JSON lines"),
    "without_trip_id.jsonl": (2, "has no trip_id"),
}


def test_every_refused_file_is_tested() -> None:
    """No asset lies about that nobody reads."""
    assert {path.name for path in (ASSETS / "refused").iterdir()} == set(REFUSED)
    assert {path.stem for path in (ASSETS / "rejected").iterdir()} == set(IN_FILES)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file(name: str) -> None:
    """Whatever is wrong with a file: one sentence with its path, the exit code, and no batch."""
    exit_code, words = REFUSED[name]
    path, batches = str(ASSETS / "refused" / name), []
    with pytest.raises(JobError) as raised:
        batches += sources.read(sources.find([path]), None, CHICAGO)
    assert raised.value.exit_code == exit_code
    assert words in str(raised.value)
    assert str(raised.value).startswith(path)
    assert "\n" not in str(raised.value)
    assert not batches


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    """Missing, a directory, a pipe, beyond a file, a name too long, a pattern without a match: wrong usage."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "file").touch()
    for path, words in [
        (tmp_path / "none.csv", "No such file"), (tmp_path, "is a directory"),
        (tmp_path / "pipe.csv", "no file on a disk"),
        (tmp_path / "file" / "a.csv", "Not a directory"), (f"{'x' * 300}.csv", "too long"),
        (tmp_path / "*.parquet", "no file matches"),
    ]:  # fmt: skip
        with pytest.raises(UsageError, match=words):
            sources.find([str(path)])


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission denied is one sentence, also where root, who may read everything, runs the tests."""
    path = shutil.copy(ASSETS / "read" / "api.csv", tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        sources.find([path])


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://host/a.csv", "s3://bucket/a.csv", "http:///a.csv", "http://[/a.csv"]
)
def test_other_addresses(address: str) -> None:
    """Only http and https are followed."""
    with pytest.raises(UsageError, match="give a path, or an http:// or https:// address"):
        sources.find([address])


def test_the_last_file_is_looked_at_before_the_first_is_read() -> None:
    """What is wrong with any of several files is said before a batch of the first one goes out."""
    with pytest.raises(UsageError, match=r"without_miles\.csv"):
        sources.find([str(ASSETS / "read" / "api.csv"), str(ASSETS / "refused" / "without_miles.csv")])


def test_patterns(tmp_path: Path) -> None:
    """A pattern stands for the files that it matches, in order; a file with such a name stands for itself."""
    for name in ("b", "a", "[c]"):
        pa.csv.write_csv(records(1, name), tmp_path / f"{name}.csv")
    (tmp_path / "deep.csv").mkdir()
    (tmp_path / "deep.csv" / "d.CSV").write_bytes((tmp_path / "b.csv").read_bytes().replace(b"b0", b"d0"))
    assert rides(tmp_path / "*.csv")["source_trip_id"].tolist() == ["[c]0", "a0", "b0"]
    assert rides(tmp_path / "[ab].csv")["source_trip_id"].tolist() == ["a0", "b0"]
    assert rides(tmp_path / "[c].csv")["source_trip_id"].tolist() == ["[c]0"]
    assert rides(tmp_path / "**" / "d.CSV")["source_trip_id"].tolist() == ["d0"]


def test_batches_and_positions(tmp_path: Path) -> None:
    """Batches are full whatever a file's row groups are; positions count the records of each file from 1."""
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


def test_ragged_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A line with another number of fields is rejected as it stands, at its position; blank lines are none."""
    (batch,) = read(ASSETS / "read" / "ragged.csv")
    assert batch.rides["source_trip_id"].tolist() == ["a", "d"]
    assert batch.rejected[["position", "reason"]].to_numpy().tolist() == [
        [2, "malformed_record"], [3, "nonpositive_miles"], [5, "malformed_record"], [6, "malformed_record"]
    ]  # fmt: skip
    assert json.loads(batch.rejected["payload"][2]) == {"malformed_record": "e,not \ufffd utf8"}

    monkeypatch.setattr(csv_rows, "BLOCK", 300)
    good = "{},2022-03-01T00:15:00.000,600,1,8,32,1,1"
    lines = [f"{n},ragged" if n % 3 == 0 or 40 <= n < 80 else good.format(n) for n in range(1, 201)]
    (tmp_path / "many.csv").write_text("\n".join([HEADER, *lines]))
    (batch,) = read(tmp_path / "many.csv")
    assert batch.read == 200
    assert (batch.rides.index + 1).tolist() == batch.rides["source_trip_id"].astype(int).tolist()
    for position, payload in zip(batch.rejected["position"], batch.rejected["payload"], strict=True):
        assert json.loads(payload)["malformed_record"] == f"{position},ragged"


def test_values_with_line_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A quoted value may go over lines, also where what is parsed at once ends between them."""
    monkeypatch.setattr(csv_rows, "BLOCK", 300)
    lines = [f'{n},2022-03-01T00:15:00.000,600,1,8,32,1,1,"Cabs\n{n},and\n""Others"""' for n in range(1, 101)]
    (tmp_path / "lines.csv").write_text("\n".join([f"{HEADER},company", *lines]))
    assert rides(tmp_path / "lines.csv")["source_trip_id"].tolist() == [str(n) for n in range(1, 101)]


def test_a_row_that_no_block_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A value longer than what is parsed at once ends the reading in a sentence."""
    monkeypatch.setattr(csv_rows, "BLOCK", 1 << 20)
    (tmp_path / "long.csv").write_text(f'{HEADER}\na,"{"x" * (3 << 20)}",600,1,8,32,1,1\n')
    with pytest.raises(JobError, match="a row of over 1 MiB"):
        read(tmp_path / "long.csv")


def test_odd_lines_of_json() -> None:
    """Lines that are no object are rejected as they stand; half a character is none; numbers stay as written."""
    (batch,) = read(ASSETS / "read" / "bad_lines.jsonl")
    assert batch.rejected["reason"].tolist() == ["malformed_record"] * 2 + ["bad_trip_id", "nonpositive_miles"]
    assert batch.rejected["position"].tolist() == [2, 3, 4, 5]
    payloads = [json.loads(payload) for payload in batch.rejected["payload"]]
    assert payloads[0] == {"malformed_record": '{"trip_id": "cut'}
    assert payloads[2]["trip_id"] == "half \ufffd"
    assert (payloads[3]["fare"], payloads[3]["trip_total"]) == ("10.250", "1e999")


def test_json_names_only_what_there_is(tmp_path: Path) -> None:
    """Keys that no record has are empty, as in the City's API."""
    record = {"trip_id": "a", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": 1.5}
    (tmp_path / "sparse.jsonl").write_text(json.dumps(record))
    found = rides(tmp_path / "sparse.jsonl")
    assert found["trip_miles"].tolist() == [1.5]
    assert found[["pickup_community_area", "dropoff_community_area", "fare"]].isna().all(axis=None)


@pytest.mark.parametrize("content", ["[]", " \n[ ]\n", f"{HEADER}\n", HEADER])
def test_a_file_without_records(content: str, tmp_path: Path) -> None:
    """A header or an empty array is a file with no rides in it, and no mistake."""
    path = tmp_path / ("none.json" if "[" in content else "none.csv")
    path.write_text(content)
    assert read(path) == []


@pytest.mark.parametrize("ending", ["", '"trip_miles"', "x"])
def test_json_that_goes_wrong_late(ending: str, tmp_path: Path) -> None:
    """An array of many pages that breaks off is read to there, then it is an error: no endless search."""
    rows = json.dumps(records(30_000).to_pylist())[:-1]
    (tmp_path / "late.json").write_text(f"{rows}, {{{ending}")
    with pytest.raises(JobError, match="not a whole JSON array"):
        read(tmp_path / "late.json")


def test_deep_json(tmp_path: Path) -> None:
    """Nesting beyond what Python can follow is a malformed record, or an array that cannot be read."""
    good = json.dumps(records(1).to_pylist()[0])
    (tmp_path / "deep.jsonl").write_text(f"{good}\n{'[' * 100_000}\n")
    (batch,) = read(tmp_path / "deep.jsonl")
    assert batch.rejected["reason"].tolist() == ["malformed_record"]
    (tmp_path / "deep.json").write_text(f"[{good}, {'[' * 100_000}")
    with pytest.raises(JobError, match="not a whole JSON array"):
        read(tmp_path / "deep.json")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed Parquet is unpacked beside, and gone when the reading ends, early too."""
    pq.write_table(records(5), tmp_path / "five.parquet")
    (tmp_path / "five.parquet.gz").write_bytes(gzip.compress((tmp_path / "five.parquet").read_bytes()))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    batches = sources.read(sources.find([str(tmp_path / "five.parquet.gz")]), None, CHICAGO)
    assert next(batches).read == 5
    assert list(folder.iterdir())
    batches.close()
    assert not list(folder.iterdir())


def test_labelled_trips() -> None:
    """Rides with a usable duration, with what the file has besides; null where it has not."""
    trips = sources.labelled_trips(
        [str(ASSETS / "read" / name) for name in ("export.csv", "array.json")], None, CHICAGO
    )
    assert list(trips) == [*RIDE_COLUMNS, "actual_duration", "taxi_id", "company", "extras", "tolls", "tips"]
    assert trips["actual_duration"].tolist() == [10.0, 10.0]
    assert trips["company"].tolist()[0] == "Cabs, Some\r\nand Others"
    assert trips[["taxi_id", "extras", "tolls", "tips"]].isna().all(axis=None)


def test_the_older_form_is_for_training() -> None:
    """Its seconds are the wall clock's; each row is a ride of its own, the same one when read again."""
    path = str(ASSETS / "refused" / "older_form.csv")
    trips = sources.labelled_trips([path, path], None, CHICAGO)
    assert trips["trip_start_timestamp"].tolist() == [
        pd.Timestamp("2014-05-17T00:45Z"),
        pd.Timestamp("2013-03-08T01:15Z"),
    ]
    assert trips["actual_duration"].tolist() == [15.0, 5.0]
    assert trips["trip_total"].isna().all()
    assert trips["tips"].tolist() == [2.5, 0.0]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (HEADER.replace("trip_seconds,", ""), UsageError, "has no trip_seconds"),
        (HEADER, JobError, "no ride to learn from (no records)"),
        (f"{HEADER}\na,2022-03-01 00:15:00,0,1,8,32,1,1\nb,2022-03-01 00:15:00,60,0,8,32,1,1", JobError,
         "no ride to learn from (1 nonpositive_miles, 1 without a usable duration)"),
    ],
)  # fmt: skip
def test_nothing_to_learn_from(content: str, error: type, words: str, tmp_path: Path) -> None:
    """Records without durations are refused with what was found instead."""
    path = tmp_path / "trips.csv"
    path.write_text(f"{content}\n")
    with pytest.raises(error) as raised:
        sources.labelled_trips([str(path)], None, CHICAGO)
    assert words in str(raised.value)


@old_years
def test_the_old_years() -> None:
    """The older form's real file gives its rides, at the hours that its own column says."""
    trips = sources.labelled_trips([str(OLD_YEARS)], None, CHICAGO)
    assert len(trips) == 7_252
    hours = pd.read_csv(OLD_YEARS)["trip_start_hour"]
    rows = trips["source_trip_id"].str.rpartition("-")[2].astype(int) - 1
    assert (
        trips["trip_start_timestamp"].dt.tz_convert("America/Chicago").dt.hour.to_numpy() == hours[rows].to_numpy()
    ).all()


@real_day
def test_the_real_day_labelled() -> None:
    """A real day's rides with a usable duration, taxis and companies."""
    trips = sources.labelled_trips([str(REAL_DAY)], None, CHICAGO)
    assert len(trips) == 12_721
    assert trips["taxi_id"].nunique() > 500
    assert trips["actual_duration"].between(0, 1440, inclusive="right").all()
