"""`score --trips`: each of the City's records is scored, already known, or rejected."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from job.errors import JobError
from job.store.raw import batches
from tests.commands.conftest import (
    API_CSV,
    ASSETS,
    EXPORT_CSV,
    MILES,
    Job,
    counts,
    last_run,
    predictions,
    records_of_runs,
    scalar,
)
from tests.conftest import REAL_DAY


def assert_accounted_for(run: dict[str, int]) -> None:
    """Check that no record was dropped silently."""
    assert run["records_read"] == run["rides_scored"] + run["rides_known"] + run["records_rejected"]


def trips_csv(folder: Path, lines: list[str]) -> Path:
    """A file of records, one per line."""
    header = "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area"
    (folder / "trips.csv").write_text("\n".join([header, *lines]))
    return folder / "trips.csv"


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not here")
def test_scoring_a_real_day_again_adds_nothing(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Every record is scored or rejected, and the second run writes no prediction, reject or outcome."""
    first = job("score", "--trips", REAL_DAY)
    assert first.code == 0
    run, after_first = last_run(database), counts(database)
    assert (run["records_read"], run["rides_scored"], run["rides_known"], run["records_rejected"]) == (
        14_636, 12_748, 0, 1_888
    )  # fmt: skip
    assert after_first["ride_predictions"] == 12_748
    assert after_first["rejected_records"] == 1_888
    assert "12,748 rides scored from 14,636 records; 0 already scored, 1,888 rejected" in first.out

    assert job("score", "--trips", REAL_DAY).code == 0
    run = last_run(database)
    assert (run["records_read"], run["rides_scored"], run["rides_known"], run["records_rejected"]) == (
        14_636, 0, 12_748, 1_888
    )  # fmt: skip
    assert counts(database) == after_first | {"runs": 2}


