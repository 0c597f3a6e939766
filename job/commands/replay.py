"""Parse rejected records again, after a fix, and score those that are accepted now.

What is accepted is marked with the run; what is rejected still stays as it is. Again it does nothing twice.
"""

import argparse
import time
from dataclasses import asdict, replace

import numpy as np
import structlog

from job import progress
from job.commands import score
from job.config import Config
from job.rides.duplicates import Seen, resolve
from job.rides.ride import parse
from job.scoring.batch import Scoring, begin
from job.store import connection
from job.store.raw import batches, rejects, runs
from job.store.raw.rejects import Records
from job.store.raw.runs import Figures

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: what was rejected the database knows."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Replay, and say what happened."""
    with connection.conninfo(config) as info:
        figures = once(config, info)
    print(score.sentence(figures))
    return 0


def once(config: Config, info: dict[str, str]) -> Figures:
    """One run: under the lock, recorded, batch by batch."""
    began = time.monotonic()
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
        runs.recorded(database, config, info, "replay", "city") as run_id,
        progress.shown("records read again") as show,
    ):
        scoring = begin(config, database, run_id, "city")
        figures, seen = Figures(), Seen()
        for records in rejects.waiting(database):
            figures = _batch(scoring, records, seen, figures)
            show(figures.records_read)
        runs.succeed(database, run_id)
    loaded, challenger = scoring.loaded, scoring.challenger
    log.info(
        "replay.completed", run_id=run_id, model=loaded.model.name, version=loaded.model.version,
        model_stale=loaded.stale, challenger=challenger.version, challenger_error=challenger.error,
        **asdict(figures), seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip
    return figures


def _batch(scoring: Scoring, records: Records, seen: Seen, before: Figures) -> Figures:
    """Rides, marks and figures of one batch, together or not at all."""
    batch = resolve(parse(records.table, scoring.place, 0), records.table, 0, seen)
    # Of a ride that is known by another record, an old record must not undo what a newer one said.
    new = batch.rides["trip_id"][~batches.known(scoring.database, batch.rides["trip_id"])]
    batch = replace(batch, outcomes=batch.outcomes[batch.outcomes["trip_id"].isin(new)])
    accepted = np.delete(np.array(records.rejected_ids), batch.rejected["position"].to_numpy(int))
    with scoring.database.transaction():
        figures = scoring.write(batch, before, last=False)
        rejects.mark(scoring.database, scoring.run_id, accepted.tolist())
    return figures
