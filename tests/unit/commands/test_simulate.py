"""`simulate` writes trips in the City's schema."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from job.__main__ import main
from job.commands.simulate import span
from job.errors import UsageError
from job.rides import ride
from tests.rides import CHICAGO

DAY = ["--start", "2022-03-01", "--end", "2022-03-02"]


def simulate(path: Path, *arguments: str) -> int:
    """Run the command, by default for 2,000 rides of one day."""
    return main(["simulate", "--output", str(path), *(arguments or ("--rides", "2000", *DAY))])


def test_every_simulated_trip_is_accepted(tmp_path: Path) -> None:
    """Each record has the City's types and is parsed to a ride with an outcome."""
    assert simulate(tmp_path / "trips.parquet") == 0
    records = pa.parquet.read_table(tmp_path / "trips.parquet")
    batch = ride.parse(records, CHICAGO)
    assert (len(batch.rides), len(batch.rejected), len(batch.outcomes)) == (2000, 0, 2000)
    assert records.schema.field("pickup_community_area").type == pa.string()
    assert records["trip_id"].to_pandas().str.fullmatch("[0-9a-f]{40}").all()
    assert records["trip_id"].to_pandas().is_unique
    assert (records["trip_seconds"].to_numpy() % 1 == 0).all()


def test_times_are_rounded_to_quarter_hours(tmp_path: Path) -> None:
    """Start and end are local times, and rides start on the given day."""
    simulate(tmp_path / "trips.parquet")
    trips = pa.parquet.read_table(tmp_path / "trips.parquet").to_pandas()
    start, end = trips["trip_start_timestamp"], trips["trip_end_timestamp"]
    for times in (start, end):
        assert times.equals(times.dt.floor("15min"))
    assert (start.dt.strftime("%Y-%m-%d") == "2022-03-01").all()
    assert ((end - start) / pd.Timedelta(seconds=1) - trips["trip_seconds"]).abs().max() <= 900


def test_csv_and_parquet_have_the_same_rides(tmp_path: Path) -> None:
    """The suffix decides only the format, and the same seed gives the same file."""
    for name in ("trips.csv", "trips.parquet", "again.csv"):
        assert simulate(tmp_path / name) == 0
    text = pa.csv.read_csv(tmp_path / "trips.csv", convert_options=pa.csv.ConvertOptions(strings_can_be_null=True))
    typed = pa.parquet.read_table(tmp_path / "trips.parquet")
    pd.testing.assert_frame_equal(ride.parse(text, CHICAGO).rides, ride.parse(typed, CHICAGO).rides)
    assert (tmp_path / "trips.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()


def test_a_total_is_the_sum_of_its_parts(tmp_path: Path) -> None:
    """The parts are fare, extras, tips and tolls; exactly the card payments have a tip."""
    simulate(tmp_path / "trips.parquet")
    trips = pa.parquet.read_table(tmp_path / "trips.parquet").to_pandas()
    parts = trips[["fare", "extras", "tips", "tolls"]].sum(axis=1)
    assert np.allclose(parts, trips["trip_total"], atol=0.006)
    assert ((trips["tips"] > 0) == (trips["payment_type"] == "Credit Card")).all()


def test_a_scenario_changes_only_its_own_columns(tmp_path: Path) -> None:
    """A meter change leaves everything but ids and money the same."""
    for name, scenario in (("normal", []), ("meter", ["--scenario", "meter-change"])):
        assert simulate(tmp_path / f"{name}.parquet", "--rides", "500", *DAY, *scenario) == 0
    normal, meter = (pa.parquet.read_table(tmp_path / f"{name}.parquet").to_pandas() for name in ("normal", "meter"))
    assert {name for name in normal if not normal[name].equals(meter[name])} == {"trip_id", "fare", "trip_total"}
    assert not set(normal["trip_id"]) & set(meter["trip_id"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rides", "0"), "give at least 1"),
        (("--rides", "5", "--seed", "-1"), "give a whole number from 0"),
        (("--rides", "5", "--start", "2022-13-01"), "--start '2022-13-01' cannot be read"),
        (("--rides", "5", "--start", "2022-03-02", "--end", "2022-03-01"), "give a --start before --end"),
        (("--rides", "5", "--profile", "none.json"), "profile none.json cannot be read"),
    ],
)
def test_an_invalid_argument_is_a_usage_error(
    arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error is one sentence, and nothing is written."""
    assert simulate(tmp_path / "trips.csv", *arguments) == 2
    assert words in capsys.readouterr().err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "code"), [("trips.xls", 2), ("trips", 2), ("missing/trips.csv", 1)])
def test_a_file_that_cannot_be_written_is_refused(name: str, code: int, tmp_path: Path) -> None:
    """An unknown suffix is a usage error, a missing folder is a failure, and no partial file remains."""
    assert simulate(tmp_path / name) == code
    assert list(tmp_path.iterdir()) == []


def test_the_default_span_is_seven_days() -> None:
    """It ends at the last midnight in Chicago, unless --start or --end is given."""
    now = datetime(2026, 3, 10, 2, tzinfo=UTC)  # the evening of the 9th in Chicago, after the clocks went forward
    midnight = pd.Timestamp("2026-03-09", tz=CHICAGO.time_zone)
    assert span(None, None, CHICAGO, now) == (midnight - pd.Timedelta(days=7), midnight)
    assert span("2026-01-05", None, CHICAGO, now)[1] == pd.Timestamp("2026-01-12", tz=CHICAGO.time_zone)
    assert span(None, "2026-01-12T00:00Z", CHICAGO, now)[0] == pd.Timestamp("2026-01-05", tz="UTC")


def test_times_when_clocks_change_are_accepted() -> None:
    """A time that does not exist becomes the next hour, and an ambiguous one is read as the first."""
    now = datetime(2026, 3, 10, tzinfo=UTC)
    assert span("2022-03-13T02:15", None, CHICAGO, now)[0] == pd.Timestamp("2022-03-13T08:15Z")
    assert span("2022-11-06T01:15", None, CHICAGO, now)[0] == pd.Timestamp("2022-11-06T06:15Z")


def test_a_span_outside_this_century_is_refused() -> None:
    """Rides may start between 2000 and 2100."""
    with pytest.raises(UsageError, match="between 2000 and 2100"):
        span("1999-01-01", "2000-06-01", CHICAGO, datetime(2026, 3, 10, tzinfo=UTC))
