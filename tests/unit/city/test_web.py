"""Requests to a real server on this machine: attempts that end, and secrets that stay."""

import threading

import pytest

from job.city import web
from job.errors import JobError
from tests.unit.city.conftest import City, rides, serving


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://user:p@ss@host:80/a/b.csv?key=1#part", "http://host:80/a/b.csv"),
        ("https://host/a@b.csv", "https://host/a@b.csv"),
        ("https://host?key=me@example.org", "https://host"),
        ("http://user:secret@[/a.csv", "http://[/a.csv"),
    ],
)
def test_display_names(address: str, name: str) -> None:
    """User, password, query and fragment are left out, even of an address that cannot be parsed."""
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


@pytest.mark.parametrize("path", ["/resource/wrvz-psew", "/trips.csv"])
@pytest.mark.parametrize(
    ("location", "error"),
    [("file:///etc/passwd", "InvalidSchema"), ("/again.csv", "TooManyRedirects"), ("http://[/", "InvalidURL|Value")],
)
def test_redirects_that_lead_nowhere(server: City, path: str, location: str, error: str) -> None:
    """They are an error at once, which names the address."""
    server.answer = lambda *_: (302, b"", {"Location": location})
    with pytest.raises(JobError, match=rf"^{server.address}{path}\S* cannot be read \(\w*({error})\w*\): check"):
        rides(server.address + path)
    assert len(server.queries) == 1 or "Redirects" in error


def test_the_token_stays_with_its_host(server: City) -> None:
    """A redirect to another host does not receive the token."""
    with serving() as other:
        server.answer = lambda path, query: (302, b"", {"Location": other.data_set.replace("127.0.0.1", "localhost")})
        other.answer = lambda *_: (200, b"[]", {})
        rides(server.data_set, token="secret")
        assert server.tokens == ["secret"]
        assert other.tokens == [None]
