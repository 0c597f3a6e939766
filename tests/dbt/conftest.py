"""dbt in a process of its own on a real PostgreSQL, and raw rows written by SQL."""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.conftest import on_versions
from tests.forks import DBT, Fork
from tests.servers import DATABASE, Server, created

PROJECT = Path(__file__).parents[2] / "dbt_project"
INSERT_RIDES = """
insert into raw.ride_predictions (
    trip_id, run_id, batch_id, pickup_community_area, dropoff_community_area, trip_start_timestamp, fare,
    trip_total, trip_miles, predicted_duration, predicted_low, predicted_high, static_low, static_high, expected_error,
    model_id, source
) values (gen_random_uuid(), 1, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
MARTS = "select relname from pg_class where relnamespace = 'marts'::regnamespace and relkind in ('r', 'v') order by 1"
LIVE = {"last_success", "mart_freshness", "windows_owed", "feature_drift_recent"}  # they read the clock
# The nights when Chicago's clocks change: 08:00Z is 02:00 -> 03:00, and 06:00Z to 08:00Z is 01:00 to 02:00 twice.
CHANGES_OF_CLOCKS = [datetime(2022, 3, 13, 5, tzinfo=UTC), datetime(2022, 11, 6, 4, tzinfo=UTC)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The SQL in this folder must work on every version of PostgreSQL that we support."""
    on_versions(metafunc)


@dataclass(frozen=True)
class Dbt:
    """dbt in the project's folder; what it writes goes to a folder of the test's own."""

    output: Path
    project: Path = PROJECT

    def environment(self, **settings: str) -> dict[str, str]:
        target = self.output / "target"
        places = {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(self.output / "logs")}
        if (parsed := target / "partial_parse.msgpack").exists():  # an earlier run had to parse a changed project
            places["DBT_ENV_PARSED"] = str(parsed)
        return {"ROLE_PREFIX": ""} | os.environ | places | settings  # the prefix as the job sets it

    def start(self, *arguments: str, **settings: str) -> Fork:
        """Start dbt and do not wait for it."""
        return Fork(DBT, "--no-use-colors", *arguments, folder=self.project, environ=self.environment(**settings))

    def __call__(self, *arguments: str, **settings: str) -> str:
        """Run dbt to its end, which must be a success; returns what it printed."""
        return succeeded(self.start(*arguments, **settings))


def succeeded(running: Fork) -> str:
    """Wait for a dbt that must succeed; returns what it printed."""
    code, printed, errors = running.wait()
    assert code == 0, printed + errors
    return printed


@pytest.fixture
def dbt(parsed_project: Path, tmp_path: Path) -> Dbt:
    """A fresh dbt: nothing of its output is there yet."""
    return Dbt(tmp_path)


@pytest.fixture
def newest(server: Server) -> Server:
    """The newest server, for tests that need only one; on the others they are skipped."""
    if server.version != 18:
        pytest.skip("once is enough")
    return server


