"""Real rides: the City's records parsed into batches, with duplicates resolved across all sources of a run."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from job.city.header import Purpose
from job.city.sources import Source, names
from job.errors import JobError
from job.place import Place
from job.rides.columns import column, numbers, text
from job.rides.duplicates import Seen, resolve
from job.rides.ride import RECORD_COLUMNS, REQUIRED, Batch, parse

LABELS, MONEY_LABELS = ("taxi_id", "company"), ("extras", "tolls", "tips")
SCORING = Purpose(RECORD_COLUMNS, REQUIRED, older_form=False)
LEARNING = Purpose((*RECORD_COLUMNS, *LABELS, *MONEY_LABELS), (*REQUIRED, "trip_seconds"), older_form=True)


def batches(sources: Sequence[Source], place: Place) -> Iterator[Batch]:
    """The records of each source in turn, in batches of at most BATCH_RECORDS, with positions that count from 1.

    Local files that cannot be scored raise UsageError at once. The iterator raises UsageError for an address with
    unsuitable columns, and JobError for a source that is damaged or does not answer.
    """
    return (batch for _, batch in _read(sources, SCORING, place))


def labelled_trips(sources: Sequence[Source], place: Place) -> pd.DataFrame:
    """All rides with a usable duration: RIDE_COLUMNS, actual_duration (minutes), LABELS, MONEY_LABELS (US dollars).

    Accepts the older form too. Raises as `batches` does, and JobError if there is no such ride.
    """
    trips: list[pd.DataFrame] = []
    reasons: Counter[str] = Counter()
    for records, batch in _read(sources, LEARNING, place):
        trips.append(_labelled(records, batch))
        reasons.update(batch.rejected["reason"])
        reasons["without a usable duration"] += len(batch.rides) - len(trips[-1])
    if not any(map(len, trips)):
        why = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count) or "no records"
        raise JobError(
            f"{names(sources)}: no ride to learn from ({why}): "
            f"give records with miles and a duration of up to {place.max_minutes:g} minutes"
        )
    return pd.concat(trips, ignore_index=True)


def _read(sources: Sequence[Source], purpose: Purpose, place: Place) -> Iterator[tuple[pa.Table, Batch]]:
    """Check all sources, then return an iterator over them."""
    for source in sources:
        source.check(purpose)
    return _parsed(sources, purpose, place)


def _parsed(sources: Sequence[Source], purpose: Purpose, place: Place) -> Iterator[tuple[pa.Table, Batch]]:
    """Each batch with the records that it was parsed from."""
    seen = Seen()
    for source in sources:
        position = 1
        for records in source.tables(purpose):
            yield records, resolve(parse(records, place, position), records, position, seen)
            position += len(records)


def _labelled(records: pa.Table, batch: Batch) -> pd.DataFrame:
    rides = batch.rides.join(batch.outcomes["actual_duration"], how="inner")
    rows = pa.array(rides.index.to_numpy())
    for name in LABELS:
        rides[name] = text(column(records, name).take(rows)).to_pandas().array
    for name in MONEY_LABELS:
        dollars, _ = numbers(column(records, name).take(rows))
        rides[name] = np.where(np.isfinite(dollars), dollars, np.nan)
    return rides
