"""The schema of the embedded registry, a SQLite file: created, and brought to the version of the installed MLflow."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

HAS_REVISION = "select count(*) from sqlite_master where name = 'alembic_version'"
REVISION = "select version_num from alembic_version"


def upgrade(database: Path) -> None:
    """Create the file, or upgrade its schema; does nothing if it is current.

    MLflow changes a SQLite schema in steps, and not in one transaction. So a copy is upgraded and then copied back: a
    process that is killed leaves the file as it was. What the file held before an upgrade is kept next to it, in a file
    that is named after the revision. Raises sqlite3.Error, or CommandError of alembic if a newer MLflow wrote the file.
    """
    if _is_current(database):
        return
    with _locked(database.with_name(f".{database.name}.lock")):
        if _is_current(database):  # another process has upgraded it meanwhile
            return
        partial = database.with_name(f".{database.name}.partial")
        partial.unlink(missing_ok=True)
        if _exists(database):
            _copy(database, partial)
        _run_migrations(partial)
        if _exists(database):
            _copy(database, database.with_stem(f"{database.stem}-{_revision(database)}"))
        _copy(partial, database)
        partial.unlink()


def _is_current(database: Path) -> bool:
    from mlflow.store.db.utils import _get_latest_schema_revision

    return _exists(database) and _revision(database) == _get_latest_schema_revision()  # type: ignore[no-untyped-call]


def _exists(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _revision(database: Path) -> str | None:
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute(HAS_REVISION).fetchone()[0]:
            return None
        row = connection.execute(REVISION).fetchone()
    return str(row[0]) if row else None


def _run_migrations(database: Path) -> None:
    from mlflow.db import upgrade as command

    assert command.callback
    command.callback(f"sqlite:///{database}")


def _copy(source: Path, target: Path) -> None:
    """Replace the contents of the target in one transaction."""
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(target)) as writer:
        reader.backup(writer)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process
        yield
