"""Find the embedded registry's artifacts after TAXI_HOME has moved: MLflow records their absolute addresses."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

RUNS = """
select experiments.artifact_location, runs.run_uuid
from experiments
inner join runs using (experiment_id)
where experiments.artifact_location like 'file:%'
"""
# Every column of MLflow's schema that holds the address of an artifact.
ADDRESSES = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)
REPLACE = """
update {0}
set {1} = :new || substr({1}, length(:old) + 1)
where {1} = :old or substr({1}, 1, length(:old) + 1) = :old || '/'
"""


def follow(database: Path, artifacts: Path) -> None:
    """Replace each recorded folder with `artifacts` if that holds a run of it.

    database: MLflow's SQLite file, with the schema of the installed MLflow.
    """
    with closing(sqlite3.connect(database)) as connection:
        moved = {
            folder
            for folder, run in connection.execute(RUNS)
            if (artifacts / run).is_dir() and not _leads_to(folder, artifacts)
        }
        if moved:
            with connection:
                for folder in moved:
                    replace(connection, folder, artifacts.as_uri())


def replace(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Replace the beginning of all recorded addresses that are the old one or lie below it."""
    for table, column in ADDRESSES:
        connection.execute(REPLACE.format(table, column), {"old": old, "new": new})


def _leads_to(address: str, folder: Path) -> bool:
    return Path(unquote(urlsplit(address).path)).resolve() == folder.resolve()
