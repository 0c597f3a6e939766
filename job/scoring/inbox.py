"""Scores the files of an inbox: each version once, in bounded portions, whatever is wrong with one of them."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import structlog

from job.city import inbox
from job.city.inbox import InboxFile
from job.errors import JobError
from job.registry.registry import Registry
from job.rides.ride import Batch
from job.scoring import batch
from job.scoring.batch import Scoring
from job.scoring.counted import Tally
from job.store.raw.feeds import Kind, Ledger, Waiting
from job.store.store import Store

log = structlog.get_logger()

MOST_ATTEMPTS = 3


class FilesNotRead(JobError):
    """Files of the inbox cannot be read; the others were."""


class _FileNotRead(Exception):
    """Something is wrong with one file."""


@dataclass(frozen=True)
class Inbox:
    """A folder in which files of the City's records appear."""

    folder: Path
    kind: ClassVar[Kind] = "inbox"

    @property
    def key(self) -> str:
        """What identifies it in the database."""
        return inbox.storable(str(self.folder))

    def read(self, ledger: Ledger, store: Store, now: datetime, deadline: float) -> None:
        """Score the files that are new, up to FEED_RECORDS records.

        Raises JobError if the folder cannot be read, FilesNotRead if files in it cannot.
        """
        listed = {file.name: file for file in inbox.listing(self.folder)}
        waiting = ledger.note(list(listed.values()))
        due = [(listed[file.name], file) for file in waiting if listed[file.name].is_settled(now)]
        if not due:
            ledger.checked(at_end=not waiting)
            return
        config = store.config
        with store.recorded(ledger.database, "score", config.source) as run:
            scoring = batch.begin(run, config.source, Registry(config))
            portion = _Portion(scoring, ledger, config.feed_wall_clock, config.feed_records, deadline)
            portion.read(due)
            ledger.checked(at_end=portion.finished == len(waiting))
            scoring.log_completed("score", portion.tally, feed=self.key, files=portion.finished)
            if failures := portion.failures:
                more = f"; {len(failures) - 1:,} more cannot, `status` names up to three" if failures[1:] else ""
                raise FilesNotRead(failures[0] + more)


@dataclass
class _Portion:
    """What one tick reads of an inbox: `records_left` at most, and no new batch after the deadline."""

    scoring: Scoring
    ledger: Ledger
    as_wall_clock: bool
    records_left: int
    deadline: float
    finished: int = 0
    failures: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def read(self, due: Sequence[tuple[InboxFile, Waiting]]) -> None:
        """Read one file after the other; one that cannot be read is recorded, and the next one is read."""
        run = self.scoring.run
        for file, waiting in due:
            if self._is_used_up():
                return
            failure: str | None = None
            try:
                if not self._read_file(file, waiting):
                    return
            except _FileNotRead as error:
                if not file.path.exists():  # it was removed or renamed a moment ago
                    continue
                failure = str(error)
                self.failures.append(failure)
            self.ledger.finish_file(file.name, run.run_id, failure)
            self.finished += 1

    def _is_used_up(self) -> bool:
        return not self.records_left or time.monotonic() > self.deadline

    def _read_file(self, file: InboxFile, waiting: Waiting) -> bool:
        """Score the file from where the last tick stopped; returns whether its end was reached."""
        if waiting.attempts >= MOST_ATTEMPTS:
            raise _FileNotRead(
                f"{file.label} was given up: reading it ended the process {waiting.attempts} times: split the file"
            )
        self.ledger.begin_file(file.name)
        try:
            return self._score(file, waiting)
        except Exception as error:
            if not isinstance(error, _FileNotRead):
                self.ledger.forgive_file(file.name)
            raise

    def _score(self, file: InboxFile, waiting: Waiting) -> bool:
        run, reasons = self.scoring.run, Counter[str]()
        records, rides = waiting.records, waiting.rides
        batches = inbox.batches(
            file, self.scoring.place, self.scoring.source, records, self.records_left, as_wall_clock=self.as_wall_clock
        )
        for parsed in _errors_translated(file, batches):
            records, rides = records + parsed.read, rides + parsed.read - len(parsed.rejected)
            with self.scoring.written(parsed):
                self.ledger.move_file(file.name, run.run_id, records, rides)
                self.ledger.add(run.run_id, parsed)
            reasons.update(parsed.rejected["reason"])
            self.tally.add(parsed)
            self.records_left -= parsed.read
            if self._is_used_up():
                return False
        if records and not rides:
            why = f" ({', '.join(reasons)})" if reasons else ""
            raise _FileNotRead(f"{file.label}: none of its {records:,} records can be scored{why}")
        return True


def _errors_translated(file: InboxFile, batches: Iterator[Batch]) -> Iterator[Batch]:
    """Raise _FileNotRead for any error in reading, even an unexpected one: it must not keep other files waiting."""
    try:
        yield from batches
    except JobError as error:
        raise _FileNotRead(str(error)) from error
    except Exception as error:
        log.error("feed.file_crashed", file=file.name, error=repr(error), exc_info=True)
        raise _FileNotRead(f"{file.label} cannot be read: unexpected {type(error).__name__}: {error}") from error
