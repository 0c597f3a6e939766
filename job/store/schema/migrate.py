"""Roles, the raw schema's numbered migrations (yoyo) and grants; all of it may be run again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random

from job.config import Config
from job.errors import JobError
from job.place import Place
from job.store import session
from job.store.schema import former
from job.store.session import value

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
ENCODING = HERE / "encoding.sql"

CAN_ADMINISTER = "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
CAN_BE_OWNER = "select coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = %s), false)"
APPLIED = "select migration_id from raw._yoyo_migration"
NOTE_APPLIED = sql.SQL("""
insert into raw._yoyo_migration (migration_hash, migration_id, applied_at_utc)
values (encode(sha256({name}), 'hex'), {name}, now() at time zone 'UTC')
on conflict do nothing;
""")
PLACE = "select name, time_zone from raw.place"
HAS_HISTORY = "select to_regclass('raw._yoyo_migration') is not null"
# What PostgreSQL says when two sessions make or change the same role; the last one is «tuple concurrently updated».
MADE_AT_ONCE = (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject, psycopg.errors.InternalError_)


def migrate(connection: psycopg.Connection, config: Config) -> list[str]:
    """Bring the database to this version of the code; returns the migrations that were applied.

    The connection is an administrator's (superuser, or CREATEROLE with CREATE on the database) or, where
    roles and schemas exist, the owner's. Raises JobError when it is neither.
    """
    if not value(connection, "select not pg_is_in_recovery()"):
        raise JobError("this PostgreSQL is a read-only standby: point PGHOST at its primary")
    connection.execute(ENCODING.read_bytes())
    if value(connection, CAN_ADMINISTER):
        _make_roles(connection, config)
    elif not value(connection, CAN_BE_OWNER, (config.role("owner"),)):
        raise JobError(
            f"init-db needs a superuser, a role with CREATEROLE and CREATE on the database, or {config.role('owner')}: "
            "connect as one of these, or give `python -m job init-db --print-sql` to whoever administers it"
        )
    with _as_owner(connection, config):
        _execute(connection, former.refuse())
        for name in ("preconditions.sql", "functions.sql"):
            _execute(connection, _filled(name, config))
    before = applied(connection)
    _apply(config, session.address(connection))
    with _as_owner(connection, config):
        for name in ("place.sql", "status.sql", "grants.sql"):
            _execute(connection, _filled(name, config))
        connection.execute(former.FORGET)
    return sorted(applied(connection) - before)


@retry(retry=retry_if_exception_type(MADE_AT_ONCE), wait=wait_random(0, 0.5), stop=stop_after_attempt(10), reraise=True)
def _make_roles(connection: psycopg.Connection, config: Config) -> None:
    """Make roles and schemas. Roles belong to the server, where an `init-db` of another database may make them too."""
    with connection.transaction():
        _execute(connection, _filled("roles.sql", config))


def applied(connection: psycopg.Connection) -> set[str]:
    """The names of the migrations that the database has; empty where it has none."""
    if not value(connection, HAS_HISTORY):
        return set()
    return {name for (name,) in connection.execute(APPLIED)}


def available() -> set[str]:
    """The names of this version's migrations."""
    return {path.stem for path in MIGRATIONS.glob("*.sql")}


def pending(connection: psycopg.Connection) -> set[str]:
    """The names of the migrations that the database lacks."""
    return available() - applied(connection)


def require_current(connection: psycopg.Connection, place: Place) -> None:
    """Raise JobError when the database lacks migrations, or holds the rides of another place or time zone."""
    if missing := pending(connection):
        connection.execute(ENCODING.read_bytes())
        _execute(connection, former.refuse())
        raise JobError(
            f"the database lacks {', '.join(sorted(missing))}: run `python -m job init-db` as its administrator"
        )
    for name, time_zone in connection.execute(PLACE):
        if name != place.name:
            raise JobError(
                f"this database holds the rides of {name}, and PLACE describes {place.name}: set PLACE, or use a "
                "database of its own for each place"
            )
        if time_zone != place.time_zone:
            raise JobError(
                f"this database has the time zone {time_zone} for {name}, and PLACE has {place.time_zone}: run "
                "`python -m job init-db` as its administrator, then `python -m job dbt run --full-refresh`"
            )


