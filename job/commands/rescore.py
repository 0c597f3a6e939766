"""`score --rescore`: what another version says of past rides, beside what was said then."""

import argparse
import time
from dataclasses import asdict
from datetime import datetime

import structlog

from job import progress
from job.commands import promote
from job.config import MODEL_NAME, Config
from job.errors import UsageError
from job.model.features import inputs
from job.model.predict import predict
from job.registry import registry
from job.rides import times
from job.store import connection
from job.store.raw import batches, models, rides, runs
from job.store.raw.batches import Shadow
from job.store.raw.runs import Figures

log = structlog.get_logger()


def asked(arguments: argparse.Namespace, config: Config) -> int:
    """Ask the version about every ride of the period that it has not been asked about."""
    if not (arguments.start and arguments.end and arguments.model):
        raise UsageError("--rescore needs a period and a version: --from START --to END --model VERSION")
    if arguments.output or arguments.scenario:
        raise UsageError("--rescore takes neither --output nor --scenario: it asks about rides of the database")
    start, end = times.instant("--from", arguments.start), times.instant("--to", arguments.end)
    if end <= start:
        raise UsageError(f"--to {arguments.end} is not after --from {arguments.start}")
    version = promote.number(arguments.model)
    with connection.conninfo(config) as info:
        figures = once(start, end, version, config, info)
    print(
        f"{figures.rides_scored:,} of {figures.records_read:,} rides scored again by {MODEL_NAME} version {version}; "
        f"of {figures.rides_known:,} its prediction was known"
    )
    return 0


def once(start: datetime, end: datetime, version: str, config: Config, info: dict[str, str]) -> Figures:
    """One run: under the lock, recorded, batch by batch; a second one finds everything known."""
    began = time.monotonic()
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
        runs.recorded(database, config, info, "rescore") as run_id,
        progress.shown("rides read") as show,
    ):
        model = registry.load_version(config, version)
        model_id = models.note_model(database, model)
        runs.use_model(database, run_id, model_id, stale=False)
        figures = Figures()
        for batch in rides.between(database, start, end, model_id):
            new = batch[~batch["known"]]
            figures += Figures(records_read=len(batch), rides_scored=len(new), rides_known=len(batch) - len(new))
            shadow = Shadow(model_id, new[["trip_id"]].join(predict(model, inputs(new, config.place))))
            batches.write_shadow(database, run_id, shadow, figures, last=len(batch) < rides.BATCH_RIDES)
            show(figures.records_read)
    log.info(
        "rescore.completed", run_id=run_id, version=version, start=start.isoformat(), end=end.isoformat(),
        **asdict(figures), seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip
    return figures
