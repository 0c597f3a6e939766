"""Bodies of HTTP responses, received within bounds of size, speed and time."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import requests
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

BLOCK = 1 << 18
LEAST_SPEED = 1 << 10  # bytes per second
MOST_RESERVE = 1 << 30  # bytes to leave free on the disk; less on a small one


class Failure(Exception):
    """The reason why an address cannot be read, without the address."""


class Transient(Failure):
    """A failure that the next attempt may not meet.

    wait: how many seconds the server asks to wait before it, at least.
    """

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


class Processing(Transient):
    """The server still works on the answer."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one response: its duration, how long it may be slower than LEAST_SPEED, its decompressed bytes."""

    seconds: float
    slow_seconds: float
    size: int = sys.maxsize


class _Watch:
    """Shuts down the connection of a response that exceeds its limits, even while a read is blocked."""

    def __init__(self, response: requests.Response, limits: Limits) -> None:
        self._response, self._limits = response, limits
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.received = 0
        self.reason = ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        end, before = time.monotonic() + self._limits.seconds, 0
        while not self._done.wait(min(self._limits.slow_seconds, max(end - time.monotonic(), 0))):
            if time.monotonic() >= end:
                self.reason = f"the answer did not end within {self._limits.seconds:,.0f} seconds"
            elif self.received - before < LEAST_SPEED * self._limits.slow_seconds:
                self.reason = f"the answer came too slowly for {self._limits.slow_seconds:g} seconds"
            before = self.received
            if self.reason:
                with suppress(ValueError, RuntimeError, OSError):  # the response has just ended
                    self._response.raw.shutdown()
                return


def blocks(response: requests.Response, limits: Limits) -> Iterator[bytes]:
    """The decompressed body as it arrives.

    Raises Transient for a body that is cut off, comes too slowly or takes too long, Failure for one that cannot be
    decompressed. `limits.size` is up to the caller.
    """
    encodings = response.headers.get("Content-Encoding", "identity").lower().split(",")
    if unknown := {each.strip() for each in encodings} - {*HTTPResponse.CONTENT_DECODERS, "identity", ""}:
        raise Failure(f"is compressed as {min(unknown)[:40]!r}, which cannot be read")
    with _Watch(response, limits) as watch:
        while block := _next(response, watch):
            watch.received += len(block)
            yield block
        if watch.reason:
            raise Transient(watch.reason)


def save(response: requests.Response, path: Path, limits: Limits) -> None:
    """Save the decompressed body as a file, which is overwritten.

    Raises Failure if it is too large or would fill the disk, and otherwise as `blocks` does.
    """
    size, expected = 0, response.raw.length_remaining or 0
    try:
        with path.open("wb") as file:
            for block in blocks(response, limits):
                size += len(block)
                if size > limits.size:
                    raise Failure(f"answered more than {limits.size >> 20:,} MiB: is it the City's API?")
                _require_space(path.parent, max(len(block), expected - file.tell()))
                file.write(block)
    except OSError as error:
        raise Failure(f"cannot be saved in {path.parent} ({error.strerror or error}): set TMPDIR") from error


def _require_space(folder: Path, size: int) -> None:
    disk = shutil.disk_usage(folder)
    reserve = min(MOST_RESERVE, disk.total // 20)
    if disk.free - size < reserve:
        raise Failure(
            f"cannot be saved in {folder}: less than {reserve >> 20:,} MiB of the disk would be left free; "
            "set TMPDIR to a folder on a larger disk"
        )


def _next(response: requests.Response, watch: _Watch) -> bytes:
    """The next bytes, as soon as there are any; none at the end of the body."""
    try:
        block: bytes = response.raw.read1(BLOCK, decode_content=True)
    except DecodeError:
        raise Failure("cannot be decompressed") from None
    except ReadTimeoutError:
        raise Transient(watch.reason or "the answer stopped") from None
    except (HTTPError, OSError, ValueError, AttributeError):  # of any kind once the watch has shut the socket down
        raise Transient(watch.reason or "the connection failed or was interrupted") from None
    return block
