"""`score --output`: predictions as a file, with neither database nor lock."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from job import files, progress
from job.config import Config
from job.model.features import inputs
from job.registry import registry
from job.rides.ride import Batch
from job.scoring.batch import predicted
from job.store.raw import batches
from job.store.raw.runs import Figures

OUTPUT = batches.PREDICTIONS.append(pa.field("model_name", pa.string())).append(pa.field("model_version", pa.string()))


def write(path: Path, records: Iterable[Batch], source: str, config: Config) -> tuple[Figures, Counter[str]]:
    """The same rows as the table's, the model's name and version beside them; figures, and rejects by reason."""
    model = registry.load(config).model
    figures, reasons = Figures(), Counter[str]()
    with files.table_writer(path, OUTPUT) as add_rows, progress.shown("records read") as show:
        for batch in records:
            rows = predicted(model, batch.rides, source, inputs(batch.rides, config.place))
            add_rows(batches.table(rows.assign(model_name=model.name, model_version=model.version), OUTPUT))
            figures += Figures(batch.read, len(batch.rides), batch.repeated, len(batch.rejected))
            reasons.update(batch.rejected["reason"])
            show(figures.records_read)
    return figures, reasons
