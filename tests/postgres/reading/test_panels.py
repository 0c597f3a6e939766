"""Queries of panels that PostgreSQL refuses."""

import psycopg
import pytest

from job.store.reading import panels


@pytest.mark.parametrize(
    ("statement", "remedy"),
    [
        ("select 1 from rides_per_hour", " does not exist. Name its schema, as in marts.rides_per_hour"),
        ("select 1 from marts.none", " does not exist. Build the marts: `python -m job dbt run`"),
        ("select none", " does not exist. Build the marts: `python -m job dbt run`"),
        ("select other.fare", ': missing FROM-clause entry for table "other". Correct the query'),
    ],
)
def test_an_unknown_table_or_column_is_an_error_with_a_remedy(
    database: psycopg.Connection, statement: str, remedy: str
) -> None:
    """A mart may be missing or outdated, or a panel of one's own may name it without its schema."""
    with pytest.raises(panels.PanelFailed) as refused:
        panels.query(database, statement, "My panel")
    assert str(refused.value).startswith("My panel: ")
    assert str(refused.value).endswith(remedy)
