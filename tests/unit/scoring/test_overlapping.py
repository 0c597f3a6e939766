"""Batches are written on a thread of their own while the next one is predicted."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from job.scoring.overlapping import Overlapping
from job.scoring.workers import HERE, InProcess, Workers

SECONDS = 30  # enough for any machine


class Broken(Exception):
    """A test's error."""


@dataclass
class Second:
    """Stands in for a second connection; notes the batches whose rides were looked up with it."""

    looked_up: dict[int, threading.Event] = field(default_factory=lambda: defaultdict(threading.Event))
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class Recorded:
    """Stands in for a Scoring and its run; batches are numbers. Notes what was written, and fails where a test says."""

    predict_fails: int = 0
    write_fails: int = 0
    written: list[int] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    predicted: dict[int, threading.Event] = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    until: dict[int, threading.Event] = field(default_factory=dict)
    connection: threading.Lock = field(default_factory=threading.Lock)
    second: "Second | None" = None
    workers: Workers = HERE

    @property
    def run(self) -> "Recorded":
        return self

    def cancel(self) -> None:
        self.cancelled.set()

    def second_connection(self) -> "Second | None":
        return self.second

    def known(self, batch: int, second: "Second | None") -> str:
        if second:
            assert not second.closed
            second.looked_up[batch].set()
        else:
            assert self.connection.acquire(blocking=False), "the connection is used by another thread"
            self.connection.release()
        return f"known of {batch}"

    def predict(self, batch: int, known: str) -> Callable[[], str]:
        assert known == f"known of {batch}"
        self.predicted.setdefault(batch, threading.Event()).set()

        def scored() -> str:
            self.used.append(batch)
            if batch == self.predict_fails:
                raise Broken(f"predicting {batch}")
            return f"scored {batch}"

        return scored

    def write(self, batch: int, scored: str) -> None:
        assert scored == f"scored {batch}"
        with self.connection:
            if batch in self.until and not self.until[batch].wait(SECONDS):
                raise TimeoutError
            if batch == self.write_fails:
                raise Broken(f"writing {batch}")
            self.written.append(batch)


def score(scoring: Any, batches: int, then: BaseException | None = None) -> None:
    """Add this many batches, numbered from 1, and raise an error in place of the next one."""
    with Overlapping(scoring) as overlapping:
        for batch in range(1, batches + 1):
            overlapping.add(batch)  # type: ignore[arg-type]
        if then:
            raise then


@pytest.mark.parametrize("batches", [0, 1, 2, 5])
def test_every_batch_is_written_in_order(batches: int) -> None:
    """Also the last one, at the end of the block."""
    scoring = Recorded()
    score(scoring, batches)
    assert scoring.written == list(range(1, batches + 1))


def test_a_batch_is_predicted_while_the_one_before_is_written() -> None:
    """Each write here ends only after the next batch has been predicted."""
    scoring = Recorded()
    scoring.predicted = {number: threading.Event() for number in (2, 3)}
    scoring.until = {1: scoring.predicted[2], 2: scoring.predicted[3]}
    score(scoring, 3)
    assert scoring.written == [1, 2, 3]


def test_known_rides_are_looked_up_while_a_batch_is_written() -> None:
    """The write of the first batch here ends only after the third was looked up with the second connection."""
    second = Second()
    scoring = Recorded(second=second, until={1: second.looked_up[3]})
    score(scoring, 3)
    assert scoring.written == [1, 2, 3]
    assert second.closed


@pytest.mark.parametrize(("write_fails", "predict_fails"), [(2, 0), (0, 3)])
def test_the_second_connection_is_closed_after_an_error(write_fails: int, predict_fails: int) -> None:
    """Whichever side fails."""
    second = Second()
    with pytest.raises(Broken):
        score(Recorded(predict_fails, write_fails, second=second), 5)
    assert second.closed


def test_as_many_batches_wait_as_the_workers_may_be_given() -> None:
    """The oldest is written when one more is added, so that memory stays bounded."""
    scoring = Recorded(workers=Workers(InProcess(), ahead=3))
    with Overlapping(scoring) as overlapping:  # type: ignore[arg-type]
        for batch in (1, 2, 3):
            overlapping.add(batch)  # type: ignore[arg-type]
        assert scoring.used == []
        overlapping.add(4)  # type: ignore[arg-type]
        assert scoring.used == [1]
        overlapping.add(5)  # type: ignore[arg-type]
        assert scoring.used == [1, 2]
    assert scoring.written == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("ahead", [1, 3])
def test_an_error_while_reading_leaves_all_earlier_batches(ahead: int) -> None:
    """They are written although the block fails."""
    scoring = Recorded(workers=Workers(InProcess(), ahead))
    with pytest.raises(Broken, match="reading"):
        score(scoring, 3, then=Broken("reading"))
    assert scoring.written == [1, 2, 3]


@pytest.mark.parametrize("ahead", [1, 2, 9])
def test_an_error_while_predicting_leaves_all_earlier_batches(ahead: int) -> None:
    """Neither the batch itself nor any later one is written, although these may be predicted already."""
    scoring = Recorded(predict_fails=3, workers=Workers(InProcess(), ahead))
    with pytest.raises(Broken, match="predicting 3"):
        score(scoring, 5)
    assert scoring.written == [1, 2]


@pytest.mark.parametrize("number", [1, 2, 4, 5])
def test_an_error_while_writing_ends_the_block(number: int) -> None:
    """No later batch is written; the last one may be the one that fails."""
    scoring = Recorded(write_fails=number)
    with pytest.raises(Broken, match=f"writing {number}"):
        score(scoring, 5)
    assert scoring.written == list(range(1, number))


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_cancels_the_write_under_way(interruption: type[BaseException]) -> None:
    """The block ends when the write has ended; the batch that waits is not written."""
    scoring = Recorded(write_fails=2)
    scoring.until = {2: scoring.cancelled}
    with pytest.raises(interruption):
        score(scoring, 3, then=interruption())
    assert scoring.written == [1]


def test_an_interruption_while_the_last_batch_is_written_cancels_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to read then, and the main thread only waits."""
    scoring = Recorded(write_fails=1)
    scoring.until = {1: scoring.cancelled}

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("concurrent.futures.Future.result", interrupt)
    with pytest.raises(KeyboardInterrupt):
        score(scoring, 1)
    assert scoring.cancelled.is_set()
    assert scoring.written == []
