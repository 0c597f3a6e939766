"""The job's status as metrics: what `status --prometheus` writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import psycopg

from job.exposition import Metric
from job.store.reading import quality
from job.store.reading.quality import Quality
from job.store.reading.status import Status

# Rides of `rescore` are not counted: they were scored earlier.
RECORDS = """
select
    source,
    sum(records_read)::bigint,
    sum(rides_scored)::bigint,
    sum(rides_known)::bigint,
    sum(records_rejected)::bigint
from raw.runs
where source is not null and command != 'rescore'
group by source
order by source
"""
# Both states of each command, because Prometheus does not see the increase of a counter that begins with 1.
RUNS = """
select
    command,
    count(*) filter (where status = 'succeeded') as succeeded,
    count(*) filter (where status = 'failed') as failed
from raw.runs
group by command
order by command
"""
STEPS = """
select steps.command, extract(epoch from runs.finished_at - runs.started_at)::float8
from unnest(array['score', 'observe', 'dbt']) as steps (command)
cross join lateral (
    select started_at, finished_at
    from raw.runs
    where runs.command = steps.command and status = 'succeeded'
    order by finished_at desc
    limit 1
) as runs
"""
# The newest whole day of each source; where several models scored it, the largest index.
DRIFT = """
select source, feature, max(psi)::float8
from (
    select source, feature, psi, day, max(day) over (partition by source) as newest_day
    from marts.feature_drift
    where source = any(%s) and psi is not null
) as days
where day = newest_day
group by source, feature
order by source, feature
"""

SECONDS_PER_MINUTE = 60  # the marts have minutes


def gather(database: psycopg.Connection, status: Status, now: datetime) -> Iterator[Metric]:
    """Yield the metrics of this status, given the connection that it was gathered on."""
    yield from _health(status)
    yield from _records(database)
    yield Metric(
        "taxi_last_run_duration_seconds", "gauge", "Duration of the last run of a step that succeeded.",
        [({"command": command}, seconds) for command, seconds in database.execute(STEPS)],
    )  # fmt: skip
    yield from _model(status)
    yield from _quality(status.quality or ())
    recent = quality.sources(database, now)
    drift = quality.attempted(database, lambda: database.execute(DRIFT, (recent,))) or ()
    yield Metric(
        "taxi_feature_drift_psi", "gauge", "Population stability index of a feature on its newest whole day.",
        [({"source": source, "feature": feature}, psi) for source, feature, psi in drift],
    )  # fmt: skip


def _health(status: Status) -> Iterator[Metric]:
    success, refresh = _seconds(status.last_success), _seconds(status.last_marts_refresh)
    yield _gauge("taxi_healthy", "Whether the exit code of status is 0.", int(status.healthy))
    yield _gauge("taxi_last_success_timestamp_seconds", "When a scoring run last succeeded.", success)
    yield _gauge("taxi_last_marts_refresh_timestamp_seconds", "When dbt last refreshed the marts.", refresh)
    yield _gauge("taxi_windows_owed", "Closed windows that are still to be scored.", status.windows_owed)
    yield _gauge("taxi_windows_skipped", "Closed windows that became too old to be scored.", status.windows_skipped)
    yield _gauge("taxi_warnings", "Warnings of status.", len(status.warnings))
    starts = {feed.name: feed.newest_ride_start.timestamp() for feed in status.feeds if feed.newest_ride_start}
    yield Metric(
        "taxi_feed_newest_ride_timestamp_seconds", "gauge", "When the newest ride of a feed started.",
        [({"feed": name}, start) for name, start in starts.items()],
    )  # fmt: skip


def _records(database: psycopg.Connection) -> Iterator[Metric]:
    meanings = {
        "taxi_records_read_total": "Records read.",
        "taxi_rides_scored_total": "Rides scored.",
        "taxi_rides_known_total": "Records of rides that had been scored before.",
        "taxi_records_rejected_total": "Records rejected.",
    }
    rows = database.execute(RECORDS).fetchall()
    for column, (name, meaning) in enumerate(meanings.items(), start=1):
        yield Metric(name, "counter", meaning, [({"source": row[0]}, row[column]) for row in rows])
    runs = [
        ({"command": command, "status": status}, count)
        for command, *counts in database.execute(RUNS)
        for status, count in zip(("succeeded", "failed"), counts, strict=True)
    ]
    yield Metric("taxi_runs_total", "counter", "Completed runs.", runs)


def _model(status: Status) -> Iterator[Metric]:
    if model := status.model:
        labels = {"name": model.name, "version": model.version}
        yield Metric("taxi_model_info", "gauge", "The model of the last successful scoring.", [(labels, 1)])
        yield _gauge("taxi_model_stale", "Whether that model came from the cache.", int(model.stale))


def _quality(sources: Sequence[Quality]) -> Iterator[Metric]:
    yield Metric(
        "taxi_prediction_error_seconds", "gauge", "Mean absolute error over the last day with outcomes.",
        [({"source": one.source}, one.mae * SECONDS_PER_MINUTE) for one in sources],
    )  # fmt: skip
    yield Metric(
        "taxi_prediction_expected_error_seconds", "gauge", "Error that the model expects for these rides.",
        [
            ({"source": one.source}, one.expected_error * SECONDS_PER_MINUTE)
            for one in sources
            if one.expected_error is not None
        ],
    )  # fmt: skip
    yield Metric(
        "taxi_prediction_band_coverage_ratio", "gauge", "Share of these rides within the 90 % band.",
        [({"source": one.source}, one.coverage) for one in sources],
    )  # fmt: skip
    yield Metric(
        "taxi_prediction_outcomes", "gauge", "Rides of that day whose outcome is known.",
        [({"source": one.source}, one.rides) for one in sources],
    )  # fmt: skip


def _gauge(name: str, meaning: str, value: float | None) -> Metric:
    return Metric(name, "gauge", meaning, [({}, value)])


def _seconds(time: datetime | None) -> float | None:
    return None if time is None else time.timestamp()
