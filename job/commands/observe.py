"""Write the true durations that have become known: those of simulated rides that have ended and been reported by now.

The City's arrive with its records: `score --trips` writes them, and appends what a later record corrects.
"""

import argparse
from datetime import UTC, datetime

import structlog

from job.config import Config
from job.errors import LockNotAcquired
from job.store import store
from job.store.raw import outcomes
from job.store.store import Store

log = structlog.get_logger()

OUTCOMES_PER_BATCH = 50_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the database knows what is due."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Observe, and print how many; a lock that another run holds is not a failure, since the next tick catches up."""
    with store.opened(config) as opened:
        try:
            observed = execute(opened, datetime.now(UTC))
        except LockNotAcquired as error:
            log.info("observe.not_run", why=str(error))
            return 0
    print(f"{observed:,} outcome{'s' * (observed != 1)} observed")
    return 0


def execute(store: Store, now: datetime) -> int:
    """One run: every outcome that is due, batch by batch; returns how many."""
    observed = 0
    with store.run("observe") as run:
        written = OUTCOMES_PER_BATCH
        while written == OUTCOMES_PER_BATCH:
            with run.batch() as batch_id:
                written = outcomes.observe(run.database, batch_id, now, OUTCOMES_PER_BATCH)
            observed += written
    log.info("observe.completed", run_id=run.run_id, seconds=run.seconds, observed=observed)
    return observed
