"""The migrations before 0.1.0. A database that has them all is adopted, and one that has only some is refused."""

from collections.abc import Collection
from pathlib import Path

from psycopg import sql

LAST_VERSION = "f9922cb"  # the last commit that applies them
NAMES = (
    "0001_initial", "0002_observed_outcomes", "0003_drift", "0004_shadow_predictions", "0005_pruned_days",
    "0006_rejected_trips", "0007_no_pruning", "0008_place", "0009_settings_of_runs", "0010_connection", "0011_feed",
    "0012_redacted_errors", "0013_bulk", "0014_expected_error", "0015_tracked_band", "0016_sources",
)  # fmt: skip
REFUSE = Path(__file__).with_name("former.sql")
# After the migrations of 0.1.0, so that an init-db that is killed in between can be repeated.
FORGET = sql.SQL("delete from raw._yoyo_migration where migration_id = any({});").format(sql.Literal(list(NAMES)))


def refuse() -> sql.Composed:
    """SQL that raises an exception where the database has some of the former migrations, but not all."""
    return sql.SQL(REFUSE.read_text(encoding="utf-8")).format(
        former=sql.Literal(list(NAMES)), last_version=sql.SQL(LAST_VERSION)
    )


def is_too_old(migrations: Collection[str]) -> bool:
    """Whether a database with just these migrations has some of the former ones, but not all."""
    return 0 < len(set(NAMES).intersection(migrations)) < len(NAMES)
