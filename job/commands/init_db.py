"""Create or upgrade roles, schemas and the raw tables, and load dbt's seed. May be run any number of times."""

import argparse

from job.commands import dbt
from job.config import Config
from job.errors import JobError
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
        seed(config, info)
    print(f"database ready; applied: {', '.join(applied) or 'nothing new'}")
    return 0


def initialise(config: Config, info: dict[str, str]) -> list[str]:
    """Create the embedded database if that is what we use, then migrate; returns what was applied."""
    if config.embedded:
        connection.create_database(config, info)
    with connection.connect(config, info) as database, connection.locked(database, config.lock_wait_seconds):
        return migrate.migrate(database, config, info)


def seed(config: Config, info: dict[str, str]) -> None:
    """Load the areas if they are not there, so that a plain `dbt run` is all that the marts need."""
    with connection.connect(config, info) as database:
        there = migrate.has_seed(database)
    if not there and dbt.once(["seed"], config, info, quiet=True):
        raise JobError("dbt could not load its seed, see above: run `python -m job dbt seed`")
