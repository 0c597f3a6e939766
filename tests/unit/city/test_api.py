"""Data sets of the City's API, served by a real server on this machine: pages, retries, and wrong answers."""

import json
import re
from functools import partial
from pathlib import Path

import pytest

from job.city import api, reading, sources, web
from job.city.transfer import Limits
from job.errors import JobError, UsageError
from tests.rides import CHICAGO
from tests.unit.city import soda
from tests.unit.city.conftest import RECORDS, Answer, City, labelled, page, rides

ROOT = Path(__file__).parents[3]
CITY = "https://data.cityofchicago.org"
MANY = [{**RECORDS[0], "trip_id": f"m{row:04d}"} for row in range(2_500)]


def test_pages(server: City) -> None:
    """Pages of JSON are requested in a stable order until one is empty; missing keys are empty values."""
    parsed = rides(server.data_set)
    assert parsed["source_trip_id"].tolist() == [record["trip_id"] for record in RECORDS]
    assert parsed["fare"].tolist() == list(range(25))
    assert parsed["pickup_community_area"].isna().all()
    assert [query["$offset"] for query in server.queries] == ["0", "10", "20", "25"]
    assert {(query["$order"], query["$limit"]) for query in server.queries} == {("trip_id", "10")}
    assert set(server.paths) == {"/resource/wrvz-psew.json"}
    assert server.tokens == [None] * 4


def documented() -> list[str]:
    """Each address of the City's site that the README, CONTRIBUTING.md and the docs print."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    form = rf"(?<=['`]){CITY}/[^'`\n]+(?=['`])|{CITY}/[^\s'`)]+"
    return sorted({address for document in pages for address in re.findall(form, document.read_text())})


def test_the_docs_print_addresses() -> None:
    """There are several, at least one of them with a condition."""
    assert sum("wrvz-psew.json?$where=" in address for address in documented()) >= 1
    assert len(documented()) >= 5


@pytest.mark.parametrize("address", documented())
def test_the_addresses_in_the_docs(server: City, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Each is read to the end, beyond the first page that the API returns by default."""
    monkeypatch.setattr(api, "PAGE", 1_000)
    server.answer = partial(soda.answer, MANY)
    assert rides(address.replace(CITY, server.address))["source_trip_id"].tolist() == [
        record["trip_id"] for record in MANY
    ]
    if "$where=" in address:
        assert {"$where" in query for query in server.queries} == {True}


def test_a_server_with_smaller_pages(server: City) -> None:
    """A page that is shorter than requested is not taken for the last one."""
    server.answer = lambda path, query: page(path, query | {"$limit": "7"})
    assert len(rides(server.data_set)) == 25


def test_the_query_of_an_address(server: City) -> None:
    """Its conditions apply to every page, its limit and offset to the whole."""
    where = "trip_start_timestamp >= '2022-03-01T00:00:00'"
    parsed = rides(
        f"{server.data_set}.json?$where={where}&$limit=12&$offset=3&$order=fare&company=A%26B&taxi_id=", token="secret"
    )
    assert parsed["source_trip_id"].tolist() == [f"r{row:02d}" for row in range(3, 15)]
    assert [(query["$offset"], query["$limit"]) for query in server.queries] == [("3", "10"), ("13", "2")]
    for query in server.queries:
        assert (query["$where"], query["company"], query["taxi_id"]) == (where, "A&B", "")
        assert query["$order"] == "fare, trip_id"
    assert set(server.tokens) == {"secret"}


def test_an_order_that_is_stable_already(server: City) -> None:
    """Such a query is not changed."""
    rides(f"{server.data_set}?$order=:id")
    assert {query["$order"] for query in server.queries} == {":id"}


def test_a_token_in_the_address(server: City) -> None:
    """It is sent as a header, like the one in the settings, and appears in no address."""
    rides(f"{server.data_set}?$$app_token=own&$limit=1", token="secret")
    assert server.tokens == ["own"]
    assert "$$app_token" not in server.queries[0]


def test_a_select_that_leaves_out_a_column(server: City) -> None:
    """It is refused before any request, because JSON leaves out empty values as well."""
    select = "$select=trip_id,trip_start_timestamp,trip_miles,pickup_community_area"
    with pytest.raises(UsageError, match="the \\$select of .* has no dropoff_community_area"):
        rides(f"{server.data_set}?{select},dropoff_community_area as area")
    assert not server.queries
    assert len(rides(f"{server.data_set}?{select},dropoff_community_area")) == 25


def test_a_narrowed_data_set(server: City) -> None:
    """Its condition is added to the address's own, and at most the given number of records is requested."""
    address = f"{server.data_set}.json?$where=fare > 1 or trip_miles > 1&$limit=20&$offset=2"
    (source,) = sources.parse([address], None, CHICAGO)
    assert isinstance(source, api.DataSet)
    narrowed = source.narrowed("trip_start_timestamp >= '2022-03-01'", "trip_start_timestamp,trip_id", 12)
    assert [table.num_rows for table in narrowed.tables(reading.SCORING)] == [10, 2]
    assert [(query["$offset"], query["$limit"]) for query in server.queries] == [("2", "10"), ("12", "2")]
    assert {query["$where"] for query in server.queries} == {
        "(fare > 1 or trip_miles > 1) and (trip_start_timestamp >= '2022-03-01')"
    }
    assert {query["$order"] for query in server.queries} == {"trip_start_timestamp,trip_id"}


