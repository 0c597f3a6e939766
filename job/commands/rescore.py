"""Let another version of the model predict past rides; its predictions are stored next to the production model's.

Rides that the version has predicted before are left alone, so running it again is a no-op.
"""

import argparse
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from job import progress
from job.config import Config
from job.errors import UsageError
from job.model.features import inputs
from job.model.predict import predict
from job.registry.registry import Registry, version_number
from job.rides import times
from job.store import store
from job.store.raw import batches, models, rides
from job.store.raw.batches import Shadow
from job.store.run import Counts
from job.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True)
class Request:
    """A version of the model, and the period in which the rides started: from `start` until before `end`."""

    version: str
    start: datetime
    end: datetime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", metavar="VERSION", help="the version's number in the registry")
    parser.add_argument(
        "--from", dest="start", metavar="START", required=True,
        help="start, such as 2026-01-31 or 2026-01-31T08:00Z; without an offset it is local to the place",
    )  # fmt: skip
    parser.add_argument("--to", dest="end", metavar="END", required=True, help="rides that started before it")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Rescore, and print how many rides."""
    request = Request(
        version=version_number(arguments.version),
        start=times.instant("--from", arguments.start, config.place.tzinfo),
        end=times.instant("--to", arguments.end, config.place.tzinfo),
    )
    if request.end <= request.start:
        raise UsageError(f"--to {arguments.end} is not after --from {arguments.start}")
    with store.opened(config) as opened:
        counts = execute(request, opened)
    print(
        f"{counts.rides_scored:,} of {counts.records_read:,} rides scored again by {config.model_name} version "
        f"{request.version}; {counts.rides_known:,} had its prediction already"
    )
    return 0


def execute(request: Request, store: Store) -> Counts:
    """One run, batch by batch."""
    place = store.config.place
    # Before the run: a mistyped number is not a failed run.
    model = Registry(store.config).load_version(request.version)
    with store.run("rescore") as run, progress.shown("rides read") as show:
        model_id = models.note_model(run.database, model)
        run.use_model(model_id, stale=False)
        for batch in rides.between(run.database, request.start, request.end, model_id):
            new = batch[~batch["known"]]
            predictions = predict(model, inputs(new, place), place)
            shadow = Shadow(model_id, new[["trip_id"]].join(predictions))
            with run.batch() as batch_id:
                batches.write_shadow(run, batch_id, shadow)
                run.counts += Counts(len(batch), len(new), len(batch) - len(new))
            show(run.counts.records_read)
    log.info(
        "rescore.completed", run_id=run.run_id, seconds=run.seconds, version=request.version,
        start=request.start.isoformat(), end=request.end.isoformat(), **asdict(run.counts),
    )  # fmt: skip
    return run.counts