def printed(config: Config) -> Iterator[str]:
    """The same as SQL for psql, for a database that somebody else administers."""
    owner = sql.Identifier(config.role("owner")).as_string(None)
    yield "\\set ON_ERROR_STOP on"
    yield f"set search_path = {session.SETTINGS['search_path']};"
    yield ENCODING.read_text(encoding="utf-8")
    yield _filled("roles.sql", config).as_string(None)
    yield f"set role {owner};"
    yield former.refuse().as_string(None)
    yield _filled("preconditions.sql", config).as_string(None)
    yield (HERE / "yoyo.sql").read_text(encoding="utf-8")
    yield _filled("functions.sql", config).as_string(None)
    for path in sorted(MIGRATIONS.glob("*.sql")):
        yield path.read_text(encoding="utf-8")
        yield NOTE_APPLIED.format(name=sql.Literal(path.stem)).as_string(None)
    yield former.FORGET.as_string(None)
    yield "begin;"  # a tick must not see a place without its zones
    for name in ("place.sql", "status.sql", "grants.sql"):
        yield _filled(name, config).as_string(None)
    yield "commit;"
    yield "reset role;"
    yield "reset search_path;"


def _apply(config: Config, address: dict[str, str]) -> None:
    import yoyo
    from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
    from yoyo.connections import parse_uri

    class Backend(PostgresqlPsycopgBackend):  # type: ignore[misc]
        """yoyo's backend on a connection of ours, as the owner, so that the owner owns whatever is created."""

        schema = "raw"  # yoyo keeps its record in the schema that it migrates

        def connect(self, _dburi: object) -> psycopg.Connection:
            connection = session.connect(address)
            connection.execute(sql.SQL("set role {}").format(sql.Identifier(config.role("owner"))))
            return connection

    backend = Backend(parse_uri("postgresql+psycopg:///"), yoyo.default_migration_table)
    backend.init_database()
    try:
        # Not under yoyo's lock, which a killed init-db would leave behind: the job's lock ends with its connection.
        backend.apply_migrations(backend.to_apply(yoyo.read_migrations(str(MIGRATIONS))))
    finally:
        backend.connection.close()


def _execute(connection: psycopg.Connection, statements: sql.Composed) -> None:
    """Execute several statements at once, which only PostgreSQL's simple query protocol allows."""
    connection.execute(statements.as_string(connection).encode())


def _filled(name: str, config: Config) -> sql.Composed:
    roles = ("owner", "writer", "dbt", "reader")
    names: dict[str, sql.Composable] = {role: sql.Identifier(config.role(role)) for role in roles}
    names |= {f"{role}_name": sql.Literal(config.role(role)) for role in roles}
    return sql.SQL((HERE / name).read_text(encoding="utf-8")).format(**names, **_values(config))


def _values(config: Config) -> dict[str, sql.Literal]:
    """The templates' values: the place, and the settings that hold until the first run records its own."""
    place = config.place
    zones = [
        {
            "zone": zone.number, "name": zone.name, "latitude": zone.latitude, "longitude": zone.longitude,
            "is_airport": zone.number in place.airports,
        }
        for zone in place.zones
    ]  # fmt: skip
    values: dict[str, object] = {
        "place_name": place.name,
        "time_zone": place.time_zone,
        "last_zone": place.last_zone,
        "max_minutes": place.max_minutes,
        "zones": json.dumps(zones, ensure_ascii=False),
        "source": config.source,
        "settings": json.dumps(session.SETTINGS),
        "catch_up_hours": config.catch_up_hours,
        "first_run_days": config.first_run_days,
        "unhealthy_after_minutes": config.unhealthy_after_minutes,
    }
    return {name: sql.Literal(value) for name, value in values.items()}


@contextmanager
def _as_owner(connection: psycopg.Connection, config: Config) -> Iterator[None]:
    with connection.transaction():
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(config.role("owner"))))
        yield
