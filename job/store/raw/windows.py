"""Reads the ledger of windows."""

from datetime import datetime

import psycopg

from job.config import Config

OWED = "select raw.owed_windows(%s, %s, %s)"


def owed(database: psycopg.Connection, config: Config, now: datetime) -> list[datetime]:
    """The starts (UTC) of the windows to score now, oldest first; none if CATCH_UP_HOURS is 0."""
    parameters = (now, config.catch_up_hours, config.first_run_days)
    return [start for (start,) in database.execute(OWED, parameters)]
