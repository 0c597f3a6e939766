"""Data sets of the City's API, served by a real server on this machine: pages, retries, and wrong answers."""

import json

import pytest

from job.city import sources, web
from job.errors import JobError, UsageError
from tests.unit.city.conftest import RECORDS, Answer, City, labelled, page, rides


@pytest.mark.parametrize("ending", ["", ".json", ".csv", "/"])
def test_pages(server: City, ending: str) -> None:
    """Pages of JSON are requested in a stable order until one is empty; missing keys are empty values."""
    found = rides(server.data_set + ending)
    assert found["source_trip_id"].tolist() == [record["trip_id"] for record in RECORDS]
    assert found["fare"].tolist() == list(range(25))
    assert found["pickup_community_area"].isna().all()
    assert [query["$offset"] for query in server.queries] == ["0", "10", "20", "25"]
    assert {(query["$order"], query["$limit"]) for query in server.queries} == {("trip_id", "10")}
    assert set(server.paths) == {"/resource/wrvz-psew.json"}
    assert server.tokens == [None] * 4


def test_a_server_with_smaller_pages(server: City) -> None:
    """A page that is shorter than requested is not taken for the last one."""
    server.answer = lambda path, query: page(path, query | {"$limit": "7"})
    assert len(rides(server.data_set)) == 25


def test_the_query_of_an_address(server: City) -> None:
    """Its conditions apply to every page, its limit and offset to the whole."""
    where = "trip_start_timestamp >= '2022-03-01T00:00:00'"
    found = rides(
        f"{server.data_set}.json?$where={where}&$limit=12&$offset=3&$order=fare&company=A%26B&empty=", token="secret"
    )
    assert found["source_trip_id"].tolist() == [f"r{row:02d}" for row in range(3, 15)]
    assert [(query["$offset"], query["$limit"]) for query in server.queries] == [("3", "10"), ("13", "2")]
    for query in server.queries:
        assert (query["$where"], query["company"], query["empty"]) == (where, "A&B", "")
        assert query["$order"] == "fare, trip_id"
    assert set(server.tokens) == {"secret"}


def test_an_order_that_is_stable_already(server: City) -> None:
    """Such a query is not changed."""
    rides(f"{server.data_set}?$order=:id")
    assert {query["$order"] for query in server.queries} == {":id"}


@pytest.mark.parametrize("query", ["$query=select *", "$limit=many", "$offset=-1"])
def test_queries_that_cannot_be_paged(query: str) -> None:
    """They are refused before any request."""
    with pytest.raises(UsageError, match="cannot be read"):
        sources.parse([f"http://127.0.0.1:9/resource/wrvz-psew.json?{query}"], None)


@pytest.mark.parametrize("failure", [429, 500, 503, "hang up", "broken off", "cut without length"])
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
        ((404, b'{"message": "no such\\n data set"}', {}), r'answered 404 \({"message": "no such'),
        ((403, b"", {}), "answered 403"),
        ((200, b"<html>", {}), "did not return a JSON array of objects"),
        ((200, b"{}", {}), "did not return a JSON array of objects"),
        ((200, b"[1]", {}), "did not return a JSON array of objects"),
        ((200, b'[{"name": 1}]', {}), "has no trip_id, trip_start_timestamp"),
        ((200, json.dumps(RECORDS).encode(), {}), "the same page again and again"),
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


def test_no_records(server: City) -> None:
    """A query without results is valid for scoring, and nothing to learn from."""
    server.answer = lambda *_: (200, b"[]", {})
    assert rides(server.data_set).empty
    with pytest.raises(JobError, match="no ride to learn from"):
        labelled(server.data_set)
