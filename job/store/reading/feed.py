"""The feeds that ticks read: how far they have been read, and how late they are."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

# Those that were looked at within an hour of the last tick: the others may no longer be named by FEED.
FEEDS = """
select
    feed,
    kind,
    checked_at as last_checked,
    ended_at as last_read_to_end,
    error,
    records as records_read,
    newest_start as newest_ride_start,
    cursor_start as cursor
from raw.feeds
where
    looked_at >= coalesce(
        (select max(runs.started_at) - interval '1 hour' from raw.runs where runs.command = 'observe'), looked_at
    )
order by feed
"""
FILES = """
select
    count(*) filter (where finished_at is not null and error is null) as read,
    count(*) filter (where finished_at is null and not is_gone) as waiting,
    min(seen_at) filter (where finished_at is null and not is_gone) as waiting_since,
    count(*) filter (where error is not null and not is_gone) as failed,
    (array_agg(name order by finished_at desc) filter (where finished_at is not null and error is null))[1] as newest
from raw.feed_files
where feed = %s
"""
ERRORS = """
select error
from raw.feed_files
where feed = %s and error is not null and not is_gone
order by finished_at desc
limit 3
"""


@dataclass(frozen=True)
class Files:
    """The files of an inbox: how many were read, are waiting and failed; the file that was read last."""

    read: int
    waiting: int
    waiting_since: datetime | None
    failed: int
    newest: str | None


@dataclass(frozen=True)
class _Row:
    feed: str
    kind: str
    last_checked: datetime | None
    last_read_to_end: datetime | None
    error: str | None
    records_read: int
    newest_ride_start: datetime | None
    cursor: str | None


@dataclass(frozen=True)
class Feed:
    """An inbox with its files, or a data set with its cursor, which is wall clock.

    last_checked: when a tick last read it without a failure of the feed itself. errors: of the feed, then of the
    files that failed last.
    """

    name: str
    kind: str
    last_checked: datetime | None
    last_read_to_end: datetime | None
    records_read: int
    newest_ride_start: datetime | None
    cursor: str | None
    files: Files | None
    errors: list[str]


def feeds(database: psycopg.Connection) -> list[Feed]:
    """The feeds that ticks read."""
    return [_feed(database, row) for row in database.cursor(row_factory=class_row(_Row)).execute(FEEDS).fetchall()]


def _feed(database: psycopg.Connection, row: _Row) -> Feed:
    is_inbox = row.kind == "inbox"
    files = database.cursor(row_factory=class_row(Files)).execute(FILES, (row.feed,)).fetchone()
    errors = [error for (error,) in database.execute(ERRORS, (row.feed,))]
    return Feed(
        name=row.feed if is_inbox else row.feed.partition("#")[0],
        kind=row.kind,
        last_checked=row.last_checked,
        last_read_to_end=row.last_read_to_end,
        records_read=row.records_read,
        newest_ride_start=row.newest_ride_start,
        cursor=row.cursor,
        files=files if is_inbox else None,
        errors=[row.error, *errors] if row.error else errors,
    )
