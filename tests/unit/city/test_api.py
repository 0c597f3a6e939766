"""Addresses, asked of a real server on this machine: pages, retries that end, downloads, and what goes wrong."""

import gzip
import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
import requests

from job.city import api, sources
from job.errors import JobError, UsageError
from tests.rides import CHICAGO

ASSETS = Path(__file__).parents[2] / "assets" / "records"
RECORDS = [
    {"trip_id": f"r{row:02d}", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": "2.5", "fare": str(row)}
    for row in range(25)
]
Answer = tuple[int, bytes, dict[str, str]]


@dataclass
class City:
    """A server: what it answers to each request, and what it was asked."""

    address: str
    answer: Callable[[str, dict[str, str]], Answer | None]
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)

    @property
    def data_set(self) -> str:
        return f"{self.address}/resource/wrvz-psew"


def page(_: str, query: dict[str, str]) -> Answer:
    """What the City's API gives: at most $limit records from $offset on, in the order asked for."""
    start = int(query["$offset"])
    rows = RECORDS[start : start + int(query["$limit"])]
    return 200, json.dumps(rows).encode(), {}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """A server of RECORDS; ten fit into a page, and nobody waits between attempts."""
    monkeypatch.setattr(api, "PAGE", 10)
    monkeypatch.setattr(api, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(api, "TIMEOUT_SECONDS", (1, 1))
    with serving() as here:
        yield here


class serving:  # noqa: N801 - reads as what it does
    """Runs a server in a thread while the block runs."""

    def __enter__(self) -> City:
        here = City("", page)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                here.asked.append(dict(parse_qsl(parts.query, keep_blank_values=True)))
                here.tokens.append(self.headers.get("X-App-Token"))
                answer = here.answer(parts.path, here.asked[-1])
                if answer is None:
                    self.close_connection = True
                    return
                status, body, headers = answer
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        here.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        return here

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def rides(address: str, token: str | None = None) -> pd.DataFrame:
    """The rides of all batches of an address."""
    batches = sources.read(sources.find([address]), token, CHICAGO)
    return pd.concat([batch.rides for batch in batches] or [pd.DataFrame()], ignore_index=True)


@pytest.mark.parametrize("ending", ["", ".json", ".csv", "/"])
def test_pages(server: City, ending: str) -> None:
    """All records, page by page in a stable order, until a page is empty; missing keys are empty values."""
    found = rides(server.data_set + ending)
    assert found["source_trip_id"].tolist() == [record["trip_id"] for record in RECORDS]
    assert found["fare"].tolist() == list(range(25))
    assert found["pickup_community_area"].isna().all()
    assert [query["$offset"] for query in server.asked] == ["0", "10", "20", "25"]
    assert {(query["$order"], query["$limit"]) for query in server.asked} == {("trip_id", "10")}
    assert server.tokens == [None] * 4


def test_a_server_with_smaller_pages(server: City) -> None:
    """A page that is shorter than what we asked for is not the last one."""
    server.answer = lambda path, query: page(path, query | {"$limit": "7"})
    assert len(rides(server.data_set)) == 25


def test_the_query_holds(server: City) -> None:
    """The address's own conditions go with every page; its limit and offset are those of the whole."""
    where = "trip_start_timestamp >= '2022-03-01T00:00:00'"
    found = rides(
        f"{server.data_set}.json?$where={where}&$limit=12&$offset=3&$order=fare&company=A%26B&empty=", "secret"
    )
    assert found["source_trip_id"].tolist() == [f"r{row:02d}" for row in range(3, 15)]
    assert [(asked["$offset"], asked["$limit"]) for asked in server.asked] == [("3", "10"), ("13", "2")]
    for asked in server.asked:
        assert (asked["$where"], asked["company"], asked["empty"]) == (where, "A&B", "")
        assert asked["$order"] == "fare, trip_id"
    assert set(server.tokens) == {"secret"}


@pytest.mark.parametrize("query", ["$query=select *", "$limit=many", "$offset=-1"])
def test_queries_that_cannot_be_paged(query: str) -> None:
    """Said before anything is asked."""
    with pytest.raises(UsageError, match="cannot be read"):
        sources.find([f"http://127.0.0.1:9/resource/wrvz-psew.json?{query}"])


@pytest.mark.parametrize("trouble", [429, 500, 503, "hang up", "broken off", "cut without length"])
def test_a_passing_trouble(server: City, trouble: int | str) -> None:
    """A page that fails once is asked for again, and nothing is read twice."""

    def answer(path: str, query: dict[str, str]) -> Answer | None:
        status, body, _ = page(path, query)
        if len(server.asked) != 2:
            return status, body, {}
        if trouble == "hang up":
            return None
        if trouble == "broken off":
            return status, body[:100], {"Content-Length": str(len(body))}
        if trouble == "cut without length":
            return status, body[:100], {}
        return int(trouble), b"later", {}

    server.answer = answer
    assert rides(server.data_set)["source_trip_id"].is_unique
    assert [query["$offset"] for query in server.asked] == ["0", "10", "10", "20", "25"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [((500, b"", {}), "it answered 500"), ((429, b"", {}), "it answered 429"), (None, "failed or broke off"),
     ((200, b"[{", {}), "broke off")],
)  # fmt: skip
def test_a_lasting_trouble(server: City, answer: Answer | None, words: str) -> None:
    """After a few attempts it is an error that names the address, without what may be secret in it."""
    server.answer = lambda *_: answer
    address = server.data_set.replace("//", "//user:password@") + "?$where=secret"
    with pytest.raises(JobError, match=words) as raised:
        rides(address)
    assert raised.value.exit_code == 1
    assert str(raised.value).startswith(f"{server.data_set}.json cannot be read, 4 times tried")
    assert len(server.asked) == api.ATTEMPTS


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, b'{"message": "no such\\n data set"}', {}), r'answered 404 \({"message": "no such'),
        ((403, b"", {}), "answered 403"),
        ((200, b"<html>", {}), "no JSON array of objects"),
        ((200, b"{}", {}), "no JSON array of objects"),
        ((200, b"[1]", {}), "no JSON array of objects"),
        ((302, b"", {"Location": "file:///etc/passwd"}), "InvalidSchema"),
        ((302, b"", {"Location": "/resource/wrvz-psew"}), "TooManyRedirects"),
        ((200, b'[{"name": 1}]', {}), "has no trip_id, trip_start_timestamp"),
        ((200, json.dumps(RECORDS).encode(), {}), "the same page again and again"),
    ],
)
def test_answers_that_do_not_pass(server: City, answer: Answer, words: str) -> None:
    """What another attempt would meet again is an error at once, in one line."""
    server.answer = lambda *_: answer
    with pytest.raises(JobError, match=words) as raised:
        rides(server.data_set)
    assert server.address in str(raised.value)
    assert len(server.asked) <= 2 or "Redirects" in words


