"""What `make run` does: set everything up where it is missing, run once, tell what happened."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from job import log
from job.commands import dbt, init_db, report, score, summary, train
from job.config import Config
from job.errors import JobError
from job.store import connection
from job.store.reading import overview


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Database, model, score, marts, report, summary."""
    now = datetime.now(UTC)
    log.configure(config.log_format, quiet_console=True)
    with connection.conninfo(config, "postgres") as administrator:
        if config.embedded:
            with _step("preparing the database"):
                init_db.initialise(config, administrator)
        info = connection.logged_in_as(administrator, config, "writer")
        if train.first_needed(config):
            with _step("training a first model on simulated rides"):
                train.once(train.Request(), config, info, now)
        with _step("scoring every owed window"):
            scored = score.once(score.Request(), config, info, now)
        with _step("building the marts"):
            if dbt.once(["run"], config, info, quiet=True):
                raise JobError("dbt could not build the marts, see above: `python -m job dbt run` shows more")
        with connection.connect(config, info) as database:
            found = overview.overview(database, config, now - timedelta(days=config.first_run_days))
            with _step("drawing the dashboards"):
                page = config.home / "report.html"
                report.once(report.Request(source="simulator"), config, database, page, datetime.now(UTC))
    print("\n".join(summary.lines(scored, found, config, page)))
    return 0


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say on a terminal what takes how long."""
    began = time.monotonic()
    if sys.stderr.isatty():
        print(f"{what} …", end=" ", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # what went wrong gets a line of its own
        raise
    if sys.stderr.isatty():
        print(f"\r\033[K{what}: {time.monotonic() - began:.1f} s", file=sys.stderr)
