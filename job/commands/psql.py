"""Open the database in psql, reading only; `--write` first, to change it. All other arguments are psql's."""

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
    """Run psql until the person leaves it; its exit code is ours.

    Reading: as the role that sees raw tables and marts. Writing: embedded as the administrator, else as PGUSER is.
    """
    from job import embedded  # the wheel's psql, which the image does not have

    write = arguments.arguments[:1] == [WRITE]
    if set(INFORMS) & set(arguments.arguments):
        return subprocess.run([str(embedded.psql()), *arguments.arguments], check=False).returncode
    with store.opened(config, "postgres" if write else "writer") as opened:
        info = opened.conninfo
        target = make_conninfo(**info)  # quoted: TAXI_HOME may have spaces
        options = "-c search_path=marts,staging,raw,public"
        if not write:
            options += " -c default_transaction_read_only=on"
            if info.get("user", os.environ.get("PGUSER")) == config.role("writer"):  # who alone does not see marts
                options += f" -c role={config.role('dbt')}"
        environment = os.environ | {"PGOPTIONS": f"{options} {os.environ.get('PGOPTIONS', '')}"}
        command = [str(embedded.psql()), target, *arguments.arguments[write:]]
        return subprocess.run(command, env=environment, check=False).returncode
