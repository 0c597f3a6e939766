"""`simulate --dirty`: as many faults as on a real day, and the other records unchanged."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from job.__main__ import main
from job.rides import ride
from job.simulator import faults
from job.simulator.published import SCHEMA
from tests.conftest import REAL_DAY
from tests.rides import CHICAGO

RIDES = 20_000


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same trips without faults, with faults, and with faults again."""
    folder = tmp_path_factory.mktemp("trips")
    paths = {name: folder / f"{name}.parquet" for name in ("clean", "dirty", "again")}
    for name, path in paths.items():
        span = ["--start", "2022-03-01", "--end", "2022-03-02"]
        options = [] if name == "clean" else ["--dirty"]
        assert main(["simulate", "--rides", str(RIDES), *span, *options, "--output", str(path)]) == 0
    return paths


@pytest.fixture(scope="module")
def clean(written: dict[str, Path]) -> pd.DataFrame:
    """Records without faults."""
    return pd.read_parquet(written["clean"])


@pytest.fixture(scope="module")
def dirty(written: dict[str, Path]) -> pd.DataFrame:
    """Records with faults."""
    return pd.read_parquet(written["dirty"])


def shares(records: pd.DataFrame) -> dict[str, float]:
    """The share of records with each fault."""
    seconds, miles, fare = (records[name] for name in ("trip_seconds", "trip_miles", "fare"))
    return {
        "no miles": (miles == 0).mean(),
        "a minute": (seconds <= 60).mean(),
        "both": ((miles == 0) & (seconds <= 60)).mean(),
        "no second": (seconds == 0).mean(),
        "over three hours": (seconds > 3 * 3600).mean(),
        "no fare": (fare == 0).mean(),
        "no pickup": records["pickup_community_area"].replace("", None).isna().mean(),
        "no dropoff": records["dropoff_community_area"].replace("", None).isna().mean(),
    }


def test_faults_are_as_frequent_as_configured(dirty: pd.DataFrame) -> None:
    """The shares follow faults.SHARES, for example 13 % without miles."""
    measured, configured = shares(dirty), faults.SHARES
    assert measured["no miles"] == pytest.approx(configured["miles_lost"] + configured["not_driven"], rel=0.05)
    assert measured["both"] == pytest.approx(configured["not_driven"], rel=0.1)
    assert measured["a minute"] == pytest.approx(configured["not_driven"] + configured["a_minute"], rel=0.1)
    assert measured["over three hours"] == pytest.approx(configured["left_running"], rel=0.5)
    assert measured["no fare"] == pytest.approx(configured["no_fare"], rel=0.5)


@pytest.mark.skipif(not REAL_DAY.exists(), reason=f"no real trips in {REAL_DAY.parent}")
def test_faults_are_as_frequent_as_on_the_real_day(dirty: pd.DataFrame) -> None:
    """Each share is that of the real day, within the chance variation of 20,000 records."""
    simulated, real = shares(dirty), shares(pd.read_parquet(REAL_DAY))
    for name, share in real.items():
        assert simulated[name] == pytest.approx(share, rel=0.12, abs=0.001), name


def test_faulty_records_are_rejected_like_real_ones(written: dict[str, Path]) -> None:
    """One in eight is rejected for its miles, and no other reason occurs besides excessive miles."""
    batch = ride.parse(pa.parquet.read_table(written["dirty"]), CHICAGO)
    rejected = batch.rejected["reason"].value_counts()
    assert rejected["nonpositive_miles"] / RIDES == pytest.approx(0.129, abs=0.01)
    assert set(rejected.index) <= {"nonpositive_miles", "excessive_miles"}
    assert batch.read == RIDES


def test_records_without_a_fault_are_unchanged(clean: pd.DataFrame, dirty: pd.DataFrame) -> None:
    """Six in seven are identical, and ids, taxis and starts never change."""
    for name in ("trip_id", "taxi_id", "trip_start_timestamp", "company"):
        assert clean[name].equals(dirty[name]), name
    changed = ((clean != dirty) & ~(clean.isna() & dirty.isna())).any(axis=1).mean()
    assert changed == pytest.approx(sum(faults.SHARES.values()), abs=0.01)


def test_a_faulty_record_is_consistent(written: dict[str, Path], dirty: pd.DataFrame) -> None:
    """Types are the City's, the end follows from the seconds, and only card payments have a tip."""
    assert pa.parquet.read_schema(written["dirty"]).equals(SCHEMA)
    seconds = (dirty["trip_end_timestamp"] - dirty["trip_start_timestamp"]) / pd.Timedelta(seconds=1)
    assert (seconds - dirty["trip_seconds"]).abs().max() <= 900
    assert ((dirty["tips"] > 0) <= (dirty["payment_type"] == "Credit Card")).all()


def test_faults_are_reproducible(written: dict[str, Path], dirty: pd.DataFrame) -> None:
    """The same command gives the same faults."""
    pd.testing.assert_frame_equal(pd.read_parquet(written["again"]), dirty)
