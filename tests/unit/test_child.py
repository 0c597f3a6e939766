"""Work in a child process succeeds, fails or is ended, and never takes the parent with it."""

import errno
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest

import job.child
from job.child import Answer, Child, ChildFailed


def worker(greeting: str) -> Answer:
    """Answer with a greeting, or misbehave on request."""
    if greeting == "broken":
        raise ValueError("cannot start")

    def answer(question: object) -> bytes:
        match question:
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "exit":
                os._exit(3)
            case "hang":
                time.sleep(600)
            case "compute":
                while True:
                    pass
            case "memory":
                return bytes(8 << 30)
            case "raise":
                raise ValueError("area \udcff")  # which cannot be encoded
        return f"{greeting} {question}".encode()

    return answer


@pytest.fixture
def child() -> Iterator[Child]:
    """A child that is ended after the test."""
    started = Child(worker, "hello")
    yield started
    started.close()


def test_a_child_answers_one_question_after_another(child: Child) -> None:
    """An exception is an error that names its type, and the child goes on."""
    assert child.ask("you", 60) == b"hello you"
    with pytest.raises(ChildFailed, match="area") as raised:
        child.ask("raise", 60)
    assert raised.value.error == "ValueError"
    with pytest.raises(ChildFailed) as raised:
        child.ask("memory", 60)
    assert raised.value.error == "MemoryError"
    assert child.ask("again", 60) == b"hello again"


@pytest.mark.parametrize(
    ("question", "seconds", "words"),
    [
        ("crash", 60, "crashed with SIGSEGV"),
        ("exit", 60, "exit code 3"),
        ("hang", 1, "did not answer within 1 s"),
        ("compute", 1, "did not answer within 1 s"),
    ],
)
def test_a_child_that_crashes_or_hangs_is_an_error(child: Child, question: str, seconds: float, words: str) -> None:
    """The parent goes on; any later question is an error too."""
    assert child.ask("you", 60) == b"hello you"
    with pytest.raises(ChildFailed, match=words) as raised:
        child.ask(question, seconds)
    assert raised.value.error is None
    with pytest.raises(ChildFailed):
        child.ask("you", 60)


def test_work_that_cannot_be_set_up_is_an_error() -> None:
    """The first question reports it."""
    child = Child(worker, "broken")
    with pytest.raises(ChildFailed, match="cannot start"):
        child.ask("you", 60)
    child.close()


def test_a_child_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on processes is reported like any other failure of the child."""

    def refused(_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(BaseProcess, "start", refused)
    with pytest.raises(ChildFailed, match="cannot be started: Resource temporarily unavailable"):
        Child(worker, "hello")


def test_an_answer_over_the_bound_is_an_error(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent reads no more than the bound and says so."""
    monkeypatch.setattr(job.child, "MOST_ANSWERED", 4)
    monkeypatch.setattr(job.child, "ENDS_WITHIN", 0.1)
    with pytest.raises(ChildFailed, match="answered with too much"):
        child.ask("you", 60)
