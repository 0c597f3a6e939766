"""Go back to the model that was production before this one."""

import argparse

from job.commands import promote
from job.config import MODEL_NAME, Config
from job.errors import JobError
from job.registry.registry import Registry
from job.store import connection
from job.store.raw import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: what was production before is in the history."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote the version that was production before this one."""
    registry = Registry(config)
    with (
        connection.conninfo(config) as info,
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
    ):
        now = registry.production_version()
        if now is None:
            raise JobError(f"{MODEL_NAME} has no production version: `python -m job promote VERSION` makes one")
        before = models.version_before(database, MODEL_NAME, now)
        if before is None:
            raise JobError(
                f"{MODEL_NAME} version {now} has none before it in the history: "
                "`python -m job promote VERSION` makes another one production"
            )
        promote.move(database, registry, before, f"{models.ROLLBACK}{now}")
    print(f"{MODEL_NAME} version {before} is production again; version {now} is not")
    return 0
