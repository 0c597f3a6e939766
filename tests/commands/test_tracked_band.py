"""The tracked band: scaled to the outcomes that are known, the same in a backfill as in running live."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pytest

from job.city import files
from job.scoring import tracking
from job.scoring.tracking import Tracking
from tests.commands.conftest import Job, predictions, scalar

FIRST, LAST = "2026-01-31T08:00Z", "2026-01-31T19:58Z"
# Runs as in a schedule that had pauses, not in step with the hours.
PARTS = ("08:00Z..2026-01-31T11:28Z", "11:30Z..2026-01-31T13:58Z", "14:00Z", "14:02Z..2026-01-31T17:10Z",
         "17:12Z..2026-01-31T19:58Z")  # fmt: skip


def bands(database: psycopg.Connection, since: str = "-infinity") -> pd.DataFrame:
    """The band, scales and static band of every ride that started at this time or later."""
    columns = ["predicted_low", "predicted_high", "band_scale_low", "band_scale_high", "static_low", "static_high"]
    query = f"""
        select trip_id::text, {", ".join(columns)}
        from raw.ride_predictions
        where trip_start_timestamp >= %s
        order by trip_id
    """
    rows = database.execute(query.encode(), (since,)).fetchall()
    return pd.DataFrame(rows, columns=["trip_id", *columns]).set_index("trip_id")


def forget(database: psycopg.Connection) -> None:
    """Leave only the model in the database."""
    database.execute(
        "truncate raw.ride_predictions, raw.pending_outcomes, raw.ride_outcomes, raw.windows, raw.shadow_predictions"
    )


def test_a_backfill_gives_the_same_bands_as_running_live(database: psycopg.Connection, home: Path, job: Job) -> None:
    """Each hour's scale depends on what is known before it, whatever the runs and batches."""
    assert job("score", "--window", f"{FIRST}..{LAST}").code == 0
    backfilled = bands(database)
    forget(database)
    for part in PARTS:
        assert job("score", "--window", f"2026-01-31T{part}").code == 0
        assert job("observe").code == 0
    pd.testing.assert_frame_equal(bands(database), backfilled, rtol=1e-9)  # batches change predictions, too
    assert scalar(database, "select count(distinct band_scale_high) from raw.ride_predictions") > 10


