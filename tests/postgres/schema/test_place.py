"""The place in the database: its rows, the checks and functions that follow it, and another place that is refused."""

import csv
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from job import config
from job.errors import JobError
from job.place import Place, load
from job.store.connection import DatabaseFailed
from job.store.store import Store
from tests import places
from tests.postgres.conftest import add_model, value
from tests.postgres.schema.conftest import Empty, catalog, initialise, printed_sql, run_in_psql

ROWS = "select zone, name, latitude, longitude, is_airport from raw.zones order by zone"
OTHER = "this database holds the rides of Chicago, and PLACE describes Faraway: set PLACE, or use a database of its own"
FARAWAY = """
name = "Faraway"
time_zone = "Pacific/Chatham"
airports = [200]
[bounds]
miles = 100
minutes = 120
dollars = 1000
[tariff]
flag = 4
per_mile = 3
step = 0.5
"""
INSERT_RIDE = """
insert into raw.ride_predictions (
    trip_id, run_id, batch_id, pickup_community_area, trip_start_timestamp, trip_miles, predicted_duration, model_id,
    source
) values (gen_random_uuid(), 1, 1, %s, now(), 1, 1, 1, %s)
"""


@pytest.fixture
def faraway(tmp_path: Path) -> Path:
    """A made-up place: 200 zones at the other end of the world, two hours at most for a ride."""
    folder = places.write(tmp_path / "faraway", FARAWAY)
    write_zones(folder, {zone: f"Zone {zone}" for zone in range(1, 201)})
    return folder


