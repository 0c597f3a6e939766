"""Writes outcomes as they become known: the simulator's when they are due, the City's with a later record."""

from datetime import datetime

import psycopg

from job.store.binary import Floats, Uuids

OBSERVE = """
with due as (
    select trip_id
    from raw.pending_outcomes
    where batch_id is null and due_at <= %(now)s
    order by due_at
    limit %(at_most)s
),
observed as (
    update raw.pending_outcomes as pending
    set batch_id = %(batch_id)s
    from due
    where pending.trip_id = due.trip_id
    returning pending.trip_id, pending.actual_duration
)
insert into raw.ride_outcomes (trip_id, actual_duration, batch_id)
select trip_id, actual_duration, %(batch_id)s from observed
"""
CORRECT = """
insert into raw.ride_outcomes (trip_id, actual_duration, batch_id)
select given.trip_id, given.actual_duration, %s
from (
    select trip_id, actual_duration from unnest(%b, %b) as unordered (trip_id, actual_duration) order by trip_id
) as given
left join lateral (
    select ride_outcomes.actual_duration
    from raw.ride_outcomes
    where ride_outcomes.trip_id = given.trip_id
    order by ride_outcomes.outcome_id desc
    limit 1
) as newest on true
where newest.actual_duration is distinct from given.actual_duration
"""


def observe(database: psycopg.Connection, batch_id: int, now: datetime, at_most: int) -> int:
    """Write the outcomes that are due and not yet observed, oldest first; return their number."""
    return database.execute(OBSERVE, {"batch_id": batch_id, "now": now, "at_most": at_most}).rowcount


def correct(database: psycopg.Connection, batch_id: int, trip_ids: Uuids, minutes: Floats) -> int:
    """Append the outcomes that are new or differ from the newest one of their ride; return their number."""
    return database.execute(CORRECT, (batch_id, trip_ids, minutes)).rowcount
