"""What a refresh leaves in the marts, on every server version."""

import re
import time
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from job import config
from job.store.raw import windows
from tests.dbt.conftest import (
    CHANGES_OF_CLOCKS,
    PROJECT,
    Scenario,
    add_outcomes,
    add_rides,
    add_run,
    add_shadows,
    contents,
    succeeded,
)
from tests.servers import Server

GROWING = {
    "rides_per_interval", "rides_per_hour", "fare_per_mile", "top_pickup_dropoff_pairs", "latest_predictions",
    "durations_per_hour", "prediction_quality", "prediction_quality_by_segment", "prediction_quality_by_area",
    "excess_error_by_segment", "model_comparison",
}  # fmt: skip
COMPARED = """
select champion, challenger, count(*)::int, count(difference)::int, sum(difference), sum(difference ^ 2)
from (
    select rides.model_id as champion, shadows.model_id as challenger,
        abs(round(shadows.predicted_duration::numeric, 3) - round(newest.actual_duration::numeric, 3))
        - abs(round(rides.predicted_duration::numeric, 3) - round(newest.actual_duration::numeric, 3)) as difference
    from raw.shadow_predictions as shadows
    inner join raw.ride_predictions as rides using (trip_id)
    left join lateral (
        select actual_duration from raw.ride_outcomes where ride_outcomes.trip_id = rides.trip_id
        order by outcome_id desc limit 1
    ) as newest on true
) as differences
group by 1, 2
order by 1, 2
"""
ERRORS = """
select count(*), sum(abs(error)), sum(error), sum(error * error), count(*) filter (where covered),
    count(*) filter (where covered_static)
from (
    select round(predicted_duration::numeric, 3) - round(newest.actual_duration::numeric, 3) as error,
        newest.actual_duration between predicted_low and predicted_high as covered,
        newest.actual_duration between coalesce(static_low, predicted_low) and coalesce(static_high, predicted_high)
        as covered_static
    from raw.ride_predictions
    cross join lateral (
        select actual_duration from raw.ride_outcomes where ride_outcomes.trip_id = ride_predictions.trip_id
        order by outcome_id desc limit 1
    ) as newest
) as errors
"""


def test_builds_pass_without_a_warning(scenario: Scenario) -> None:
    """Contracts and data tests pass in both builds, and unit tests in the first."""
    for printed in scenario.printed:
        assert "WARN=0 ERROR=0 SKIP=0" in printed


def test_refresh_equals_full_refresh(scenario: Scenario) -> None:
    """After late rides arrived in newer batches, every row of every mart equals that of a full refresh."""
    assert scenario.refreshed.keys() >= GROWING | {"job_runs", "rejects", "model_promotions"}
    for mart, rows in scenario.refreshed.items():
        assert rows or mart == "alerts_by_day", mart  # no day here has enough outcomes for an alert
        assert rows == scenario.rebuilt[mart], mart


@pytest.mark.parametrize(
    ("mart", "condition"),
    [
        ("rides_per_interval", "true"),
        ("rides_per_hour", "true"),
        ("top_pickup_dropoff_pairs", "true"),
        ("durations_per_hour", "true"),
        ("prediction_quality", "true"),
        ("excess_error_by_segment", "true"),
        ("fare_per_mile", "fare is not null"),
    ],
)
def test_marts_count_what_raw_holds(scenario: Scenario, mart: str, condition: str) -> None:
    """A mart has as many rides of each source as the raw table; fare_per_mile leaves out those without a fare."""
    counted = scenario.connection.execute(f"select source, sum(rides)::bigint from marts.{mart} group by 1 order by 1")
    raw = scenario.connection.execute(
        f"select source, count(*) from raw.ride_predictions where {condition} group by 1 order by 1"
    )
    assert counted.fetchall() == raw.fetchall()


def test_sums_agree_with_raw_to_the_cent(scenario: Scenario) -> None:
    """Fares are rounded to the cent per ride, and all marts have the same sum."""
    raw = scenario.connection.execute("select sum(round(fare::numeric, 2)) from raw.ride_predictions").fetchone()
    for mart in ("rides_per_interval", "rides_per_hour", "top_pickup_dropoff_pairs"):
        assert scenario.connection.execute(f"select sum(sum_fares) from marts.{mart}").fetchone() == raw


