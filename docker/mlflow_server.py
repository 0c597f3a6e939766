"""`mlflow server` as one process.

As it comes, it starts uvicorn as a child and stays to wait for it, which takes 180 MiB for nothing.
"""

import os
from typing import NoReturn

from mlflow import server
from mlflow.cli import cli


def become(command: list[str], *, extra_env: dict[str, str], **_options: object) -> NoReturn:
    """Be replaced by what MLflow would have started."""
    os.execve(command[0], command, os.environ | extra_env)  # noqa: S606 - MLflow's own words


# MLflow has no option for it. Under another name in a later version this line would do nothing: two processes again.
server._exec_cmd = become
cli()
