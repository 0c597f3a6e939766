"""What the status says about the model: realised errors and alerts, from the marts if they can be read."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from job.store.reading import quality
from job.store.reading.quality import Alert, Quality
from job.store.store import Store
from tests.postgres.conftest import value

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEWEST = datetime(2026, 1, 31, 6, tzinfo=UTC)
MARTS = """
set role taxi_dbt;
create table marts.prediction_quality (
    hour_start timestamptz, source text, model_id integer, validation_mae numeric, rides_with_outcome bigint,
    rides_with_band bigint, rides_covered bigint, sum_absolute_error numeric, rides bigint,
    rides_with_expected_error bigint, sum_expected_error numeric, sum_capped_error numeric,
    rides_with_expected_error_open bigint, sum_expected_error_open numeric
);
create table marts.alerts_by_day (day date, source text, alert text, subject text, value numeric, meaning text);
reset role
"""

OPEN_HOUR = "insert into marts.prediction_quality values (%s, 'simulator', 1, 4, 0, 0, 0, 0, %s, 0, 0, 0, %s, %s)"


@pytest.fixture
def marts(database: psycopg.Connection) -> psycopg.Connection:
    """Empty marts of errors and alerts, and a run that scored simulated rides now."""
    database.execute(MARTS)
    add_run(database, "simulator", NOW)
    return database


def add_run(database: psycopg.Connection, source: str, at: datetime) -> None:
    """Insert a run that scored rides of the source at that time."""
    database.execute(
        "insert into raw.runs (command, source, started_at, finished_at, status, records_read, rides_scored, "
        "code_version) values ('score', %s, %s, %s, 'succeeded', 9, 9, 'test')", [source, at, at],
    )  # fmt: skip


def add_hour(
    database: psycopg.Connection, hour: datetime, rides: int, error: float, source: str = "simulator",
    validation_mae: float | None = 4.0, covered: float = 0.9,
) -> None:  # fmt: skip
    """Insert an hour in which each ride was wrong by this many minutes."""
    database.execute(
        "insert into marts.prediction_quality values (%s, %s, 1, %s, %s, %s, %s, %s, %s, 0, 0, 0, 0, 0)",
        [hour, source, validation_mae, rides, rides, int(rides * covered), rides * error, rides],
    )


def read(store: Store) -> list[Quality] | None:
    """The quality as `status` reads it."""
    with store.reading() as database:
        return quality.quality(database, NOW)


def read_alerts(store: Store) -> list[Alert] | None:
    """The alerts as `status` reads them."""
    with store.reading() as database:
        return quality.alerts(database, NOW)


def test_without_marts_quality_and_alerts_are_unknown(store: Store) -> None:
    """The transaction remains usable."""
    with store.reading() as database:
        assert quality.quality(database, NOW) is None
        assert quality.alerts(database, NOW) is None
        assert value(database, "select 1") == 1


def test_a_mart_with_other_columns_is_unknown_too(database: psycopg.Connection, store: Store) -> None:
    """This is the case after an upgrade, before the marts are rebuilt."""
    database.execute("set role taxi_dbt; create table marts.alerts_by_day (day date); reset role")
    assert read_alerts(store) is None


def test_the_last_day_ends_with_the_newest_outcome(marts: psycopg.Connection, store: Store) -> None:
    """The mean covers 24 hours and is weighted by rides; hours without outcomes do not count as newest."""
    add_hour(marts, NEWEST, 100, 5.0)
    add_hour(marts, NEWEST - 23 * HOUR, 300, 3.0, covered=0.8)
    add_hour(marts, NEWEST - 24 * HOUR, 1_000, 99.0)
    marts.execute(OPEN_HOUR, [NEWEST + HOUR, 50, 0, 0])
    assert read(store) == [Quality("simulator", 400, 3.5, 4.0, None, 0.825, 50, None)]


def test_expected_errors_are_means_over_rides_that_have_them(marts: psycopg.Connection, store: Store) -> None:
    """The mean of rides with an outcome is next to their realised error; rides without one have their own."""
    add_hour(marts, NEWEST, 300, 5.0)
    add_hour(marts, NEWEST - HOUR, 100, 5.0)
    marts.execute("update marts.prediction_quality set rides_with_expected_error = 300, sum_expected_error = 1350, "
                  "sum_capped_error = 1410 "
                  "where rides = 300")  # fmt: skip
    marts.execute(OPEN_HOUR, [NEWEST + HOUR, 12, 10, 42])
    marts.execute(OPEN_HOUR, [NEWEST + 2 * HOUR, 5, 0, 0])
    assert read(store) == [Quality("simulator", 400, 4.7, 4.0, 4.5, 0.9, 17, 4.2)]


def test_the_validation_error_is_that_of_validated_models(marts: psycopg.Connection, store: Store) -> None:
    """Rides of a model without validation count only in the realised error."""
    add_hour(marts, NEWEST, 299, 5.0)
    add_hour(marts, NEWEST - HOUR, 1, 5.0, validation_mae=None)
    assert read(store) == [Quality("simulator", 300, 5.0, 4.0, None, pytest.approx(0.8967, abs=1e-3), 0, None)]


def test_a_validated_model_may_have_no_outcomes_yet(marts: psycopg.Connection, store: Store) -> None:
    """After a promotion, the only outcomes may be those of an earlier model without validation."""
    add_hour(marts, NEWEST, 300, 5.0, validation_mae=None)
    add_hour(marts, NEWEST + HOUR, 100, 0.0)
    marts.execute("update marts.prediction_quality set rides_with_outcome = 0 where validation_mae is not null")
    (only,) = read(store) or []
    assert (only.rides, only.mae, only.validation_mae, only.open_rides) == (300, 5.0, None, 100)


def test_a_model_without_validation_or_band(marts: psycopg.Connection, store: Store) -> None:
    """It has a realised error but nothing to compare it with."""
    add_hour(marts, NEWEST, 300, 5.0, validation_mae=None)
    marts.execute("update marts.prediction_quality set rides_with_band = 0, rides_covered = 0")
    assert read(store) == [Quality("simulator", 300, 5.0, None, None, None, 0, None)]


def test_a_source_that_was_not_scored_today_is_left_out(marts: psycopg.Connection, store: Store) -> None:
    """The City's rides count on the day on which they are scored, however old they are."""
    add_hour(marts, NEWEST - 1_000 * 24 * HOUR, 300, 9.0, source="city")
    add_run(marts, "city", NOW - 25 * HOUR)
    assert read(store) == []
    add_run(marts, "city", NOW - 23 * HOUR)
    assert read(store) == [Quality("city", 300, 9.0, 4.0, None, 0.9, 0, None)]


def test_alerts_are_those_of_the_newest_days(marts: psycopg.Connection, store: Store) -> None:
    """They cover two local days of the source, three for drift, with the newest alert of each subject."""
    add_hour(marts, datetime(2026, 1, 31, 5, tzinfo=UTC), 300, 5.0)  # 23:00 on the 30th
    for day, source, alert, subject in [
        (28, "simulator", "error", "version 1"), (29, "simulator", "error", "version 1"),
        (30, "simulator", "error", "version 1"), (29, "simulator", "error", "version 2"),
        (27, "simulator", "drift", "pickup"), (28, "simulator", "drift", "pair"), (30, "city", "drift", "hour"),
    ]:  # fmt: skip
        row = [date(2026, 1, day), source, alert, subject]
        marts.execute("insert into marts.alerts_by_day values (%s, %s, %s, %s, 1.5, 'too much')", row)
    found = read_alerts(store)
    assert found == [
        Alert("2026-01-28", "simulator", "drift", "pair", 1.5, "too much"),
        Alert("2026-01-30", "simulator", "error", "version 1", 1.5, "too much"),
        Alert("2026-01-29", "simulator", "error", "version 2", 1.5, "too much"),
    ]
