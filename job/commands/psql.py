"""Open the database in psql, read-only unless the first argument is --write. Other arguments are passed to psql."""

import argparse
import os
import subprocess

from psycopg.conninfo import make_conninfo

from job.config import Config
from job.store import store

PASSES_ON = True
WRITE = "--write"
INFORMS = ("--help", "-?", "--version", "-V")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run psql and return its exit code.

    Read-only sessions use the role that sees raw tables and marts. With --write, the role is the administrator of the
    embedded server, or PGUSER elsewhere.
    """
    from job import embedded  # only here: the image does not have it

    write = arguments.arguments[:1] == [WRITE]
    if set(INFORMS) & set(arguments.arguments):
        return subprocess.run([str(embedded.psql()), *arguments.arguments], check=False).returncode
    with store.opened(config, "postgres" if write else "writer") as opened:
        info = opened.conninfo
        target = make_conninfo(**info)  # quoted, since TAXI_HOME may contain spaces
        options = "-c search_path=marts,staging,raw,public"
        if not write:
            options += " -c default_transaction_read_only=on"
            if info.get("user", os.environ.get("PGUSER")) == config.role("writer"):  # which cannot see marts
                options += f" -c role={config.role('dbt')}"
        environment = os.environ | {"PGOPTIONS": f"{options} {os.environ.get('PGOPTIONS', '')}"}
        command = [str(embedded.psql()), target, *arguments.arguments[write:]]
        return subprocess.run(command, env=environment, check=False).returncode
