"""The cron's: score what is owed, observe what is due, refresh the marts; a step that fails does not stop the next."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from job import ping
from job.commands import dbt, observe, score
from job.config import Config
from job.errors import JobError, LockNotGot
from job.store import connection

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the cron says when, the ledger says what."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Every step once; 1 if any failed. Nothing is scored where CATCH_UP_HOURS is 0."""
    with connection.conninfo(config) as info:
        return once(config, info)


def once(config: Config, info: dict[str, str]) -> int:
    """Score, observe and refresh; a lock that another run holds is no failure, the next tick catches up."""
    steps: dict[str, Callable[[], object]] = {
        "score": lambda: score.once(score.Request(), config, info, datetime.now(UTC)) and 0,
        "observe": lambda: observe.once(config, info, datetime.now(UTC)) and 0,
        "dbt run": lambda: dbt.once(["run"], config, info, quiet=True),
    }
    if not config.catch_up_hours:
        del steps["score"]
    ping.send(config.ping_url, "start")
    code = max([_step(name, step) for name, step in steps.items()])
    ping.send(config.ping_url, "fail" if code else "success")
    return code


def _step(name: str, step: Callable[[], object]) -> int:
    try:
        return 1 if step() else 0
    except LockNotGot as error:
        log.info("tick.step_not_run", step=name, why=str(error))
        return 0
    except JobError as error:
        log.error("tick.step_failed", step=name, error=str(error), exc_info=True)
        return 1
    except Exception as error:  # whatever it is, the next step is due
        log.error("tick.step_crashed", step=name, error=repr(error), exc_info=True)
        return 1