def test_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody listens is an error after a few attempts."""
    monkeypatch.setattr(api, "FIRST_WAIT_SECONDS", 0.001)
    for address in ("http://127.0.0.1:9/resource/wrvz-psew", "http://127.0.0.1:9/trips.csv"):
        with pytest.raises(JobError, match=r"127.0.0.1:9/.* cannot be read, 4 times tried"):
            rides(address)


def test_a_server_that_says_nothing(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence ends after the time limit."""
    monkeypatch.setattr(api, "TIMEOUT_SECONDS", (1, 0.05))
    quiet = threading.Event()
    server.answer = lambda *_: quiet.wait(1) and None
    with pytest.raises(JobError, match="no answer in time"):
        rides(server.data_set)
    quiet.set()


def test_no_records(server: City) -> None:
    """A query that nothing fits is no mistake for scoring."""
    server.answer = lambda *_: (200, b"[]", {})
    assert rides(server.data_set).empty
    with pytest.raises(JobError, match="no ride to learn from"):
        sources.labelled_trips([server.data_set], None, CHICAGO)


def test_the_token_stays_with_its_host(server: City) -> None:
    """Another host that the City's names does not get the token."""
    with serving() as other:
        server.answer = lambda path, query: (302, b"", {"Location": other.data_set.replace("127.0.0.1", "localhost")})
        other.answer = lambda *_: (200, b"[]", {})
        rides(server.data_set, "secret")
        assert server.tokens == ["secret"]
        assert other.tokens == [None]


@pytest.mark.parametrize("name", ["api.csv", "lines.jsonl", "array.json", "packed.csv.gz"])
def test_a_file_at_an_address(server: City, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is fetched, read as any file, and nothing of it stays."""
    csv = (ASSETS / "read" / "api.csv").read_bytes()
    content = gzip.compress(csv) if name == "packed.csv.gz" else (ASSETS / "read" / name).read_bytes()
    server.answer = lambda *_: (200, content, {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = rides(f"{server.address}/some/{name}?download=1", "secret")
    pd.testing.assert_frame_equal(found, rides(str(ASSETS / "read" / "api.csv")))
    assert server.tokens == [None]
    assert not list(tmp_path.iterdir())


def test_a_download_that_breaks_off(server: City) -> None:
    """It starts again from the beginning; what is broken in the file itself is said with its address."""
    content = (ASSETS / "read" / "api.csv").read_bytes()
    server.answer = lambda *_: (
        200,
        content[: 50 if len(server.asked) == 1 else None],
        {"Content-Length": str(len(content))},
    )
    assert len(rides(f"{server.address}/trips.csv")) == 2
    truncated = (ASSETS / "refused" / "truncated.parquet").read_bytes()
    server.answer = lambda *_: (200, truncated, {})
    with pytest.raises(JobError, match=rf"^{server.address}/trips\.parquet is damaged"):
        rides(f"{server.address}/trips.parquet?key=secret")


def test_a_disk_that_is_full(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be saved is said in one line too."""

    def full(*_: object) -> Iterator[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(requests.Response, "iter_content", full)
    server.answer = lambda *_: (200, b"x", {})
    with pytest.raises(JobError, match="No space left"):
        rides(f"{server.address}/trips.csv")


def test_an_address_of_no_known_kind() -> None:
    """An address must tell by its name what it gives."""
    with pytest.raises(UsageError, match="is of no kind"):
        sources.find(["https://example.org/trips"])
