"""Files of the City's records, opened by kind: Parquet, CSV or JSON, plain, .gz or .zst."""

import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet

from job.city import csv_rows, json_rows
from job.errors import JobError, UsageError
from job.rides.ride import RECORD_COLUMNS

BATCH_RECORDS = 65_536
KINDS = (".parquet", ".csv", ".json", ".jsonl", ".ndjson")
PACKED = (".gz", ".zst")
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
PARQUET_BUFFER = 1 << 20
JSON_KEYS_FROM = 1_000  # records, since each names only what it has


@dataclass(frozen=True)
class Opened:
    """Records that can be read.

    columns: type by name as the City's API writes it; none where there are no records.
    sparse: whether a column may be unnamed though records have it, as in JSON.
    tables: the records, at most BATCH_RECORDS together, with those of the columns asked for that they have,
    and ride.MALFORMED where a record is no record.
    """

    columns: dict[str, pa.DataType]
    sparse: bool
    tables: Callable[[Sequence[str]], Iterator[pa.Table]]


def kind(name: str, where: str) -> str:
    """The kind that a file's name tells. Raises UsageError for none that we read."""
    path = PurePosixPath(name.lower())
    suffix = (path.with_suffix("") if path.suffix in PACKED else path).suffix
    if suffix not in KINDS:
        raise UsageError(
            f"{where} is of no kind that can be read: "
            f"its name must end in {', '.join(KINDS)}, then {' or '.join(PACKED)} if packed"
        )
    return suffix


@contextmanager
def opened(path: Path, where: str) -> Iterator[Opened]:
    """Open a file that messages call `where`, and read what it says of its columns.

    Raises UsageError when it is no file, empty, or may not be read; JobError, also while reading, when it is damaged.
    """
    with ExitStack() as stack:
        with _clear_errors(where):
            _require_content(path, where)
            match kind(path.name, where):
                case ".parquet":
                    found = _parquet(path, where, stack)
                case ".csv":
                    found = _csv(path, where)
                case _:
                    found = _json(path, where)
        yield Opened(found.columns, found.sparse, lambda names: _clearly(found.tables(names), where))


def api_names(names: Iterable[str], where: str) -> dict[str, str]:
    """A file's own names by those of the City's API: the export says «Trip Start Timestamp»."""
    own: dict[str, str] = {}
    for name in names:
        ours = name.strip().lower().replace(" ", "_")
        if ours in own and ours in RECORD_COLUMNS:
            raise UsageError(f"{where} has the column {ours} twice: leave one of them")
        own.setdefault(ours, name)
    return own


def _require_content(path: Path, where: str) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"{where} is a directory: name the files in it, such as {where}/*.parquet")
        if path.exists() and not path.is_file():
            raise UsageError(f"{where} is no file on a disk: save the records first, they are read twice")
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise UsageError(
            f"{where} cannot be read ({error.strerror or error}): check its path and permissions"
        ) from error
    if empty:
        raise UsageError(f"{where} is empty: give a file with the City's records")


def _parquet(path: Path, where: str, stack: ExitStack) -> Opened:
    if _compression(path):
        unpacked = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="taxi-"))) / "unpacked.parquet"
        with _stream(path) as source, unpacked.open("wb") as target:
            shutil.copyfileobj(source, target)
        path = unpacked
    # With a buffer a large row group is not held whole.
    file = stack.enter_context(pa.parquet.ParquetFile(path, buffer_size=PARQUET_BUFFER))
    own = api_names(file.schema_arrow.names, where)

    def tables(names: Sequence[str]) -> Iterator[pa.Table]:
        chosen = {name: own[name] for name in names if name in own}
        for batch in file.iter_batches(BATCH_RECORDS, columns=list(chosen.values())):
            yield pa.table({name: batch[column] for name, column in chosen.items()})

    return Opened({name: file.schema_arrow.field(column).type for name, column in own.items()}, False, tables)


def _csv(path: Path, where: str) -> Opened:
    with _stream(path) as stream:
        own = api_names(csv_rows.header(stream), where)
    if not own:
        raise UsageError(f"{where} is empty: give a file with the City's records")

    def tables(names: Sequence[str]) -> Iterator[pa.Table]:
        with _stream(path) as stream:
            yield from csv_rows.tables(stream, {name: own[name] for name in names if name in own}, where)

    return Opened(dict.fromkeys(own, pa.string()), False, tables)


def _json(path: Path, where: str) -> Opened:
    def records() -> Iterator[json_rows.Record | str]:
        with _stream(path) as stream:
            yield from json_rows.records(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace"), where)

    first = list(islice(records(), JSON_KEYS_FROM))
    own = api_names(json_rows.keys(first), where)
    if first and not own:
        raise UsageError(f"{where} is neither a JSON array of objects nor JSON lines: give the City's records")

    def tables(names: Sequence[str]) -> Iterator[pa.Table]:
        return json_rows.tables(records(), {name: own.get(name, name) for name in names})

    return Opened(dict.fromkeys(own, pa.string()), True, tables)


def _compression(path: Path) -> str | None:
    """By content: a server may have unpacked what its name says is packed."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)


def _stream(path: Path) -> pa.NativeFile:
    compression = _compression(path)
    file = pa.OSFile(str(path))
    return pa.CompressedInputStream(file, compression) if compression else file


def _clearly(tables: Iterator[pa.Table], where: str) -> Iterator[pa.Table]:
    with _clear_errors(where):
        yield from _rebatched(tables)


def _rebatched(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of BATCH_RECORDS, the last one smaller: blocks and row groups have sizes of their own."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        while sum(map(len, waiting)) >= BATCH_RECORDS:
            whole = pa.concat_tables(waiting, promote_options="default")
            yield whole.slice(0, BATCH_RECORDS)
            waiting = [whole.slice(BATCH_RECORDS)]
    if any(map(len, waiting)):
        yield pa.concat_tables(waiting, promote_options="default")


@contextmanager
def _clear_errors(where: str) -> Iterator[None]:
    """Say what the file system and the readers found, as one sentence."""
    try:
        yield
    except (pa.ArrowException, OSError, EOFError, csv.Error) as error:
        reason = str(error).strip().splitlines()[0]
        raise JobError(f"{where} is damaged or not of the kind that its name says ({reason}): get it again") from error
