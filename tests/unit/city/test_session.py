"""Where redirects lead, and which secrets go where, with real servers on this machine."""

import base64
import logging
from pathlib import Path

import pytest

from job.city import session
from job.errors import JobError
from tests.unit.city.conftest import API_CSV, City, rides, serving


@pytest.mark.parametrize("path", ["/resource/wrvz-psew", "/trips.csv"])
@pytest.mark.parametrize(
    ("location", "words", "requests"),
    [
        ("file:///etc/passwd", r"redirects to an address that is not http or https \(file\)", 1),
        ("ftp://127.0.0.1/trips.csv", r"redirects to an address that is not http or https \(ftp\)", 1),
        ("http://:80/trips.csv", "redirects to an address without a host", 1),
        ("http://[/", r"cannot be read \((InvalidURL|ValueError)\)", 1),
        ("/again.csv", "redirects too often", session.MOST_REDIRECTS + 1),
    ],
)
def test_redirects_that_are_refused(server: City, path: str, location: str, words: str, requests: int) -> None:
    """The error comes without another attempt, and names the address that was given."""
    server.answer = lambda *_: (302, b"", {"Location": location})
    with pytest.raises(JobError, match=rf"^{server.address}{path}\S* {words}"):
        rides(server.address + path)
    assert len(server.queries) == requests


@pytest.mark.parametrize(
    ("old", "new", "is_refused"),
    [
        ({"8.8.8.8"}, {"8.8.4.4"}, False),
        ({"127.0.0.1"}, {"127.0.0.1"}, False),
        ({"10.0.0.1"}, {"8.8.8.8"}, False),
        ({"8.8.8.8"}, {"127.0.0.1"}, True),
        ({"8.8.8.8"}, {"10.0.0.1"}, True),
        ({"8.8.8.8"}, {"169.254.169.254"}, True),
        ({"8.8.8.8"}, {"100.64.0.1"}, True),
        ({"8.8.8.8"}, {"0.0.0.0"}, True),
        ({"8.8.8.8"}, {"::1"}, True),
        ({"8.8.8.8"}, {"fe80::1%eth0"}, True),
        ({"2001:4860:4860::8888"}, {"fd00::1"}, True),
        ({"8.8.8.8"}, {"::ffff:127.0.0.1"}, True),
        ({"8.8.8.8"}, {"8.8.4.4", "127.0.0.1"}, True),
        ({"8.8.8.8", "127.0.0.1"}, {"127.0.0.1"}, True),
        (set(), {"127.0.0.1"}, True),
    ],
)
def test_redirects_to_private_addresses(
    server: City, monkeypatch: pytest.MonkeyPatch, old: set[str], new: set[str], is_refused: bool
) -> None:
    """A public host may not redirect to a private address, whatever the name of the other host."""
    monkeypatch.setattr(session, "addresses", lambda host: old if host == "127.0.0.1" else new)
    with serving() as other:
        target = f"{other.address}/trips.csv".replace("127.0.0.1", "localhost")
        server.answer = lambda *_: (302, b"", {"Location": target})
        other.answer = lambda *_: (200, API_CSV.read_bytes(), {})
        if is_refused:
            with pytest.raises(JobError, match="redirects from a public to a private address"):
                rides(f"{server.address}/trips.csv")
            assert not other.queries
        else:
            assert len(rides(f"{server.address}/trips.csv")) == 2


def test_the_addresses_of_a_host() -> None:
    """Every spelling of an address is resolved as a connection would resolve it; an unknown name has none."""
    assert "127.0.0.1" in session.addresses("localhost")
    assert session.addresses("2130706433") == session.addresses("0x7f.1") == {"127.0.0.1"}
    assert session.addresses("nothing.invalid") == session.addresses("." * 99) == set()


def test_secrets_stay_with_their_host(server: City) -> None:
    """A redirect to another host takes neither the token nor the address's user and password along."""
    with serving() as other:
        server.answer = lambda path, query: (302, b"", {"Location": other.data_set.replace("127.0.0.1", "localhost")})
        other.answer = lambda *_: (200, b"[]", {})
        rides(server.data_set.replace("//", "//user:p%40ss@"), token="secret")
        assert server.tokens == ["secret"]
        assert server.logins == ["Basic " + base64.b64encode(b"user:p@ss").decode()]
        assert (other.tokens, other.logins) == ([None], [None])


def test_secrets_go_along_on_the_same_host(server: City) -> None:
    """A redirect to another path of the same host keeps them."""
    there = server.data_set + ".json"
    server.answer = lambda *_: (302, b"", {"Location": there}) if len(server.queries) == 1 else (200, b"[]", {})
    rides(server.data_set.replace("//", "//user:word@"), token="secret")
    assert server.tokens == ["secret"] * 2
    assert server.logins[0] == server.logins[1] is not None


def test_netrc_is_not_read(server: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of ~/.netrc are sent neither with the request nor after a redirect."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.answer = lambda path, _: (302, b"", {"Location": "/b.csv"}) if path == "/a.csv" else (404, b"", {})
    with pytest.raises(JobError, match="answered 404"):
        rides(f"{server.address}/a.csv")
    assert server.logins == [None, None]


@pytest.mark.parametrize("setting", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_proxies_of_the_environment(server: City, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    """A proxy is used as the environment says, and NO_PROXY is respected."""
    monkeypatch.setenv(setting, server.address.replace("//", "//me:secret@"))
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.answer = lambda *_: (200, API_CSV.read_bytes(), {})
    assert len(rides("http://example.invalid/trips.csv")) == 2
    assert server.queries == [{}]
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as other:
        other.answer = server.answer
        assert len(rides(f"{other.address}/trips.csv")) == 2
        assert len(other.queries) == 1


def test_a_proxy_that_fails(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so, without the proxy's password."""
    monkeypatch.setenv("HTTP_PROXY", "http://me:secret@127.0.0.1:9")
    with pytest.raises(JobError, match=r"the proxy failed \(Connection refused\)") as raised:
        rides("http://example.invalid/trips.csv")
    assert "secret" not in str(raised.value)


def test_a_missing_file_of_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the setting."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(JobError, match=r"/nowhere/ca\.pem.*: check REQUESTS_CA_BUNDLE"):
        rides("https://127.0.0.1:9/trips.csv")


def test_warnings_about_headers(
    server: City, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A warning of urllib3, which would contain the whole address, is not printed."""
    server.answer = lambda *_: (200, API_CSV.read_bytes(), {"no name\r\n continued": "x"})
    with caplog.at_level(logging.NOTSET):
        rides(f"{server.address}/trips.csv?key=secret")
    assert "secret" not in caplog.text + capfd.readouterr().err
