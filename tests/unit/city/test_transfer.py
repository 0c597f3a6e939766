"""Bodies of answers from real servers on this machine: cut off, slow, endless, compressed."""

import gzip
import json
import shutil
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server, socket
from types import SimpleNamespace

import pytest

from job.city import api, download, transfer, web
from job.city.transfer import Limits
from job.errors import JobError
from tests.unit.city.conftest import API_CSV, RECORDS, Answer, City, page, rides

HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
Pieces = Callable[[], Iterator[bytes]]
Start = Callable[[Pieces], str]


@pytest.fixture
def raw(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a server that answers every connection with these pieces, a hundred per second, and return its address."""
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(web, "ATTEMPTS", 2)
    monkeypatch.setattr(web, "TIMEOUT_SECONDS", (1, 0.3))
    monkeypatch.setattr(transfer, "LEAST_SPEED", 1 << 10)
    for module, name in ((api, "PAGE_LIMITS"), (download, "LIMITS")):
        monkeypatch.setattr(module, name, Limits(seconds=2, slow_seconds=0.3, size=1 << 22))
    stop = threading.Event()

    def send(connection: socket, pieces: Iterator[bytes]) -> None:
        with connection:
            connection.recv(1 << 16)
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    if stop.wait(0.01):
                        return
            except OSError:  # the client has given up
                return

    def serve(answer: Pieces) -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=send, args=(connection, answer()), daemon=True).start()

    listener = create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def start(answer: Pieces) -> str:
        threading.Thread(target=serve, args=(answer,), daemon=True).start()
        return address

    yield start
    stop.set()
    listener.close()


def drip(start: bytes, piece: bytes) -> Pieces:
    """Some bytes, then the same piece for ever."""

    def pieces() -> Iterator[bytes]:
        yield start
        while True:
            yield piece

    return pieces


@pytest.mark.parametrize("path", ["/resource/wrvz-psew", "/trips.csv"])
@pytest.mark.parametrize(
    ("start", "piece", "words"),
    [
        (b"", b"H", "no answer in time|failed or was interrupted"),
        (HEAD, b"x", "no answer in time"),
        (HEAD + b"Content-Length: 1000000\r\n\r\n[", b" ", "came too slowly"),
        (HEAD + b"\r\n[", b" ", "came too slowly"),
        (CHUNKED, b"1\r\n \r\n", "came too slowly"),
        (CHUNKED, b"0", "came too slowly"),
        (CHUNKED + b"100000\r\n[", b" ", "came too slowly"),
        (HEAD + b"Content-Length: 1000000\r\n\r\n[", b"", "came too slowly|the answer stopped"),
        (HEAD + b"\r\n[", b" " * 1_000, "did not end within 2 seconds"),
    ],
    ids=["status", "headers", "length", "until closed", "chunks", "chunk size", "in a chunk", "silent", "steady"],
)  # fmt: skip
def test_a_slow_answer(raw: Start, path: str, start: bytes, piece: bytes, words: str) -> None:
    """An answer that arrives too slowly, in whichever part, is abandoned after a time."""
    begun = time.monotonic()
    with pytest.raises(JobError, match=rf"cannot be read after 2 attempts: .*({words})"):
        rides(raw(drip(start, piece)) + path)
    assert time.monotonic() - begun < 6


def test_an_endless_answer(raw: Start) -> None:
    """An answer that arrives fast and never ends is abandoned when it is too large."""
    with pytest.raises(JobError, match="answered more than 4 MiB"):
        rides(raw(drip(HEAD + b"\r\n[", b" " * (1 << 20))) + "/resource/wrvz-psew")


def test_an_endless_redirect(raw: Start) -> None:
    """The body of a redirect is not read."""
    start = b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"
    with pytest.raises(JobError, match="redirects too often"):
        rides(raw(drip(start, b" " * (1 << 20))) + "/trips.csv")


def test_an_endless_error(raw: Start) -> None:
    """Only the beginning of an error's body is read."""
    with pytest.raises(JobError, match=r"answered 404 \(x+\)"):
        rides(raw(drip(b"HTTP/1.1 404 Not Found\r\n\r\n", b"x" * (1 << 20))) + "/trips.csv")


def one_page(body: bytes, headers: dict[str, str]) -> Callable[[str, dict[str, str]], Answer]:
    """An answer with this body and these headers for the first page, and an empty one for the others."""
    return lambda _, query: (200, body, headers) if query["$offset"] == "0" else (200, b"[]", {})


BODY = json.dumps(RECORDS[:10]).encode()


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "X-GZIP"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
        ({"Content-Encoding": "deflate, gzip"}, lambda body: gzip.compress(zlib.compress(body))),
        ({"Content-Encoding": "identity"}, bytes),
        ({"Transfer-Encoding": "chunked"}, lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
    ],
)
def test_encoded_answers(server: City, headers: dict[str, str], pack: Callable[[bytes], bytes]) -> None:
    """Compressed and chunked answers are read like plain ones."""
    server.protocol = "HTTP/1.1"
    server.answer = one_page(pack(BODY), headers)
    assert len(rides(server.data_set)) == 10


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"Content-Encoding": "br"}, BODY, "is compressed as 'br', which cannot be read"),
        ({"Content-Encoding": "gzip, odd"}, BODY, "is compressed as 'odd'"),
        ({"Content-Encoding": "gzip"}, BODY, "cannot be decompressed"),
        ({"Content-Encoding": "gzip"}, gzip.compress(BODY, mtime=0)[:-20], "was cut off"),
        ({"Content-Length": str(len(BODY) + 9)}, BODY, "failed or was interrupted"),
        ({"Content-Length": str(len(BODY) - 9)}, BODY, "was cut off"),
        ({"Content-Length": "many"}, BODY[:-9], "was cut off"),
        ({"Transfer-Encoding": "chunked"}, b"%x\r\n%s" % (len(BODY), BODY), "failed or was interrupted"),
        ({"Transfer-Encoding": "chunked"}, b"odd\r\n", "failed or was interrupted"),
        ({}, b"", "is empty"),
    ],
)
def test_wrongly_encoded_answers(server: City, headers: dict[str, str], body: bytes, words: str) -> None:
    """A body that does not match its headers is an error that says what is wrong."""
    server.answer = one_page(body, headers)
    with pytest.raises(JobError, match=words):
        rides(server.data_set)


def test_a_bomb(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that grows when it is decompressed is abandoned before it fills memory or disk."""
    bomb = gzip.compress(b"[" + b" " * (64 << 20) + b"]")
    monkeypatch.setattr(api, "PAGE_LIMITS", Limits(seconds=60, slow_seconds=10, size=8 << 20))
    server.answer = lambda *_: (200, bomb, {"Content-Encoding": "gzip"})
    with pytest.raises(JobError, match="answered more than 8 MiB"):
        rides(server.data_set)


def test_a_full_disk(server: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is saved only if it leaves 1 GiB of the disk free."""
    content = API_CSV.read_bytes()
    space = SimpleNamespace(total=100 << 30, free=(1 << 30) + len(content) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: space)
    server.answer = lambda *_: (200, content, {})
    with pytest.raises(JobError, match=r"trips\.csv cannot be saved in .*less than 1,024 MiB .* set TMPDIR"):
        rides(f"{server.address}/trips.csv")
    space.free += 1
    assert len(rides(f"{server.address}/trips.csv")) == 2


def test_a_folder_that_cannot_be_written(server: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says that the file cannot be saved, and why."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "disk_usage", full)
    server.answer = page
    with pytest.raises(JobError, match=r"wrvz-psew\.json cannot be saved in .*No space left"):
        rides(server.data_set)
