"""Create or upgrade roles, schemas and the raw tables. May be run any number of times."""

import argparse

from job.config import Config
from job.store import connection
from job.store.schema import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--print-sql", action="store_true", help="print the SQL for somebody else's psql; connect nowhere"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the SQL, or apply it under the lock."""
    if arguments.print_sql:
        print("\n".join(migrate.printed(config)))
        return 0
    with connection.conninfo(config, "postgres") as info:
        applied = initialise(config, info)
    print(f"database ready; applied: {', '.join(applied) or 'nothing new'}")
    return 0


def initialise(config: Config, info: dict[str, str]) -> list[str]:
    """Create the embedded database if that is what we use, then migrate; returns what was applied."""
    if config.embedded:
        connection.create_database(config, info)
    with connection.connect(config, info) as database, connection.locked(database, config.lock_wait_seconds):
        return migrate.migrate(database, config, info)
