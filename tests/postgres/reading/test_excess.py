"""A day's errors by segment as `why` and `status` read them from the mart."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from job.store.reading import excess
from job.store.reading.excess import Explained
from job.store.reading.panels import PanelFailed
from job.store.store import Store
from tests.postgres.reading.test_quality import add_run

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 1, 30), date(2026, 1, 31)
MART = """
set role taxi_dbt;
create table marts.excess_error_by_segment (
    day date, source text, model_id integer, model_name text, model_version text, segment text, kind_of_ride text,
    pickup_area_name text, hours text, miles text, rides bigint, rides_with_expected_error bigint,
    sum_expected_error numeric(18, 3), sum_capped_error numeric(18, 3), sum_squared_excess numeric(24, 6),
    primary key (day, source, model_id, segment)
);
reset role
"""
ADD = """
insert into marts.excess_error_by_segment values
(%s, %s, %s, 'taxi', %s, 'other', 'other', 'other', 'other', 'other', %s, %s, %s, %s, %s)
"""


@pytest.fixture
def mart(database: psycopg.Connection) -> psycopg.Connection:
    """The empty mart."""
    database.execute(MART)
    return database


def add_day(
    database: psycopg.Connection, day: date, error: float = 4.0, rides: int = 100, compared: int = 100,
    source: str = "simulator", model: int = 1, version: str = "",
) -> None:  # fmt: skip
    """Insert a day of one segment, with an expected error of four minutes and this realised one."""
    squared = compared * (16 + (error - 4) ** 2)
    database.execute(
        ADD, [day, source, model, version or str(model), rides, compared, 4 * compared, error * compared, squared]
    )


def newest(store: Store, now: datetime = NOW) -> date | None:
    """The day that `why` explains by default."""
    with store.reading() as database:
        return excess.newest_day(database, "simulator", now)


def standing_out(store: Store) -> list[Explained] | None:
    """What `status` reads."""
    with store.reading() as database:
        return excess.standing_out(database, NOW)


def test_the_newest_day_is_the_last_one_that_is_over(mart: psycopg.Connection, store: Store) -> None:
    """A day is over when a ride of a later day has arrived, or a day after its end."""
    assert newest(store) is None
    add_day(mart, FRIDAY)
    assert newest(store) is None
    assert newest(store, NOW + timedelta(days=1)) == FRIDAY
    add_day(mart, SATURDAY, compared=0)
    assert newest(store) == FRIDAY
    assert newest(store, NOW + timedelta(days=9)) == FRIDAY
    add_day(mart, SATURDAY + timedelta(days=1), source="city")
    assert newest(store) == FRIDAY


def test_the_newest_day_has_enough_outcomes_of_a_model(mart: psycopg.Connection, store: Store) -> None:
    """A day on which no model has the outcomes that a group needs could not explain anything."""
    add_day(mart, FRIDAY - timedelta(days=1), compared=30)
    for model in (1, 2):
        add_day(mart, FRIDAY, model=model, compared=29)
    add_day(mart, SATURDAY)
    assert newest(store) == FRIDAY - timedelta(days=1)


def test_a_health_check_does_not_read_old_days(mart: psycopg.Connection, store: Store) -> None:
    """The newest day is found from the end of the mart, whatever its length."""
    for age in range(400):
        add_day(mart, SATURDAY - timedelta(days=age))
    mart.execute("analyze marts.excess_error_by_segment")
    parameters = {"source": "simulator", "now": NOW, "least": 30}
    with store.reading() as database:
        plan = database.execute(f"explain (analyze, format json) {excess.NEWEST}".encode(), parameters).fetchone()
    assert plan
    assert max(_rows(plan[0][0]["Plan"])) < 100


def _rows(node: dict[str, Any]) -> Iterator[float]:
    """How many rows each node of a plan returned."""
    yield node["Actual Rows"]
    for child in node.get("Plans", ()):
        yield from _rows(child)


def test_each_model_of_a_day_is_explained(mart: psycopg.Connection, store: Store) -> None:
    """Means are over rides that have an outcome and an expected error; without any there are none."""
    add_day(mart, FRIDAY, error=9, rides=120)
    add_day(mart, FRIDAY, model=2, compared=0)
    add_day(mart, FRIDAY, model=3, version="2")  # of a registry that was made anew
    add_day(mart, SATURDAY)
    with store.reading() as database:
        first, second, third = excess.explained(database, "simulator", FRIDAY)
        assert excess.explained(database, "city", FRIDAY) == []
    assert (first.day, first.model, first.rides, first.rides_compared) == ("2026-01-30", "taxi 1", 120, 100)
    assert (first.expected, first.realised, len(first.findings)) == (4.0, 9.0, 1)
    assert (second.model, second.rides, second.expected, second.realised) == ("taxi 2", 100, None, None)
    assert (third.model, third.rides, third.realised) == ("taxi 2", 100, 4.0)


def test_status_reads_the_days_that_stand_out(mart: psycopg.Connection, store: Store) -> None:
    """Only of sources that were scored within a day, and only the newest whole day of each."""
    add_day(mart, FRIDAY - timedelta(days=1), error=9)
    add_day(mart, FRIDAY)
    add_day(mart, SATURDAY)
    for day in (FRIDAY, SATURDAY):
        add_day(mart, day, error=9, source="city")
    assert standing_out(store) == []
    add_run(mart, "simulator", NOW)
    assert standing_out(store) == []
    add_run(mart, "city", NOW)
    (found,) = standing_out(store) or []
    assert (found.source, found.day) == ("city", "2026-01-30")


def test_without_the_mart_nothing_is_known(store: Store, database: psycopg.Connection) -> None:
    """`status` goes on, `why` says how to build the mart."""
    add_run(database, "simulator", NOW)
    assert standing_out(store) is None
    with pytest.raises(PanelFailed, match="Build the marts"):
        newest(store)
