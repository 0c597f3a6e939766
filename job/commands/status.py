"""Last success, what is owed, counts, model; exit code 1 when unhealthy.

Healthy: a scoring run succeeded within UNHEALTHY_AFTER minutes; where windows were scored within a day, one of these.
The rest that is amiss is a warning. Reads raw tables, and the marts of errors and alerts if they can be read.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from job.config import Config
from job.store import connection
from job.store.raw import windows
from job.store.reading import health, quality
from job.store.reading.quality import Alert, Quality
from job.store.reading.warnings import Facts, warnings
from job.store.schema import migrate


@dataclass(frozen=True)
class Status:
    """What `--json` prints; times are UTC, ages minutes."""

    healthy: bool
    last_success: datetime | None
    last_success_age_minutes: float | None
    last_marts_refresh: datetime | None
    windows_owed: int
    windows_skipped: int
    last_24_hours: health.Counts
    model: health.ServedModel | None
    last_failure: health.Failure | None
    quality: list[Quality] | None
    alerts: list[Alert] | None
    warnings: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for a program: one JSON object")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the status; 1 when unhealthy."""
    with connection.conninfo(config) as info, connection.connect(config, info) as database:
        migrate.require_current(database, config.place)
        status = gather(database, config, datetime.now(UTC))
    print(json.dumps(asdict(status), default=datetime.isoformat) if arguments.json else described(status, config))
    return 0 if status.healthy else 1


def gather(database: psycopg.Connection, config: Config, now: datetime) -> Status:
    """The status at this instant."""
    success = health.last_scored(database, now, windows=config.catch_up_hours > 0)
    age = None if success is None else (now - success) / timedelta(minutes=1)
    stale_since = health.stale_since(database)
    facts = Facts(
        last_24_hours=health.counts(database, now),
        failing=health.failing(database, now),
        stale_minutes=None if stale_since is None else (now - stale_since) / timedelta(minutes=1),
        challenger_error=health.challenger_error(database),
        alerts=quality.alerts(database, config, now),
    )
    return Status(
        healthy=age is not None and age <= config.unhealthy_after_minutes,
        last_success=success,
        last_success_age_minutes=None if age is None else round(age, 1),
        last_marts_refresh=health.last_refreshed(database),
        windows_owed=len(windows.owed(database, config, now)),
        windows_skipped=windows.skipped(database, config, now),
        last_24_hours=facts.last_24_hours,
        model=health.served_model(database),
        last_failure=health.last_failure(database),
        quality=quality.quality(database, config, now),
        alerts=None if facts.alerts is None else list(facts.alerts),
        warnings=list(warnings(facts)),
    )


def described(status: Status, config: Config) -> str:
    """The status for a person, a fact a line."""
    failure, counts = status.last_failure, status.last_24_hours
    limit = config.unhealthy_after_minutes
    lines = {
        "health": "healthy" if status.healthy else f"UNHEALTHY: no success within {limit:g} minutes",
        "last success": _when(status.last_success),
        "marts refreshed": _when(status.last_marts_refresh),
        "windows": f"{status.windows_owed:,} owed; {_skipped(status.windows_skipped, config)}",
        "last 24 hours": f"{counts.rides_scored:,} rides scored, {counts.rides_known:,} known, "
        f"{counts.records_rejected:,} records rejected, {counts.failures:,} runs failed",
        "model": _model(status.model) if status.model else "none has scored yet",
    }
    if failure:
        lines["last failure"] = (
            f"{_when(failure.finished_at)}, run {failure.run_id} ({failure.command}): {failure.error}"
        )
    lines["quality"] = _quality(status.quality)
    lines["alerts"] = _alerts(status.alerts)
    told = [*lines.items(), *(("warning", warning) for warning in status.warnings)]
    return "\n".join(f"{name + ':':<17}{fact}" for name, fact in told)


def _quality(sources: list[Quality] | None) -> str:
    if sources is None:
        return "unknown: the mart prediction_quality cannot be read; `python -m job dbt run` builds it"
    return "; ".join(map(_source, sources)) or "unknown: no ride of late has an outcome yet"


def _source(found: Quality) -> str:
    validated = "" if found.validation_mae is None else f" (validated {found.validation_mae:.2f})"
    band = "" if found.coverage is None else f", {found.coverage:.0%} in the 90 % band"
    return f"{found.source}: {found.mae:.2f} min off over {found.rides:,} rides of its last day{validated}{band}"


def _alerts(alerts: list[Alert] | None) -> str:
    if alerts is None:
        return "unknown: the mart alerts_by_day cannot be read; `python -m job dbt run` builds it"
    return (
        ", ".join(f"{found.alert} ({found.source}, {found.subject})" for found in alerts) or "none on the newest days"
    )


def _skipped(windows: int, config: Config) -> str:
    return f"{windows:,} skipped, since they are over {config.catch_up_hours} h old" if windows else "none was skipped"


def _model(model: health.ServedModel) -> str:
    error = "not validated" if model.mae is None else f"{model.mae:.2f} min off on average when validated"
    stale = ", from the cache: the registry was away" if model.stale else ""
    since = f"; since then version {model.promoted_since} was promoted" if model.promoted_since else ""
    return f"{model.name} version {model.version} ({error}){stale}{since}"


def _when(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if time else "never"
