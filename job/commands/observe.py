"""Write the true durations that have become known: of simulated rides that have ended and been reported by now.

The City's come with its records: `score --trips` writes them, and appends what a later record corrects.
"""

import argparse
from datetime import UTC, datetime

import structlog

from job.config import Config
from job.errors import LockNotGot
from job.store import connection
from job.store.raw import batches, outcomes, runs

log = structlog.get_logger()

OUTCOMES_PER_BATCH = 50_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: what is due the database knows."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Observe, and say how many; a lock that is held is no failure, the next tick catches up."""
    with connection.conninfo(config) as info:
        try:
            observed = once(config, info, datetime.now(UTC))
        except LockNotGot as error:
            log.info("observe.not_run", why=str(error))
            return 0
    print(f"{observed:,} outcome{'s' * (observed != 1)} observed")
    return 0


def once(config: Config, info: dict[str, str], now: datetime) -> int:
    """One run: every outcome that is due, batch by batch; the last batch completes the run's record."""
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
        runs.recorded(database, config, info, "observe") as run_id,
    ):
        observed, last = 0, False
        while not last:
            with database.transaction():
                written = outcomes.observe(database, batches.next_batch(database), now, OUTCOMES_PER_BATCH)
                last = written < OUTCOMES_PER_BATCH
                if last:
                    runs.succeed(database, run_id)
            observed += written
    log.info("observe.completed", run_id=run_id, observed=observed)
    return observed
