"""Which variables of Python, dbt and MLflow are used."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from job import environment
from job.commands import dbt
from job.config import ROOT
from tests.models import settings


def test_dbt_gets_our_project_profile_and_no_flags(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each variable that dbt knows is set to something else, and only its folders get through."""
    from dbt.cli.params import KNOWN_ENV_VARS

    for variable in KNOWN_ENV_VARS:
        monkeypatch.setenv(variable.name, "theirs")
        monkeypatch.setenv(variable.old_name or variable.name, "theirs")
    monkeypatch.setenv("DBT_TARGET_PATH", "ours")
    monkeypatch.delenv("DBT_ENV_PARSED", raising=False)  # the tests' own (tests/forks.py)
    monkeypatch.setenv("DBT_ENV_SECRET_TOKEN", "a fork's own")
    given = dbt.environment(settings(TAXI_HOME=str(tmp_path)), os.environ)
    assert {name: value for name, value in given.items() if name.startswith("DBT_")} == {
        "DBT_PROJECT_DIR": str(dbt.PROJECT), "DBT_PROFILES_DIR": str(dbt.PROJECT), "DBT_TARGET_PATH": "ours",
        "DBT_LOG_PATH": "theirs", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_ENV_SECRET_TOKEN": "a fork's own",
    }  # fmt: skip


def test_pythons_variables_are_for_other_projects(tmp_path: Path) -> None:
    """Only those that do no harm are kept, and of PYTHONPATH only this checkout."""
    shell = {
        "PYTHONPATH": f"/opt/ros:{tmp_path}",
        "PYTHONWARNINGS": "error",
        "PYTHONUTF8": "1",
        "PYTHON": "x",
        "A": "b",
    }
    assert environment.for_python(shell, tmp_path) == {
        "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1", "PYTHON": "x", "A": "b"
    }  # fmt: skip
    image = {"PYTHONPATH": "/app", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    assert environment.for_python(image, Path("/app")) == image  # so that `python -m job` does not start again


@pytest.mark.parametrize("name", sorted({*environment.PYTHON_USED, *environment.DBT_USED, *environment.MLFLOW_USED}))
def test_each_variable_that_is_used_is_documented(name: str) -> None:
    """docs/environment.md names it."""
    assert name in (ROOT / "docs" / "environment.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["job", "docker"])
def test_text_files_have_an_encoding(folder: str) -> None:
    """Otherwise the shell's locale would decide how they are read and written."""
    for path in (ROOT / folder).rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            name = ast.unparse(call.func).rpartition(".")[2]
            if name in ("read_text", "write_text"):
                assert "encoding=" in ast.unparse(call), f"{path}:{call.lineno}"


def test_the_shell_of_the_tests_has_no_settings_of_dbt() -> None:
    """tests/conftest.py removes them, so that `make test` does not depend on the shell either."""
    assert {name for name in os.environ if name.startswith("DBT_")} <= {"DBT_ENV_PARSED"}  # the tests' own


def test_a_python_without_the_packages_fails_with_one_sentence() -> None:
    """Missing packages are reported as wrong usage, without a traceback."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "job", "status"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == f"error: {sys.executable} has no structlog: use .venv/bin/python, which `make run` sets up\n"