def test_what_the_api_says(server: City) -> None:
    """The API's own message about a query is part of the sentence."""
    with pytest.raises(JobError, match=r"answered 400 \(Unrecognized arguments \[limit\]\)"):
        rides(f"{server.data_set}?limit=5")
    assert len(server.queries) == 1


@pytest.mark.parametrize(
    "failure", [202, 408, 429, 500, 502, 503, 504, 520, "hang up", "broken off", "cut without length"]
)
def test_a_transient_failure(server: City, failure: int | str) -> None:
    """A page that fails once is requested again, and no record is read twice."""

    def answer(path: str, query: dict[str, str]) -> Answer | None:
        status, body, _ = page(path, query)
        if len(server.queries) != 2:
            return status, body, {}
        if failure == "hang up":
            return None
        if failure == "broken off":
            return status, body[:100], {"Content-Length": str(len(body))}
        if failure == "cut without length":
            return status, body[:100], {}
        return int(failure), b"later", {}

    server.answer = answer
    assert rides(server.data_set)["source_trip_id"].is_unique
    assert [query["$offset"] for query in server.queries] == ["0", "10", "10", "20", "25"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [((500, b"", {}), "it answered 500"), ((429, b"", {}), "it answered 429"), (None, "failed or was interrupted"),
     ((200, b"[{", {}), "was cut off")],
)  # fmt: skip
def test_a_lasting_failure(server: City, answer: Answer | None, words: str) -> None:
    """After a few attempts it is an error that names the address without its secrets."""
    server.answer = lambda *_: answer
    address = server.data_set.replace("//", "//user:password@") + "?$where=secret"
    with pytest.raises(JobError, match=words) as raised:
        rides(address)
    assert raised.value.exit_code == 1
    assert str(raised.value).startswith(f"{server.data_set}.json cannot be read after 4 attempts")
    assert len(server.queries) == web.ATTEMPTS


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, b'{"message": "no such\\n data set"}', {}), r"answered 404 \(no such data set\)"),
        ((403, b"", {}), "answered 403"),
        ((200, b"<html>", {}), "did not return a JSON array of objects"),
        ((200, b"{}", {}), "did not return a JSON array of objects"),
        ((200, b"[1]", {}), "is not an array of objects"),
        ((200, b'[{"name": 1}]', {}), "has no trip_id, trip_start_timestamp"),
        ((200, json.dumps(RECORDS[:9]).encode(), {}), "the same page again and again"),
        ((200, json.dumps(RECORDS).encode(), {}), "returns more records than requested"),
    ],
)
def test_wrong_answers(server: City, answer: Answer, words: str) -> None:
    """An answer that the next attempt would get again is an error at once, in one line."""
    server.answer = lambda *_: answer
    with pytest.raises(JobError, match=words) as raised:
        rides(server.data_set)
    assert server.address in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(server.queries) <= 2


def test_alternating_pages(server: City) -> None:
    """A server that ignores the offset is noticed even if it returns two pages in turn."""
    server.answer = lambda *_: (200, json.dumps(RECORDS[len(server.queries) % 2 : 20 : 2]).encode(), {})
    with pytest.raises(JobError, match="the same page again and again"):
        rides(server.data_set)
    assert len(server.queries) == 3


@pytest.mark.parametrize(
    ("name", "limit", "pages"), [("MOST_PAGES", 5, 6), ("MOST_SHORT_PAGES", 3, 4), ("MOST_SECONDS", 0, 1)]
)
def test_a_data_set_without_end(
    server: City, monkeypatch: pytest.MonkeyPatch, name: str, limit: int, pages: int
) -> None:
    """Ever new records are read only up to a limit of pages, of short pages, or of time."""
    server.answer = lambda *_: (200, json.dumps([{**RECORDS[0], "trip_id": str(len(server.queries))}]).encode(), {})
    monkeypatch.setattr(api, name, limit)
    with pytest.raises(JobError, match=r"did not end within .* hours and .* pages .*\$where"):
        rides(server.data_set)
    assert len(server.queries) == pages


def test_a_page_that_is_too_large(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """The transfer is aborted as soon as it exceeds the limit."""
    monkeypatch.setattr(api, "PAGE_LIMITS", Limits(seconds=60, slow_seconds=10, size=1 << 20))
    server.answer = lambda *_: (200, b"[" + b" " * (1 << 20) + b"]", {})
    with pytest.raises(JobError, match="answered more than 1 MiB"):
        rides(server.data_set)


def test_no_records(server: City) -> None:
    """A query without results is valid for scoring, but gives nothing to learn from."""
    server.answer = lambda *_: (200, b"[]", {})
    assert rides(server.data_set).empty
    with pytest.raises(JobError, match="no ride to learn from"):
        labelled(server.data_set)