@pytest.mark.parametrize(
    ("mart", "condition"),
    [
        ("prediction_quality", "true"),
        ("prediction_quality_by_area", "true"),
        ("prediction_quality_by_segment", "dimension = 'miles'"),
        ("prediction_quality_by_segment", "dimension = 'areas'"),
        ("prediction_quality_by_segment", "dimension = 'hour'"),
    ],
)
def test_errors_agree_with_raw(scenario: Scenario, mart: str, condition: str) -> None:
    """Errors are those of each ride's newest outcome, whenever it arrived."""
    sums = scenario.connection.execute(
        "select sum(rides_with_outcome)::bigint, sum(sum_absolute_error), sum(sum_error), sum(sum_squared_error), "
        f"sum(rides_covered)::bigint, sum(rides_covered_static)::bigint from marts.{mart} where {condition}"
    ).fetchone()
    assert sums == scenario.connection.execute(ERRORS).fetchone()
    rides, *_, covered, covered_static = sums
    assert rides > 100
    assert covered_static < covered


def test_expected_and_capped_errors_agree_across_marts(scenario: Scenario) -> None:
    """The segments of a day, source and model add up to the sums over all of their rides."""
    sums = "sum(sum_expected_error), sum(sum_capped_error), sum(rides_with_expected_error)"
    by_day, by_segment = (
        scenario.connection.execute(f"select {day} as day, source, model_id, {sums} from marts.{mart} group by 1, 2, 3")
        .fetchall()
        for mart, day in (("prediction_quality", "raw.local_day(hour_start)"), ("excess_error_by_segment", "day"))
    )  # fmt: skip
    assert sorted(by_segment) == sorted(by_day)
    assert any(expected for _, _, _, expected, *_ in by_day)


def test_latest_predictions_are_the_newest_two_days(scenario: Scenario) -> None:
    """The mart has exactly the rides of the two days up to the newest ride of each source."""
    kept = scenario.connection.execute("select trip_id from marts.latest_predictions order by 1").fetchall()
    wanted = scenario.connection.execute(
        "select trip_id from raw.ride_predictions as r where trip_start_timestamp >= (select max(trip_start_timestamp) "
        "from raw.ride_predictions where source = r.source) - interval '2 days' order by 1"
    ).fetchall()
    assert kept == wanted
    assert 0 < len(kept) < 1000


def test_nights_when_clocks_change_have_every_hour(scenario: Scenario) -> None:
    """Each hour of both nights has its two rides, whatever the session's time zone."""
    for start in CHANGES_OF_CLOCKS:
        rows = scenario.connection.execute(
            "select extract(epoch from hour_start - %s)::int / 3600, sum(rides)::int from marts.rides_per_hour "
            "where hour_start between %s and %s::timestamptz + interval '5 hours' group by 1 order by 1",
            [start, start, start],
        ).fetchall()
        assert rows == [(hour, 2) for hour in range(6)]


def test_rejects_are_counted_by_the_hour_of_their_run(scenario: Scenario) -> None:
    """Rejects of two runs in the same hour are added up by reason, even if the marts were refreshed between the two."""
    rows = scenario.connection.execute("select reason, records from marts.rejects order by 1").fetchall()
    assert rows == [("bad_area", 3), ("bad_money", 1), ("nonpositive_miles", 1)]


def test_a_run_that_ended_since_the_last_refresh_is_shown_as_ended(scenario: Scenario) -> None:
    """A run that was running at one refresh has its end and its duration at the next."""
    row = scenario.connection.execute("select status, seconds::float, error from marts.job_runs where run_id = 2")
    assert row.fetchone() == ("failed", 90.0, "x")