def write_zones(folder: Path, names: dict[int, str]) -> None:
    """Write zones.csv with these names by number."""
    with (folder / "zones.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["zone", "name", "latitude", "longitude"])
        rows.writerows([zone, name, -44 + zone / 1000, -176.5] for zone, name in names.items())


def rows_of(place: Place) -> list[tuple[object, ...]]:
    """The rows that raw.zones should have."""
    return [
        (zone.number, zone.name, zone.latitude, zone.longitude, zone.number in place.airports) for zone in place.zones
    ]


@pytest.fixture
def elsewhere(empty: Empty, faraway: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """A database of the made-up place, with a run and a model."""
    monkeypatch.setenv("PLACE", str(faraway))
    initialise()
    with empty.connect() as database:
        database.execute("insert into raw.runs (command, code_version) values ('score', 'test')")
        add_model(database)
        yield database


def test_chicago_is_in_the_database(database: psycopg.Connection, settings: config.Config) -> None:
    """The database has the zones with names, centroids and airports, the time zone and the sources of rides."""
    assert database.execute(ROWS).fetchall() == rows_of(settings.place)
    assert len(settings.place.zones) == 77
    assert value(database, "select array_agg(zone order by zone) from raw.zones where is_airport") == [56, 76]
    assert database.execute("select name, time_zone from raw.place").fetchall() == [("Chicago", "America/Chicago")]
    assert value(database, "select array_agg(source order by source) from raw.sources") == ["city", "simulator"]


def test_another_place_is_filled_in_from_its_folder(elsewhere: psycopg.Connection, faraway: Path) -> None:
    """The database then contains nothing of Chicago."""
    assert elsewhere.execute(ROWS).fetchall() == rows_of(load(faraway))
    assert elsewhere.execute("select name, time_zone from raw.place").fetchall() == [("Faraway", "Pacific/Chatham")]


def test_init_db_brings_the_zones_up_to_date(elsewhere: psycopg.Connection, faraway: Path) -> None:
    """Zones are added, removed and renamed; two may swap their names."""
    names = {zone: f"Zone {zone}" for zone in range(2, 251)} | {7: "Zone 8", 8: "Zone 7", 9: "Ninth"}
    write_zones(faraway, names)
    assert initialise() == []
    assert elsewhere.execute(ROWS).fetchall() == rows_of(load(faraway))
    assert value(elsewhere, "select raw.is_zone(250) and not raw.is_zone(251)")


@pytest.mark.parametrize("entry", ["run", "locked", "reading"])
def test_no_command_opens_the_database_of_another_place(
    database: psycopg.Connection, faraway: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    """The error names both places and what to do, and nothing is recorded."""
    monkeypatch.setenv("PLACE", str(faraway))
    store = Store(config.parse(os.environ), {})
    arguments = ("score",) if entry == "run" else ()
    with pytest.raises(JobError, match=OTHER), getattr(store, entry)(*arguments):
        pytest.fail("it was opened")
    assert value(database, "select count(*) from raw.runs") == 0


def test_a_changed_time_zone_asks_for_init_db(elsewhere: psycopg.Connection, faraway: Path) -> None:
    """Until init-db has updated the SQL functions, no command may count days in another time zone."""
    (faraway / "place.toml").write_text(FARAWAY.replace("Pacific/Chatham", "Asia/Kolkata"))
    store = Store(config.parse(os.environ), {})
    with (
        pytest.raises(JobError, match="has the time zone Pacific/Chatham .* run `python -m job init-db`"),
        store.reading(),
    ):
        pytest.fail("it was opened")
    initialise()
    with store.reading() as database:
        assert value(database, "select raw.local_time('2026-01-01T00:00Z')::text") == "2026-01-01 05:30:00"


def test_init_db_refuses_another_place(
    database: psycopg.Connection, faraway: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails with the same sentence, run directly or as printed SQL, and changes nothing."""
    monkeypatch.setenv("PGUSER", "postgres")
    before = catalog(database), database.execute(ROWS).fetchall()
    monkeypatch.setenv("PLACE", str(faraway))
    with pytest.raises(DatabaseFailed, match=f"^{OTHER}"):
        initialise()
    assert OTHER in run_in_psql(printed_sql(), exit_code=3)
    assert (catalog(database), database.execute(ROWS).fetchall()) == before
    assert database.execute("select name from raw.place").fetchall() == [("Chicago",)]


def test_a_database_without_a_place_takes_any(
    database: psycopg.Connection, faraway: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier version, which had no places, created such databases."""
    database.execute("delete from raw.place")
    monkeypatch.setenv("PLACE", str(faraway))
    monkeypatch.setenv("PGUSER", "postgres")
    initialise()
    assert value(database, "select name from raw.place") == "Faraway"


def test_zones_are_checked_by_the_place(database: psycopg.Connection, elsewhere: psycopg.Connection) -> None:
    """The last valid zone is 77 in Chicago and 200 in the made-up place; an unknown zone is null in both."""
    database.execute("insert into raw.runs (command, code_version) values ('score', 'test')")
    add_model(database)
    for connection, last in ((database, 77), (elsewhere, 200)):
        for zone, source in ((1, "city"), (last, "simulator"), (None, "a_second_feed")):
            connection.execute(INSERT_RIDE, [zone, source])
        for zone in (-1, 0, last + 1):
            with pytest.raises(psycopg.errors.CheckViolation, match="pickup_community_area"):
                connection.execute(INSERT_RIDE, [zone, "city"])
        with pytest.raises(psycopg.errors.CheckViolation, match="dropoff_community_area"):
            connection.execute("update raw.ride_predictions set dropoff_community_area = %s", [last + 1])
        with pytest.raises(psycopg.errors.CheckViolation, match="source"):
            connection.execute(INSERT_RIDE, [1, "else where"])


def test_durations_are_checked_by_the_place(elsewhere: psycopg.Connection) -> None:
    """The made-up place allows rides of up to two hours."""
    insert = "insert into raw.ride_outcomes (trip_id, actual_duration, batch_id) values (gen_random_uuid(), %s, 1)"
    elsewhere.execute(insert, [120])
    for minutes in (0, 120.1, "NaN", "Infinity"):
        with pytest.raises(psycopg.errors.CheckViolation, match="actual_duration"):
            elsewhere.execute(insert, [minutes])


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        ("2026-03-08T05:59:59Z", "2026-03-07 23:59:59"),
        ("2026-03-08T06:00:00Z", "2026-03-08 00:00:00"),
        ("2026-03-08T07:59:59Z", "2026-03-08 01:59:59"),
        ("2026-03-08T08:00:00Z", "2026-03-08 03:00:00"),
        ("2026-03-09T04:59:59Z", "2026-03-08 23:59:59"),
        ("2026-03-09T05:00:00Z", "2026-03-09 00:00:00"),
        ("2026-11-01T04:59:59Z", "2026-10-31 23:59:59"),
        ("2026-11-01T05:00:00Z", "2026-11-01 00:00:00"),
        ("2026-11-01T06:30:00Z", "2026-11-01 01:30:00"),
        ("2026-11-01T07:30:00Z", "2026-11-01 01:30:00"),
        ("2026-11-02T05:59:59Z", "2026-11-01 23:59:59"),
        ("2026-11-02T06:00:00Z", "2026-11-02 00:00:00"),
    ],
)
def test_a_local_day_is_right_on_the_nights_when_clocks_change(
    database: psycopg.Connection, instant: str, local: str
) -> None:
    """The day has 23 hours in spring and 25 in autumn, whatever the session's time zone."""
    expected = datetime.fromisoformat(local)
    for session in ("UTC", "Asia/Kolkata", "America/Chicago"):
        database.execute(f"set timezone = '{session}'")
        assert value(database, "select raw.local_time(%s::timestamptz)", instant) == expected
        assert value(database, "select raw.local_day(%s::timestamptz)", instant) == expected.date()


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-07-04", 24), ("2026-11-01", 25)])
def test_a_local_day_starts_at_midnight(database: psycopg.Connection, day: str, hours: int) -> None:
    """The starts of a day and of the next are as many hours apart as the day has."""
    database.execute("set timezone = 'Asia/Kolkata'")
    length = "select extract(epoch from raw.local_day_start(%s::date + 1) - raw.local_day_start(%s)) / 3600"
    assert value(database, length, day, day) == hours
    assert value(database, "select raw.local_day(raw.local_day_start(%s))", day) == date.fromisoformat(day)


def test_local_time_is_that_of_the_place(elsewhere: psycopg.Connection) -> None:
    """In January the Chatham Islands are 13 hours and 45 minutes ahead of UTC."""
    instant = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    assert value(elsewhere, "select raw.local_time(%s)", instant) == datetime(2026, 2, 1, 1, 45)
    assert value(elsewhere, "select raw.local_day(%s)", instant) == date(2026, 2, 1)


def test_a_name_may_have_any_characters(empty: Empty, faraway: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes, braces and dollars in a name are neither SQL nor placeholders."""
    odd = 'O\'Hare {name} $$ %s \\ "quoted" ü'
    write_zones(faraway, {1: odd, 200: "Airport"})
    text = (faraway / "place.toml").read_text()
    (faraway / "place.toml").write_text(text.replace('"Faraway"', json.dumps(odd)))
    monkeypatch.setenv("PLACE", str(faraway))
    initialise()
    assert initialise() == []
    with empty.connect() as database:
        assert value(database, "select name from raw.place") == odd
        assert value(database, "select name from raw.zones where zone = 1") == odd
