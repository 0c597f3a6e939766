"""Requests to a real server on this machine: attempts that end, and secrets that are not shown."""

import threading
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import tenacity

from job.city import web
from job.errors import JobError
from tests.unit.city.conftest import Answer, City, page, rides


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://user:p@ss@host:80/a/b.csv?key=1#part", "http://host:80/a/b.csv"),
        ("https://host/a@b.csv", "https://host/a@b.csv"),
        ("https://host?key=me@example.org", "https://host"),
        ("http://user:secret@[/a.csv", "http://[/a.csv"),
        ("http://user:sec/ret@host/a.csv", "http://***@host/a.csv"),
        ("http://user:sec?ret@host/a.csv", "http://…"),
        ("http://user:sec#ret@host/a.csv", "http://…"),
        ("http://[::1]:80/a.csv", "http://[::1]:80/a.csv"),
    ],
)
def test_display_names(address: str, name: str) -> None:
    """User, password, query and fragment are not shown, even of an address that cannot be parsed."""
    assert web.display_name(address) == name


def test_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where no server listens is an error after a few attempts."""
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 0.001)
    for address in ("http://127.0.0.1:9/resource/wrvz-psew", "http://127.0.0.1:9/trips.csv"):
        with pytest.raises(JobError, match=r"127.0.0.1:9/.* cannot be read after 4 attempts"):
            rides(address)


def test_a_silent_server(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for an answer ends after the timeout."""
    monkeypatch.setattr(web, "TIMEOUT_SECONDS", (1, 0.05))
    quiet = threading.Event()
    server.answer = lambda *_: quiet.wait(1) and None
    with pytest.raises(JobError, match="no answer in time"):
        rides(server.data_set)
    quiet.set()


def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds between attempts, which pass at once."""
    seconds: list[float] = []
    monkeypatch.setattr(tenacity.nap.time, "sleep", seconds.append)
    return seconds


def in_seconds(seconds: float) -> str:
    """An HTTP date."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", [202, 408, 429, 503])
@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("7", 7, 7), (90, 30, 90), (-90, 0, 0.01), ("soon", 0, 0.01), ("-7", 0, 0.01)],
    ids=["seconds", "date", "past date", "text", "negative"],
)
def test_retry_after(
    server: City, monkeypatch: pytest.MonkeyPatch, status: int, header: str | int, least: float, most: float
) -> None:
    """The next attempt waits as long as the server asks, in seconds or until a date (here as seconds from now)."""
    seconds = waits(monkeypatch)
    server.answer = lambda path, query: (
        (status, b"", {"Retry-After": in_seconds(header) if isinstance(header, int) else header})
        if len(server.queries) == 1
        else page(path, query)
    )
    assert len(rides(server.data_set)) == 25
    assert len(seconds) == 1
    assert least <= seconds[0] <= most


@pytest.mark.parametrize("header", ["3600", "9" * 400, in_seconds(3600)], ids=["seconds", "many seconds", "date"])
def test_a_long_wait(server: City, header: str) -> None:
    """A server that asks to wait longer than two minutes gets no second request."""
    server.answer = lambda *_: (429, b"", {"Retry-After": header})
    with pytest.raises(JobError, match=r"answered 429 and asks to wait [\d,]+ seconds: try again then"):
        rides(server.data_set)
    assert len(server.queries) == 1


def test_a_request_that_is_processed_for_long(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is repeated more often than one that failed, with waits of up to half a minute."""
    seconds = waits(monkeypatch)
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 1)
    server.answer = lambda path, query: (202, b"", {}) if len(server.queries) < 10 else page(path, query)
    assert len(rides(server.data_set)) == 25
    assert seconds == [1, 2, 4, 8, 16, 30, 30, 30, 30]
    server.answer = lambda *_: (202, b"", {})
    with pytest.raises(JobError, match="cannot be read after 12 attempts: it is still processing"):
        rides(server.data_set)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (
            400,
            b'{"code": "x", "message": "No such column: mils"}',
            r"400 \(No such column: mils\): check",
        ),
        (401, b'{"message": "Invalid token"}', r"401 \(Invalid token\): check CITY_APP_TOKEN"),
        (
            403,
            b'{"message": "Invalid app_token mine-secret"}',
            r"403 \(Invalid app_token \*\*\*\): check CITY_APP_TOKEN",
        ),
        (403, b"user hidden, no", r"403 \(user \*\*\*, no\)"),
        (404, b"<html>much</html>", r"404 \(Not Found\)"),
        (404, b"\x1b[31mred\r\nlines\x00", r"404 \(\[31mred lines\)"),
        (404, b"[" * 50_000, r"404 \(\[{300}\)"),
        (410, b'{"message": 7}', r"410 \(7\)"),
        (206, b"[]", r"206 \(\[\]\)"),
        (304, b"", r"304 \(\)"),
    ],
)
def test_what_a_server_says(server: City, status: int, body: bytes, words: str) -> None:
    """An error's message is shown on one line, without control characters and without our secrets."""
    server.answer = lambda *_: (status, body, {})
    with pytest.raises(JobError, match=f"answered {words}") as raised:
        rides(server.data_set.replace("//", "//login:hidden@"), token="mine-secret")
    assert len(server.queries) == 1
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("path", ["/resource/wrvz-psew.json?$$app_token={0}&$where=1", "/trips.csv?key={0}"])
@pytest.mark.parametrize("answer", [None, (500, b"", {}), (302, b"", {"Location": "http://[hidden-word"})])
def test_tracebacks(server: City, path: str, answer: Answer | None) -> None:
    """The traceback in the log has no secret of the address, whichever library raised the error."""
    secret = "-".join(("hidden", "word"))
    server.answer = lambda *_: answer
    with pytest.raises(JobError) as raised:
        rides(server.address.replace("//", f"//me:{secret}@") + path.format(secret))
    assert secret not in "".join(traceback.format_exception(raised.value))