def test_a_later_ride_or_a_later_run_ends_a_day(scenario: Scenario) -> None:
    """A day gets its verdict even if no newer count touches it, and a day with late rides is recounted."""
    columns = "day::text, model_id, compared_with, rides, verdict, no_verdict_why"
    rows = scenario.connection.execute(
        f"select {columns} from marts.feature_drift where feature = 'pickup' order by day"
    ).fetchall()
    assert rows == [
        ("2022-02-27", 2, "all", 1000, "stable", None),
        ("2022-02-28", 1, "weekday", 1000, "stable", None),
        ("2022-03-01", 1, "weekday", 2000, "stable", None),
        ("2022-03-03", 1, "weekday", 400, "watch", None),
        ("2026-01-30", 1, "weekday", 1000, "stable", None),
        ("2026-01-31", 1, "all", 1000, "stable", None),
        ("2026-02-01", 1, "all", 1000, None, "the day is not over"),
    ]
    not_over = [row for row in scenario.first["feature_drift"] if "the day is not over" in row]
    assert [re.findall(r"\d+-\d+-\d+", row) for row in sorted(not_over)] == [
        [day] for day in ("2026-01-30", "2026-01-31", "2026-02-01") for _ in ("pickup", "hour")
    ]


def test_reader_reads_marts_and_nothing_else(scenario: Scenario) -> None:
    """Grafana's role can select from every mart, but not from staging or raw."""
    everything = scenario.connection.execute(
        "select relnamespace::regnamespace::text, relname from pg_class where relkind in ('r', 'v') "
        "and relnamespace in ('raw'::regnamespace, 'staging'::regnamespace, 'marts'::regnamespace)"
    ).fetchall()
    assert {schema for schema, _ in everything} == {"raw", "staging", "marts"}
    with scenario.server.connect(scenario.name, "taxi_reader") as reader:
        for schema, name in everything:
            if schema == "marts":
                reader.execute(f"select * from marts.{name}")
                continue
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"select * from {schema}.{name}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("delete from marts.rides_per_hour")


def test_documented_queries_run(scenario: Scenario) -> None:
    """Every query in docs/marts.md returns rows for the reader with marts on the search path."""
    queries = re.findall(r"```sql\n(.*?)```", (PROJECT.parent / "docs" / "marts.md").read_text(), re.DOTALL)
    with scenario.server.connect(scenario.name, "taxi_reader") as reader:
        reader.execute("set search_path = marts")
        for statement in "".join(queries).split(";\n")[:-1]:
            assert reader.execute(statement.encode()).fetchall(), statement


def test_the_documented_notebook_cell_runs(scenario: Scenario) -> None:
    """The Python of docs/marts.md gives the reader all rides of the simulator by hour, in local time."""
    (cell,) = re.findall(r"```python\n(.*?)```", (PROJECT.parent / "docs" / "marts.md").read_text(), re.DOTALL)
    documented = "taxi_reader:PASSWORD@127.0.0.1:5432/taxi"
    assert documented in cell
    path = "options=-c%20search_path=marts"  # init-db sets it for the reader in this database, so a copy lacks it
    address = f"taxi_reader@/{scenario.name}?host={scenario.server.host}&port={scenario.server.port}&{path}"
    names: dict[str, Any] = {}
    try:
        exec(cell.replace(documented, address), names)
    finally:
        names["marts"].dispose()  # other tests wait until they are alone in the database
    raw = scenario.connection.execute("select count(*) from raw.ride_predictions where source = 'simulator'").fetchone()
    assert (names["rides"]["rides"].sum(),) == raw
    assert str(names["rides"]["hour_start"].dt.tz) == "America/Chicago"


def test_everything_belongs_to_the_role_of_dbt(scenario: Scenario) -> None:
    """Logged in as the job's role, dbt acts as taxi_dbt, which owns everything that dbt creates."""
    owners = scenario.connection.execute(
        "select distinct pg_get_userbyid(relowner) from pg_class "
        "where relnamespace in ('staging'::regnamespace, 'marts'::regnamespace)"
    ).fetchall()
    assert owners == [("taxi_dbt",)]


def test_views_stay_in_place_while_dbt_runs(scenario: Scenario) -> None:
    """A refresh replaces a view without dropping it, so that concurrent alert queries do not fail."""
    assert scenario.view_after == scenario.view_before


