"""Predictions as a file, with neither database nor lock."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from job import files, progress
from job.model.contract import Model
from job.model.features import inputs
from job.place import Place
from job.rides.ride import Batch
from job.rides.source import SourceName
from job.scoring.batch import predicted
from job.scoring.counted import Tally, require_accepted
from job.store.raw import batches
from job.store.run import Counts

OUTPUT = batches.PREDICTIONS.append(pa.field("model_name", pa.string())).append(pa.field("model_version", pa.string()))


def write(path: Path, records: Iterable[Batch], source: SourceName, model: Model, place: Place) -> tuple[Counts, Tally]:
    """Write a row for each accepted ride: the columns of OUTPUT, with the model's own bands.

    Raises UsageError for a file that is neither .csv nor .parquet, JobError when it cannot be written or when every
    record is rejected; the file is then left as it was.
    """
    counts, tally = Counts(), Tally()
    with files.table_writer(path, OUTPUT) as add_rows, progress.shown("records read") as show:
        for batch in records:
            rows = predicted(model, batch.rides, source, inputs(batch.rides, place), place)
            add_rows(batches.table(rows.assign(model_name=model.name, model_version=model.version), OUTPUT))
            counts += Counts(batch.read, len(batch.rides), batch.repeated, len(batch.rejected))
            tally.add(batch)
            show(counts.records_read)
        require_accepted(counts, tally)
    return counts, tally
