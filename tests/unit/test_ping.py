"""The watcher's address, at a real local server: it hears of every tick, and cannot harm one."""

import argparse
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import structlog

from job import config, ping
from job.commands import tick
from job.errors import JobError, UsageError


class Watcher(ThreadingHTTPServer):
    """Notes what it is asked; its answer is the status that the test sets, or silence."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.status = 200
        self.silent = threading.Event()
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/secret-id"


class Handler(BaseHTTPRequestHandler):
    server: Watcher

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.silent.is_set():
            self.server.ended.wait(60)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """A server of the test's own."""
    server = Watcher()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_event_has_its_address(watcher: Watcher) -> None:
    """As healthchecks.io has them; what stands behind a question mark stays there."""
    for event in ("start", "success", "fail"):
        ping.send(watcher.url, event)
    ping.send(f"{watcher.url}/?rid=1", "start")
    assert watcher.asked == ["/secret-id/start", "/secret-id", "/secret-id/fail", "/secret-id/start?rid=1"]


@pytest.mark.parametrize("trouble", ["status", "silence", "nobody", "no name"])
def test_what_goes_wrong_is_a_line_in_the_log(watcher: Watcher, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error, silence, nobody there: a warning that names the host and keeps the address to itself."""
    monkeypatch.setattr(ping, "TIME_LIMIT", 0.3)
    watcher.status = 500
    if trouble == "silence":
        watcher.silent.set()
    url = {
        "nobody": "http://127.0.0.1:1/secret-id",
        "no name": "http://nobody.invalid/secret-id",
    }.get(trouble, watcher.url)
    with structlog.testing.capture_logs() as logged:
        ping.send(url, "success")
    assert [line["event"] for line in logged][:1] == ["ping.failed"]
    assert "secret-id" not in str(logged)


@pytest.mark.parametrize(("fails", "last"), [(False, "/secret-id"), (True, "/secret-id/fail")])
def test_a_tick_reports_how_it_ended(watcher: Watcher, fails: bool, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watcher hears that the tick starts, and then whether it succeeded or failed."""

    def step(*_arguments: object, **_keywords: object) -> int:
        if fails:
            raise JobError("no")
        return 0

    for command in (tick.score, tick.observe, tick.dbt):
        monkeypatch.setattr(command, "execute", step)
    settings = config.parse({"PGHOST": "nowhere", "PING_URL": watcher.url})
    assert tick.run(argparse.Namespace(), settings) == int(fails)
    assert watcher.asked == ["/secret-id/start", last]


@pytest.mark.parametrize("value", ["hc-ping.com/x", "file:///etc/passwd", "http://", "https://a b", "http://[::1/x"])
def test_an_address_that_cannot_be_asked_is_wrong_usage(value: str) -> None:
    """Said at once, not at every tick."""
    with pytest.raises(UsageError, match="PING_URL"):
        config.parse({"PING_URL": value})
