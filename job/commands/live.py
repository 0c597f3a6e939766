"""A tick every two minutes until Ctrl-C: what the container's schedule does, without Docker."""

import argparse
import time
from datetime import UTC, datetime, timedelta

from job.commands import tick
from job.config import Config
from job.simulator import window
from job.store import store

# From the end of a window to its tick.
DELAY = timedelta(seconds=3)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Tick now and after each window; failures are printed and shown by `status`, and do not stop the next tick."""
    with store.opened(config) as opened:
        try:
            while True:
                failed = tick.execute(opened)
                wait = seconds_to_next(datetime.now(UTC))
                print(f"{'a step failed, see above' if failed else 'done'}; next tick in {wait:.0f} s, Ctrl-C ends")
                time.sleep(wait)
        except KeyboardInterrupt:
            print()
            return 0


def seconds_to_next(now: datetime) -> float:
    """From now to shortly after the current window closes."""
    elapsed = timedelta(seconds=(now - DELAY).timestamp() % window.LENGTH.total_seconds())
    return (window.LENGTH - elapsed).total_seconds()
