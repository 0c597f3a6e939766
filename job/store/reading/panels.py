"""The panels' queries on the marts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg

from job.errors import JobError

Row = tuple[Any, ...]

LIMIT_TIME = "set local statement_timeout = '30s'"
# A file of the City's is scored in one run; the simulator's rides come in by the window.
LATEST_SCORED = """
select source, started_at
from marts.job_runs
where command = 'score' and status = 'succeeded' and rides_scored + rides_known > 0
order by run_id desc
limit 1
"""
STARTS = """
select min(interval_start), max(interval_start) + interval '2 minutes'
from marts.rides_per_interval
where source = %s and last_scored_at >= %s
"""


class PanelFailed(JobError):
    """PostgreSQL refused a panel's query."""


def limit_time(database: psycopg.Connection) -> None:
    """Let no statement of the transaction take longer than 30 seconds."""
    database.execute(LIMIT_TIME)


def query(
    database: psycopg.Connection, statement: str, where: str, parameters: Sequence[object] | None = None
) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows of a statement; `where` names what it is for when PostgreSQL refuses it.

    Raises PanelFailed, with what to do where the marts have not been built, or not since they changed.
    """
    try:
        cursor = database.execute(statement.encode(), parameters)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        words = str(error).splitlines()[0]
        raise PanelFailed(
            f"{where}: {words}. Build the marts: `python -m job dbt run`, after an upgrade with --full-refresh"
        ) from error
    except psycopg.Error as error:
        raise PanelFailed(f"{where}: PostgreSQL says: {' '.join(str(error).split())}") from error
    return tuple(column.name for column in cursor.description or ()), cursor.fetchall()


def latest_scored(database: psycopg.Connection) -> tuple[str, datetime] | None:
    """The source of the latest run that had rides, and when it started."""
    _, rows = query(database, LATEST_SCORED, "the latest run")
    return next(iter(rows), None)


def starts(database: psycopg.Connection, source: str, scored_since: datetime) -> tuple[datetime, datetime] | None:
    """The first and last start among the source's rides that were scored since a time; None when there are none."""
    _, ((first, last),) = query(database, STARTS, "the range of the rides", (source, scored_since))
    return None if first is None else (first, last)
