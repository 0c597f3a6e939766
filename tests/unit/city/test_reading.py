"""Sources are checked together, then read one after the other; trips to learn from have labels."""

import weakref
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from structlog.testing import capture_logs

from job.city import reading, sources
from job.city.header import Purpose
from job.errors import JobError, UsageError
from job.rides.ride import REQUIRED, RIDE_COLUMNS
from tests.conftest import REAL_DAY
from tests.rides import CHICAGO
from tests.unit.city.conftest import API_CSV, ASSETS, HEADER, City, labelled, read


def test_the_columns_of_the_last_file_are_checked_before_the_first_is_read() -> None:
    """A missing column is reported at once, not when the iterator gets there."""
    parsed = sources.parse([str(API_CSV), str(ASSETS / "refused" / "without_miles.csv")], None, CHICAGO)
    with pytest.raises(UsageError, match=r"without_miles\.csv has no trip_miles"):
        reading.batches(parsed, CHICAGO)
    with pytest.raises(UsageError, match=r"without_miles\.csv has no trip_miles"):
        reading.labelled_trips(parsed, CHICAGO)


def test_an_address_is_not_requested_before_its_turn(server: City) -> None:
    """The rides of the file before it are read although the address does not answer."""
    server.answer = lambda *_: (404, b"", {})
    batches = reading.batches(sources.parse([str(API_CSV), server.data_set], None, CHICAGO), CHICAGO)
    assert len(next(batches).rides) == 2
    assert not server.queries
    with pytest.raises(JobError, match="answered 404"):
        next(batches)


class Batches:
    """A source of many batches, which counts those that are still in memory."""

    name = "batches"

    def __init__(self) -> None:
        self._given: list[weakref.ref[pa.Table]] = []

    @property
    def held(self) -> int:
        return sum(given() is not None for given in self._given)

    def check(self, purpose: Purpose) -> None:
        pass

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        for number in range(30):
            records = pa.table({name: [f"{number}"] for name in REQUIRED})
            self._given.append(weakref.ref(records))
            yield records
            del records


def test_batches_are_freed_one_by_one() -> None:
    """The records of a batch are not held while the next ones are read, however many there are."""
    source = Batches()
    held = [source.held for _ in reading.batches([source], CHICAGO)]
    assert len(held) == 30
    assert max(held) <= 2


def test_duplicates_across_sources(server: City) -> None:
    """A ride comes from the first source that has it, whatever kinds of sources follow."""
    server.answer = lambda path, _: (200, API_CSV.read_bytes(), {}) if path == "/trips.csv" else (200, b"[]", {})
    batches = read(API_CSV, f"{server.address}/trips.csv", server.data_set, ASSETS / "read" / "lines.jsonl")
    assert [(len(batch.rides), batch.repeated) for batch in batches] == [(2, 0), (0, 2), (0, 2)]


def test_labelled_trips() -> None:
    """Rides with a usable duration have the labels that their file has, and nulls for the others."""
    trips = labelled(ASSETS / "read" / "export.csv", ASSETS / "read" / "array.json")
    assert list(trips) == [*RIDE_COLUMNS, "actual_duration", "taxi_id", "company", "extras", "tolls", "tips"]
    assert trips["actual_duration"].tolist() == [10.0, 10.0]
    assert trips["company"].tolist()[0] == "Cabs, Some\nand Others"
    assert trips[["taxi_id", "extras", "tolls", "tips"]].isna().all(axis=None)


def trips_csv(folder: Path, *rows: str) -> Path:
    """Write these rows to a file with labels."""
    path = folder / "trips.csv"
    path.write_text("\n".join([f"{HEADER},tips,company", *rows]) + "\n")
    return path


def test_what_became_of_the_records_is_counted(tmp_path: Path) -> None:
    """Every record is a trip or is left out for a reason."""
    good = "a,2022-03-01 00:15:00,600,2,8,32,10,12,2,A"
    path = trips_csv(tmp_path, good, good, good.replace("a,", "b,").replace("600", "0"), good.replace(",2,8", ",0,8"))
    labelled = reading.labelled_trips(sources.parse([str(path)], None, CHICAGO), CHICAGO)
    assert (len(labelled.trips), labelled.read) == (1, 4)
    assert labelled.left_out == {"duplicate": 1, "without a usable duration": 1, "nonpositive_miles": 1}