def test_a_view_with_other_columns_is_built_again(newest: Server, scenario: Scenario) -> None:
    """PostgreSQL cannot replace such a view in place, so the next run after an upgrade drops it first."""
    scenario.connection.execute(
        "set role taxi_dbt; drop view marts.job_runs; create view marts.job_runs as select 1 as x"
    )
    scenario.connection.execute("reset role")
    scenario.dbt("run", "--select", "job_runs")
    assert contents(scenario.connection)["job_runs"] == scenario.rebuilt["job_runs"]


def test_other_rights_on_a_view_are_revoked(newest: Server, scenario: Scenario) -> None:
    """A view is replaced in place and keeps its rights, so dbt revokes those that the project does not grant."""
    may_read = "select has_table_privilege('taxi_owner', 'marts.job_runs', 'select')"
    scenario.connection.execute("set role taxi_dbt; grant select on marts.job_runs to taxi_owner; reset role")
    assert scenario.connection.execute(may_read).fetchone() == (True,)
    scenario.dbt("run", "--select", "job_runs")
    assert scenario.connection.execute(may_read).fetchone() == (False,)


def test_an_increment_finds_its_rows_by_the_key(newest: Server, scenario: Scenario) -> None:
    """Increments use this project's statements, which use the index even with stale statistics."""
    scenario.dbt("run", "--select", "rides_per_hour")
    marts = scenario.dbt.output / "target" / "run" / "chicago_taxi" / "models" / "marts"
    assert "hour_start = any(array(select distinct hour_start" in (marts / "rides" / "rides_per_hour.sql").read_text()


def test_the_database_enforces_the_key_of_every_table(scenario: Scenario) -> None:
    """The primary key of each mart that is a table refuses duplicate keys and nulls."""
    connection = scenario.connection
    tables = connection.execute(
        "select relname from pg_class where relnamespace = 'marts'::regnamespace and relkind = 'r'"
    ).fetchall()
    assert {name for (name,) in tables} >= GROWING | {"rejects", "feature_drift"}
    for (name,) in tables:
        (key,) = connection.execute(
            "select array_agg(attname::text) from pg_constraint join pg_attribute on attrelid = conrelid "
            "and attnum = any(conkey) where contype = 'p' and conrelid = %s::regclass",
            [f"marts.{name}"],
        ).fetchone()
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(f"insert into marts.{name} select * from marts.{name} limit 1")
        for column in key:
            with pytest.raises(psycopg.errors.NotNullViolation):
                connection.execute(f"update marts.{name} set {column} = null")


def test_the_rides_are_fresh(newest: Server, scenario: Scenario) -> None:
    """`dbt source freshness` passes for the rides."""
    printed = scenario.dbt("source", "freshness", "--select", "source:scoring.ride_predictions")
    assert "PASS freshness of scoring.ride_predictions" in printed


def test_descriptions_are_comments_in_the_database(scenario: Scenario) -> None:
    """Every mart and every column has a comment, which psql shows."""
    marts = "from pg_class where relnamespace = 'marts'::regnamespace and relkind in ('r', 'v')"
    bare_marts = f"select relname {marts} and obj_description(oid, 'pg_class') is null"
    assert scenario.connection.execute(bare_marts).fetchall() == []
    bare_columns = (
        "select attrelid::regclass, attname from pg_attribute where attnum > 0 and not attisdropped "
        f"and attrelid in (select oid {marts}) and col_description(attrelid, attnum) is null"
    )
    assert scenario.connection.execute(bare_columns).fetchall() == []


def test_a_refresh_reads_no_whole_table(scenario: Scenario) -> None:
    """A refresh without new rows makes no sequential scan of a table that grows with the rides."""
    scans = (
        "select sum(seq_scan)::int from pg_stat_user_tables where relname in "
        "('ride_predictions', 'ride_outcomes', 'shadow_predictions', 'input_counts')"
    )
    others = (
        "select count(*) from pg_stat_activity where datname = current_database() and pid != pg_backend_pid() "
        "and backend_type = 'client backend'"
    )

    def scanned() -> int:
        while scenario.connection.execute(others).fetchone()[0]:  # a session reports its scans when it ends
            time.sleep(0.01)
        scenario.connection.execute("select pg_stat_force_next_flush()")
        return scenario.connection.execute(scans).fetchone()[0]

    before = scanned()
    scenario.dbt("run")
    assert scanned() == before
    assert contents(scenario.connection) == scenario.rebuilt


