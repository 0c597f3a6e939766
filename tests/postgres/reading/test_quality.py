"""What status reads of the marts of errors and alerts, where there are any."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from job import config
from job.store.reading import quality
from job.store.reading.quality import Alert, Quality
from tests.postgres.conftest import value

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEWEST = datetime(2026, 1, 31, 6, tzinfo=UTC)
MARTS = """
set role taxi_dbt;
create table marts.prediction_quality (
    hour_start timestamptz, source text, model_id integer, validation_mae numeric, rides_with_outcome bigint,
    rides_with_band bigint, rides_covered bigint, sum_absolute_error numeric
);
create table marts.alerts_by_day (day date, source text, alert text, subject text, value numeric, meaning text);
reset role
"""


@pytest.fixture
def marts(database: psycopg.Connection) -> psycopg.Connection:
    """The two marts' columns, and a run that scored simulated rides two minutes ago."""
    database.execute(MARTS)
    add_run(database, "simulator", NOW)
    return database


def add_run(database: psycopg.Connection, source: str, at: datetime) -> None:
    """Rides of the source were scored then."""
    database.execute(
        "insert into raw.runs (command, source, started_at, finished_at, status, records_read, rides_scored, "
        "code_version) values ('score', %s, %s, %s, 'succeeded', 9, 9, 'test')", [source, at, at],
    )  # fmt: skip


def add_hour(
    database: psycopg.Connection, hour: datetime, rides: int, error: float, source: str = "simulator",
    validation_mae: float | None = 4.0, covered: float = 0.9,
) -> None:  # fmt: skip
    """An hour whose rides were so many minutes off each."""
    database.execute(
        "insert into marts.prediction_quality values (%s, %s, 1, %s, %s, %s, %s, %s)",
        [hour, source, validation_mae, rides, rides, int(rides * covered), rides * error],
    )


def read(writer: psycopg.Connection, settings: config.Config) -> list[Quality] | None:
    """As the job's role."""
    return quality.quality(writer, settings, NOW)


def test_without_marts_nothing_is_known(writer: psycopg.Connection, settings: config.Config) -> None:
    """And nothing is broken: the connection goes on as it was."""
    assert read(writer, settings) is None
    assert quality.alerts(writer, settings, NOW) is None
    assert value(writer, "select current_user") == "taxi_writer"


def test_a_mart_of_other_columns_is_no_mart(
    database: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """What dbt left half done is told as unknown."""
    database.execute("set role taxi_dbt; create table marts.alerts_by_day (day date); reset role")
    assert quality.alerts(writer, settings, NOW) is None


def test_the_last_day_is_up_to_the_newest_outcome(
    marts: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """24 hours of it, weighted by rides; an hour without outcomes is not the newest."""
    add_hour(marts, NEWEST, 100, 5.0)
    add_hour(marts, NEWEST - 23 * HOUR, 300, 3.0, covered=0.8)
    add_hour(marts, NEWEST - 24 * HOUR, 1_000, 99.0)
    marts.execute("insert into marts.prediction_quality values (%s, 'simulator', 1, 4, 0, 0, 0, 0)", [NEWEST + HOUR])
    assert read(writer, settings) == [Quality("simulator", 400, 3.5, 4.0, 0.825)]


def test_the_validation_is_that_of_the_rides_which_have_one(
    marts: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """A model that was never validated has its part in the errors, none in what they are held against."""
    add_hour(marts, NEWEST, 299, 5.0)
    add_hour(marts, NEWEST - HOUR, 1, 5.0, validation_mae=None)
    assert read(writer, settings) == [Quality("simulator", 300, 5.0, 4.0, pytest.approx(0.8967, abs=1e-3))]


def test_a_model_without_validation_or_band(
    marts: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """Has its error, and nothing to hold it against."""
    add_hour(marts, NEWEST, 300, 5.0, validation_mae=None)
    marts.execute("update marts.prediction_quality set rides_with_band = 0, rides_covered = 0")
    assert read(writer, settings) == [Quality("simulator", 300, 5.0, None, None)]


def test_a_source_that_was_scored_long_ago_is_no_news(
    marts: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """An old file of the City's is told on the day on which it was scored."""
    add_hour(marts, NEWEST - 1_000 * 24 * HOUR, 300, 9.0, source="city")
    add_run(marts, "city", NOW - 25 * HOUR)
    assert read(writer, settings) == []
    add_run(marts, "city", NOW - 23 * HOUR)
    assert read(writer, settings) == [Quality("city", 300, 9.0, 4.0, 0.9)]


def test_alerts_are_of_the_newest_days(
    marts: psycopg.Connection, writer: psycopg.Connection, settings: config.Config
) -> None:
    """Two Chicago days of the source's rides, three of drift; the newest of each subject, other sources left alone."""
    add_hour(marts, datetime(2026, 1, 31, 5, tzinfo=UTC), 300, 5.0)  # 23:00 on the 30th
    for day, source, alert, subject in [
        (28, "simulator", "error", "version 1"), (29, "simulator", "error", "version 1"),
        (30, "simulator", "error", "version 1"), (29, "simulator", "error", "version 2"),
        (27, "simulator", "drift", "pickup"), (28, "simulator", "drift", "pair"), (30, "city", "drift", "hour"),
    ]:  # fmt: skip
        row = [date(2026, 1, day), source, alert, subject]
        marts.execute("insert into marts.alerts_by_day values (%s, %s, %s, %s, 1.5, 'too much')", row)
    found = quality.alerts(writer, settings, NOW)
    assert found == [
        Alert("2026-01-28", "simulator", "drift", "pair", 1.5, "too much"),
        Alert("2026-01-30", "simulator", "error", "version 1", 1.5, "too much"),
        Alert("2026-01-29", "simulator", "error", "version 2", 1.5, "too much"),
    ]
