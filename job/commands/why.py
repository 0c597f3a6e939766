"""Say where a day's errors were larger than expected, if that is more than chance; docs/model.md describes the test.

The default is the source scored last, and its newest day that is over and on which a model has at least 30 outcomes
with an expected error.
"""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, date, datetime

import psycopg

from job.config import Config
from job.errors import JobError, UsageError
from job.model.excess import LEAST_RIDES, Finding
from job.redaction import everywhere, redacted
from job.rides.source import SIMULATOR, SourceName
from job.store import store
from job.store.reading import excess, panels
from job.store.reading.excess import Explained

KINDS = {"city": "city rides", "airport": "airport rides", "empty area": "rides from or to an empty area"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", metavar="DAY", help="a local day, such as 2026-01-31 (default: the newest whole day)")
    parser.add_argument("--source", metavar="NAME", help="source of the rides (default: the one scored last)")
    parser.add_argument("--json", action="store_true", help="for a program: one JSON list, an object per model")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the explanation of the day for each model that scored it."""
    day = None if arguments.day is None else _day(arguments.day)
    with store.opened(config) as opened, opened.reading() as database:
        explained = execute(database, arguments.source, day, datetime.now(UTC))
    if arguments.json:
        print(json.dumps(everywhere([asdict(one) for one in explained])))
    else:
        print(redacted("\n\n".join(map(described, explained))))
    return 0


def execute(
    database: psycopg.Connection, source: SourceName | None, day: date | None, now: datetime
) -> list[Explained]:
    """The explanation of the day, or of the default day. Raises JobError if there is nothing to explain."""
    if source is None:
        latest = panels.latest_scored(database)
        source = latest[0] if latest else SIMULATOR
    chosen = day or excess.newest_day(database, source, now)
    if chosen is None:
        raise JobError(
            f"no day of the source {source} is over and has {LEAST_RIDES} outcomes with an expected error: name a day "
            "with --day, or another --source"
        )
    explained = excess.explained(database, source, chosen)
    if not explained:
        raise JobError(f"no ride of the source {source} on {chosen} is in the marts: name another --day or --source")
    return explained


def described(day: Explained) -> str:
    """The explanation for a person."""
    where = f"{day.day}, {day.source}, {day.model}"
    if day.realised is None or day.expected is None:
        return f"{where}: nothing to compare, since none of {day.rides:,} rides has an outcome and an expected error."
    missing = day.rides - day.rides_compared
    left_out = f" ({missing:,} more have no outcome or no expected error)" if missing else ""
    summary = (
        f"{where}: {day.realised:.2f} minutes off on average instead of the expected {day.expected:.2f}, "
        f"over {day.rides_compared:,} rides{left_out}."
    )
    reasons = [in_words(finding) for finding in day.findings] or [
        "Nothing stands out: no group of rides was further above its expected error than chance explains."
    ]
    return "\n".join([summary, *reasons])


def in_words(finding: Finding) -> str:
    """A sentence about a group of rides that was worse than expected."""
    minutes = f"{finding.realised:.2f} minutes instead of {finding.expected:.2f}, over {finding.rides:,} rides"
    return f"{finding.share:.0%} of the excess came from {group_of(finding)}: {minutes}."


def group_of(finding: Finding) -> str:
    """What the rides of the finding have in common."""
    words = [KINDS[finding.kind] if finding.kind else "rides"]
    if finding.miles:
        words.append(_miles(finding.miles))
    if finding.areas:
        *first, last = finding.areas
        words.append(f"from {', '.join(first)} or {last}" if first else f"from {last}")
    if finding.hours:
        words.append("between {:02}:00 and {:02}:00".format(*finding.hours))
    return " ".join(words) if words != ["rides"] else "all kinds of rides at all hours"


def _miles(named: str) -> str:
    """A range of miles as the mart names it, such as «01 to 02» or «over 20», in words."""
    first, last = named.split(" ", maxsplit=1)[0], int(named.rsplit(" ", maxsplit=1)[-1])
    if first == "over":
        return f"of over {last} miles"
    return f"of {int(first)} to {last} miles" if int(first) else f"of at most {last} mile"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--day {text} is not a day: write it like 2026-01-31") from error
