"""The statements in docs/retention.md that delete one ride, run word for word as an administrator runs them."""

import re
from pathlib import Path

import psycopg
import pytest

from job.__main__ import main
from job.config import ROOT
from tests.conftest import on_newest
from tests.postgres.conftest import value
from tests.postgres.test_deleting_old_days import ROWS

pytestmark = on_newest

SECTION = (ROOT / "docs" / "retention.md").read_text().split("one ride deleted for good?\n")[1].split("\n## ")[0]
NOBODY = "00000000-0000-0000-0000-000000000000"


def test_nothing_of_the_ride_is_left(
    database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every table that names rides has all the others."""
    database.execute(ROWS.encode())
    (block,) = re.findall(r"```sql\n(.*?)```", SECTION, re.DOTALL)
    assert NOBODY in block
    ride = str(value(database, "select trip_id from added limit 1"))
    statements = tmp_path / "delete.sql"
    statements.write_text(block.replace(NOBODY, ride))
    monkeypatch.setenv("PGUSER", "postgres")
    assert main(["psql", "--write", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={statements}"]) == 0
    tables = database.execute(
        "select table_name from information_schema.columns where table_schema = 'raw' and column_name = 'trip_id'"
    )
    for (table,) in tables.fetchall():
        found = database.execute(
            f"select count(*), count(*) filter (where trip_id = %s) from raw.{table}".encode(), [ride]
        )
        assert found.fetchone() == (3, 0), table
