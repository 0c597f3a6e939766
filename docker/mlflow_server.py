"""Upgrade the schema of MLflow's database if it is an older version's, then run `mlflow server` as a single process.

By default the server refuses such a database, and runs uvicorn in a child process, which wastes 180 MiB.
"""

import os
from typing import NoReturn

from mlflow import db, server
from mlflow.cli import cli


def replace_process(command: list[str], *, extra_env: dict[str, str], **_options: object) -> NoReturn:
    """Replace this process with the one that MLflow would have started."""
    os.execve(command[0], command, os.environ | extra_env)  # noqa: S606 - MLflow's own command line


# One transaction on PostgreSQL. For a current schema it takes milliseconds, since the server needs the same imports.
db.upgrade.callback(os.environ["BACKEND_STORE_URI"])
# MLflow has no option for this. If a later version renames the function, this line has no effect.
server._exec_cmd = replace_process
cli()
