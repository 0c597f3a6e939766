"""The mart that CONTRIBUTING.md gives as a template."""

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from job.config import ROOT
from tests.conftest import on_newest
from tests.dbt.conftest import PROJECT, Dbt, add_first_history
from tests.unit.test_contributing import SQL, TEMPLATE


def test_the_sql_of_the_template_is_clean() -> None:
    """A mart that is copied from CONTRIBUTING.md passes sqlfluff with the project's configuration."""
    sqlfluff = [Path(sys.executable).with_name("sqlfluff"), "lint", "--stdin-filename", SQL, "-"]
    done = subprocess.run(sqlfluff, input=TEMPLATE[SQL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@on_newest
def test_the_template_builds_as_it_is(database: psycopg.Connection, dbt: Dbt, tmp_path: Path) -> None:
    """In a copy of the project, dbt builds the mart, its unit test passes, and it counts every ride."""
    project = tmp_path / PROJECT.name
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    for name, text in TEMPLATE.items():
        (tmp_path / name).write_text(text)
    add_first_history(database)
    mart = Path(SQL).stem
    of_the_mart = ("--select", f"+{mart}", "--indirect-selection", "cautious")
    assert "WARN=0 ERROR=0 SKIP=0" in dbt("build", "--project-dir", str(project), *of_the_mart)
    counted = f"select sum(rides)::bigint, (select count(*) from raw.ride_predictions) from marts.{mart}"
    rides, scored = database.execute(counted).fetchone()
    assert rides == scored > 0
