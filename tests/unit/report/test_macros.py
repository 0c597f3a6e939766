"""Macros and variables, after Grafana's documentation and its own tests."""

from datetime import UTC, datetime, timedelta

import pytest

from job.report.grafana import interval
from job.report.grafana.fill import Fill, filled, requested
from job.report.grafana.interval import NoInterval
from job.report.grafana.macros import BadMacro, Value, expand

FROM = datetime(2018, 4, 12, 18, tzinfo=UTC)
TO = FROM + timedelta(minutes=5)


def expanded(sql: str, **variables: Value) -> str:
    """The query for a range of five minutes, in buckets of two."""
    return expand(sql, FROM, TO, 120, variables)


@pytest.mark.parametrize(
    ("macro", "sent"),
    [
        ("$__time(dateColumn)", 'dateColumn AS "time"'),
        ("$__timeEpoch(dateColumn)", 'extract(epoch from dateColumn) as "time"'),
        ("$__timeFilter(t)", "t BETWEEN '2018-04-12T18:00:00Z' AND '2018-04-12T18:05:00Z'"),
        ("$__timeFrom()", "'2018-04-12T18:00:00Z'"),
        ("$__timeTo()", "'2018-04-12T18:05:00Z'"),
        ("$__timeGroup(t,'5m')", "floor(extract(epoch from t)/300)*300"),
        ("$__timeGroup(t , '5m')", "floor(extract(epoch from t)/300)*300"),
        ("$__timeGroup(t,'5m', 0)", "floor(extract(epoch from t)/300)*300"),
        ("$__timeGroup(t,'5m', NULL)", "floor(extract(epoch from t)/300)*300"),
        ("$__timeGroup(t,'5m', previous)", "floor(extract(epoch from t)/300)*300"),
        ("$__timeGroup(t,$__interval)", "floor(extract(epoch from t)/120)*120"),
        ("$__timeGroup(t,'12d')", "floor(extract(epoch from t)/1036800)*1036800"),
        ("$__timeGroup(t,'20ms')", "floor(extract(epoch from t)/0.02)*0.02"),
        ("$__timeGroupAlias(t,'5m')", 'floor(extract(epoch from t)/300)*300 AS "time"'),
        ("$__timeGroupAlias(t,$__interval,NULL)", 'floor(extract(epoch from t)/120)*120 AS "time"'),
        ("$__unixEpochFilter(t)", "t >= 1523556000 AND t <= 1523556300"),
        ("$__unixEpochFrom()", "1523556000"),
        ("$__unixEpochTo()", "1523556300"),
        ("$__unixEpochNanoFilter(t)", "t >= 1523556000000000000 AND t <= 1523556300000000000"),
        ("$__unixEpochNanoFrom()", "1523556000000000000"),
        ("$__unixEpochNanoTo()", "1523556300000000000"),
        ("$__unixEpochGroup(a+b,'5m')", "floor((a+b)/300)*300"),
        ("$__unixEpochGroupAlias(a+b,'5m')", 'floor((a+b)/300)*300 AS "time"'),
        ("'$__interval'", "'2m'"),
        ("$__interval_ms", "120000"),
        ("${__from} and ${__to}", "1523556000000 and 1523556300000"),
        ("$__range_s", "300"),
    ],
)
def test_a_macro_becomes_what_grafana_sends(macro: str, sent: str) -> None:
    """Every macro in the table of Grafana's documentation is expanded."""
    assert expanded(f"select {macro} from marts.x") == f"select {sent} from marts.x"


def test_a_group_before_a_comma_gets_the_alias() -> None:
    """Grafana keeps this for old dashboards, so it applies to new ones too."""
    assert expanded("$__timeGroup(t,'5m'), v") == 'floor(extract(epoch from t)/300)*300 AS "time", v'
    assert expanded("$__timeGroup(t,'5m') as x, v") == "floor(extract(epoch from t)/300)*300 as x, v"


def test_times_are_utc_with_their_fraction() -> None:
    """The zone of the range does not matter, and half a second is not rounded away."""
    start = datetime.fromisoformat("2026-11-01T01:30:00.500-05:00")
    assert expand("$__timeFrom()", start, TO, 1, {}) == "'2026-11-01T06:30:00.5Z'"


