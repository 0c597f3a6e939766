"""`report` before the marts exist; tests/grafana covers the page itself."""

from pathlib import Path

import psycopg

from tests.commands.conftest import Job


def test_a_report_without_marts_is_reported_in_one_sentence(
    database: psycopg.Connection, job: Job, tmp_path: Path
) -> None:
    """The error names the command that builds the marts, and no page is left."""
    refused = job("report", "--output", tmp_path / "r.html")
    assert refused.code == 1
    assert "Build the marts: `python -m job dbt run`" in refused.error
    assert list(tmp_path.glob("*.html")) == []
