"""Make a registered version the production model."""

import argparse

import structlog

from job.config import MODEL_NAME, Config
from job.model import registry
from job.store import connection, migrate, models

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="the version's number in the registry")
    parser.add_argument("--why", default="by hand", help="noted in the history (default: %(default)s)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote, and say what was production before."""
    with connection.conninfo(config) as info:
        before = apply(config, info, arguments.version, arguments.why)
    print(f"{MODEL_NAME} version {arguments.version} is production now; before it was {before or 'none'}")
    return 0


def apply(config: Config, info: dict[str, str], version: str, why: str) -> str | None:
    """Move the alias and note it, under the lock; returns the version that was production before."""
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
    ):
        migrate.require_current(database)
        before = registry.promote(config, version)
        models.note_promotion(database, MODEL_NAME, before, version, why)
    log.info("model.promoted", model=MODEL_NAME, version=version, before=before, why=why)
    return before