def waiting_marts(connection: psycopg.Connection) -> list[str]:
    """The marts that do not contain the newest rows yet."""
    return [
        mart
        for (mart,) in connection.execute("select mart from marts.mart_freshness where waiting_seconds > 0 order by 1")
    ]


def test_freshness_shows_what_waits(scenario: Scenario) -> None:
    """A mart waits for rides that it does not contain yet, but not for rides that it leaves out."""
    with scenario.connection.transaction(force_rollback=True):
        assert waiting_marts(scenario.connection) == []
        add_rides(scenario.connection, 9, [CHANGES_OF_CLOCKS[0]], "simulator")
        scenario.connection.execute(
            "update raw.ride_predictions set fare = null, created_at = now() - interval '5 minutes' where batch_id = 9"
        )
        expected = [
            "durations_per_hour", "excess_error_by_segment", "prediction_quality", "prediction_quality_by_area",
            "prediction_quality_by_segment", "rides_per_hour", "rides_per_interval", "top_pickup_dropoff_pairs",
        ]  # fmt: skip
        assert waiting_marts(scenario.connection) == expected
        scenario.connection.execute("update raw.ride_predictions set fare = 1 where batch_id = 9")
        assert waiting_marts(scenario.connection) == sorted(["fare_per_mile", *expected])


def test_models_are_compared_on_what_raw_holds(scenario: Scenario) -> None:
    """Every shadow prediction counts, and errors are compared where the outcome is known, whenever it arrived."""
    found = scenario.connection.execute(
        "select champion_model_id, challenger_model_id, sum(rides)::int, sum(rides_with_outcome)::int, "
        "sum(sum_difference), sum(sum_squared_difference) from marts.model_comparison group by 1, 2 order by 1, 2"
    ).fetchall()
    raw = scenario.connection.execute(COMPARED).fetchall()
    assert found == raw
    assert [row[:2] for row in found] == [(1, 2), (2, 1)]
    assert all(row[3] > 20 for row in found)


def test_freshness_waits_for_shadows(scenario: Scenario) -> None:
    """After a rescoring only the comparison waits, because the batch is new but the rides are old."""
    with scenario.connection.transaction(force_rollback=True):
        add_shadows(scenario.connection, 12, of_batch=4, factor=1, model_id=2)
        assert waiting_marts(scenario.connection) == ["model_comparison"]


def test_freshness_waits_for_outcomes(scenario: Scenario) -> None:
    """The marts of errors, and no others, wait for an outcome that they do not contain yet."""
    with scenario.connection.transaction(force_rollback=True):
        add_outcomes(scenario.connection, 9, of_batch=2, factor=3, share=1)
        scenario.connection.execute("update raw.ride_outcomes set observed_at = now() - interval '1 minute'")
        expected = [
            "excess_error_by_segment", "prediction_quality", "prediction_quality_by_area",
            "prediction_quality_by_segment",
        ]  # fmt: skip
        assert waiting_marts(scenario.connection) == expected


def test_only_scoring_runs_count_as_last_success(scenario: Scenario) -> None:
    """Failed runs and other commands do not count, nor do records scored manually where windows are scored."""
    with scenario.connection.transaction(force_rollback=True):
        read = "select finished_at, age_seconds > 0 from marts.last_success"
        before = scenario.connection.execute(read).fetchall()
        now = scenario.connection.execute("select now()").fetchone()[0]
        add_run(scenario.connection, now, status="failed")
        add_run(scenario.connection, now, command="dbt")
        assert scenario.connection.execute(read).fetchall() == before
        add_run(scenario.connection, now)
        assert scenario.connection.execute(read).fetchall() != before
        newest = "select finished_at - now() from marts.last_success"
        add_run(scenario.connection, now + timedelta(minutes=7))
        assert scenario.connection.execute(newest).fetchone() == (timedelta(minutes=8),)
        add_run(scenario.connection, now, source="simulator")
        assert scenario.connection.execute(newest).fetchone() == (timedelta(minutes=1),)