@pytest.mark.parametrize(
    ("text", "value", "sent"),
    [
        ("'$v'", "simulator", "'simulator'"),
        ("'${v}'", "O'Hare", "'O''Hare'"),
        ("'[[v]]'", "city", "'city'"),
        ("(${v})", ["8", "O'Hare"], "('8','O''Hare')"),
        ("($v)", ["8"], "('8')"),
        ("(${v:csv})", ["8", "32"], "(8,32)"),
        ("(${v:raw})", "8", "(8)"),
        ("(${v:sqlstring})", ["8", "O'Hare"], "('8','O''Hare')"),
        ("(${v:sqlstring})", "O'Hare", "('O''Hare')"),
        ("(${v:singlequote})", ["a", "b'c"], "('a','b\\'c')"),
        ("(${v:doublequote})", ["a", 'b"c'], '("a","b\\"c")'),
        ("'${v:pipe}'", ["a", "b"], "'a|b'"),
    ],
)
def test_a_variable_is_written_in_its_format(text: str, value: Value, sent: str) -> None:
    """Every documented format that makes sense in SQL works; a multi-value variable is a list."""
    assert expanded(text, v=value) == sent


def test_an_unknown_variable_stays() -> None:
    """As in Grafana, it is left for PostgreSQL to report."""
    assert expanded("$nobody ${nothing:csv} $1") == "$nobody ${nothing:csv} $1"


@pytest.mark.parametrize(
    "sql", ["$__timeGroups(t,'5m')", "$__timeFilter()", "$__timeGroup(t)", "${v:html}", "$__timeFilter(f(t))x$__f(a)"]
)
def test_what_grafana_does_not_know_is_refused(sql: str) -> None:
    """The error quotes the text in question."""
    with pytest.raises(BadMacro, match=r"\$"):
        expanded(sql, v="a")


@pytest.mark.parametrize(
    ("hours", "points", "at_least", "seconds", "text"),
    [
        (1, 1000, None, 5, "5s"),
        (1, 1000, "2m", 120, "2m"),
        (24, 800, "2m", 120, "2m"),
        (24 * 7, 800, "2m", 900, "15m"),
        (24 * 7, 800, ">1h", 3600, "1h"),
        (24 * 90, 800, "2m", 10800, "3h"),
        (24 * 365, 100, None, 86400, "1d"),
        (24 * 365 * 40, 10, None, interval.YEAR, "1y"),
        (0.001, 1000, None, 0.001, "1ms"),
    ],
)
def test_the_interval_is_the_one_that_grafana_chooses(
    hours: float, points: int, at_least: str | None, seconds: float, text: str
) -> None:
    """Range over points, rounded to its steps, not below the panel's least; written in the largest whole unit."""
    chosen = interval.chosen(FROM, FROM + timedelta(hours=hours), points, at_least)
    assert chosen == seconds
    assert interval.written(chosen) == text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 seconds"), (60, "1 minute"), (600, "10 minutes"), (3600, "1 hour"), (172_800, "2 days")],
)
def test_an_interval_is_written_for_people(seconds: float, words: str) -> None:
    """It uses the largest unit that divides it."""
    assert interval.in_words(seconds) == words


@pytest.mark.parametrize("text", ["", "m", "5 minutes", "-5m", "auto"])
def test_an_invalid_interval_is_refused(text: str) -> None:
    """The error names the value, which comes from a dashboard's file."""
    with pytest.raises(NoInterval, match="is not an interval"):
        interval.seconds(text)


@pytest.mark.parametrize(
    ("written", "fill"),
    [
        ("$__timeGroup(t,'5m')", None),
        ("$__timeGroupAlias(t, '5m', NULL)", Fill(300, None)),
        ("$__timeGroupAlias(t, $__interval, 0)", Fill(120, 0.0)),
        ("$__unixEpochGroup(t, '1h', previous)", Fill(3600, "previous")),
    ],
)
def test_the_fill_is_read_from_the_sql(written: str, fill: Fill | None) -> None:
    """It is the third argument of a group macro."""
    assert requested(f"select {written}, v", 120) == fill


def test_a_fill_of_another_kind_is_refused() -> None:
    """Grafana refuses it, too."""
    with pytest.raises(BadMacro, match="not 'none'"):
        requested("$__timeGroup(t,'5m',none)", 120)


@pytest.mark.parametrize(("fill", "values"), [(None, [None, 7, None]), (0.0, [0, 7, 0]), ("previous", [None, 7, 7])])
def test_missing_buckets_are_filled(fill: float | str | None, values: list[float | None]) -> None:
    """Buckets run from the one that contains the start to the one that contains the end."""
    rows = [(FROM + timedelta(minutes=2), 7)]
    complete = filled(rows, Fill(120, fill), FROM + timedelta(seconds=30), TO)
    assert complete == list(zip([FROM + timedelta(minutes=m) for m in (0, 2, 4)], values, strict=True))


def test_nothing_stays_nothing() -> None:
    """A panel without data is not filled with zeros."""
    assert filled([], Fill(120, 0.0), FROM, TO) == []