def test_labels_and_durations_as_the_city_exports_them(tmp_path: Path) -> None:
    """Commas and dollar signs are read, empty words are empty, and what cannot be read is counted."""
    path = trips_csv(
        tmp_path,
        'a,2022-03-01 00:15:00,"1,389",2,8,32,"$1,000.50",$12.00,$2.50,NULL',
        "b,2022-03-01 00:15:00,600,2,8,32,10,12,two,A",
        "c,2022-03-01 00:15:00,600,2,8,32,10,12,inf,A",
        "d,2022-03-01 00:15:00,600 s,2,8,32,10,12,2,A",
    )
    labelled = reading.labelled_trips(sources.parse([str(path)], None, CHICAGO), CHICAGO)
    trips = labelled.trips
    assert trips["actual_duration"].tolist() == [23.15, 10.0, 10.0]
    assert trips["fare"].tolist() == [1000.5, 10.0, 10.0]
    assert trips["tips"].fillna(0).tolist() == [2.5, 0, 0]
    assert trips["company"].fillna("").tolist() == ["", "A", "A"]
    assert labelled.left_out == {"without a usable duration": 1}
    assert list(labelled.unreadable.lines()) == [
        "2 values of tips could not be read (first: 'two')",
        "1 value of trip_seconds could not be read (first: '600 s')",
    ]


def test_long_labels_are_cut(tmp_path: Path) -> None:
    """Companies and taxis of any length take little memory, so that many trips can be held at once."""
    path = trips_csv(tmp_path, f"a,2022-03-01 00:15:00,600,2,8,32,10,12,2,{'A' * 100_000}")
    (company,) = labelled(path)["company"]
    assert company == "A" * reading.LONGEST_LABEL


def test_times_with_an_offset_are_reported_once_per_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log says how they are read and names the option that reads them as wall clock."""
    monkeypatch.setattr("job.city.files.BATCH_RECORDS", 1)
    row = "2022-03-01 08:15:00 UTC,600,2,8,32,10,12,2,A"
    path = trips_csv(tmp_path, f"a,{row}", f"b,{row}")
    given = sources.parse([str(API_CSV), str(path), str(path)], None, CHICAGO)
    with capture_logs() as events:
        instants = list(reading.batches(given, CHICAGO))
    assert [event["source"] for event in events] == [str(path)]
    assert "are read as instants" in events[0]["how_read"]
    assert "--wall-clock" in events[0]["how_read"]
    with capture_logs() as events:
        wall_clocks = list(reading.batches(given, CHICAGO, as_wall_clock=True))
    assert not events
    starts = [batches[2].rides["trip_start_timestamp"].tolist() for batches in (instants, wall_clocks)]
    assert starts == [[pd.Timestamp("2022-03-01T08:15Z")], [pd.Timestamp("2022-03-01T14:15Z")]]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (HEADER.replace("trip_seconds,", ""), UsageError, "trips.csv has no trip_seconds"),
        (HEADER, JobError, "trips.csv: no ride to learn from (no records)"),
        (f"{HEADER}\na,2022-03-01 00:15:00,0,1,8,32,1,1\nb,2022-03-01 00:15:00,60,0,8,32,1,1", JobError,
         "trips.csv: no ride to learn from (1 nonpositive_miles, 1 without a usable duration)"),
        (f"{HEADER}\na,2022-03-01 00:15:00,9 min,1,8,32,1,1", JobError,
         "(1 without a usable duration; 1 value of trip_seconds could not be read (first: '9 min'))"),
    ],
)  # fmt: skip
def test_nothing_to_learn_from(content: str, error: type, words: str, tmp_path: Path) -> None:
    """Records without usable durations are refused with the reasons, counted."""
    path = tmp_path / "trips.csv"
    path.write_text(f"{content}\n")
    with pytest.raises(error) as raised:
        labelled(path)
    assert words in str(raised.value)


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_the_real_day_labelled() -> None:
    """A real day has rides with usable durations, taxis and companies."""
    trips = labelled(REAL_DAY)
    assert len(trips) == 12_721
    assert trips["taxi_id"].nunique() > 500
    assert trips["actual_duration"].between(0, 1440, inclusive="right").all()
