"""Make a registered version the production model."""

import argparse

import psycopg
import structlog

from job.config import MODEL_NAME, Config
from job.registry import versions
from job.registry.versions import version_number
from job.store import store
from job.store.raw import models
from job.store.store import Store

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="the version's number in the registry")
    parser.add_argument("--why", default="by hand", help="recorded in the history (default: %(default)s)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote, and print which version was production before."""
    version = version_number(arguments.version)
    with store.opened(config) as opened:
        before = execute(version, arguments.why, opened)
    if before == version:
        print(f"{MODEL_NAME} version {version} is production already")
    else:
        print(f"{MODEL_NAME} version {version} is production now; before it was {before or 'none'}")
    return 0


def execute(version: str, why: str, store: Store) -> str | None:
    """Move the alias and record it, under the lock; returns the version that was production before."""
    with store.locked() as database:
        return move(database, store.config, version, why)


def move(database: psycopg.Connection, config: Config, version: str, why: str) -> str | None:
    """The same where the lock is held; a version that is production already is not recorded again."""
    before = versions.production_version(config)
    if before == version:
        return before
    with (
        database.transaction()
    ):  # a promotion that cannot be recorded does not happen, since rollback follows the record
        models.note_promotion(database, MODEL_NAME, before, version, why)
        versions.promote(config, version)
    log.info("model.promoted", model=MODEL_NAME, version=version, before=before, why=why)
    return before
