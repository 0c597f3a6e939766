"""The large packages that commands and dbt import, for the process from which they are forked (tests/forks.py)."""

import dbt.adapters.postgres
import dbt.cli.main  # noqa: F401
import matplotlib.figure  # noqa: F401
import mlflow.artifacts
import mlflow.sklearn  # noqa: F401
import pyarrow.csv
import pyarrow.parquet  # noqa: F401
import sklearn.ensemble  # noqa: F401
import skops.io  # noqa: F401

from job.commands import backtest, init_db, observe, promote, replay, rescore, score, simulate, tick, train  # noqa: F401
from job.registry import isolated, lookup, tracking  # noqa: F401
from tests import forks  # noqa: F401
