"""A proxy on loopback between the job and PostgreSQL that cuts, delays or swallows what passes."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from tests.servers import Server

CHUNK = 65_536


@dataclass
class Trouble:
    """What happens to the first `affected` connections.

    how: `cut`, `reset` (like a crashed machine) or `silent` from the byte `at` on, which the client sends or, if
    `backwards`, receives; `delay` or `drip`, by `seconds` for each piece in both directions; `pass` for nothing.
    """

    how: str
    at: int = 0
    backwards: bool = False
    seconds: float = 0
    affected: int = 1_000_000

    @classmethod
    def drawn(cls, random: Random, most: int) -> "Trouble":
        """A cut or reset at a random byte of a connection on which the client sends at most this many."""
        backwards = random.random() < 0.4
        return cls(random.choice(["cut", "reset"]), random.randint(1, 20_000 if backwards else most), backwards)


class _Connection:
    def __init__(self, client: socket.socket, server: socket.socket, trouble: Trouble) -> None:
        self.client, self.server, self.trouble = client, server, trouble
        self.passed = {True: 0, False: 0}
        self.silent = threading.Event()

    def pump(self, backwards: bool) -> None:
        source, sink = (self.server, self.client) if backwards else (self.client, self.server)
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                self._pass_on(sink, data, backwards)
        self._close()

    def _pass_on(self, sink: socket.socket, data: bytes, backwards: bool) -> None:
        trouble, before = self.trouble, self.passed[backwards]
        self.passed[backwards] += len(data)
        begins = trouble.backwards == backwards and self.passed[backwards] > trouble.at
        if trouble.how in ("cut", "reset") and begins:
            sink.sendall(data[: max(0, trouble.at - before)])
            self._close(reset=trouble.how == "reset")
        elif trouble.how == "silent" and begins:
            self.silent.set()
        elif trouble.how == "drip":
            for start in range(0, len(data), 512):
                time.sleep(trouble.seconds)
                sink.sendall(data[start : start + 512])
        else:
            time.sleep(trouble.seconds)
            if not self.silent.is_set():
                sink.sendall(data)

    def _close(self, reset: bool = False) -> None:
        if self.silent.is_set():
            return
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                if reset:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Proxy:
    """A running proxy: its port and its connections."""

    port: str
    connections: list[_Connection]

    @property
    def environ(self) -> dict[str, str]:
        return {"PGHOST": "127.0.0.1", "PGPORT": self.port, "PGSSLMODE": "disable", "PGGSSENCMODE": "disable"}

    @property
    def sent(self) -> int:
        """The most bytes that a client has sent through one connection."""
        return max(connection.passed[False] for connection in self.connections)


@contextmanager
def proxy(server: Server, trouble: Trouble) -> Iterator[Proxy]:
    """Pass connections on to the server for the block."""
    connections: list[_Connection] = []

    def serve(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                upstream = socket.socket(socket.AF_UNIX)
                try:
                    upstream.connect(f"{server.host}/.s.PGSQL.{server.port}")
                except OSError:
                    client.close()
                    continue
                used = trouble if len(connections) < trouble.affected else Trouble("pass")
                connections.append(connection := _Connection(client, upstream, used))
                for backwards in (False, True):
                    threading.Thread(target=connection.pump, args=(backwards,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield Proxy(str(listener.getsockname()[1]), connections)
        listener.shutdown(socket.SHUT_RDWR)
    for connection in connections:
        connection.silent.clear()
        connection._close()
