"""Make a registered version the production model."""

import argparse

import psycopg
import structlog

from job.config import MODEL_NAME, Config
from job.errors import UsageError
from job.registry import versions
from job.store import connection
from job.store.raw import models
from job.store.schema import migrate

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="the version's number in the registry")
    parser.add_argument("--why", default="by hand", help="noted in the history (default: %(default)s)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote, and say what was production before."""
    version = number(arguments.version)
    with connection.conninfo(config) as info:
        before = apply(config, info, version, arguments.why)
    if before == version:
        print(f"{MODEL_NAME} version {version} is production already")
    else:
        print(f"{MODEL_NAME} version {version} is production now; before it was {before or 'none'}")
    return 0


def apply(config: Config, info: dict[str, str], version: str, why: str) -> str | None:
    """Move the alias and note it, under the lock; returns the version that was production before."""
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
    ):
        return move(database, config, version, why)


def move(database: psycopg.Connection, config: Config, version: str, why: str) -> str | None:
    """The same where the lock is held; a version that is production already is not noted again."""
    migrate.require_current(database, config.place)
    before = versions.production_version(config)
    if before == version:
        return before
    with database.transaction():  # a promotion that cannot be noted does not happen: rollback goes by the notes
        models.note_promotion(database, MODEL_NAME, before, version, why)
        versions.promote(config, version)
    log.info("model.promoted", model=MODEL_NAME, version=version, before=before, why=why)
    return before


def number(text: str) -> str:
    """As the registry writes it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"version {text!r} cannot be used: give a version's number in the registry, such as 3")
    return str(int(text))
