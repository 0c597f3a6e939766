"""Work in a child process is answered, refused or ended, and never takes the parent with it."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

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
                raise KeyError("area")
        return f"{greeting} {question}".encode()

    return answer


@pytest.fixture
def child() -> Iterator[Child]:
    """A child that is ended after the test."""
    started = Child(worker, "hello")
    yield started
    started.close()


def test_a_child_answers_one_question_after_another(child: Child) -> None:
    """The work is set up once and then answers; what it raises is an error with its type, and it goes on."""
    assert child.ask("you", 60) == b"hello you"
    with pytest.raises(ChildFailed, match="area") as raised:
        child.ask("raise", 60)
    assert raised.value.error == "KeyError"
    with pytest.raises(ChildFailed) as raised:
        child.ask("memory", 60)
    assert raised.value.error == "MemoryError"
    assert child.ask("again", 60) == b"hello again"


@pytest.mark.parametrize(
    ("question", "seconds", "said"),
    [
        ("crash", 60, "crashed with SIGSEGV"),
        ("exit", 60, "exit code 3"),
        ("hang", 1, "did not answer within 1 s"),
        ("compute", 1, "did not answer within 1 s"),
    ],
)
def test_a_child_that_crashes_or_hangs_is_an_error(child: Child, question: str, seconds: float, said: str) -> None:
    """The parent goes on, and so does every later question: with an error."""
    assert child.ask("you", 60) == b"hello you"
    with pytest.raises(ChildFailed, match=said) as raised:
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
