"""Create or upgrade roles, schemas and the raw tables. May be run any number of times."""

import argparse

from job.config import Config
from job.store import connection, store
from job.store.schema import migrate
from job.store.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--print-sql", action="store_true", help="print the SQL for somebody else to run in psql; do not connect"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the SQL, or apply it under the lock."""
    if arguments.print_sql:
        print("\n".join(migrate.printed(config)))
        return 0
    with store.opened(config, "postgres") as administrator:
        applied = execute(administrator)
    print(f"database ready; applied: {', '.join(applied) or 'nothing new'}")
    return 0


def execute(store: Store) -> list[str]:
    """Create the embedded database if that is what we use, then migrate; returns what was applied."""
    config, conninfo = store.config, store.conninfo
    if config.embedded:
        connection.create_database(config, conninfo)
    with connection.connect(config, conninfo) as database, connection.locked(database, config.lock_wait_seconds):
        return migrate.migrate(database, config)
