"""`calibrate` turns a city's trips into a profile, and `simulate` draws from it."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from bench.similarity import one_minus_ks, one_minus_tv
from job.__main__ import main
from job.simulator import draw
from tests.rides import CHICAGO


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of simulated trips."""
    path = tmp_path_factory.mktemp("trips") / "trips.parquet"
    span = ["--start", "2022-03-01", "--end", "2022-03-02"]
    assert main(["simulate", "--rides", "8000", *span, "--output", str(path)]) == 0
    return path


def test_trips_simulated_from_a_calibrated_profile_are_similar(trips: Path, tmp_path: Path) -> None:
    """Miles, durations, fares and frequent areas are distributed as in the original trips."""
    profile, again = tmp_path / "profile.json", tmp_path / "again.parquet"
    assert main(["calibrate", "--trips", str(trips), "--output", str(profile)]) == 0
    span = ["--start", "2022-03-01", "--end", "2022-03-02"]
    assert main(["simulate", "--rides", "8000", *span, "--profile", str(profile), "--output", str(again)]) == 0
    then, now = (pa.parquet.read_table(path).to_pandas() for path in (trips, again))
    for column in ("trip_miles", "trip_seconds", "fare"):
        assert one_minus_ks(now[column], then[column]) > 0.95, column
    for column in ("pickup_community_area", "company"):
        assert one_minus_tv(now[column], then[column]) > 0.94, column
    assert draw.load_profile(CHICAGO, profile).digest != draw.load_profile(CHICAGO).digest


def test_the_weekend_may_come_from_other_trips(trips: Path, tmp_path: Path) -> None:
    """At one o'clock, a weekend has a larger share of its rides than a weekday."""
    week, profile = tmp_path / "week.csv", tmp_path / "profile.json"
    span = ["--start", "2022-03-07", "--end", "2022-03-14"]
    assert main(["simulate", "--rides", "8000", *span, "--output", str(week)]) == 0
    assert main(["calibrate", "--trips", str(trips), "--week", str(week), "--output", str(profile)]) == 0
    hours = pd.DataFrame(json.loads(profile.read_text())["hours"])
    assert hours["weekend"][1] > 1.5 * hours["weekday"][1]


def test_trips_of_one_pair_of_areas_are_enough(trips: Path, tmp_path: Path) -> None:
    """The profile has values for everything that does not occur in the trips."""
    one, profile = tmp_path / "one.parquet", tmp_path / "profile.json"
    table = pa.parquet.read_table(trips).to_pandas()
    loop = table.assign(pickup_community_area="8", dropoff_community_area="32")
    loop.to_parquet(one)
    assert main(["calibrate", "--trips", str(one), "--output", str(profile)]) == 0
    again = tmp_path / "again.csv"
    assert main(["simulate", "--rides", "2000", "--profile", str(profile), "--output", str(again)]) == 0
    assert (pd.read_csv(again)["pickup_community_area"] == 8).mean() > 0.9


def test_records_that_are_left_out_are_counted(trips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Trips given twice count once; duplicates and unreadable values are shown, for --week too."""
    once, twice, unreadable = (tmp_path / name for name in ("once.json", "twice.json", "unreadable.csv"))
    table = pa.parquet.read_table(trips).to_pandas().astype({"trip_seconds": object})
    table.loc[:11, "trip_seconds"] = "1.389,00"
    table.to_csv(unreadable, index=False)
    assert main(["calibrate", "--trips", str(trips), "--output", str(once)]) == 0
    capsys.readouterr()
    assert (
        main(["calibrate", "--trips", str(trips), str(trips), "--week", str(unreadable), "--output", str(twice)]) == 0
    )
    out = capsys.readouterr().out.splitlines()
    assert out[1:] == [
        "8,000 trips from 16,000 records; left out: 8,000 duplicate",
        "7,988 trips from 8,000 records; left out: 12 without a usable duration",
        "12 values of trip_seconds could not be read (first: '1.389,00')",
    ]
    assert json.loads(once.read_text())["hours"]["weekday"] == json.loads(twice.read_text())["hours"]["weekday"]


def test_too_few_trips_write_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command exits with 2, says how many it needs and writes no profile."""
    few = tmp_path / "few.csv"
    main(["simulate", "--rides", "20", "--output", str(few)])
    assert main(["calibrate", "--trips", str(few), "--output", str(tmp_path / "profile.json")]) == 2
    assert "give at least 500" in capsys.readouterr().err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == [few]


def test_a_profile_that_cannot_be_written_is_reported_in_one_sentence(
    trips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing folder gives exit code 1 and an error that names the file."""
    assert main(["calibrate", "--trips", str(trips), "--output", str(tmp_path / "missing" / "profile.json")]) == 1
    assert "profile.json cannot be written" in capsys.readouterr().err.splitlines()[-1]
