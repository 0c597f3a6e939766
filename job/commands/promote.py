"""Make a registered version the production model."""

import argparse

import psycopg
import structlog

from job.config import MODEL_NAME, Config
from job.errors import UsageError
from job.registry.registry import Registry
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
        before = apply(Registry(config), info, version, arguments.why)
    if before == version:
        print(f"{MODEL_NAME} version {version} is production already")
    else:
        print(f"{MODEL_NAME} version {version} is production now; before it was {before or 'none'}")
    return 0


def apply(registry: Registry, info: dict[str, str], version: str, why: str) -> str | None:
    """Take the lock, move the alias and record it; return the version that was production before."""
    with (
        connection.connect(registry.config, info) as database,
        connection.locked(database, registry.config.lock_wait_seconds),
    ):
        return move(database, registry, version, why)


def move(database: psycopg.Connection, registry: Registry, version: str, why: str) -> str | None:
    """Do the same for a caller that holds the lock. A version that is production already is not recorded again."""
    migrate.require_current(database)
    before = registry.production_version()
    if before == version:
        return before
    with database.transaction():  # rollback relies on the history: a promotion that cannot be recorded must not happen
        models.note_promotion(database, MODEL_NAME, before, version, why)
        registry.promote(version)
    log.info("model.promoted", model=MODEL_NAME, version=version, before=before, why=why)
    return before


def number(text: str) -> str:
    """As the registry writes it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"version {text!r} cannot be used: give a version's number in the registry, such as 3")
    return str(int(text))
