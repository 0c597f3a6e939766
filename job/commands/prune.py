"""Take old rides and rejected records out of raw, once the marts have them for good.

The days that stay are N full days before the day of a source's newest ride; of rejected records, before today.
Ledger, runs and models stay. The marts keep what they say, after a full refresh too, and a ride of a day that was taken
out is rejected from then on, pruned_day.
"""

import argparse
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

import psycopg
import structlog

from job import progress
from job.config import Config
from job.errors import JobError, UsageError
from job.store import connection, pruned
from job.store.raw import runs, windows

log = structlog.get_logger()

MOST_DAYS = 36_500
LATEST_DAYS = 2  # dbt's latest_days: that mart still changes so far back


@dataclass(frozen=True)
class Removed:
    """What is gone of a source, and of how many days; from when on rides stay, and why."""

    source: str
    rides: int
    days: int
    rejected_records: int
    stays: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep-days", type=int, required=True, metavar="N", help="how many days stay")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Prune, and say what is gone."""
    least = 1 + max(LATEST_DAYS, math.ceil(config.catch_up_hours / 24))
    if not least <= arguments.keep_days <= MOST_DAYS:
        raise UsageError(
            f"--keep-days {arguments.keep_days}: give {least} to {MOST_DAYS:,}, for younger days may still change"
        )
    with connection.conninfo(config) as info:
        gone = once(arguments.keep_days, config, info, datetime.now(UTC))
        if config.embedded:  # its server lives for seconds
            with connection.connect(config, connection.logged_in_as(info, config, "postgres")) as administrator:
                pruned.vacuum(administrator)
        for removed in gone:
            print(
                f"{removed.source}: {removed.rides:,} rides of {removed.days:,} day{'s' * (removed.days != 1)} "
                f"and {removed.rejected_records:,} rejected records taken out of raw; {removed.stays}"
            )
    return 0


def once(keep_days: int, config: Config, info: dict[str, str], now: datetime) -> list[Removed]:
    """One run: under the lock, recorded, a day of a source at a time; the next one goes on where one was cut short.

    Raises JobError, and takes out nothing, when a mart lacks something of raw.
    """
    began = time.monotonic()
    with connection.connect(config, info) as database, connection.locked(database, config.lock_wait_seconds):
        _require_final(pruned.marts_behind(database, config))
        with runs.recorded(database, config, info, "prune") as run_id, progress.shown("rides taken out") as show:
            gone = []
            for source in runs.SOURCES:
                first_kept, stays = _first_kept(database, config, source, keep_days, now)
                rides = _shown(pruned.prune_rides(database, run_id, source, first_kept), show)
                rejects = list(
                    pruned.prune_rejects(database, run_id, source, pruned.chicago_day(now) - timedelta(days=keep_days))
                )
                gone.append(Removed(source, sum(rides), len(rides), sum(rejects), stays))
            runs.succeed(database, run_id)
    log.info(
        "prune.completed", run_id=run_id, keep_days=keep_days, removed=[asdict(removed) for removed in gone],
        seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip
    return gone


def _first_kept(
    database: psycopg.Connection, config: Config, source: str, keep_days: int, now: datetime
) -> tuple[date, str]:
    """The first Chicago day of the source that stays, and what makes it so, for a person."""
    newest = pruned.newest_day(database, source, now)
    if newest is None:
        return date.min, "it has no rides"
    limits = [(newest - timedelta(days=keep_days), f"{keep_days} days before its newest ride")]
    if waiting := pruned.first_waiting_day(database, source):
        limits.append((waiting, "an outcome of that day is not known yet"))
    if source == "simulator":
        owed = windows.owed(database, config, now)[:1]
        limits += [(pruned.chicago_day(start), "a window of that day is owed") for start in owed]
    day, why = min(limits)
    return day, f"from {day} on rides stay: {why}"


def _shown(counts: Iterable[int], show: Callable[[int], None]) -> list[int]:
    """The counts, shown as they come."""
    shown: list[int] = []
    for count in counts:
        shown.append(count)
        show(sum(shown))
    return shown


def _require_final(behind: list[str] | None) -> None:
    if behind is None:
        raise JobError(
            "marts.mart_freshness is not there, which tells what is final: run `python -m job dbt build` first"
        )
    if behind:
        raise JobError(f"not everything is in {', '.join(behind)}: run `python -m job dbt run` first")
