"""The embedded registry in a backup: its database, copied by SQLite while others use it, and the artifacts."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

DATABASE, ARTIFACTS = "mlflow.db", "mlartifacts"


def save(home: Path, archive: ZipFile) -> None:
    """Add the registry of a TAXI_HOME, if it has one.

    The database comes first: the artifacts of every version in it have been written by then.
    """
    if not (home / DATABASE).exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, DATABASE)
        with closing(sqlite3.connect(home / DATABASE)) as reader, closing(sqlite3.connect(copy)) as writer:
            reader.backup(writer)
        archive.write(copy, DATABASE)
    for path in sorted((home / ARTIFACTS).rglob("*")):
        if path.is_file():
            archive.write(path, path.relative_to(home))


def members(archive: ZipFile) -> Iterator[str]:
    """The names of the registry's files in the backup."""
    return (name for name in archive.namelist() if name == DATABASE or name.startswith(f"{ARTIFACTS}/"))
