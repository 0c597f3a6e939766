"""Open the database in psql; embedded, as its administrator."""

import argparse
import os
import subprocess

from job import embedded
from job.config import Config
from job.store import connection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGS…", help="psql's own, such as -c 'select 1'")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run psql until the person leaves it; its exit code is ours."""
    with connection.conninfo(config, "postgres") as info:
        target = " ".join(f"{key}={value}" for key, value in info.items())
        options = os.environ.get("PGOPTIONS", "-c search_path=marts,staging,raw,public")
        command = [str(embedded.psql()), target, *arguments.arguments]
        return subprocess.run(command, env=os.environ | {"PGOPTIONS": options}, check=False).returncode
