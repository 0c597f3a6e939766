"""An inbox: a folder in which files of the City's records appear. Nothing in it is ever changed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from job.city import reading
from job.city.files import LocalFile
from job.city.reading import SCORING
from job.errors import JobError, UsageError
from job.place import Place
from job.rides.duplicates import Seen, resolve
from job.rides.ride import Batch, parse
from job.rides.source import SourceName

log = structlog.get_logger()

TEMPORARY = (".tmp", ".part", ".crdownload", "~")
SETTLED = timedelta(seconds=10)  # a file that was modified more recently may still be being written


@dataclass(frozen=True)
class InboxFile:
    """A version of a file in the inbox. Another size or modification time means that its content was replaced.

    name: as text that PostgreSQL can store. Times are microseconds since 1970, because a file's may be beyond those of
    datetime; changed_us also changes with the permissions.
    """

    name: str
    path: Path
    size: int
    modified_us: int
    changed_us: int

    @property
    def label(self) -> str:
        """What messages call it."""
        return storable(str(self.path))

    def is_settled(self, now: datetime) -> bool:
        """Whether its modification time is at least SETTLED ago, or as far in the future."""
        age = now.timestamp() * 1_000_000 - self.modified_us
        return abs(age) >= SETTLED / timedelta(microseconds=1)


def listing(folder: Path) -> list[InboxFile]:
    """The files directly in the folder in the order of their names, without hidden and temporary ones.

    Raises JobError if the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            files = [entry for entry in entries if _is_wanted(entry.name) and entry.is_file()]
        listed = [_listed(entry) for entry in files]
    except OSError as error:
        reason = error.strerror or error
        raise JobError(
            f"the inbox {folder} cannot be read ({reason}): check FEED, that it is mounted, and its permissions"
        ) from error
    return sorted((file for file in listed if file), key=lambda file: file.name)


def batches(
    file: InboxFile, place: Place, source: SourceName, already_read: int, at_most: int, *, as_wall_clock: bool = False
) -> Iterator[Batch]:
    """At most `at_most` of the file's records after the first `already_read`, in batches.

    Duplicates are resolved within these batches, so that a later file can correct an earlier one.

    `source` and `as_wall_clock` are those of `ride.parse`. Raises UsageError or JobError where the file is not one of
    the City's records or is damaged.
    """
    if file.label != str(file.path):  # some formats' readers accept only UTF-8
        raise UsageError(f"{file.label} has a name that is not UTF-8: rename it")
    local_file = LocalFile.parse(file.path, place, file.label)
    local_file.check(SCORING)
    seen, first, end = Seen(), 0, already_read + at_most
    for table in local_file.tables(replace(SCORING, as_wall_clock=as_wall_clock)):
        start, stop = (min(max(bound - first, 0), len(table)) for bound in (already_read, end))
        if start < stop:
            records, position = table.slice(start, stop - start), first + start + 1
            batch = resolve(parse(records, place, position, as_wall_clock, source), records, position, seen)
            if batch.has_instants and first <= already_read:
                how_read = reading.how_read(file.label, place, "FEED_WALL_CLOCK=yes")
                log.warning("start_times.read_as_instants", source=file.label, how_read=how_read)
            yield batch
        first += len(table)
        if first >= end:
            return


def storable(name: str) -> str:
    """A file's name as text that PostgreSQL can store: a byte that is not UTF-8 becomes its hexadecimal number."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(TEMPORARY)


def _listed(entry: os.DirEntry[str]) -> InboxFile | None:
    try:
        stat = entry.stat()
    except FileNotFoundError:  # it was removed a moment ago
        return None
    return InboxFile(
        storable(entry.name), Path(entry.path), stat.st_size, stat.st_mtime_ns // 1000, stat.st_ctime_ns // 1000
    )