def test_records_are_scored_once(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The same rides in a file with the other header style are already known."""
    assert job("score", "--trips", API_CSV).code == 0
    run, after_first = last_run(database), counts(database)
    assert (run["rides_scored"], run["rides_known"], run["status"], run["source"]) == (2, 0, "succeeded", "city")
    assert after_first["ride_predictions"] == 2

    assert job("score", "--trips", EXPORT_CSV).code == 0
    run = last_run(database)
    assert (run["records_read"], run["rides_scored"], run["rides_known"]) == (2, 0, 2)
    assert counts(database) == after_first | {"runs": 2}


def test_a_ride_is_stored_as_it_was_read(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Empty values become null, and the prediction lies inside its band."""
    job("score", "--trips", API_CSV)
    rows = database.execute(
        """
        select source_trip_id, pickup_community_area, dropoff_community_area, trip_start_timestamp::text, fare,
            trip_total, trip_miles, runs.source, predicted_low <= predicted_duration,
            predicted_duration <= predicted_high, models.version, runs.command
        from raw.ride_predictions
        inner join raw.models using (model_id)
        inner join raw.runs using (run_id)
        order by source_trip_id
        """
    ).fetchall()
    job_facts = ("city", True, True, "1", "score")
    assert [tuple(row) for row in rows] == [
        ("good", 8, 32, "2022-03-01 06:15:00+00", 10.25, 13.25, 2.5, *job_facts),
        ("second", None, None, "2022-03-01 18:00:00+00", None, None, 0.75, *job_facts),
    ]


def test_the_true_duration_is_an_outcome_and_never_an_input(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """Other durations and fares in the file change the outcomes and leave the predictions the same."""
    job("score", "--trips", API_CSV)
    assert scalar(database, "select array_agg(actual_duration) from raw.ride_outcomes") == [10.0, 10.0]
    assert counts(database)["pending_outcomes"] == 0
    before = predictions(database)

    database.execute("truncate raw.ride_predictions, raw.ride_outcomes cascade")
    table = pa.csv.read_csv(API_CSV)
    for name, value in {"trip_seconds": 4_321, "fare": 99.5, "trip_total": 100.5}.items():
        at = table.column_names.index(name)
        table = table.set_column(at, name, pa.array([value] * len(table)))
    pa.csv.write_csv(table, tmp_path / "other_truth.csv")
    job("score", "--trips", tmp_path / "other_truth.csv")
    assert scalar(database, "select min(actual_duration) from raw.ride_outcomes") == pytest.approx(72.0, abs=0.1)
    assert predictions(database) == {ride: pytest.approx(values) for ride, values in before.items()}


def test_an_invalid_duration_does_not_reject_a_ride(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """A ride with a zero, negative, missing or excessive duration is scored without an outcome."""
    durations = (0, -5, 90_000, "", "NaN")
    lines = [f"{n},2022-03-01T00:15:00.000,{seconds},2.5,8,32" for n, seconds in enumerate(durations)]
    assert job("score", "--trips", trips_csv(tmp_path, lines)).code == 0
    assert last_run(database)["rides_scored"] == 5
    assert counts(database)["ride_outcomes"] == 0


def test_rejects_are_stored_once_and_counted_each_time(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Every reason is counted in each run, the payload is stored as read, and a second run adds no row."""
    files = sorted((ASSETS / "rejected").iterdir())
    first = job("score", "--trips", *files)
    assert first.code == 0
    run = last_run(database)
    kept = dict(database.execute("select reason, count(*) from raw.rejected_records group by reason").fetchall())
    assert set(kept) == {path.stem for path in files}
    assert first.named("score.completed")[0]["reasons"].keys() == kept.keys()
    assert all(f"{reason}: " in first.out for reason in kept)
    of_miles = "select payload from raw.rejected_records where reason = 'nonpositive_miles' order by position limit 1"
    payload = scalar(database, of_miles)
    assert payload["trip_start_timestamp"] == "2022-03-01T00:15:00.000"
    assert_accounted_for(run)

    before = counts(database)
    assert job("score", "--trips", *files).code == 0
    again = last_run(database)
    assert_accounted_for(again)
    assert again["records_rejected"] == run["records_rejected"]
    assert counts(database) == before | {"runs": 2}


def test_nan_and_nul_in_a_payload_are_stored(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """Values that jsonb refuses are stored as text, with U+0000 replaced by U+FFFD."""
    pq.write_table(
        pa.table(
            {
                "trip_id": ["no number", "infinite", "nul\0"],
                "trip_start_timestamp": ["2022-03-01T00:15:00.000"] * 3,
                "trip_miles": [float("nan"), float("inf"), 1.0],
                "pickup_community_area": ["8\0", None, None],
                "dropoff_community_area": pa.nulls(3, pa.string()),
            }
        ),
        tmp_path / "trips.parquet",
    )
    assert job("score", "--trips", tmp_path / "trips.parquet").code == 1
    rows = database.execute("select reason, payload from raw.rejected_records order by position").fetchall()
    assert [reason for reason, _ in rows] == ["bad_miles", "bad_miles", "bad_trip_id"]
    assert [payload["trip_miles"].lower() for _, payload in rows[:2]] == ["nan", "inf"]
    assert rows[0][1]["pickup_community_area"] == "8\ufffd"


def test_an_ambiguous_start_time_is_the_earlier_one(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """A time that clocks skip is rejected."""
    times = {"spring": "2022-03-13T02:15:00.000", "autumn": "2022-11-06T01:15:00.000"}
    lines = [f"{name},{time},600,2.5,8,32" for name, time in times.items()]
    assert job("score", "--trips", trips_csv(tmp_path, lines)).code == 0
    assert scalar(database, "select reason from raw.rejected_records") == "nonexistent_time"
    assert scalar(database, "select trip_start_timestamp::text from raw.ride_predictions") == "2022-11-06 06:15:00+00"


def damaged_in_the_middle(path: Path) -> Path:
    """A Parquet file with a valid footer, whose third row group of 375 records is damaged."""
    whole = pq.read_table(path)
    damaged = path.with_name("damaged.parquet")
    pq.write_table(whole, damaged, row_group_size=375, compression="zstd")
    chunk = pq.ParquetFile(damaged).metadata.row_group(2).column(whole.column_names.index("trip_miles"))
    content = bytearray(damaged.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    damaged.write_bytes(content)
    return damaged


def test_a_damaged_file_keeps_its_earlier_batches(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run fails with the reason, and scoring the intact file completes it."""
    monkeypatch.setattr("job.city.files.BATCH_RECORDS", 375)
    damaged = damaged_in_the_middle(simulated_file)
    failed = job("score", "--trips", damaged)
    assert failed.code == 1
    assert "damaged.parquet is damaged" in failed.error
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", failed.error)
    assert run["rides_scored"] + run["records_rejected"] == run["records_read"] == 750
    assert counts(database)["ride_predictions"] == run["rides_scored"]
    assert not failed.named("score.completed")

    assert job("score", "--trips", simulated_file).code == 0
    completed = last_run(database)
    assert completed["records_read"] == 1_500
    assert completed["rides_known"] == run["rides_scored"]
    assert counts(database)["ride_predictions"] == completed["rides_scored"] + completed["rides_known"]


def test_a_damaged_second_file_keeps_the_first(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """The first file's rides stay, and the error names the damaged file."""
    text = tmp_path / "trips.csv"
    pa.csv.write_csv(pq.read_table(simulated_file), text)
    header, rows = text.read_bytes().split(b"\n", 1)
    whole = gzip.compress(header + b"\n" + rows * 10)  # the damage is beyond what is read to find the header
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) * 9 // 10])
    failed = job("score", "--trips", API_CSV, tmp_path / "cut.csv.gz")
    assert failed.code == 1
    assert f"{tmp_path / 'cut.csv.gz'} is damaged" in failed.error
    assert (last_run(database)["status"], counts(database)["ride_predictions"]) == ("failed", 2)


def test_each_batch_has_its_own_number(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rides and outcomes carry their batch's number, which the marts use as a watermark."""
    monkeypatch.setattr("job.city.files.BATCH_RECORDS", 500)
    job("score", "--trips", simulated_file)
    numbers = "select array_agg(distinct batch_id order by batch_id) from raw."
    of_predictions = scalar(database, f"{numbers}ride_predictions")
    assert len(of_predictions) == 3
    assert scalar(database, f"{numbers}ride_outcomes") == of_predictions


def test_an_equal_record_is_known_and_a_different_one_rejected(
    database: psycopg.Connection, home: Path, job: Job
) -> None:
    """If a trip_id occurs more than once in an input, only the first record is scored."""
    conflicts = ASSETS / "rejected" / "conflicting_record.csv"
    assert job("score", "--trips", conflicts, conflicts).code == 0
    run = last_run(database)
    assert (run["rides_scored"], run["rides_known"], run["records_rejected"]) == (1, 1, 8)
    assert counts(database)["rejected_records"] == 4


def test_a_run_that_accepts_no_record_fails(database: psycopg.Connection, home: Path, job: Job, tmp_path: Path) -> None:
    """The error lists the reasons; rejects and counts are kept. Rides that are already known count as accepted."""
    header, *rows = MILES.read_text().splitlines()
    rejected = [row for row in rows if "good" not in row]
    (tmp_path / "trips.csv").write_text("\n".join([header, *rejected, rejected[0].replace("2022", "1922")]))
    failed = job("score", "--trips", tmp_path / "trips.csv")
    assert failed.code == 1
    assert failed.error.startswith("nothing was accepted from 5 records (4 nonpositive_miles, 1 bad_start_time): ")
    assert "(first: trip_miles '0')" in failed.error
    run = last_run(database)
    assert (run["status"], run["error"]) == ("failed", failed.error)
    assert (run["records_read"], run["records_rejected"]) == (5, 5)
    assert counts(database)["rejected_records"] == 5
    assert job("score", "--trips", API_CSV, tmp_path / "trips.csv").code == 0
    assert job("score", "--trips", API_CSV).code == 0


def test_values_that_cannot_be_read_are_counted(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """A ride with an unreadable duration is scored without an outcome; the output and the log count such values."""
    header = API_CSV.read_text().splitlines()[0].split(",")
    row = {"trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": "2.5"}
    seconds = {"a": '"1.389,00"', "b": "600 s", "c": '"1,389"', "d": "NULL"}
    lines = [
        [(row | {"trip_id": name, "trip_seconds": value}).get(key, "") for key in header]
        for name, value in seconds.items()
    ]
    (tmp_path / "trips.csv").write_text("\n".join(",".join(line) for line in [header, *lines]))
    for _ in range(2):
        done = job("score", "--trips", tmp_path / "trips.csv")
        assert done.code == 0
        assert done.out.splitlines()[1:] == ["2 values of trip_seconds could not be read (first: '1.389,00')"]
        assert done.named("score.completed")[0]["unreadable"] == {"trip_seconds": 2}
    assert scalar(database, "select array_agg(actual_duration) from raw.ride_outcomes") == [23.15]


def test_times_typed_as_utc_are_instants(database: psycopg.Connection, home: Path, job: Job, tmp_path: Path) -> None:
    """The log and the output say so. With --wall-clock they are read as the city's wall clock."""
    morning = pa.array([datetime(2022, 3, 1, 8, 15, tzinfo=UTC)])
    for name in ("instant", "wall"):
        table = pa.csv.read_csv(API_CSV).slice(0, 1).set_column(0, "trip_id", pa.array([name]))
        at = table.column_names.index("trip_start_timestamp")
        pq.write_table(table.set_column(at, "trip_start_timestamp", morning), tmp_path / f"{name}.parquet")
    done = job("score", "--trips", tmp_path / "instant.parquet")
    (event,) = done.named("start_times.read_as_instants")
    assert "wall clock of Chicago" in event["how_read"]
    assert "were read as instants" in job("score", "--trips", tmp_path / "instant.parquet").out
    done = job("score", "--trips", tmp_path / "wall.parquet", "--wall-clock")
    assert not done.named("start_times.read_as_instants")
    assert "instants" not in done.out
    rows = database.execute("select source_trip_id, trip_start_timestamp from raw.ride_predictions").fetchall()
    assert dict(rows) == {
        "instant": datetime(2022, 3, 1, 8, 15, tzinfo=UTC),
        "wall": datetime(2022, 3, 1, 14, 15, tzinfo=UTC),
    }


def test_wall_clock_needs_trips(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Windows are drawn by the simulator, so they have no times to read."""
    refused = job("score", "--wall-clock")
    assert refused.code == 2
    assert "--trips" in refused.error


def test_a_file_without_records_is_a_success(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path
) -> None:
    """A file with only a header is a day without rides."""
    (tmp_path / "header.csv").write_text(API_CSV.read_text().splitlines(keepends=True)[0])
    done = job("score", "--trips", tmp_path / "header.csv")
    assert done.code == 0
    assert done.out.startswith("0 rides scored from 0 records")
    assert (last_run(database)["status"], last_run(database)["records_read"]) == ("succeeded", 0)


def test_trips_may_be_given_more_than_once(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The files of all --trips options are scored."""
    assert job("score", "--trips", MILES, "--trips", API_CSV).code == 0
    assert last_run(database)["records_read"] == 7


def test_each_run_logs_one_canonical_event(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The event has the same counts as the run's record, and rides are not logged individually."""
    done = job("score", "--trips", API_CSV, MILES)
    (event,) = done.events
    run = last_run(database)
    same = ("run_id", "source", "records_read", "rides_scored", "rides_known", "records_rejected", "windows")
    assert event["event"] == "score.completed"
    assert {name: event[name] for name in same} == {name: run[name] for name in same}
    assert (event["model"], event["version"], event["model_stale"]) == ("chicago-taxi-duration", "1", False)
    assert sum(event["reasons"].values()) == run["records_rejected"]
    assert done.messages == []


def test_a_failed_batch_is_rolled_back(
    database: psycopg.Connection, home: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of its rides, outcomes, rejects or counts remain, and the run's record has the error."""
    write = batches.write

    def fail(*arguments: Any) -> None:
        write(*arguments)
        raise JobError("the disk is on fire")

    monkeypatch.setattr("job.store.raw.batches.write", fail)
    failed = job("score", "--trips", API_CSV, MILES)
    assert (failed.code, failed.messages) == (1, ["error: the disk is on fire (run 1)"])
    (run,) = records_of_runs(database)
    assert (run["status"], run["error"], run["records_read"]) == ("failed", "the disk is on fire", 0)
    nothing = dict.fromkeys(("ride_predictions", "ride_outcomes", "rejected_records", "windows"), 0)
    assert counts(database).items() >= nothing.items()


def test_the_payload_of_a_malformed_line_is_its_text(database: psycopg.Connection, home: Path, job: Job) -> None:
    """A line that cannot be split into columns is stored as it is."""
    job("score", "--trips", ASSETS / "rejected" / "malformed_record.csv")
    payloads = database.execute("select payload from raw.rejected_records order by position").fetchall()
    assert [payload for (payload,) in payloads] == [
        {"malformed_record": "short,2022-03-01T00:15:00.000,600"},
        {"malformed_record": "long,2022-03-01T00:15:00.000,600,2.5,8,32,10.25,13.25,and,more"},
    ]