def contents(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of every mart as text, except for the live views, which read the clock."""
    marts = [name for (name,) in connection.execute(MARTS) if name not in LIVE]
    return {
        name: [row for (row,) in connection.execute(f"select m::text from marts.{name} as m order by 1")]
        for name in marts
    }


def add_run(connection: psycopg.Connection, started_at: datetime, status: str = "succeeded", **columns: object) -> int:
    """Insert a scoring run of one minute; return its number."""
    values = {
        "command": "score", "source": "city", "started_at": started_at, "status": status, "code_version": "test",
        "finished_at": None if status == "running" else started_at + timedelta(minutes=1),
    } | columns  # fmt: skip
    row = connection.execute(
        f"insert into raw.runs ({', '.join(values)}) values ({', '.join(['%s'] * len(values))}) returning run_id",
        list(values.values()),
    ).fetchone()
    assert row
    return row[0]


def add_rejects(connection: psycopg.Connection, run_id: int, reasons: Sequence[str]) -> None:
    """Insert one distinct rejected record per reason."""
    for position, reason in enumerate(reasons):
        connection.execute(
            "insert into raw.rejected_records (run_id, position, reason, payload, digest) "
            "values (%s, %s, %s, '{}', gen_random_uuid()::text)",
            [run_id, position, reason],
        )


def add_rides(connection: psycopg.Connection, batch_id: int, starts: Sequence[datetime], source: str) -> None:
    """Insert rides of one batch; the batch and the source seed their values, some of which are unknown."""
    draw = random.Random(f"{batch_id} {source}")
    rows = []
    for start in starts:
        minutes, fare = draw.uniform(0.1, 90), draw.choice([None, draw.uniform(0, 80)])
        areas = [draw.choice([None, 8, 32, 76]) for _ in range(2)]
        miles, model_id = draw.uniform(0.01, 25), draw.choice([1, 2])
        expected_error = minutes / 4 if model_id == 1 else None
        static = (minutes * 0.9, minutes * 1.1) if model_id == 1 else (None, None)
        rows.append(
            (batch_id, *areas, start, fare, fare and fare + 1, miles, minutes, minutes / 2, minutes * 2,
             *static, expected_error, model_id, source)
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_RIDES, rows)


def add_outcomes(connection: psycopg.Connection, batch_id: int, of_batch: int, factor: float, share: int) -> None:
    """Insert true durations, the prediction times a factor, for about one in `share` rides of a batch."""
    connection.execute(
        "insert into raw.ride_outcomes (trip_id, actual_duration, batch_id) "
        "select trip_id, predicted_duration * %s, %s from raw.ride_predictions "
        "where batch_id = %s and mod(('x' || left(trip_id::text, 4))::bit(16)::int, %s) = 0",
        [factor, batch_id, of_batch, share],
    )


def within(start: datetime, hours: float, rides: int, seed: int) -> list[datetime]:
    """Random starts of rides in the hours after a time."""
    draw = random.Random(seed)
    return [start + timedelta(hours=draw.uniform(0, hours)) for _ in range(rides)]


def add_shadows(connection: psycopg.Connection, batch_id: int, of_batch: int, factor: float, model_id: int) -> None:
    """Insert another model's predictions of a batch's rides: the stored ones times a factor."""
    connection.execute(
        "insert into raw.shadow_predictions (trip_id, model_id, run_id, batch_id, predicted_duration) "
        "select trip_id, %s, 1, %s, predicted_duration * %s from raw.ride_predictions "
        "where batch_id = %s and model_id <> %s",
        [model_id, batch_id, factor, of_batch, model_id],
    )


def add_bins(connection: psycopg.Connection, model_id: int, kinds: Sequence[str] = ("all", "weekday")) -> None:
    """Two features of four bins."""
    connection.execute(
        "insert into raw.training_bins select %s, kind, feature, bin, null, null, (bin + 1) / 10.0 "
        "from unnest(%s::text[]) as kind, unnest('{pickup,hour}'::text[]) as feature, generate_series(0, 3) as bin",
        [model_id, list(kinds)],
    )


def add_counts(connection: psycopg.Connection, run_id: int, batch_id: int, day: str, rides: Sequence[int]) -> None:
    """Numbers of rides in the bins of both features."""
    connection.execute(
        "insert into raw.input_counts select %s, %s, %s, feature, bin - 1, rides "
        "from unnest('{pickup,hour}'::text[]) as feature, unnest(%s::bigint[]) with ordinality as counted (rides, bin) "
        "where rides > 0",
        [run_id, batch_id, day, list(rides)],
    )


def add_first_history(connection: psycopg.Connection) -> None:
    """Two models, a promotion, three days of both sources, rejects, and a run that has not ended.

    Of the days with counts, the simulator's 30 January and 1 February and the City's 31 January are not over.
    """
    for version in ("1", "2"):
        connection.execute("insert into raw.models (name, version, digest) values ('taxi', %s, %s)", [version] * 2)
    connection.execute(
        "insert into raw.model_promotions (promoted_at, name, to_version, why) "
        "values ('2020-01-01', 'taxi', '1', 'first')"
    )
    started_at = datetime(2026, 1, 31, 8, 10, tzinfo=UTC)
    first = add_run(connection, started_at, model_id=1)
    add_rejects(connection, first, ["bad_area", "bad_area", "nonpositive_miles"])
    add_run(connection, started_at + timedelta(minutes=10), status="running")
    add_rides(connection, 1, within(datetime(2022, 3, 1, tzinfo=UTC), 72, 400, seed=1), "city")
    add_rides(connection, 2, within(datetime(2026, 1, 28, tzinfo=UTC), 72, 400, seed=2), "simulator")
    add_outcomes(connection, 1, of_batch=1, factor=1.2, share=2)
    add_shadows(connection, 2, of_batch=2, factor=0.9, model_id=2)
    for model_id in (1, 2):
        add_bins(connection, model_id)
    add_counts(connection, first, 1, "2022-02-28", [100, 200, 300, 400])
    add_counts(connection, first, 1, "2022-03-01", [400, 300, 200, 100])
    add_counts(connection, first, 1, "2022-03-03", [100, 100, 100, 100])
    simulated = add_run(connection, started_at, source="simulator", model_id=1)
    add_counts(connection, first, 1, "2026-01-31", [100, 200, 300, 400])
    add_counts(connection, simulated, 2, "2026-01-30", [100, 200, 300, 400])
    add_counts(connection, simulated, 2, "2026-02-01", [100, 200, 300, 400])


def add_late_history(connection: psycopg.Connection) -> None:
    """Newer batches with older, equal and newer times, late and corrected outcomes, rejects, a run's end.

    A later ride of the simulator ends its 30 January; a run 24 hours after the end of 31 January ends that day.
    """
    connection.execute(
        "update raw.runs set status = 'failed', finished_at = started_at + interval '90 s', error = 'x' "
        "where run_id = 2"
    )
    later = add_run(connection, datetime(2026, 1, 31, 8, 50, tzinfo=UTC), model_id=2)
    add_run(connection, datetime(2026, 2, 2, 6, tzinfo=UTC), command="dbt", source=None)
    add_rejects(connection, later, ["bad_area", "bad_money"])
    add_rides(connection, 3, within(datetime(2022, 2, 27, tzinfo=UTC), 96, 300, seed=3), "city")
    add_rides(connection, 4, within(datetime(2022, 3, 3, 12, tzinfo=UTC), 24, 100, seed=4), "city")
    newest = within(datetime(2026, 1, 30, 12, tzinfo=UTC), 24, 300, seed=5)
    oldest_of_the_latest = max(newest) - timedelta(days=2)
    add_rides(connection, 5, [*newest, oldest_of_the_latest], "simulator")
    for start in CHANGES_OF_CLOCKS:
        add_rides(connection, 6, [start + timedelta(minutes=15 + 30 * half) for half in range(12)], "simulator")
    add_counts(connection, later, 3, "2022-02-27", [100, 200, 300, 400])  # a Sunday: too few weekends in training
    add_counts(connection, 1, 4, "2022-03-01", [0, 0, 400, 600])
    add_outcomes(connection, 7, of_batch=2, factor=0.7, share=3)
    add_outcomes(connection, 8, of_batch=1, factor=2.5, share=4)
    add_outcomes(connection, 8, of_batch=5, factor=0.9, share=2)
    add_shadows(connection, 5, of_batch=5, factor=0.8, model_id=1)
    add_shadows(connection, 9, of_batch=1, factor=1.1, model_id=2)


@dataclass(frozen=True)
class Scenario:
    """A database after two refreshes and a full one, and what its marts held after each."""

    server: Server
    name: str
    connection: psycopg.Connection
    dbt: Dbt
    view_before: int
    view_after: int
    first: dict[str, list[str]]
    refreshed: dict[str, list[str]]
    rebuilt: dict[str, list[str]]
    printed: list[str]
    project_before: set[Path]


@pytest.fixture(scope="module")
def scenario(server: Server, parsed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    """History in two instalments with a `dbt build` after each, then a full refresh; once per server."""
    before = set(PROJECT.rglob("*"))
    with pytest.MonkeyPatch.context() as patch, created(server, patch) as connection:
        dbt = Dbt(tmp_path_factory.mktemp("dbt"))
        last_success = "select 'marts.last_success'::regclass::oid::bigint"
        add_first_history(connection)
        printed = [dbt("build")]
        view_before = connection.execute(last_success).fetchone()[0]
        first = contents(connection)
        add_late_history(connection)
        printed.append(dbt("build", "--exclude-resource-type", "unit_test"))  # they read no table
        view_after = connection.execute(last_success).fetchone()[0]
        refreshed = contents(connection)
        # A session's time zone with half an hour in it would show in every hour that depended on it.
        dbt("run", "--full-refresh", PGTZ="Asia/Kolkata")
        yield Scenario(
            server, DATABASE, connection, dbt, view_before, view_after, first, refreshed, contents(connection), printed,
            before,
        )  # fmt: skip
