"""Write everything that the embedded installation holds into one file: the database, the registry and its models.

Commands that only read may run meanwhile. A tick waits for the backup, or leaves its work to the next tick.
"""

import argparse
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import psycopg

from job import files
from job.config import Config
from job.errors import UsageError
from job.registry import saved
from job.store import connection, dump, store
from job.store.schema import migrate

FORMAT = 1
ABOUT, ROLES, DATABASE = "about.json", "roles.sql", "database.dump"


@dataclass(frozen=True)
class About:
    """Where a backup comes from, and what `restore` compares; postgres: the server's major version."""

    format: int
    made_at: str
    code_version: str
    role_prefix: str
    postgres: int
    migrations: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the .zip to write; it must not exist")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Write the file whole or not at all."""
    path = arguments.file
    require_embedded(config, "backup")
    if not (config.home / "postgres").exists():
        raise UsageError(f"TAXI_HOME {config.home} holds no database: there is nothing to back up")
    if path.exists():
        raise UsageError(f"{path} exists and is not overwritten: name another file, or remove it")
    with (
        store.opened(config, "postgres") as administrator,
        administrator.connected() as database,
        connection.locked(database, config.lock_wait_seconds),
        files.written_whole(path) as partial,
    ):
        _write(partial, database, config)
    size = path.stat().st_size
    print(f"{path}: {size / 1e6:,.1f} MB; {_contents(config)}")
    return 0


def require_embedded(config: Config, command: str) -> None:
    """Raise UsageError on a server of the user's own, which has its own backups."""
    if not config.embedded:
        raise UsageError(
            f"{command} is for the embedded PostgreSQL, and PGHOST or the like selects your own: "
            "docs/backup.md says how to back up and restore that"
        )


def _write(path: Path, database: psycopg.Connection, config: Config) -> None:
    about = About(
        format=FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        code_version=config.code_version,
        role_prefix=config.role_prefix,
        postgres=database.info.server_version // 10_000,
        migrations=sorted(migrate.applied(database)),
    )
    path.touch(mode=0o600)  # it holds every ride, and the passwords of roles if they have any
    with path.open("wb") as file:
        with ZipFile(file, "w", strict_timestamps=False) as archive:
            archive.writestr(ABOUT, json.dumps(asdict(about), indent=1))
            with archive.open(ROLES, "w") as roles:
                dump.write_roles(database, roles)
            with archive.open(DATABASE, "w", force_zip64=True) as data:
                dump.write(database, data)
            if config.artifact_root:
                saved.save(config.home, archive)
        os.fsync(file.fileno())


def _contents(config: Config) -> str:
    if config.artifact_root:
        return "the database, and the registry with its models"
    return "the database; MLFLOW_TRACKING_URI names a registry, which is not in it"
