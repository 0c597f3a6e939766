"""Restore a file of `backup` into an empty TAXI_HOME; the job, MLflow and PostgreSQL may be newer than the backup's.

The dump is executed as the database's administrator: restore only files of your own.
"""

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from job.commands import backup, init_db
from job.commands.backup import ABOUT, DATABASE, ROLES, About
from job.config import Config
from job.errors import JobError, UsageError
from job.registry import client, saved
from job.registry.registry import Registry
from job.store import connection, dump, store
from job.store.schema import former, migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Restore everything, or leave TAXI_HOME empty."""
    path = arguments.file
    backup.require_embedded(config, "restore")
    if not path.is_file():
        raise UsageError(f"{path} is not a file: name one that `backup` wrote")
    try:
        with ZipFile(path) as archive:
            about = _about(path, archive)
            _require_usable(about, config)
            if broken := archive.testzip():
                raise JobError(f"{path} is damaged: {broken} does not match its checksum. Use another backup")
            with _staged(config.home) as staged:
                _restore(archive, about, replace(config, home=staged))
    except BadZipFile as error:
        raise JobError(f"{path} is damaged, or not a backup: {error}") from error
    version = Registry(config).production_version() if config.artifact_root else None
    print(f"{config.home}: the backup of {about.made_at}, made by {about.code_version}")
    print(f"production model: {f'version {version} of {config.model_name}' if version else 'none'}")
    return 0


def _about(path: Path, archive: ZipFile) -> About:
    try:
        described = json.loads(archive.read(ABOUT))
        if described["format"] == backup.FORMAT:
            return About(**described)
    except (KeyError, ValueError, TypeError) as error:
        raise JobError(f"{path} is damaged, or not a backup: it does not describe itself") from error
    raise UsageError(f"{path} has a format that this version does not know: install {described.get('code_version')}")


def _require_usable(about: About, config: Config) -> None:
    """Raise UsageError unless TAXI_HOME is empty, ROLE_PREFIX is the same, and this version knows the migrations."""
    if config.home.exists() and any(config.home.iterdir()):
        raise UsageError(f"TAXI_HOME {config.home} is not empty: set TAXI_HOME to a new folder, or empty this one")
    if about.role_prefix != config.role_prefix:
        raise UsageError(f"the backup was made with ROLE_PREFIX={about.role_prefix!r}: set it to the same")
    if former.is_too_old(about.migrations):
        raise UsageError(
            f"the backup is from before 0.1.0: check out commit {former.LAST_VERSION}, restore the backup there, make "
            "a new one, and restore that with this version"
        )
    if newer := set(about.migrations) - migrate.available() - set(former.NAMES):
        raise UsageError(
            f"the backup has {', '.join(sorted(newer))}, which this version lacks: install {about.code_version}, which "
            "made it, or a newer version"
        )


@contextmanager
def _staged(home: Path) -> Iterator[Path]:
    """Yield a folder whose contents are moved to `home` when the block succeeds, and deleted when it fails."""
    staged = home / ".restoring"
    try:
        staged.mkdir(parents=True)
        yield staged
        for path in sorted(staged.iterdir()):
            path.rename(home / path.name)
        staged.rmdir()
    except OSError as error:
        raise JobError(f"TAXI_HOME {home} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree((staged / "postgres").resolve(), ignore_errors=True)  # for root, this may be a link
        shutil.rmtree(staged, ignore_errors=True)


def _restore(archive: ZipFile, about: About, config: Config) -> None:
    """Restore into an empty TAXI_HOME. Raises JobError."""
    archive.extractall(config.home, saved.members(archive))
    if config.artifact_root:
        client.prepare(config.home)  # says so if a newer MLflow wrote it
    with store.opened(config, "postgres") as administrator:
        connection.create_database(config, administrator.conninfo)
        with administrator.connected() as database:
            if about.postgres > (ours := database.info.server_version // 10_000):
                raise UsageError(f"the backup was made by PostgreSQL {about.postgres}, and this is {ours}")
            with archive.open(ROLES) as roles:
                dump.restore_roles(database, roles)
            with archive.open(DATABASE) as data:
                dump.restore(database, data)
        init_db.execute(administrator)
