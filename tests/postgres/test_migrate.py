"""init-db on a real server: as superuser, as CREATEROLE, as owner, from printed SQL, and twice."""

import psycopg


def test_a_fresh_database_has_every_raw_table(database: psycopg.Connection) -> None:
    """The migrated template has the tables that the contract names."""
    rows = database.execute("select tablename from pg_tables where schemaname = 'raw' and tablename not like '\\_%'")
    assert {name for (name,) in rows} - {"yoyo_lock"} == {
        "models", "runs", "ride_predictions", "windows", "model_promotions", "rejected_records",
        "pending_outcomes", "ride_outcomes",
    }  # fmt: skip
