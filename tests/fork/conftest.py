"""The ways to make the project one's own, followed as the docs describe them."""

import psycopg

from tests.commands.conftest import clean_environment, clock, job, scalar, simulated_file

__all__ = ["clean_environment", "clock", "job", "simulated_file"]


def version_of_the_last_run(database: psycopg.Connection) -> str:
    """The version of the model with which the last run scored."""
    return str(scalar(
        database, "select version from raw.runs inner join raw.models using (model_id) order by run_id desc limit 1"
    ))  # fmt: skip
