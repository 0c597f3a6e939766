"""Scores many batches: while one is being written, the next ones are read and predicted."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from types import TracebackType
from typing import Self

import numpy as np

from job.rides.ride import Batch
from job.scoring.batch import Scoring
from job.store.raw.batches import Scored
from job.store.session import Connection


class Overlapping:
    """Commits batches in order on a thread of its own, one at a time; a context manager.

    Besides the batch that is being written, at most `ahead` are held, which the workers predict. Without a cluster,
    that is one, which is predicted at once. No ride may be in two batches: a second connection looks up known rides
    while an earlier batch is written. If the server refuses a second one, lookups and writes take turns.

    After an error while reading or predicting, every earlier batch is committed; after an error of the database, every
    batch that was written before it. The block raises either. Ctrl-C and SIGTERM cancel the statement that is
    being executed, if any.
    """

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._ahead = scoring.workers.ahead
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writing: Future[None] | None = None
        self._second: Connection | None = None
        self._is_refused = False  # a second connection
        self._waiting = deque[tuple[Batch, Callable[[], Scored]]]()

    def __enter__(self) -> Self:
        return self

    def add(self, batch: Batch) -> None:
        """Let the batch be predicted, and the oldest one written; raises what either raised for an earlier one."""
        # After an error no batch that waits is written.
        waiting, self._waiting = self._waiting, deque()
        known = self._known(batch)
        self._finish()
        if len(waiting) == self._ahead:
            self._start(*waiting.popleft())
        waiting.append((batch, self._scoring.predict(batch, known)))
        self._waiting = waiting

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._thread, closing(self._second) if self._second else nullcontext():
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

    def _known(self, batch: Batch) -> np.ndarray:
        """Whether each ride of the batch was scored earlier."""
        if self._writing and not self._second and not self._is_refused:
            self._second = self._scoring.run.second_connection()
            self._is_refused = not self._second
        if not self._second:  # a connection serves one thread at a time
            self._finish()
        return self._scoring.known(batch, self._second)

    def _start(self, batch: Batch, scored: Callable[[], Scored]) -> None:
        predicted = scored()
        self._finish()
        self._writing = self._thread.submit(self._scoring.write, batch, predicted)

    def _finish(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()
