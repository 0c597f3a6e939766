"""How far a feed has been read, and the state of each file of an inbox."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import psycopg

from job.city.following import Pass, Position, Progress
from job.city.inbox import InboxFile
from job.rides.ride import Batch
from job.store.connection import LockLost, writing
from job.store.run import one_line

Kind = Literal["inbox", "data set"]

LOOK = """
insert into raw.feeds (feed, kind)
values (%s, %s)
on conflict (feed) do update set looked_at = clock_timestamp()
"""
CHECKED = """
update raw.feeds
set
    checked_at = statement_timestamp(), error = null,
    ended_at = case when %(at_end)s then statement_timestamp() else ended_at end
where feed = %(feed)s
"""
FAILED = "update raw.feeds set error = %s where feed = %s"
READ = """
update raw.feeds
set
    records = records + %(records)s, newest_start = greatest(newest_start, %(newest_start)s),
    run_id = %(run_id)s
where feed = %(feed)s
"""
PROGRESS = """
select cursor_start, cursor_trip_id, overlap_start, overlap_trip_id, overlap_until, overlap_began_at
from raw.feeds
where feed = %s
"""
MOVE = """
update raw.feeds
set
    cursor_start = %(cursor_start)s, cursor_trip_id = %(cursor_trip_id)s,
    overlap_start = %(overlap_start)s, overlap_trip_id = %(overlap_trip_id)s, overlap_until = %(overlap_until)s,
    overlap_began_at = %(overlap_began_at)s
where feed = %(feed)s
"""
# A version that is being read is read to its end, even if the file has grown, and then the new one from its start.
# Changed permissions are a reason to retry a file that could not be read.
NOTE = """
insert into raw.feed_files as noted (feed, name, size, modified_us, changed_us)
select %(feed)s, name, size, modified_us, changed_us
from unnest(%(name)s::text[], %(size)s::bigint[], %(modified_us)s::bigint[], %(changed_us)s::bigint[])
    as files (name, size, modified_us, changed_us)
on conflict (feed, name) do update
set
    size = excluded.size, modified_us = excluded.modified_us, changed_us = excluded.changed_us,
    seen_at = clock_timestamp(), is_gone = false, was_read = noted.was_read or noted.finished_at is not null,
    attempts = 0, records = 0, rides = 0, finished_at = null, error = null
where
    (noted.finished_at is not null or noted.records = 0)
    and (
        (noted.size, noted.modified_us) != (excluded.size, excluded.modified_us)
        or (noted.error is not null and noted.changed_us != excluded.changed_us)
    )
"""
NOTE_GONE = """
update raw.feed_files
set is_gone = not is_gone
where feed = %(feed)s and is_gone = (name = any(%(name)s))
"""
WAITING = """
select name, records, rides, attempts
from raw.feed_files
where feed = %s and finished_at is null and not is_gone
order by was_read, name collate "C"
"""
BEGIN_FILE = "update raw.feed_files set attempts = attempts + 1 where feed = %s and name = %s"
FORGIVE_FILE = "update raw.feed_files set attempts = attempts - 1 where feed = %s and name = %s and attempts > 0"
MOVE_FILE = """
update raw.feed_files
set records = %(records)s, rides = %(rides)s, attempts = 0, run_id = %(run_id)s
where feed = %(feed)s and name = %(name)s
"""
FINISH_FILE = """
update raw.feed_files
set finished_at = clock_timestamp(), attempts = 0, error = %(error)s, run_id = %(run_id)s
where feed = %(feed)s and name = %(name)s
"""


@dataclass(frozen=True)
class Waiting:
    """A file that is not read to its end: its committed records, the rides among them, and fruitless attempts."""

    name: str
    records: int
    rides: int
    attempts: int


def opened(database: psycopg.Connection, key: str, kind: Kind) -> "Ledger":
    """The feed's ledger, after recording in it that a tick looks at the feed."""
    with writing(database):
        database.execute(LOOK, (key, kind))
    return Ledger(database, key)


@dataclass(frozen=True)
class Ledger:
    """What is recorded about a feed, on a connection that holds the lock."""

    database: psycopg.Connection
    key: str

    def checked(self, at_end: bool) -> None:
        """Record that the feed itself could be read, and whether to its end."""
        with writing(self.database):
            self.database.execute(CHECKED, {"feed": self.key, "at_end": at_end})

    def failed(self, error: Exception) -> None:
        """Record why the feed could not be read, unless the connection is broken."""
        with suppress(psycopg.Error, LockLost), writing(self.database):
            self.database.execute(FAILED, (one_line(str(error)), self.key))

    def add(self, run_id: int, batch: Batch) -> None:
        """Add a batch to what the feed brought, in the batch's transaction."""
        starts = batch.rides["trip_start_timestamp"]
        newest = starts.max().to_pydatetime() if len(starts) else None
        values = {"feed": self.key, "records": batch.read, "newest_start": newest, "run_id": run_id}
        self.database.execute(READ, values)

    def progress(self) -> Progress:
        """How far the data set has been read."""
        row = self.database.execute(PROGRESS, (self.key,)).fetchone()
        assert row is not None  # `opened` inserted it
        start, trip_id, overlap_start, overlap_trip_id, until, began_at = row
        under_way = None if until is None else Pass(Position(overlap_start, overlap_trip_id), until)
        return Progress(None if start is None else Position(start, trip_id), under_way, began_at)

    def move(self, to: Progress) -> None:
        """Move the cursor, in the caller's transaction, which is that of the batch that reaches it."""
        cursor, overlap = to.cursor, to.overlap
        values = {
            "feed": self.key,
            "cursor_start": cursor.start if cursor else None,
            "cursor_trip_id": cursor.trip_id if cursor else None,
            "overlap_start": overlap.after.start if overlap else None,
            "overlap_trip_id": overlap.after.trip_id if overlap else None,
            "overlap_until": overlap.until if overlap else None,
            "overlap_began_at": to.overlap_began_at,
        }
        self.database.execute(MOVE, values)

    def note(self, files: list[InboxFile]) -> list[Waiting]:
        """Record which versions of which files are there; return those to read, new files before changed ones."""
        names = ("name", "size", "modified_us", "changed_us")
        values = {"feed": self.key} | {name: [getattr(file, name) for file in files] for name in names}
        with writing(self.database):
            self.database.execute(NOTE, values)
            self.database.execute(NOTE_GONE, values)
        return [Waiting(*row) for row in self.database.execute(WAITING, (self.key,))]

    def begin_file(self, name: str) -> None:
        """Count an attempt, so that a file that kills the process is given up in the end."""
        with writing(self.database):
            self.database.execute(BEGIN_FILE, (self.key, name))

    def forgive_file(self, name: str) -> None:
        """Take back an attempt that did not fail because of the file, unless the connection is broken."""
        with suppress(psycopg.Error, LockLost), writing(self.database):
            self.database.execute(FORGIVE_FILE, (self.key, name))

    def move_file(self, name: str, run_id: int, records: int, rides: int) -> None:
        """Record how many of the file's records are committed, in the transaction of the batch."""
        values = {"feed": self.key, "name": name, "run_id": run_id, "records": records, "rides": rides}
        self.database.execute(MOVE_FILE, values)

    def finish_file(self, name: str, run_id: int, error: str | None) -> None:
        """Record that the file has been read, or why it could not be; it is read again only when it changes."""
        note = None if error is None else one_line(error)
        with writing(self.database):
            self.database.execute(FINISH_FILE, {"feed": self.key, "name": name, "run_id": run_id, "error": note})
