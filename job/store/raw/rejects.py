"""Reads rejected records to parse them again, and marks those that are accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pyarrow as pa

from job.rides.ride import RECORD_COLUMNS
from job.rides.source import SourceName

BATCH_RECORDS = 20_000
# A conflicting record parses, but another record with its trip_id is already a ride. A malformed line cannot be parsed
# without the header of its file.
WAITING = """
select rejected_id, payload
from raw.rejected_records
where
    rejected_id > %s
    and replayed_by is null
    and run_id in (select run_id from raw.runs where source = %s)
    and reason not in ('conflicting_record', 'malformed_record')
order by rejected_id
limit %s
"""
MARK = "update raw.rejected_records set replayed_by = %s where rejected_id = any(%s)"


@dataclass(frozen=True)
class Records:
    """Records as they were read: every value as text, with the City's column names."""

    rejected_ids: list[int]
    table: pa.Table


def waiting(database: psycopg.Connection, source: SourceName) -> Iterator[Records]:
    """Yield the rejected records of a source that can be parsed again, in batches, oldest first."""
    after = 0
    while rows := database.execute(WAITING, (after, source, BATCH_RECORDS)).fetchall():
        payloads = [payload for _, payload in rows]
        columns = {name: pa.array([payload.get(name) for payload in payloads], pa.string()) for name in RECORD_COLUMNS}
        rejected_ids = [rejected_id for rejected_id, _ in rows]
        yield Records(rejected_ids, pa.table(columns))
        after = rejected_ids[-1]


def mark(database: psycopg.Connection, run_id: int, rejected_ids: list[int]) -> None:
    """Record which run accepted these records."""
    database.execute(MARK, (run_id, rejected_ids))
