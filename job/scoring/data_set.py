"""Scores the new records of a data set of the City's API, and the late and corrected ones before its cursor."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import ClassVar

from job.city import following
from job.city.api import DataSet
from job.city.following import Following
from job.errors import JobError
from job.registry.registry import Registry
from job.rides.ride import Batch
from job.scoring import batch
from job.scoring.batch import Scoring
from job.scoring.counted import Tally
from job.store.connection import writing
from job.store.raw.feeds import Kind, Ledger
from job.store.store import Store

ENOUGH_RECORDS = 100  # fewer may all be rejected on an ordinary day


@dataclass(frozen=True)
class Followed:
    """A data set that is followed by a cursor."""

    data_set: DataSet
    kind: ClassVar[Kind] = "data set"

    @property
    def key(self) -> str:
        """What identifies it in the database."""
        return following.key(self.data_set)

    def read(self, ledger: Ledger, store: Store, now: datetime, deadline: float) -> None:
        """Score what is new, up to FEED_RECORDS records.

        Raises JobError if the API does not answer as requested, or if none of ENOUGH_RECORDS or more can be scored.
        """
        config = store.config
        reading = Following(
            data_set=self.data_set,
            place=config.place,
            source=config.source,
            progress=ledger.progress(),
            now=now,
            limit=config.feed_records,
            overlap=timedelta(days=config.feed_overlap_days),
        )
        batches = reading.batches()
        first = next(batches, None)
        if first is not None:
            with store.recorded(ledger.database, "score", config.source) as run:
                scoring = batch.begin(run, config.source, Registry(config))
                self._score(chain([first], batches), reading, scoring, ledger, deadline)
        with writing(ledger.database):
            ledger.move(reading.progress)
            ledger.checked(reading.at_end)

    def _score(
        self, batches: Iterable[Batch], reading: Following, scoring: Scoring, ledger: Ledger, deadline: float
    ) -> None:
        run, tally = scoring.run, Tally()
        for parsed in batches:
            with scoring.written(parsed):
                ledger.move(reading.progress)
                ledger.add(run.run_id, parsed)
            tally.add(parsed)
            if time.monotonic() > deadline:
                break
        scoring.log_completed("score", tally, feed=self.data_set.name)
        if run.counts.records_read == run.counts.records_rejected >= ENOUGH_RECORDS:
            raise JobError(
                f"{self.data_set.name}: none of the {run.counts.records_read:,} new records can be scored "
                f"({', '.join(tally.reasons)}): look at the mart rejects, and check FEED"
            )
