"""The warnings of `status`: what is wrong and where to look. None of them makes the job unhealthy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from job.store.reading.health import Failure, LastDay
from job.store.reading.quality import Alert

MAX_REJECTED, ENOUGH_RECORDS = 0.5, 100  # on an ordinary day up to a third of the City's records are rejected
MAX_STALE_MINUTES = 60
LOOK_AT = {
    "error": "look at prediction_quality by hour, at feature_drift, and train on newer rides",
    "coverage": "look at prediction_quality, and train on newer rides",
    "drift": "look at feature_drift, and train on newer rides if the city has changed",
}


@dataclass(frozen=True)
class Facts:
    """The data behind the warnings; alerts is None if the marts cannot be read."""

    last_day: LastDay
    failing: Sequence[Failure]
    stale_minutes: float | None
    challenger_error: str | None
    alerts: Sequence[Alert] | None
    feed_errors: Sequence[str] = ()


def warnings(facts: Facts) -> Iterator[str]:
    """Yield one sentence per warning: what is wrong and where to look."""
    for failure in facts.failing:
        yield f"`{failure.command}` failed when it last ran (run {failure.run_id}): {failure.error}"
    yield from _rejected(facts.last_day)
    if facts.stale_minutes is not None and facts.stale_minutes > MAX_STALE_MINUTES:
        yield (
            f"the registry has given no model that loads for {facts.stale_minutes:.0f} minutes, and the cached one "
            "serves: look at the server that MLFLOW_TRACKING_URI names, then at the production version"
        )
    for error in facts.feed_errors:
        yield f"the feed: {error}"
    if facts.challenger_error:
        yield f"the challenger did not score: {facts.challenger_error}"
    for alert in facts.alerts or ():
        yield (
            f"{alert.alert} of the {alert.source} rides on {alert.day}, {alert.subject}: {alert.value:.2f}, "
            f"{alert.meaning}; {LOOK_AT.get(alert.alert, 'look at alerts_by_day')}"
        )


def _rejected(counts: LastDay) -> Iterator[str]:
    if counts.records_read >= ENOUGH_RECORDS and counts.records_rejected > MAX_REJECTED * counts.records_read:
        share = counts.records_rejected / counts.records_read
        yield f"{share:.0%} of the records of 24 hours were rejected: look at the mart rejects for the reasons"
