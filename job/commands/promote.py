"""Make a registered version the production model."""

import argparse
from contextlib import suppress

import psycopg
import structlog

from job.config import Config
from job.registry.client import NoSuchModel, RegistryAway
from job.registry.registry import BACKTEST, Registry, version_number
from job.store import store
from job.store.connection import writing
from job.store.raw import models
from job.store.store import Store

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="the version's number in the registry")
    parser.add_argument("--why", default="by hand", help="recorded in the history (default: %(default)s)")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Promote, and print which version was production before, and what the newest backtest said."""
    version = version_number(arguments.version)
    registry = Registry(config)
    with store.opened(config) as opened:
        before = execute(version, arguments.why, opened, registry)
    if before == version:
        print(f"{config.model_name} version {version} is production already")
    else:
        print(f"{config.model_name} version {version} is production now; before it was {before or 'none'}")
        with suppress(RegistryAway, NoSuchModel):  # the promotion is done
            _quote_backtest(version, registry)
    return 0


def _quote_backtest(version: str, registry: Registry) -> None:
    quoted = registry.tags(version).get(BACKTEST)
    print(f"its newest backtest: {quoted}" if quoted else "it has no backtest, which compares it on past rides")


def execute(version: str, why: str, store: Store, registry: Registry) -> str | None:
    """Move the alias and record it, under the lock; return the version that was production before."""
    with store.locked() as database:
        return move(database, registry, version, why)


def move(database: psycopg.Connection, registry: Registry, version: str, why: str) -> str | None:
    """Like `execute`, for a caller that holds the lock. A version that is production already is not recorded again."""
    name, before = registry.model_name, registry.production_version()
    if before:
        models.complete_promotions(database, name, before)
    if before == version:
        return before
    # Rollback relies on the record, so a promotion that cannot be recorded must not happen.
    with writing(database):
        models.note_promotion(database, name, before, version, why)
        registry.promote(version)
    log.info("model.promoted", model=name, version=version, before=before, why=why)
    return before
