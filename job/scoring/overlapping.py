"""Scores many batches: while one is being written, the next is read and predicted."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from job.rides.ride import Batch
from job.scoring.batch import Scoring
from job.store.raw.batches import Scored


class Overlapping:
    """Commits batches in order on a thread of its own, one at a time; a context manager.

    At most two batches are held: one is being written, one is predicted and waits. No ride may be in two of them.

    An error while reading or predicting leaves every earlier batch committed, an error of the database every batch that
    was written before it. Both leave the block. Ctrl-C and SIGTERM cancel the statement that is being executed, if any.
    """

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writing: Future[None] | None = None
        self._waiting: tuple[Batch, Scored] | None = None

    def __enter__(self) -> Self:
        return self

    def add(self, batch: Batch) -> None:
        """Predict the batch, and let the one before it be written; raises what writing an earlier one raised."""
        before, self._waiting = self._waiting, None
        # The connection is used by one thread at a time: which rides are known is asked between two writes.
        self._finish()
        known = self._scoring.known(batch)
        self._start(before)
        self._waiting = batch, self._scoring.predict(batch, known)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._thread:
            try:
                if isinstance(error, Exception | None):
                    self._finish()
                    self._start(self._waiting)
                    self._finish()
                else:
                    self._scoring.run.cancel()
            except Exception:
                raise
            except BaseException:  # while waiting for the last batch
                self._scoring.run.cancel()
                raise

    def _start(self, predicted: tuple[Batch, Scored] | None) -> None:
        if predicted:
            self._writing = self._thread.submit(self._scoring.write, *predicted)

    def _finish(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()
