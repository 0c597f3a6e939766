"""What a database holds apart from the numbers and times of runs, and what is half done in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg
import pytest

MINUTES = "round(predicted_duration::numeric, 6), round(predicted_low::numeric, 6), round(predicted_high::numeric, 6)"
# What is the same however often a command was interrupted before it completed.
LASTING = {
    "rides": f"select trip_id, source_trip_id, pickup_community_area, dropoff_community_area, trip_start_timestamp, "
    f"fare, trip_total, trip_miles, {MINUTES}, source from raw.ride_predictions",
    "windows": "select window_start, rides from raw.windows",
    "pending outcomes": "select trip_id, actual_duration, due_at from raw.pending_outcomes",
    "outcomes": "select trip_id, actual_duration from raw.ride_outcomes",
    "rejects": "select reason, digest, replayed_by is not null from raw.rejected_records",
    "input counts": "select day, feature, bin, sum(rides) from raw.input_counts group by 1, 2, 3",
    "shadows": f"select trip_id, {MINUTES} from raw.shadow_predictions",
    "files": "select name, records, rides, finished_at is not null from raw.feed_files",
    "promotions": "select name, from_version, to_version from raw.model_promotions",
}
HALF_DONE = """
select format('run %s %s: read %s, scored %s, known %s, rejected %s, windows %s; rows %s, counts %s, windows %s (%s)',
    run_id, command, records_read, rides_scored, rides_known, records_rejected, windows, rows, counted, closed, rides)
from raw.runs
cross join lateral (
    select
        (select count(*) from raw.ride_predictions as p where p.run_id = runs.run_id) as rows,
        (select count(*) from raw.shadow_predictions as s where s.run_id = runs.run_id) as shadows,
        (select count(*) from raw.windows as w where w.run_id = runs.run_id) as closed,
        (select coalesce(sum(w.rides), 0) from raw.windows as w where w.run_id = runs.run_id) as rides,
        (select count(*) from raw.rejected_records as r where r.replayed_by = runs.run_id) as replayed,
        (select coalesce(sum(i.rides), 0) from raw.input_counts as i
            where i.run_id = runs.run_id and feature = 'hour') as counted
) as stored
where run_id > :after and (
    records_read != rides_scored + rides_known + records_rejected
    or command in ('score', 'replay') and (rows != rides_scored or counted != rides_scored)
    or command = 'score' and (closed != windows or windows > 0 and rides != rides_scored + rides_known)
    or command = 'replay' and replayed != rides_scored + rides_known
    or command = 'rescore' and shadows != rides_scored
)
"""
RUNNING = "select format('run %s is still running', run_id) from raw.runs where status = 'running'"

Contents = Mapping[str, tuple[int, str]]


def contents(connection: psycopg.Connection) -> Contents:
    """The number of rows of each kind, and a digest of them."""
    digests = {}
    for name, query in LASTING.items():
        rows = f"select count(*), md5(coalesce(string_agg(r::text, ',' order by r::text), '')) from ({query}) as r"
        digests[name] = connection.execute(rows.encode()).fetchone()
    return digests  # type: ignore[return-value]


def half_done(connection: psycopg.Connection, after: int = 0) -> list[str]:
    """A sentence for each run after this one whose counts differ from its rows."""
    return [sentence for (sentence,) in connection.execute(HALF_DONE.replace(":after", str(after)).encode())]


def running(connection: psycopg.Connection) -> list[str]:
    """A sentence for each run that is still recorded as running."""
    return [sentence for (sentence,) in connection.execute(RUNNING)]


@dataclass
class Tally:
    """How often an attack was tried, and in how many attempts something was lost, doubled or half done."""

    tried: int = 0
    lost: int = 0
    doubled: int = 0
    half_done: int = 0
    after: int = 0  # runs up to this number are not looked at
    notes: list[str] = field(default_factory=list)

    def require(self, condition: bool, note: str) -> None:
        """Add the note unless the condition holds."""
        if not condition:
            self.notes.append(note)

    def look_for_halves(self, connection: psycopg.Connection, attempt: object) -> None:
        """Count the attempt if it left anything half done."""
        if sentences := half_done(connection, self.after):
            self.half_done += 1
            self.notes.append(f"{attempt}: half done: {sentences}")

    def compare(self, expected: Contents, actual: Contents, attempt: object) -> None:
        """Count the attempt if rows are missing, too many or different."""
        different = {name: (expected[name], actual[name]) for name in expected if expected[name] != actual[name]}
        self.lost += any(before[0] >= after[0] for before, after in different.values())
        self.doubled += any(before[0] < after[0] for before, after in different.values())
        self.require(not different, f"{attempt}: expected and found: {different}")

    def require_nothing(self) -> None:
        """Fail the test if any attempt went wrong."""
        if self.notes:
            pytest.fail(f"{self.tried} tried, {len(self.notes)} faults\n" + "\n".join(self.notes[:20]))