def test_the_band_is_static_until_enough_outcomes_are_known(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The static band is stored, too."""
    job("score", "--window", f"{FIRST}..{LAST}")
    facts = """
        select count(*) filter (where predicted_low = static_low and predicted_high = static_high), count(*)
        from raw.ride_predictions
        where trip_start_timestamp {} '2026-01-31 09:00Z'
    """
    ((static, early),) = database.execute(facts.format("<").encode()).fetchall()
    assert static == early > 0
    ((static, late),) = database.execute(facts.format(">=").encode()).fetchall()
    assert static < late
    beyond = scalar(
        database,
        """
        select max(greatest(
            abs(predicted_high - predicted_duration - band_scale_high * (static_high - predicted_duration)),
            abs(predicted_low - greatest(predicted_duration - band_scale_low * (predicted_duration - static_low), 0))
        ))
        from raw.ride_predictions
        """,
    )
    assert beyond < 1e-4


def test_a_ride_keeps_its_first_band(database: psycopg.Connection, home: Path, job: Job) -> None:
    """More outcomes are known when its hour is scored again."""
    job("score", "--window", LAST)
    first = predictions(database)
    job("score", "--window", f"{FIRST}..{LAST}")
    assert first.items() <= predictions(database).items()


def test_snow_widens_the_band(database: psycopg.Connection, home: Path, job: Job) -> None:
    """It widens above the prediction only, because rides take longer than predicted."""
    job("score", "--window", f"{FIRST}..{LAST}", "--scenario", "snow")
    late = "from raw.ride_predictions where trip_start_timestamp >= '2026-01-31 15:00Z'"
    assert scalar(database, f"select avg(band_scale_high) {late}") > 1.3
    assert scalar(database, f"select avg(band_scale_low) {late}") < 1.0


def test_the_citys_records_have_a_tracked_band_too(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path
) -> None:
    """The outcomes of the same file count, from two hours after the end of each ride."""
    records = pd.read_parquet(simulated_file).sort_values("trip_start_timestamp", kind="stable")
    paths = [tmp_path / f"{name}.parquet" for name in ("all", "first", "rest")]
    middle = records["trip_start_timestamp"].iloc[len(records) // 2].floor("h")
    earlier = records["trip_start_timestamp"] < middle
    for path, some in zip(paths, [records, records[earlier], records[~earlier]], strict=True):
        some.to_parquet(path)
    job("score", "--trips", paths[0])
    together = bands(database)
    assert scalar(database, "select count(distinct band_scale_high) from raw.ride_predictions") > 20
    forget(database)
    for path in paths[1:]:
        job("score", "--trips", path)
    pd.testing.assert_frame_equal(bands(database), together, rtol=1e-9)


@pytest.mark.parametrize("order", ["forwards", "backwards", "with late rides"])
def test_batches_of_one_run_are_scaled_like_runs_of_their_own(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, order: str,
) -> None:  # fmt: skip
    """So it is whether the second batch follows the first, goes back in time, or has rides of the first one's hours."""
    records = pd.read_parquet(simulated_file).sort_values("trip_start_timestamp", kind="stable")
    middle = records["trip_start_timestamp"].iloc[len(records) * 3 // 5].floor("h")
    early, later = records[records["trip_start_timestamp"] < middle], records[records["trip_start_timestamp"] >= middle]
    late = early.groupby(early["trip_start_timestamp"].dt.floor("h")).cumcount() % 2 == 1
    parts, since = {
        "forwards": ([early, later], "-infinity"),
        "backwards": ([later, early], "-infinity"),
        "with late rides": ([early[~late], pd.concat([early[late], later])], f"{middle} America/Chicago"),
    }[order]
    paths = [tmp_path / f"{name}.parquet" for name in ("first", "second", "both")]
    for path, some in zip(paths, [*parts, pd.concat(parts)], strict=True):
        some.to_parquet(path)
    for path in paths[:2]:
        assert job("score", "--trips", path).code == 0
    apart = bands(database, since)
    forget(database)
    monkeypatch.setattr(files, "BATCH_RECORDS", len(parts[0]))
    assert job("score", "--trips", paths[2]).code == 0
    pd.testing.assert_frame_equal(bands(database, since), apart, rtol=1e-9)


def test_outcomes_that_earlier_rides_get_in_the_same_file_count(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """They count from the next batch on, as if it were a run of its own."""
    records = pd.read_parquet(simulated_file).sort_values("trip_start_timestamp", kind="stable")
    middle = records["trip_start_timestamp"].iloc[len(records) * 3 // 5].floor("h")
    early, later = records[records["trip_start_timestamp"] < middle], records[records["trip_start_timestamp"] >= middle]
    paths = [tmp_path / f"{name}.parquet" for name in ("without", "early", "later", "both")]
    for path, some in zip(paths, [early.iloc[::2].assign(trip_seconds=None), early, later, records], strict=True):
        some.to_parquet(path)
    for path in paths[:3]:
        assert job("score", "--trips", path).code == 0
    apart = bands(database)
    forget(database)
    monkeypatch.setattr(files, "BATCH_RECORDS", len(early))
    for path in (paths[0], paths[3]):
        assert job("score", "--trips", path).code == 0
    pd.testing.assert_frame_equal(bands(database), apart, rtol=1e-9)


def test_rides_in_any_order_are_scaled(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path
) -> None:
    """The outcomes of a batch count for its own later rides."""
    job("score", "--trips", simulated_file)
    assert scalar(database, "select count(distinct band_scale_high) from raw.ride_predictions") > 20
    assert np.isfinite(scalar(database, "select min(band_scale_low) from raw.ride_predictions"))


def test_rides_in_any_order_take_no_more_memory(
    database: psycopg.Connection, home: Path, job: Job, simulated_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Only the newest rides are kept, although each batch brings rides of the hours that the first one had."""
    records = pd.read_parquet(simulated_file)
    hours = records["trip_start_timestamp"].dt.floor("h")
    same_hours = records[hours.isin(hours.value_counts().index[:10])].sample(frac=1, random_state=1)
    same_hours.to_parquet(tmp_path / "same.parquet")
    most, kept, tracked = 50, [], Tracking.tracked
    monkeypatch.setattr(tracking, "NEWEST_RIDES", most)
    monkeypatch.setattr(files, "BATCH_RECORDS", len(same_hours) // 4)

    def counted(self: Tracking, *arguments: Any) -> pd.DataFrame:
        result = tracked(self, *arguments)
        kept.append(len(self._newest))
        return result

    monkeypatch.setattr(Tracking, "tracked", counted)
    assert job("score", "--trips", tmp_path / "same.parquet").code == 0
    assert len(kept) >= 4
    assert most <= max(kept) < 2 * most  # rides that started at the same time are all kept
