"""Rejected records back out of the database, to be parsed again, and marked when they are accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pyarrow as pa

from job.rides.ride import RECORD_COLUMNS

BATCH_RECORDS = 20_000
# A conflicting record parses; what is wrong with it is another one, whose ride is there. A malformed line stands here
# without its file's header: only the file tells what is what in it.
WAITING = """
select rejected_id, payload
from raw.rejected_records
where
    rejected_id > %s
    and replayed_by is null
    and reason not in ('conflicting_record', 'malformed_record')
order by rejected_id
limit %s
"""
MARK = "update raw.rejected_records set replayed_by = %s where rejected_id = any(%s)"


@dataclass(frozen=True)
class Records:
    """Records as they were read: every value as text, columns named as the City names them."""

    rejected_ids: list[int]
    table: pa.Table


def waiting(database: psycopg.Connection) -> Iterator[Records]:
    """Every record that is rejected still, in batches, the oldest first."""
    after = 0
    while rows := database.execute(WAITING, (after, BATCH_RECORDS)).fetchall():
        payloads = [payload for _, payload in rows]
        columns = {name: pa.array([payload.get(name) for payload in payloads], pa.string()) for name in RECORD_COLUMNS}
        rejected_ids = [rejected_id for rejected_id, _ in rows]
        yield Records(rejected_ids, pa.table(columns))
        after = rejected_ids[-1]


def mark(database: psycopg.Connection, run_id: int, rejected_ids: list[int]) -> None:
    """Note which run accepted these records."""
    database.execute(MARK, (run_id, rejected_ids))
