"""Open the database in psql, read-only unless the first argument is --write. Other arguments are passed to psql."""

import argparse
import os
import subprocess

import psycopg

from job.config import Config
from job.store import session, store

PASSES_ON = True
WRITE = "--write"
INFORMS = ("--help", "-?", "--version", "-V")
PERSONAL = ("PGAPPNAME", "PGCLIENTENCODING", "PGDATESTYLE", "PGTZ")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run psql and return its exit code.

    Read-only sessions use the role that sees raw tables and marts. With --write, the role is the administrator of the
    embedded server, or PGUSER elsewhere.
    """
    from job import embedded  # only here: the image does not have it

    write = arguments.arguments[:1] == [WRITE]
    if set(INFORMS) & set(arguments.arguments):
        return subprocess.run([str(embedded.program("psql")), *arguments.arguments], check=False).returncode
    with store.opened(config, "postgres" if write else "writer") as opened:
        with opened.connected() as database:
            environment = _environment(config, database, write)
        command = [str(embedded.program("psql")), *arguments.arguments[write:]]
        return subprocess.run(command, env=environment, check=False).returncode


def _environment(config: Config, database: psycopg.Connection, write: bool) -> dict[str, str]:
    """Variables that name the server of the open connection, but keep the person's settings and terminal encoding."""
    options = ["-c search_path=marts,staging,raw", session.given("options")]
    if not write:
        options.append("-c default_transaction_read_only=on")
        if database.info.user == config.role("writer"):  # which cannot see marts
            options.append(f"-c role={config.role('dbt')}")
    variables = session.variables(database) | {"PGOPTIONS": " ".join(options)}
    for name in PERSONAL:
        variables.pop(name, None)
        if value := os.environ.get(name):
            variables[name] = value
    return variables