@pytest.mark.parametrize("hours", [0, 30, 24])
def test_live_views_follow_the_settings_of_the_last_run(scenario: Scenario, hours: int) -> None:
    """They agree with the job, whatever the environment was when dbt built them."""
    settings = config.parse({"CATCH_UP_HOURS": str(hours)})
    recorded = {
        "catch_up_hours": hours, "first_run_days": settings.first_run_days, "unhealthy_after_minutes": 600,
    }  # fmt: skip
    with scenario.connection.transaction(force_rollback=True):
        (now,) = scenario.connection.execute("select now()").fetchone()
        run_id = add_run(scenario.connection, now - timedelta(days=3), source="simulator", windows=9, **recorded)
        add_run(scenario.connection, now - timedelta(hours=23), source="simulator", windows=1)
        add_run(scenario.connection, now - timedelta(minutes=9), source="city", **recorded)
        scenario.connection.execute(
            "insert into raw.windows select date_bin('2 minutes', now() - hours * interval '1 hour', 'epoch'), %s, 5 "
            "from generate_series(1, 60) as hours", [run_id],
        )  # fmt: skip
        owed = windows.owed(scenario.connection, settings, now)
        shown, oldest, skipped = scenario.connection.execute(
            "select windows_owed, oldest_owed, windows_skipped from marts.windows_owed"
        ).fetchone()
        assert (shown, oldest) == (len(owed), min(owed, default=None))
        assert (len(owed) > 700, skipped > 1_000) == (hours > 0, hours > 0)
        success = now - (timedelta(minutes=8) if hours == 0 else timedelta(hours=22, minutes=59))
        last = scenario.connection.execute("select * from marts.last_success").fetchone()
        assert last == (success, (now - success).total_seconds(), 36_000, hours == 0)


def test_project_folder_is_not_written_to(scenario: Scenario) -> None:
    """With DBT_TARGET_PATH and DBT_LOG_PATH elsewhere, dbt can work in a read-only folder."""
    assert set(PROJECT.rglob("*")) == scenario.project_before


# The last two tests change the scenario.


def test_a_second_dbt_waits_and_sees_what_the_first_wrote(newest: Server, scenario: Scenario) -> None:
    """A refresh reads its watermark only once it holds the lock, so it never overwrites newer rows."""
    waiting = "select count(*) from pg_locks where not granted and relation = 'marts.rides_per_interval'::regclass"
    with scenario.server.connect(scenario.name) as other:
        with other.transaction():
            other.execute("lock table marts.rides_per_interval in share row exclusive mode")
            running = scenario.dbt.start("run", "--select", "rides_per_interval")
            while not scenario.connection.execute(waiting).fetchone()[0]:
                assert running.code is None, running.wait()
                time.sleep(0.01)
            add_rides(scenario.connection, 10, [CHANGES_OF_CLOCKS[0]], "city")
        succeeded(running)
    newest_batch = scenario.connection.execute("select max(batch_id) from marts.rides_per_interval").fetchone()
    assert newest_batch == (10,)


def test_an_increment_leaves_other_sources_alone(newest: Server, scenario: Scenario) -> None:
    """If a source's rides were deleted from raw, its rows stay when another source gets a late ride in their hour."""
    of_the_hour = "select source, rides from marts.durations_per_hour where hour_start = %s order by 1"
    (hour,) = scenario.connection.execute(
        "select max(hour_start) from marts.durations_per_hour where source = 'city'"
    ).fetchone()
    before = scenario.connection.execute(of_the_hour, [hour]).fetchall()
    assert [source for source, _ in before] == ["city"]
    scenario.connection.execute(
        "delete from raw.ride_predictions where source = 'city' and date_bin('1 hour', trip_start_timestamp, %s) = %s",
        [hour, hour],
    )
    add_rides(scenario.connection, 11, [hour], "simulator")
    scenario.dbt("run", "--select", "durations_per_hour")
    assert scenario.connection.execute(of_the_hour, [hour]).fetchall() == [*before, ("simulator", 1)]
