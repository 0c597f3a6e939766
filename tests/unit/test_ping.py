"""PING_URL: every tick reports to a monitoring service, which cannot disturb it."""

import argparse
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import structlog

from job import config, ping
from job.commands import tick
from job.errors import JobError, UsageError


class PingServer(ThreadingHTTPServer):
    """Records the paths requested; it answers with the status that a test sets, or not at all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.paths: list[str] = []
        self.status = 200
        self.silent = threading.Event()
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/secret-id"


class Handler(BaseHTTPRequestHandler):
    server: PingServer

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        if self.server.silent.is_set():
            self.server.ended.wait(60)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@pytest.fixture
def ping_server() -> Iterator[PingServer]:
    """A local server."""
    server = PingServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_event_has_its_own_path(ping_server: PingServer) -> None:
    """The paths are those of healthchecks.io, and a query string is kept."""
    for event in ("start", "success", "fail"):
        ping.send(ping_server.url, event)
    ping.send(f"{ping_server.url}/?rid=1", "start")
    assert ping_server.paths == ["/secret-id/start", "/secret-id", "/secret-id/fail", "/secret-id/start?rid=1"]


@pytest.mark.parametrize("trouble", ["status", "silence", "no server", "no name"])
def test_a_failed_ping_is_logged(ping_server: PingServer, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has a warning, which does not contain the secret path."""
    monkeypatch.setattr(ping, "TIME_LIMIT", 0.3)
    ping_server.status = 500
    if trouble == "silence":
        ping_server.silent.set()
    url = {
        "no server": "http://127.0.0.1:1/secret-id",
        "no name": "http://nobody.invalid/secret-id",
    }.get(trouble, ping_server.url)
    with structlog.testing.capture_logs() as logged:
        ping.send(url, "success")
    assert [line["event"] for line in logged][:1] == ["ping.failed"]
    assert "secret-id" not in str(logged)


@pytest.mark.parametrize(("fails", "last"), [(False, "/secret-id"), (True, "/secret-id/fail")])
def test_a_tick_reports_start_and_result(
    ping_server: PingServer, fails: bool, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second ping says whether it succeeded or failed."""

    def step(*_arguments: object, **_keywords: object) -> int:
        if fails:
            raise JobError("no")
        return 0

    for command in (tick.score, tick.observe, tick.dbt):
        monkeypatch.setattr(command, "execute", step)
    settings = config.parse({"PGHOST": "nowhere", "PING_URL": ping_server.url})
    assert tick.run(argparse.Namespace(), settings) == int(fails)
    assert ping_server.paths == ["/secret-id/start", last]


@pytest.mark.parametrize("value", ["hc-ping.com/x", "file:///etc/passwd", "http://", "https://a b", "http://[::1/x"])
def test_an_invalid_ping_url_is_a_usage_error(value: str) -> None:
    """The error comes at once and not at every tick."""
    with pytest.raises(UsageError, match="PING_URL"):
        config.parse({"PING_URL": value})
