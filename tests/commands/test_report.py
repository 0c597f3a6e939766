"""`report` where there is nothing to show yet; with marts it is in tests/grafana."""

from pathlib import Path

import psycopg

from tests.commands.conftest import Job


def test_marts_that_were_never_built_are_named(database: psycopg.Connection, job: Job, tmp_path: Path) -> None:
    """With the command that builds them, and no page is left."""
    refused = job("report", "--output", tmp_path / "r.html")
    assert refused.code == 1
    assert "Build the marts: `python -m job dbt run`" in refused.error
    assert list(tmp_path.glob("*.html")) == []
