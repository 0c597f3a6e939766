"""The ledger of windows: which are owed, how many were skipped."""

from datetime import datetime, timedelta

import psycopg

from job.config import Config
from job.store.connection import value

# Owed: every closed window without a row, of the last CATCH_UP_HOURS and of the FIRST_RUN_DAYS before the first
# run that scored any, so that a first run that was cut short is completed by the next.
OWED = """
with first_run as (
    select coalesce(min(started_at), %(now)s) as at
    from raw.runs
    where command = 'score' and source = 'simulator' and windows > 0
),
due as (
    select generate_series(
        date_bin('2 minutes', %(now)s - %(catch_up)s, 'epoch') + interval '2 minutes',
        date_bin('2 minutes', %(now)s, 'epoch') - interval '2 minutes',
        '2 minutes'
    ) as window_start
    union
    select generate_series(
        date_bin('2 minutes', at - %(first_run)s, 'epoch') + interval '2 minutes',
        date_bin('2 minutes', at, 'epoch') - interval '2 minutes',
        '2 minutes'
    )
    from first_run
)
select due.window_start
from due
where
    not exists (select from raw.windows where windows.window_start = due.window_start)
order by due.window_start
"""
SKIPPED = """
with first_run as (
    select min(started_at) as at
    from raw.runs
    where command = 'score' and source = 'simulator' and windows > 0
)
select count(*)
from first_run
cross join lateral generate_series(
    date_bin('2 minutes', at, 'epoch'), date_bin('2 minutes', %(now)s - %(catch_up)s, 'epoch'), '2 minutes'
) as due (window_start)
where not exists (select from raw.windows where windows.window_start = due.window_start)
"""


def owed(database: psycopg.Connection, config: Config, now: datetime) -> list[datetime]:
    """The starts (UTC) of the windows to score now, oldest first; none where CATCH_UP_HOURS is 0."""
    if not config.catch_up_hours:
        return []
    return [start for (start,) in database.execute(OWED, _parameters(config, now))]


def skipped(database: psycopg.Connection, config: Config, now: datetime) -> int:
    """How many windows since the first run are too old to be scored any more; none where CATCH_UP_HOURS is 0."""
    if not config.catch_up_hours:
        return 0
    return int(value(database, SKIPPED, _parameters(config, now)))


def _parameters(config: Config, now: datetime) -> dict[str, datetime | timedelta]:
    return {
        "now": now,
        "catch_up": timedelta(hours=config.catch_up_hours),
        "first_run": timedelta(days=config.first_run_days),
    }
