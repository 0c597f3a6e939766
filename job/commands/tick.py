"""What the schedule runs: score what is owed and what the feed brings, observe what is due, refresh the marts.

A step that fails does not stop the next one; the last lines on stderr say what failed.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from job import ping
from job.commands import dbt, observe, score
from job.config import Config
from job.errors import JobError, LockNotAcquired, sentence
from job.redaction import redacted
from job.scoring import feed
from job.store import store
from job.store.store import Store

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the schedule says when, the ledger says what."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Every step once; 1 if any failed."""
    with store.opened(config) as opened:
        return execute(opened)


def execute(store: Store) -> int:
    """Score windows unless CATCH_UP_HOURS is 0, read the feed if FEED is set, observe and refresh.

    A lock that another run holds is not a failure, since the next tick catches up.
    """
    config = store.config
    steps: dict[str, Callable[[], object]] = {}
    if config.catch_up_hours:
        steps["score"] = lambda: score.execute(score.Request(), store, datetime.now(UTC))
    if (followed := config.feed) is not None:
        steps["feed"] = lambda: feed.execute(followed, store, datetime.now(UTC))
    steps["observe"] = lambda: observe.execute(store, datetime.now(UTC))
    steps["dbt run"] = lambda: dbt.refresh(store)
    ping.send(config.ping_url, "start")
    failures = [failure for name, step in steps.items() if (failure := _failure(name, step))]
    ping.send(config.ping_url, "fail" if failures else "success")
    for failure in failures:
        print(f"error: {redacted(failure)}", file=sys.stderr)
    return 1 if failures else 0


def _failure(name: str, step: Callable[[], object]) -> str | None:
    """Run a step; returns a sentence for a person if it failed."""
    try:
        step()
    except LockNotAcquired as error:
        log.info("tick.step_not_run", step=name, why=str(error))
    except JobError as error:
        log.error("tick.step_failed", step=name, run_id=error.run_id, error=str(error), exc_info=True)
        return f"{name}: {sentence(error)}"
    except Exception as error:  # whatever it is, the next step is due
        log.error("tick.step_crashed", step=name, error=repr(error), exc_info=True)
        return f"{name}: unexpected {type(error).__name__}: {error}"
    return None
