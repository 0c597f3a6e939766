"""A child process with limits, for work that may crash, hang or take all the memory."""

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

Answer = Callable[[Any], bytes]

MEMORY = 3 << 30  # bytes of private memory that the child may allocate
FILE_SIZE = 4 << 30  # bytes of the largest file that it may write
MOST_ANSWERED = 1 << 30  # bytes of one answer
ENDS_WITHIN = 5  # seconds after it has closed its side of the connection
GOOD, BAD = b"+", b"-"


class ChildFailed(Exception):
    """The child did not start, raised an error, crashed, or did not answer in time.

    error: the name of the exception's type; None if the process itself failed.
    """

    def __init__(self, message: str, error: str | None = None) -> None:
        super().__init__(message)
        self.error = error


class Child:
    """A process that calls `make(*arguments)` once, and passes each question to the function that it returned.

    It inherits no open file or connection, is ended when it takes longer than the question allows, and ends with its
    parent. Its answers are bytes, which the parent never unpickles.
    """

    def __init__(self, make: Callable[..., Answer], *arguments: object) -> None:
        """Start the process. Raises ChildFailed if it cannot be started."""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, make, arguments), daemon=True)
        try:
            self._process.start()
        except OSError as error:  # such as a limit on processes
            raise ChildFailed(f"its process cannot be started: {error.strerror or error}") from error
        other.close()  # so that reading ends when the child ends

    def ask(self, question: object, seconds: float) -> bytes:
        """Return the answer to a picklable question. Raises ChildFailed, after which the child may be gone."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end, (late,))
        timer.daemon = True
        timer.start()
        try:
            self._connection.send((question, seconds))
            answer = self._connection.recv_bytes(MOST_ANSWERED)
        except (EOFError, OSError) as error:
            raise ChildFailed(self._fate(late, seconds)) from error
        finally:
            timer.cancel()
        if answer[:1] == BAD:
            name, _, message = answer[1:].decode(errors="replace").partition(" ")
            raise ChildFailed(message, name)
        return answer[1:]

    def close(self) -> None:
        """End the child."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _end(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _fate(self, late: threading.Event, seconds: float) -> str:
        if late.is_set():
            return f"its process did not answer within {seconds:g} s and was ended"
        self._process.join(ENDS_WITHIN)
        code = self._process.exitcode
        if code is None:
            return "its process answered with too much, or with something that is not an answer"
        if code >= 0:
            return f"its process ended with exit code {code}"
        return f"its process crashed with {signal.Signals(-code).name}"


def _serve(connection: Connection, make: Callable[..., Answer], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its child
    for limit, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_FSIZE, FILE_SIZE), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a lower limit is in force, or the system does not know this one
            resource.setrlimit(limit, (most, most))
    answer: Answer | None = None
    while True:
        try:
            question, seconds = connection.recv()
        except EOFError:  # the parent has closed the connection, or is gone
            return
        try:
            _limit_processor_time(seconds)
            answer = answer or make(*arguments)
            reply = GOOD + answer(question)
        except Exception as error:  # whatever it is, the parent decides
            reply = BAD + f"{type(error).__name__} {str(error) or repr(error)}".encode(errors="replace")
        connection.send_bytes(reply)


def _limit_processor_time(seconds: float) -> None:
    """End the process if it computes for much longer than the question allows, since the parent may be gone."""
    most = time.process_time() + seconds * (os.cpu_count() or 1)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(most) + 1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
