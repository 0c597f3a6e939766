"""What `status` warns of: what is not as it should be, and what to look at. None of it is unhealthy by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from job.store.health import Counts, Failure
from job.store.quality import Drift, Quality

MAX_REJECTED, ENOUGH_RECORDS = 0.5, 100  # of the City's records up to a third are rejected on a usual day
MAX_STALE_MINUTES = 60
COVERAGE = (0.85, 0.95)
MAX_MAE_RATIO = 1.3


@dataclass(frozen=True)
class Facts:
    """What the warnings are made of; quality and drift are None where the marts cannot be read."""

    last_24_hours: Counts
    failing: Sequence[Failure]
    stale_minutes: float | None
    challenger_error: str | None
    quality: Sequence[Quality] | None
    drift: Sequence[Drift] | None


def warnings(facts: Facts) -> Iterator[str]:
    """One sentence each: what, and where to look."""
    for failure in facts.failing:
        yield f"`{failure.command}` failed when it last ran (run {failure.run_id}): {failure.error}"
    yield from _rejected(facts.last_24_hours)
    if facts.stale_minutes is not None and facts.stale_minutes > MAX_STALE_MINUTES:
        yield (
            f"the registry has been away for {facts.stale_minutes:.0f} minutes, and the cached model serves: "
            "look at the server that MLFLOW_TRACKING_URI names"
        )
    if facts.challenger_error:
        yield f"the challenger did not score: {facts.challenger_error}"
    for quality in facts.quality or ():
        yield from _wrong(quality)
    for drift in facts.drift or ():
        yield (
            f"{drift.feature} of the {drift.source} rides has drifted for two days (PSI {drift.psi:.2f}): look at "
            "feature_drift, and train on newer rides if the city has changed"
        )


def _rejected(counts: Counts) -> Iterator[str]:
    if counts.records_read >= ENOUGH_RECORDS and counts.records_rejected > MAX_REJECTED * counts.records_read:
        share = counts.records_rejected / counts.records_read
        yield f"{share:.0%} of the records of 24 hours were rejected: look at the mart rejects for the reasons"


def _wrong(quality: Quality) -> Iterator[str]:
    """Of a day with enough known outcomes."""
    day = f"over the last day of {quality.source} rides ({quality.rides:,} with outcome)"
    if quality.validation_mae is not None and quality.mae > MAX_MAE_RATIO * quality.validation_mae:
        yield (
            f"the mean error is {quality.mae:.2f} min {day}, {quality.mae / quality.validation_mae:.1f} times the "
            "validation's: look at prediction_quality by hour, at feature_drift, and train on newer rides"
        )
    low, high = COVERAGE
    if quality.coverage is not None and not low <= quality.coverage <= high:
        yield (
            f"the 90 % band covered {quality.coverage:.1%} {day}: look at prediction_quality, and train on newer rides"
        )
