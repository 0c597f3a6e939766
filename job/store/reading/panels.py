"""Runs the report's queries on the marts."""

from datetime import datetime
from typing import Any

import psycopg
from psycopg.abc import Params

from job.errors import JobError
from job.rides.source import SourceName

Row = tuple[Any, ...]

BUILD = "Build the marts: `python -m job dbt run`"
NAME_SCHEMA = "Name its schema, as in marts.rides_per_hour"
LIMIT_TIME = "set local statement_timeout = '30s'"
# With its start, by which the report finds the rides of a file of records: a file is scored in one run.
LATEST_SCORED = """
select source, started_at
from marts.job_runs
where command = 'score' and status = 'succeeded' and rides_scored + rides_known > 0
order by run_id desc
limit 1
"""
SOURCES = "select source from raw.sources order by source"
STARTS = """
select min(interval_start), max(interval_start) + interval '2 minutes'
from marts.rides_per_interval
where source = %s and last_scored_at >= %s
"""


class PanelFailed(JobError):
    """PostgreSQL refused a panel's query."""


def limit_time(database: psycopg.Connection) -> None:
    """Cancel statements of the transaction that take longer than 30 seconds."""
    database.execute(LIMIT_TIME)


def query(
    database: psycopg.Connection, statement: str, where: str, parameters: Params | None = None
) -> tuple[tuple[str, ...], list[Row]]:
    """Run a statement and return its columns and rows; `where` describes its purpose in errors.

    Raises PanelFailed if PostgreSQL refuses it, with a remedy if a mart is missing, outdated or without schema.
    """
    try:
        cursor = database.execute(statement.encode(), parameters)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        words = str(error).splitlines()[0]
        raise PanelFailed(f"{where}: {words}. {_remedy(words)}") from error
    except psycopg.Error as error:
        raise PanelFailed(f"{where}: PostgreSQL says: {' '.join(str(error).split())}") from error
    return tuple(column.name for column in cursor.description or ()), cursor.fetchall()


def _remedy(words: str) -> str:
    """What to do about a table or column that PostgreSQL does not find."""
    if words.startswith("relation "):
        return BUILD if "." in words else NAME_SCHEMA
    return BUILD if words.startswith("column ") else "Correct the query"


def latest_scored(database: psycopg.Connection) -> tuple[SourceName, datetime] | None:
    """The source and the start of the latest run that scored rides."""
    _, rows = query(database, LATEST_SCORED, "the latest run")
    return next(iter(rows), None)


def sources(database: psycopg.Connection) -> list[SourceName]:
    """The sources of rides."""
    return [source for (source,) in query(database, SOURCES, "the sources")[1]]


def starts(
    database: psycopg.Connection, source: SourceName, scored_since: datetime
) -> tuple[datetime, datetime] | None:
    """The range of starts of the source's rides that were scored since an instant; None if there are none."""
    _, ((first, last),) = query(database, STARTS, "the range of the rides", (source, scored_since))
    return None if first is None else (first, last)
