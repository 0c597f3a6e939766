"""Commands in processes that are forked from one that has imported everything, and end at a chosen moment.

Such a process starts in milliseconds, so a fault can be tried hundreds of times.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from tests.forks import CONTEXT, without_interpreters

NOW = datetime(2026, 3, 2, 18, 0, 3, tzinfo=UTC)
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
LIMIT_SECONDS = 200


@dataclass(frozen=True)
class Fault:
    """A signal at the n-th round trip to PostgreSQL (before it, while it is under way, or after it) or after a time."""

    signal: signal.Signals
    round_trip: int = 0
    when: str = "before"
    seconds: float | None = None

    @classmethod
    def drawn(cls, random: Random, round_trips: int, seconds: float) -> "Fault":
        """A random fault for a command with this many round trips and this duration."""
        sent = random.choice(SIGNALS)
        if random.random() < 0.3:
            return cls(sent, seconds=random.uniform(0, seconds))
        return cls(sent, random.randint(1, round_trips), random.choice(["before", "during", "after"]))


@dataclass(frozen=True)
class Done:
    """The result of a command: exit code (negative: the signal), what it printed, round trips, and how long it took."""

    code: int
    printed: str
    round_trips: int
    seconds: float

    @property
    def has_crashed(self) -> bool:
        """Whether it ended with an error that nobody expected."""
        return "command.crashed" in self.printed or "tick.step_crashed" in self.printed

    @property
    def error(self) -> str:
        """Its error messages, of which only a tick has several."""
        lines = self.printed.splitlines()
        return "; ".join(line.removeprefix("error: ") for line in lines if line.startswith("error: "))


@dataclass(frozen=True)
class Started:
    """A command that was started."""

    process: ForkServerProcess
    output: Path
    began: float

    def wait(self, limit: float = LIMIT_SECONDS) -> Done:
        """Its result; a command that does not end fails the test."""
        self.process.join(limit)
        if self.process.exitcode is None:
            self.process.kill()
            pytest.fail(f"it did not end within {limit:g} s:\n{self.output.read_text()}")
        trips = self.output.with_suffix(".trips")
        return Done(
            self.process.exitcode, self.output.read_text(errors="replace"),
            int(trips.read_text() or 0) if trips.exists() else 0,  # empty if it was killed while it wrote the number
            time.monotonic() - self.began,
        )  # fmt: skip


def start(
    arguments: Sequence[str], output: Path, environ: Mapping[str, str], fault: Fault | None = None,
    prepare: Callable[[], None] | None = None,
) -> Started:  # fmt: skip
    """Start a command; `prepare` is called in its process first."""
    began = time.monotonic()
    process = CONTEXT.Process(target=_run, args=(list(arguments), output, dict(environ), fault, prepare))
    process.start()
    return Started(process, output, began)


class Clock(datetime):
    """A clock that stands still, so that a repeated command owes the same windows."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return NOW


def small_batches() -> None:
    """Stop the clock, make batches small, look models up in the command's own process, and leave the marts alone."""
    from job.city import files
    from job.commands import observe, score, tick
    from job.store.raw import rejects, rides

    for module in (score, observe, tick):
        module.datetime = Clock  # type: ignore[attr-defined]
    score.WINDOWS_PER_BATCH = 180
    files.BATCH_RECORDS, rejects.BATCH_RECORDS, rides.BATCH_RIDES, observe.OUTCOMES_PER_BATCH = 150, 20, 300, 400
    without_interpreters(setattr)
    tick.dbt.refresh = lambda *_, **__: None  # type: ignore[assignment]


def _run(
    arguments: list[str], output: Path, environ: dict[str, str], fault: Fault | None,
    prepare: Callable[[], None] | None,
) -> None:  # fmt: skip
    from job.__main__ import main

    os.environ.clear()
    os.environ.update(environ)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(written, 1)
    os.dup2(written, 2)
    if prepare:
        prepare()
    counted = _count_round_trips(fault)
    if fault and fault.seconds is not None:
        _after(fault.seconds, fault.signal)
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    output.with_suffix(".trips").write_text(str(counted[0]))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _count_round_trips(fault: Fault | None) -> list[int]:
    """Count each statement that waits for the server, and send the signal at the chosen one."""
    counted, wait = [0], psycopg.Connection.wait

    def counting(self: Any, *arguments: Any, **named: Any) -> Any:
        counted[0] += 1
        when = fault.when if fault and fault.round_trip == counted[0] else None
        if fault and when == "before":
            os.kill(os.getpid(), fault.signal)
        if fault and when == "during":  # the statement is sent, and its answer perhaps not read
            _after(0.002, fault.signal)
        answer = wait(self, *arguments, **named)
        if fault and when == "after":
            os.kill(os.getpid(), fault.signal)
        return answer

    psycopg.Connection.wait = counting  # type: ignore[method-assign]
    return counted


def _after(seconds: float, sent: signal.Signals) -> None:
    timer = threading.Timer(seconds, os.kill, (os.getpid(), sent))
    timer.daemon = True
    timer.start()
