"""Go back to the model that was production before this one."""

import argparse

from job.commands import promote
from job.config import Config
from job.errors import JobError
from job.registry.registry import Registry
from job.store import store
from job.store.raw import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the history has what was production before."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote the version that was production before this one."""
    registry = Registry(config)
    with store.opened(config) as opened, opened.locked() as database:
        current = registry.production_version()
        if current is None:
            raise JobError(f"{config.model_name} has no production version: `python -m job promote VERSION` makes one")
        models.complete_promotions(database, config.model_name, current)
        before = models.version_before(database, config.model_name, current)
        if before is None:
            raise JobError(
                f"{config.model_name} version {current} has none before it in the history: "
                "`python -m job promote VERSION` makes another one production"
            )
        promote.move(database, registry, before, f"{models.ROLLBACK}{current}")
    print(f"{config.model_name} version {before} is production again; version {current} is not")
    return 0
