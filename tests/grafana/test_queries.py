"""Every query that Grafana sends, on real marts and with Grafana's role."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job.report.grafana import interval, macros
from tests.conftest import REAL_DAY
from tests.dbt.conftest import LIVE
from tests.grafana.conftest import REAL_RANGE, SIMULATED_RANGE, execute
from tests.grafana.dashboards import Query, queries
from tests.servers import Server

QUERIES = list(queries())
TIMES, NUMBERS, TEXTS = {"timestamptz", "date"}, {"int2", "int4", "int8", "float8", "numeric"}, {"text", "varchar"}
NIGHTS = [datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)]
EMPTY = (datetime(2001, 1, 1, tzinfo=UTC), datetime(2001, 1, 2, tzinfo=UTC))
RIDES = """
select count(*) from raw.ride_predictions
where source = %s and trip_start_timestamp >= %s and trip_start_timestamp < %s
"""


def expanded(query: Query, period: tuple[datetime, datetime], source: str, areas: list[str]) -> str:
    """The query as Grafana would send it."""
    width = interval.chosen(*period, max_data_points=1000, at_least="2m")
    values: dict[str, macros.Value] = {"source": source, "area": areas, "latest": "5"}
    return macros.expand(query.sql, *period, width, values)


@pytest.fixture(scope="module")
def reader(server: Server, marts: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A connection with Grafana's login."""
    with server.connect(marts.info.dbname, "taxi_reader") as connection:
        yield connection


def test_the_marts_pass_their_tests(marts: psycopg.Connection) -> None:
    """The marts include a day of the City's records, where it is available."""
    execute("dbt", "--quiet", "test", "--exclude-resource-type", "unit_test")  # they read no table


@pytest.fixture(scope="module")
def areas(marts: psycopg.Connection) -> list[str]:
    """Every area that the variable offers, as «All» selects them."""
    rows = marts.execute("select distinct pickup_community_area::text from marts.rides_per_hour order by 1")
    return [area for (area,) in rows]


def types(cursor: psycopg.Cursor) -> list[str]:
    """The name of each column's type in PostgreSQL."""
    infos = [cursor.connection.adapters.types.get(column.type_code) for column in cursor.description or ()]
    return [info.name if info else "unknown" for info in infos]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.where)
def test_a_query_has_the_columns_of_its_form(query: Query, reader: psycopg.Connection, areas: list[str]) -> None:
    """For example, a time series starts with a sorted time column and has only numbers after it."""
    cursor = reader.execute(expanded(query, SIMULATED_RANGE, "simulator", areas).encode())
    rows, names, kinds = cursor.fetchall(), [column.name for column in cursor.description or ()], types(cursor)
    if query.form in ("time_series", "alert"):
        assert names[0] == "time"
        assert kinds[0] in TIMES | NUMBERS
        assert set(kinds[1:]) <= NUMBERS | ({"text"} if names[1] == "metric" else set())
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    if query.form == "barchart":
        assert [kind in TEXTS for kind in kinds] == [True, False]
    if query.form == "variable":
        assert names == ["__text", "__value"]
    if query.form == "annotation":
        assert [name for name in names if name != "timeend"] == ["time", "text", "tags"]
    if query.form == "xychart":
        assert kinds[names.index("longitude")] in NUMBERS
        assert {len(row) for row in rows} == {len(names)}
    if query.form == "stat":
        assert (len(names), len(rows) <= 1) == (1, True)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("query", [query for query in QUERIES if query.form != "alert"], ids=lambda query: query.where)
@pytest.mark.parametrize("source", ["simulator", "city"])
def test_a_query_returns_rows(
    query: Query, source: str, reader: psycopg.Connection, areas: list[str]
) -> None:  # fmt: skip
    """Only failures, rejects, promotions, scenarios, challengers, drift, alerts and the week before may be missing."""
    if source == "city" and not REAL_DAY.exists():
        pytest.skip("the shared real day is not there")
    quiet = ("job_runs", "rejects", "model_promotions", "model_comparison", "feature_drift", "alerts_by_day")
    rows = reader.execute(
        expanded(query, SIMULATED_RANGE if source == "simulator" else REAL_RANGE, source, areas).encode()
    ).fetchall()
    assert rows or any(name in query.sql for name in (*quiet, "scenario", "last week"))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.where)
def test_a_query_runs_for_any_range_and_variable(query: Query, reader: psycopg.Connection, areas: list[str]) -> None:
    """Nights when clocks change, a range without rides, several years, and any choice of areas and source work."""
    years = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    for period in [(night, night + timedelta(hours=9)) for night in NIGHTS] + [EMPTY, years]:
        for source in ("simulator", "city"):
            for chosen in (areas, ["0"], areas[:3]):
                reader.execute(expanded(query, period, source, chosen).encode())


@pytest.mark.parametrize("source", ["simulator", "city"])
def test_sums_agree_with_raw(source: str, marts: psycopg.Connection, areas: list[str]) -> None:
    """The ride counts of the panels are those of the raw table in the same range."""
    if source == "city" and not REAL_DAY.exists():
        pytest.skip("the shared real day is not there")
    start, end = SIMULATED_RANGE if source == "simulator" else REAL_RANGE
    period = (start, end - timedelta(minutes=1))  # both ends are inclusive, and an interval is identified by its start
    raw = marts.execute(RIDES, (source, start, end)).fetchone()
    by_name = {query.where: query for query in QUERIES}
    for where, column in [("rides: Rides A", 0), ("rides: Rides per interval A", 1)]:
        rows = marts.execute(expanded(by_name[where], period, source, areas).encode()).fetchall()
        assert sum(row[column] for row in rows) == raw[0] > 0, where


@pytest.mark.parametrize("query", [query for query in QUERIES if query.form != "alert"], ids=lambda query: query.where)
def test_no_query_scans_a_raw_table(query: Query, marts: psycopg.Connection, areas: list[str]) -> None:
    """Only live views read the rides at all, and they look up single rows by an index."""
    live = any(name in query.sql for name in LIVE)
    with marts.transaction():
        if live:  # with two batches an index has no advantage; it is enough that one can be used
            marts.execute("set local enable_seqscan = off")
        statement = "explain " + expanded(query, SIMULATED_RANGE, "simulator", areas)
        plan = "\n".join(row for (row,) in marts.execute(statement.encode()))
    assert "Seq Scan on ride_predictions" not in plan
    assert live or "ride_predictions" not in plan
