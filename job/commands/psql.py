"""Open the database in psql, embedded as its administrator; all arguments are psql's."""

import argparse
import os
import subprocess

from psycopg.conninfo import make_conninfo

from job import embedded
from job.config import Config
from job.store import connection

PASSES_ON = True
INFORMS = ("--help", "-?", "--version", "-V")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run psql until the person leaves it; its exit code is ours."""
    if set(INFORMS) & set(arguments.arguments):
        return subprocess.run([str(embedded.psql()), *arguments.arguments], check=False).returncode
    with connection.conninfo(config, "postgres") as info:
        target = make_conninfo(**info)  # quoted: TAXI_HOME may have spaces
        options = os.environ.get("PGOPTIONS", "-c search_path=marts,staging,raw,public")
        command = [str(embedded.psql()), target, *arguments.arguments]
        return subprocess.run(command, env=os.environ | {"PGOPTIONS": options}, check=False).returncode
