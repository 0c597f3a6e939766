"""Real rides: the City's records from files, patterns and addresses, in batches."""

import glob
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pyarrow as pa

from job.city import api, files, older_export
from job.city.files import Opened
from job.errors import JobError, UsageError
from job.place import Place
from job.rides.columns import can_be_number, can_be_text, can_be_time, column, numbers, text
from job.rides.duplicates import Seen, resolve
from job.rides.ride import RECORD_COLUMNS, REQUIRED, Batch, parse

LABELS, MONEY_LABELS = ("taxi_id", "company"), ("extras", "tolls", "tips")
TEXTS = ("trip_id", *LABELS)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# JSON names only what a record has: any of the others may be empty in all that is looked at.
NEVER_EMPTY = ("trip_id", "trip_start_timestamp", "trip_seconds")


@dataclass(frozen=True)
class _Wanted:
    """Columns to read where there are such, those that must be there, and whether the older form will do."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    older: bool


SCORED = _Wanted(RECORD_COLUMNS, REQUIRED, older=False)


def find(sources: Sequence[str]) -> list[str]:
    """Paths and addresses to read, patterns replaced by the files that they match.

    Local files are looked at. Raises UsageError for a source that is none, JobError for a file that breaks off.
    """
    return _found(sources, SCORED)


def read(found: Sequence[str], token: str | None, place: Place) -> Iterator[Batch]:
    """The records of what was found, in batches of at most BATCH_RECORDS of one of them.

    A position counts the records of one source. The iterator raises JobError where one breaks off or does not answer.
    """
    return (batch for _, batch in _batches(found, token, SCORED, place))


def labelled_trips(sources: list[str], token: str | None, place: Place) -> pd.DataFrame:
    """All rides with a usable duration: RIDE_COLUMNS, actual_duration (minutes), LABELS, MONEY_LABELS (US dollars).

    Reads the older form too. Raises as `find` and `read` do, and JobError where there is no such ride.
    """
    wanted = _Wanted((*RECORD_COLUMNS, *LABELS, *MONEY_LABELS), (*REQUIRED, "trip_seconds"), older=True)
    found = _found(sources, wanted)
    trips: list[pd.DataFrame] = []
    reasons: Counter[str] = Counter()
    for records, batch in _batches(found, token, wanted, place):
        trips.append(_labelled(records, batch))
        reasons.update(batch.rejected["reason"])
        reasons["without a usable duration"] += len(batch.rides) - len(trips[-1])
    if not any(map(len, trips)):
        why = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count) or "no records"
        raise JobError(
            f"{' '.join(sources)}: no ride to learn from ({why}): "
            f"give records with miles and a duration of up to {place.max_minutes:g} minutes"
        )
    return pd.concat(trips, ignore_index=True)


def _labelled(records: pa.Table, batch: Batch) -> pd.DataFrame:
    rides = batch.rides.join(batch.outcomes["actual_duration"], how="inner")
    rows = pa.array(rides.index.to_numpy())
    for name in LABELS:
        rides[name] = text(column(records, name).take(rows)).to_pandas().array
    for name in MONEY_LABELS:
        dollars, _ = numbers(column(records, name).take(rows))
        rides[name] = np.where(np.isfinite(dollars), dollars, np.nan)
    return rides


def _batches(
    found: Sequence[str], token: str | None, wanted: _Wanted, place: Place
) -> Iterator[tuple[pa.Table, Batch]]:
    """Each batch beside the records that it was made of."""
    seen = Seen()
    for source in found:
        position = 1
        with _opened(source, token) as opened:
            older = _check(opened, source, wanted)
            for records in opened.tables(wanted.columns):
                present = older_export.as_present(records, source, position) if older else records
                yield present, resolve(parse(present, place, position), present, position, seen)
                position += len(records)


def _found(sources: Sequence[str], wanted: _Wanted) -> list[str]:
    """As `find` says; so that what is wrong with the last file is said before the first one is read."""
    found: list[str] = []
    for source in sources:
        if SCHEME.match(source):
            _check_address(source)
            found.append(source)
        elif glob.has_magic(source) and not os.path.exists(source):
            matches = sorted(path for path in glob.glob(source, recursive=True) if not Path(path).is_dir())
            if not matches:
                raise UsageError(f"no file matches {source}: check the pattern")
            found += matches
        else:
            found.append(source)
    for source in found:
        if not SCHEME.match(source):
            with _opened(source, None) as opened:
                _check(opened, source, wanted)
    return found


def _check_address(source: str) -> None:
    try:
        parts = urlsplit(source)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"{source} cannot be read: give a path, or an http:// or https:// address")
    if api.is_api(source):
        api.query(source)
    else:
        files.kind(parts.path, api.shown(source))


@contextmanager
def _opened(source: str, token: str | None) -> Iterator[Opened]:
    if not SCHEME.match(source):
        with files.opened(Path(source), source) as opened:
            yield opened
    elif api.is_api(source):
        yield api.opened(source, token)
    else:
        # Named as it is there, since the name tells the kind.
        with tempfile.TemporaryDirectory(prefix="taxi-") as folder:
            target = Path(folder, Path(urlsplit(source).path).name)
            api.download(source, target)
            with files.opened(target, api.shown(source)) as opened:
                yield opened


def _check(opened: Opened, source: str, wanted: _Wanted) -> bool:
    """Whether it is the older form. Raises UsageError when a column is not there or of no use."""
    where = api.shown(source) if SCHEME.match(source) else source
    older = older_export.is_older(opened.columns)
    if older and not wanted.older:
        raise UsageError(f"{where} is in the older form, without trip_id: only `train` and `calibrate` read that")
    if not opened.columns:
        return False
    required = [name for name in wanted.required if not (opened.sparse and name not in NEVER_EMPTY)]
    missing = [name for name in required if name not in opened.columns and not (older and name == "trip_id")]
    if missing:
        raise UsageError(f"{where} has no {', '.join(missing)}: give the City's records, with {', '.join(required)}")
    for name, kind in opened.columns.items():
        if name in wanted.columns and not _fits(name, kind, older):
            raise UsageError(f"{where} has a {name} of type {kind}, which cannot be read: give it as text")
    return older


def _fits(name: str, kind: pa.DataType, older: bool) -> bool:
    """Whether a column's type can hold what its name says."""
    decoded = kind.value_type if pa.types.is_dictionary(kind) else kind
    if name == "trip_start_timestamp" and not older:
        return can_be_time(decoded)
    return can_be_text(decoded) if name in TEXTS else can_be_number(decoded)
