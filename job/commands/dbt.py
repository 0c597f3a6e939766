"""Run dbt in dbt_project/ with the job's connection and lock. All arguments are passed to dbt."""

import argparse
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryFile

import psycopg
import structlog

from job.config import ROOT, Config
from job.environment import for_dbt
from job.errors import JobError, UsageError
from job.store import session, store
from job.store.store import Store

log = structlog.get_logger()

PASSES_ON = True
PROJECT = ROOT / "dbt_project"
# Not the program `dbt`: in the image that is a wrapper of this command, which would call itself.
# The garbage collector is set as in job/__main__.py.
DBT = "import gc; gc.set_threshold(50_000); from dbt.cli.main import cli; cli(prog_name='dbt')"
# Commands that refresh the marts are recorded as runs. All commands take the lock, except those that do not connect,
# and `debug` and `docs`: with the lock, `dbt docs serve` would block every tick.
RECORDED = ("run", "build", "retry")
LOCKED = ("clone", "compile", "freshness", "run-operation", "seed", "show", "snapshot", "source", "test")
UNLOCKED = ("debug", "docs")
OFFLINE = ("deps", "list", "ls", "parse")
INFORMS = ("--help", "-h", "--version")
# What a tick adds while the views are not due. One thread: each further connection costs more than it saves.
WITHOUT_VIEWS = ("--exclude", "config.materialized:view", "--threads", "1", "--no-write-json")
VIEWS_LAST = timedelta(hours=1)
# At dbt's default level, a tick would add a quarter of a megabyte of debugging messages to its log.
WARNINGS_ONLY = ("--log-level-file", "warn")
# The record of the last whole build, and the number of views that are there now.
WHOLE_BUILD = """
select pg_catalog.concat_ws(
    ' ',
    pg_catalog.obj_description(pg_catalog.to_regnamespace('staging'), 'pg_namespace'),
    (
        select count(*) from pg_catalog.pg_class
        where
            relkind = 'v' and pg_catalog.pg_has_role(relowner, 'member')
            and relnamespace in (pg_catalog.to_regnamespace('staging'), pg_catalog.to_regnamespace('marts'))
    )
)
"""
ROOM = 4 << 20  # bytes; about what dbt writes for the project


class DbtFailed(JobError):
    """dbt ended with an exit code other than 0."""

    def __init__(self, arguments: Sequence[str], exit_code: int) -> None:
        super().__init__(f"dbt {' '.join(arguments)} ended with exit code {exit_code}: dbt's own output says why")
        self.exit_code = exit_code


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run dbt. Help and version need no database."""
    if not arguments.arguments or set(INFORMS) & set(arguments.arguments):
        return _dbt(arguments.arguments, config, os.environ, quiet=False)
    with store.opened(config) as opened:
        execute(arguments.arguments, opened)
    return 0


def refresh(store: Store) -> None:
    """Run dbt for a tick: every mart, and the views unless a recent build of the same project had them all."""
    execute(["run", *WARNINGS_ONLY], store, quiet=True, views_if_due=True)


def execute(arguments: Sequence[str], store: Store, quiet: bool = False, views_if_due: bool = False) -> None:
    """Run dbt once, under the lock unless the command needs none, and recorded if it refreshes marts.

    quiet: print errors only. Raises DbtFailed with dbt's exit code if that is not 0.
    """
    _make_folders(store.config)
    commands = (*RECORDED, *LOCKED, *UNLOCKED, *OFFLINE)
    command = next((argument for argument in arguments if argument in commands), None)
    if command in RECORDED and _target(arguments) == "dev":
        raise UsageError(
            "the target dev is for a login of your own, not the job's: run dbt itself, as CONTRIBUTING.md describes "
            "under «Try it on real data»"
        )
    with ExitStack() as stack:
        variables: Mapping[str, str] = os.environ
        if command in RECORDED:
            run = stack.enter_context(store.run("dbt"))
            variables = session.variables(run.database)
            if views_if_due and not _views_are_due(run.database):
                arguments = [*arguments, *WITHOUT_VIEWS]
        elif command in UNLOCKED:
            with store.connected() as database:
                variables = session.variables(database)
        elif command not in OFFLINE:
            variables = session.variables(stack.enter_context(store.locked()))
        if code := _dbt(arguments, store.config, variables, quiet):
            raise DbtFailed(arguments, code)
    if command in RECORDED:
        log.info("dbt.completed", run_id=run.run_id, seconds=run.seconds, arguments=list(arguments))


def _target(arguments: Sequence[str]) -> str | None:
    """The target that dbt's own arguments name."""
    parser = argparse.ArgumentParser("dbt", add_help=False, allow_abbrev=False)
    parser.add_argument("--target", "-t")
    target: str | None = parser.parse_known_args(arguments)[0].target
    return target


def _dbt(arguments: Sequence[str], config: Config, variables: Mapping[str, str], quiet: bool) -> int:
    # -I ignores Python's variables. UTF-8, because dbt opens some files in the locale's encoding.
    command = [sys.executable, "-I", "-X", "utf8", "-c", DBT, *(["--quiet"] if quiet else []), *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment(config, variables), check=False).returncode


def _views_are_due(database: psycopg.Connection) -> bool:
    """Whether views may be missing or outdated; dbt_project/macros/whole_build.sql records when they were not."""
    try:
        version, built, views, present = str(session.value(database, WHOLE_BUILD)).split()
        age, missing = datetime.now(UTC) - datetime.fromisoformat(built), int(views) - int(present)
    except (ValueError, TypeError):  # no record yet, or somebody else's comment
        return True
    return version != _project_version() or missing > 0 or not timedelta() <= age < VIEWS_LAST


def _project_version() -> str:
    """A digest of the project's files and their names; unlike the commit, it changes with every edit."""
    digest = hashlib.sha256()
    for path in (PROJECT / "dbt_project.yml", *sorted(PROJECT.glob("m*/**/*.*"))):  # macros, models
        if path.is_file():
            digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _make_folders(config: Config) -> None:
    """Make the folders that dbt writes to, because dbt fails without a message if they are full or read-only."""
    variables = environment(config, os.environ)
    for name in ("DBT_TARGET_PATH", "DBT_LOG_PATH"):
        folder = PROJECT / variables[name]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=folder).close()
            if shutil.disk_usage(folder).free < ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise UsageError(
                f"{variables[name]} cannot be written: {error.strerror or error}. "
                f"Set TAXI_HOME, or {name}, to a folder that can"
            ) from error


def environment(config: Config, variables: Mapping[str, str]) -> dict[str, str]:
    """The environment for dbt: those variables that it may see, the project, its version, and writable folders."""
    defaults = {
        "DBT_TARGET_PATH": str(config.home / "dbt" / "target"),
        "DBT_LOG_PATH": str(config.home / "dbt" / "logs"),
    }
    settings = {
        "DBT_PROJECT_DIR": str(PROJECT),
        "DBT_PROFILES_DIR": str(PROJECT),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "ROLE_PREFIX": config.role_prefix,
        "PROJECT_VERSION": _project_version(),
    }
    return defaults | for_dbt(variables) | settings
