"""Parse rejected records of SOURCE again, after a fix, and score those that are accepted now.

A record that is accepted is marked with the run. Running it again is a no-op.
"""

import argparse
from dataclasses import replace

import numpy as np

from job import progress
from job.config import Config
from job.registry.registry import Registry
from job.rides.duplicates import Seen, resolve
from job.rides.ride import Batch, parse
from job.scoring import batch, counted
from job.scoring.batch import Scoring
from job.scoring.counted import Tally
from job.store import store
from job.store.raw import batches, rejects
from job.store.raw.rejects import Records
from job.store.run import Counts
from job.store.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the database knows what was rejected."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Replay, and print what happened."""
    with store.opened(config) as opened:
        counts, tally = execute(opened)
    print("\n".join([counted.sentence(counts), *tally.unreadable.lines()]))
    return 0


def execute(store: Store) -> tuple[Counts, Tally]:
    """One run, batch by batch."""
    tally, source = Tally(), store.config.source
    with store.run("replay", source) as run, progress.shown("records read again") as show:
        scoring, seen = batch.begin(run, source, Registry(store.config)), Seen()
        for records in rejects.waiting(run.database, source):
            tally.add(_replay(records, seen, scoring))
            show(run.counts.records_read)
    scoring.log_completed("replay", tally)
    return run.counts, tally


def _replay(records: Records, seen: Seen, scoring: Scoring) -> Batch:
    """Commit the rides, marks and counts of one batch together."""
    run = scoring.run
    parsed = resolve(parse(records.table, scoring.place, 0, source=scoring.source), records.table, 0, seen)
    # Where another record made the ride known, this older one must not undo what the newer one said.
    new = parsed.rides.index[~batches.known(run.database, parsed.rides["trip_id"])]
    parsed = replace(parsed, outcomes=parsed.outcomes[parsed.outcomes.index.isin(new)])
    accepted = np.delete(np.array(records.rejected_ids), parsed.rejected["position"].to_numpy(int))
    with scoring.written(parsed):
        rejects.mark(run.database, run.run_id, accepted.tolist())
    return parsed
