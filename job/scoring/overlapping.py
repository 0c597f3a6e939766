"""Scores many batches: while one is being written, the next ones are read and predicted."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from job.rides.ride import Batch
from job.scoring.batch import Scoring
from job.store.raw.batches import Scored


class Overlapping:
    """Commits batches in order on a thread of its own, one at a time; a context manager.

    Besides the batch that is being written, at most `ahead` are held, which the workers predict. In this process that
    is one, predicted already. No ride may be in two of them.

    An error while reading or predicting leaves every earlier batch committed, an error of the database every batch that
    was written before it. Both leave the block. Ctrl-C and SIGTERM cancel the statement that is being executed, if any.
    """

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._ahead = scoring.workers.ahead
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writing: Future[None] | None = None
        self._waiting = deque[tuple[Batch, Callable[[], Scored]]]()

    def __enter__(self) -> Self:
        return self

    def add(self, batch: Batch) -> None:
        """Let the batch be predicted, and the oldest one written; raises what either raised for an earlier one."""
        # After an error no batch that waits is written.
        waiting, self._waiting = self._waiting, deque()
        # The connection is used by one thread at a time: which rides are known is asked between two writes.
        self._finish()
        known = self._scoring.known(batch)
        if len(waiting) == self._ahead:
            self._start(*waiting.popleft())
        waiting.append((batch, self._scoring.predict(batch, known)))
        self._waiting = waiting

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._thread:
            try:
                if isinstance(error, Exception | None):
                    while self._waiting:
                        self._start(*self._waiting.popleft())
                    self._finish()
                else:
                    self._scoring.run.cancel()
            except Exception:
                raise
            except BaseException:  # while waiting for the last batch
                self._scoring.run.cancel()
                raise

    def _start(self, batch: Batch, scored: Callable[[], Scored]) -> None:
        predicted = scored()
        self._finish()
        self._writing = self._thread.submit(self._scoring.write, batch, predicted)

    def _finish(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()
