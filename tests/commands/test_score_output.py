"""`score --output`: writes predictions to a file, without a database or lock."""

from pathlib import Path

import pandas as pd
import psycopg
import pyarrow.parquet as pq
import pytest

from tests.commands.conftest import API_CSV, ASSETS, MILES, Job, counts, in_a_process
from tests.commands.test_score_records import damaged_in_the_middle

RANGE = "2026-01-31T08:00Z..2026-01-31T08:58Z"
COLUMNS = [
    "trip_id", "source_trip_id", "pickup_community_area", "dropoff_community_area", "trip_start_timestamp", "fare",
    "trip_total", "trip_miles", "predicted_duration", "predicted_low", "predicted_high", "expected_error",
    "source", "model_name", "model_version",
]  # fmt: skip
STATIC = {"predicted_low": "static_low", "predicted_high": "static_high"}  # a file has the model's own band
SAME_ROWS = f"""
select {", ".join(STATIC.get(name, name) for name in COLUMNS)}
from raw.ride_predictions
inner join (select model_id, name as model_name, version as model_version from raw.models) as models using (model_id)
"""


@pytest.fixture
def nowhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A TAXI_HOME with a trained model, and a database that cannot be reached."""
    monkeypatch.setenv("PGHOST", str(home / "no-such-socket"))
    monkeypatch.setenv("CONNECT_WAIT", "0")
    return home


def frame(path: Path) -> pd.DataFrame:
    """The file's rows, sorted by trip_id."""
    read = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"model_version": str})
    read["trip_start_timestamp"] = pd.to_datetime(read["trip_start_timestamp"], utc=True).dt.as_unit("us")
    read["source_trip_id"] = read["source_trip_id"].astype(object).where(read["source_trip_id"].notna(), None)
    return read.sort_values("trip_id", ignore_index=True)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("scored", ["records", "windows"])
def test_the_file_has_the_rows_that_the_database_would_get(
    database: psycopg.Connection, home: Path, job: Job, tmp_path: Path, ending: str, scored: str, simulated_file: Path
) -> None:
    """The file has the same rows with the static band and the model's name; the database stays unchanged."""
    arguments = ("--trips", simulated_file, API_CSV) if scored == "records" else ("--window", RANGE)
    output = tmp_path / f"predictions{ending}"
    before = counts(database)
    assert job("score", *arguments, "--output", output).code == 0
    assert counts(database) == before
    written = frame(output)
    assert list(written) == COLUMNS

    assert job("score", *arguments).code == 0
    rows = database.execute(SAME_ROWS).fetchall()
    stored = pd.DataFrame(rows, columns=COLUMNS).assign(trip_id=lambda rows: rows["trip_id"].astype(str))
    stored = stored.sort_values("trip_id", ignore_index=True)
    stored["trip_start_timestamp"] = stored["trip_start_timestamp"].dt.as_unit("us")
    assert len(written) > 100
    pd.testing.assert_frame_equal(written, stored, check_dtype=False)


@pytest.mark.parametrize("arguments", [("--trips", API_CSV, MILES), ("--window", RANGE)])
def test_no_database_is_needed(nowhere: Path, job: Job, tmp_path: Path, arguments: tuple[object, ...]) -> None:
    """Scoring to a file works while PostgreSQL is unreachable, and prints a summary."""
    done = job("score", *arguments, "--output", tmp_path / "predictions.parquet")
    assert (done.code, done.messages) == (0, [])
    assert "rides scored" in done.out
    assert pq.read_table(tmp_path / "predictions.parquet").num_rows > 0


def test_the_summary_accounts_for_every_record(nowhere: Path, job: Job, tmp_path: Path) -> None:
    """Each record is counted as scored, already known, or rejected with a reason."""
    done = job("score", "--trips", MILES, API_CSV, MILES, "--output", tmp_path / "predictions.csv")
    assert "2 rides scored from 12 records; 2 already scored, 8 rejected" in done.out
    assert "8  nonpositive_miles" in done.out


def test_nothing_accepted_fails(nowhere: Path, job: Job, tmp_path: Path) -> None:
    """If every record is rejected, the command fails, says why, and writes no file."""
    records = tmp_path / "trips.csv"
    records.write_text("".join(line for line in MILES.read_text().splitlines(keepends=True) if "good" not in line))
    failed = job("score", "--trips", records, "--output", tmp_path / "predictions.csv")
    assert failed.code == 1
    assert failed.error == (
        "nothing was accepted from 4 records (4 nonpositive_miles): the miles are zero or negative "
        "(first: trip_miles '0'); docs/records.md says what is read"
    )
    assert not (tmp_path / "predictions.csv").exists()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_failed_run_leaves_the_output_file_unchanged(
    nowhere: Path, job: Job, tmp_path: Path, ending: str, simulated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a partial nor a temporary file remains, and an existing file keeps its content."""
    monkeypatch.setattr("job.city.files.BATCH_RECORDS", 375)
    folder = tmp_path / "out"
    folder.mkdir()
    output = folder / f"predictions{ending}"
    output.write_text("yesterday's")
    failed = job("score", "--trips", damaged_in_the_middle(simulated_file), "--output", output)
    assert failed.code == 1
    assert "is damaged" in failed.error
    assert [path.read_text() for path in folder.iterdir()] == ["yesterday's"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--output", "predictions.csv"), 2, "--output needs --trips or --window"),
        (("--trips", API_CSV, "--output", "predictions.txt"), 2, "ends in .csv or .parquet"),
        (("--trips", API_CSV, "--output", "predictions"), 2, "ends in .csv or .parquet"),
        (("--trips", API_CSV, "--output", "missing/predictions.csv"), 1, "missing/predictions.csv cannot be written"),
        (("--trips", API_CSV, "--output", API_CSV / "predictions.csv"), 1, "cannot be written: Not a directory"),
        (("--trips", API_CSV, "--output", f"{'p' * 250}.csv"), 1, "cannot be written: File name too long"),
        (("--trips", ASSETS / "refused" / "empty.csv", "--output", "predictions.csv"), 2, "is empty"),
        (("--trips", API_CSV, "--window", "2026-01-31T08:02Z", "--output", "predictions.csv"), 2, "not allowed with"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(
    nowhere: Path, job: Job, tmp_path: Path, arguments: tuple[object, ...], code: int, words: str
) -> None:
    """The command returns the documented exit code with a reason and writes no file."""
    before = set(tmp_path.iterdir())
    refused = job("score", *arguments)
    assert refused.code == code
    assert words in refused.messages[-1]
    assert set(tmp_path.iterdir()) == before


def test_scoring_to_a_file_prints_one_line(nowhere: Path, tmp_path: Path) -> None:
    """No library prints a warning: stdout has one line, and stderr is empty."""
    done = in_a_process("score", "--window", RANGE, "--output", str(tmp_path / "predictions.csv"))
    assert (done.code, done.messages, done.events) == (0, [], [])
    assert len(done.out.splitlines()) == 1
