"""dbt in dbt_project/, on the job's own connection and under its lock; all arguments are dbt's."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

import structlog

from job.config import ROOT, Config
from job.errors import UsageError
from job.store import connection
from job.store.raw import runs

log = structlog.get_logger()

PASSES_ON = True
PROJECT = ROOT / "dbt_project"
# Not the program named dbt: where that is a name for this command, it would call itself.
DBT = "from dbt.cli.main import cli; cli(prog_name='dbt')"
# What writes leaves a run's record, by this name; of the rest, what changes nothing goes without the lock, or
# `dbt docs serve` would keep every tick waiting.
RECORDED = {"run": "dbt", "build": "dbt", "retry": "dbt"}
LOCKED = ("clone", "compile", "freshness", "run-operation", "seed", "show", "snapshot", "source", "test")
UNLOCKED = ("debug", "deps", "docs", "list", "ls", "parse")
INFORMS = ("--help", "-h", "--version")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run dbt; its exit code is ours. What only tells about dbt needs no database."""
    if not arguments.arguments or set(INFORMS) & set(arguments.arguments):
        return _dbt(arguments.arguments, config, {}, quiet=False)
    with connection.conninfo(config) as info:
        return once(arguments.arguments, config, info)


def once(arguments: Sequence[str], config: Config, info: dict[str, str], quiet: bool = False) -> int:
    """One dbt invocation, under the lock unless it changes nothing, recorded when it writes; `quiet`: errors only."""
    _make_places(config)
    command = next((argument for argument in arguments if argument in (*RECORDED, *LOCKED, *UNLOCKED)), None)
    if command in UNLOCKED:
        return _dbt(arguments, config, info, quiet)
    with (
        connection.connect(config, info) as database,
        connection.locked(database, config.lock_wait_seconds),
    ):
        if command not in RECORDED:
            return _dbt(arguments, config, info, quiet)
        with runs.recorded(database, config, info, RECORDED[command]) as run_id:
            code = _dbt(arguments, config, info, quiet)
            if code:
                runs.fail(database, run_id, f"dbt {' '.join(arguments)} ended with exit code {code}")
            else:
                runs.succeed(database, run_id)
    (log.error if code else log.info)("dbt.completed", run_id=run_id, arguments=list(arguments), exit_code=code)
    return code


def _dbt(arguments: Sequence[str], config: Config, info: dict[str, str], quiet: bool) -> int:
    command = [sys.executable, "-c", DBT, *(["--quiet"] if quiet else []), *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment(config, info), check=False).returncode


def _make_places(config: Config) -> None:
    """Where dbt cannot write it fails without a word."""
    where = environment(config, {})
    for name in ("DBT_TARGET_PATH", "DBT_LOG_PATH"):
        try:
            (PROJECT / where[name]).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"{where[name]} cannot be written: {error.strerror or error}. "
                f"Set TAXI_HOME, or {name}, to a folder that can"
            ) from error


def environment(config: Config, info: dict[str, str]) -> dict[str, str]:
    """Libpq's variables for the job's own connection, and places that dbt may write to."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    defaults = {
        "DBT_PROFILES_DIR": str(PROJECT),
        "DBT_TARGET_PATH": str(config.home / "dbt" / "target"),
        "DBT_LOG_PATH": str(config.home / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    settings = {"ROLE_PREFIX": config.role_prefix} | {names[key]: value for key, value in info.items()}
    return defaults | os.environ | settings
