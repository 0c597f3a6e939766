"""Sections: a dashboard's variables and panels, filled with the results of its queries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from job.report.grafana.dashboards import Dashboard, Target, Variable
from job.report.plot.frame import Range, Row, Table
from job.report.sections import section, shown_by, variables
from tests.panels import panel

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR = Range(START, START + timedelta(hours=1), ZoneInfo("America/Chicago"))
AREA = Variable("area", "$__all", True, (), "select area from marts.areas", None)
PROMOTIONS = "select time, text from marts.promotions"


def board(sql: str, *variables: Variable, annotations: tuple[str, ...] = ()) -> Dashboard:
    """A dashboard of one chart over time."""
    chart = replace(panel("timeseries"), targets=(Target(sql, True),))
    return Dashboard("mine", "Mine", "", timedelta(hours=6), (chart,), variables, annotations)


class Answers:
    """Answers each statement with the table whose keyword it contains, and records the statements."""

    def __init__(self, **tables: tuple[str, list[Row]]) -> None:
        self.tables = tables
        self.sent: list[tuple[str, str]] = []

    def __call__(self, statement: str, where: str) -> Table:
        self.sent.append((statement, where))
        columns, rows = next((table for word, table in self.tables.items() if word in statement), ("time value", []))
        return Table(tuple(columns.split()), rows)


def test_a_panel_shows_the_rows_of_its_query() -> None:
    """Macros are expanded, and the query is labelled with its dashboard and panel, for error messages."""
    query = Answers(rides=("time rides", [(START, 3)]))
    (place,) = section(board("select time, rides from rides where $__timeFilter(time)"), "city", HOUR, query).panels
    assert place.drawn.figure is not None
    assert place.drawn.figure["data"][0]["y"] == [3.0]
    ((statement, where),) = query.sent
    assert "time BETWEEN '2026-03-02T06:00:00Z'" in statement
    assert where == "Mine, Rides"


def test_missing_buckets_are_gaps_where_the_query_says_so() -> None:
    """There are as many points as buckets in the range, although the query returned only one."""
    sql = "select $__timeGroupAlias(time, '20m', NULL), rides from rides"
    query = Answers(rides=("time rides", [(START.timestamp() + 1200, 3)]))
    (place,) = section(board(sql), "city", HOUR, query).panels
    assert place.drawn.figure is not None
    assert place.drawn.figure["data"][0]["y"] == [None, 3.0, None, None]


def test_annotations_are_marks_on_a_chart() -> None:
    """The order of their columns does not matter."""
    query = Answers(rides=("time rides", [(START, 3)]), promotions=("text time", [("version 2", START)]))
    (place,) = section(board("select time, rides from rides", annotations=(PROMOTIONS,)), "city", HOUR, query).panels
    assert place.drawn.figure is not None
    assert [text["text"] for text in place.drawn.figure["layout"]["annotations"]] == ["version 2"]


def test_a_region_is_a_stretch_of_time() -> None:
    """An annotation with a column `timeend` is shaded from `time` until then."""
    snow = ("timeend text time", [(START + timedelta(hours=1), "snow", START)])
    query = Answers(rides=("time rides", [(START, 3)]), promotions=snow)
    (place,) = section(board("select time, rides from rides", annotations=(PROMOTIONS,)), "city", HOUR, query).panels
    assert place.drawn.figure is not None
    (stretch, _) = place.drawn.figure["layout"]["shapes"]
    assert (stretch["type"], stretch["x0"] < stretch["x1"]) == ("rect", True)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (Variable("source", "simulator", False, ("simulator", "city"), None, None), "city"),
        (Variable("latest", "10", False, ("10", "20"), None, None), "10"),
        (Variable("latest", "10", True, ("10", "20"), None, None), ["10"]),
        (Variable("area", "$__all", True, ("8", "32"), None, None), ["8", "32"]),
        (Variable("area", "$__all", True, (), None, ".*"), ".*"),
        (AREA, ["8", "32"]),
    ],
)
def test_a_variable_has_the_value_that_the_dashboard_opens_with(variable: Variable, value: object) -> None:
    """Only the source comes from the page; «All» is every option, read from the marts if the file lists none."""
    query = Answers(areas=("__text __value", [("Loop", 8), ("Austin", 32)]))
    assert variables(board("", variable), "city", HOUR, query) == {variable.name: value}


def test_a_variable_without_options_matches_nothing() -> None:
    """`in ()` would be a syntax error."""
    assert variables(board("", AREA), "city", HOUR, Answers()) == {"area": "null"}


def test_a_dashboard_about_the_job_shows_its_own_span() -> None:
    """The span ends now, unless a range is given; a dashboard with a source shows the range of the rides."""
    now = START + timedelta(days=9)
    of_rides = board("", Variable("source", "city", False, (), None, None))
    assert shown_by(board(""), HOUR, False, now) == Range(now - timedelta(hours=6), now, HOUR.zone)
    assert shown_by(board(""), HOUR, True, now) == HOUR
    assert shown_by(of_rides, HOUR, False, now) == HOUR
