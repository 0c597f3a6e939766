"""Last success, owed windows, counts and model; the exit code is 1 when the job is unhealthy.

Healthy: a scoring run succeeded within UNHEALTHY_AFTER minutes. If windows were scored within a day, only their runs
count. With CATCH_UP_HOURS=0 every run counts, and so does a tick that could read its feed. The settings are those of
the job's last run. Anything else that is wrong is a warning.
"""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from job import exposition, files
from job.commands import why
from job.config import Config
from job.errors import UsageError
from job.redaction import everywhere, redacted
from job.store import store
from job.store.reading import metrics, status
from job.store.reading.excess import Explained
from job.store.reading.feed import Feed, Files
from job.store.reading.health import ServedModel
from job.store.reading.quality import Alert, Quality
from job.store.reading.status import Status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for a program: one JSON object")
    output.add_argument(
        "--prometheus", type=Path, metavar="FILE", help="write metrics for node_exporter to a .prom file; print nothing"
    )


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the status, or write the metrics; 1 when unhealthy."""
    path, now = arguments.prometheus, datetime.now(UTC)
    if path and path.suffix != ".prom":
        raise UsageError(f"{path} would not be read: node_exporter reads files whose names end in .prom")
    with store.opened(config) as opened, opened.reading() as database:
        current = status.gather(database, now)
        exposed = exposition.text(metrics.gather(database, current, now)) if path else ""
        info = database.info
        where = str(config.home) if config.embedded else f"{info.dbname} on {info.host}, port {info.port}"
    if path:
        with files.written_whole(path) as partial:
            partial.write_text(exposed, encoding="utf-8")
        return 0 if current.healthy else 1
    text = (
        json.dumps(everywhere(asdict(current)), default=datetime.isoformat)
        if arguments.json
        else redacted(described(current, where))
    )
    print(text)
    return 0 if current.healthy else 1


def described(status: Status, database: str) -> str:
    """The status for a person, one fact per line; `database` says where the database is."""
    failure, counts = status.last_failure, status.last_24_hours
    unhealthy = f"UNHEALTHY: no success within {status.unhealthy_after_minutes:g} minutes"
    facts = [
        ("health", "healthy" if status.healthy else unhealthy),
        ("database", database),
        ("last success", _when(status.last_success)),
        ("marts refreshed", _when(status.last_marts_refresh)),
        *([("windows", _windows(status))] if status.catch_up_hours else []),
        *(("feed", _feed(feed)) for feed in status.feeds),
        (
            "last 24 hours",
            f"{counts.rides_scored:,} rides scored, {counts.rides_known:,} known, "
            f"{counts.records_rejected:,} records rejected, {counts.failures:,} runs failed",
        ),
        ("model", _model(status.model) if status.model else "none has scored yet"),
    ]
    if failure:
        run = f"run {failure.run_id} ({failure.command})"
        facts.append(("last failure", f"{_when(failure.finished_at)}, {run}: {failure.error}"))
    facts += [("quality", _quality(status.quality)), ("alerts", _alerts(status.alerts))]
    if status.why:
        facts.append(("why", "; ".join(map(_why, status.why)) + " (`python -m job why`)"))
    facts += (("warning", warning) for warning in status.warnings)
    return "\n".join(f"{name + ':':<17}{fact}" for name, fact in facts)


def _quality(sources: list[Quality] | None) -> str:
    if sources is None:
        return "unknown: the mart prediction_quality cannot be read; `python -m job dbt run` builds it"
    return "; ".join(map(_quality_of_source, sources)) or "unknown: no recent ride has an outcome yet"


def _quality_of_source(quality: Quality) -> str:
    references = {"expected": quality.expected_error, "validated": quality.validation_mae}
    compared = ", ".join(f"{name} {minutes:.2f}" for name, minutes in references.items() if minutes is not None)
    facts = [f"{quality.mae:.2f} min off over {quality.rides:,} rides of its last day"]
    facts[0] += f" ({compared})" if compared else ""
    if quality.coverage is not None:
        facts.append(f"{quality.coverage:.0%} in the 90 % band")
    if quality.open_expected_error is not None:
        facts.append(f"{quality.open_expected_error:.2f} min expected for {quality.open_rides:,} rides without outcome")
    return f"{quality.source}: {', '.join(facts)}"


def _alerts(alerts: list[Alert] | None) -> str:
    if alerts is None:
        return "unknown: the mart alerts_by_day cannot be read; `python -m job dbt run` builds it"
    return ", ".join(f"{one.alert} ({one.source}, {one.subject})" for one in alerts) or "none on the newest days"


def _why(day: Explained) -> str:
    groups = ", ".join(map(why.group_of, day.findings))
    return f"{day.source}: on {day.day}, larger errors than expected of {groups}"


def _windows(status: Status) -> str:
    if not status.windows_skipped:
        return f"{status.windows_owed:,} owed; none was skipped"
    skipped = f"{status.windows_skipped:,} skipped, since they are over {status.catch_up_hours} h old"
    return f"{status.windows_owed:,} owed; {skipped}"


def _feed(feed: Feed) -> str:
    how_far = _files(feed.files) if feed.files else f"read up to {feed.cursor or 'nothing'}"
    return (
        f"{feed.kind} {feed.name}: {how_far}, {feed.records_read:,} records; read to its end: "
        f"{_when(feed.last_read_to_end)}; newest ride: {_when(feed.newest_ride_start)}"
    )


def _files(files: Files) -> str:
    newest = f" (last {files.newest})" if files.newest else ""
    since = f" (since {_when(files.waiting_since)})" if files.waiting_since else ""
    read = f"{files.read:,} file{'s' * (files.read != 1)} read{newest}"
    return f"{read}, {files.waiting:,} waiting{since}, {files.failed:,} failed"


def _model(model: ServedModel) -> str:
    error = "not validated" if model.mae is None else f"{model.mae:.2f} min off on average when validated"
    stale = ", from the cache: the registry gave no model that loads" if model.stale else ""
    since = f"; since then version {model.promoted_since} was promoted" if model.promoted_since else ""
    return f"{model.name} version {model.version} ({error}){stale}{since}"


def _when(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if time else "never"
