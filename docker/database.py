"""What the stack's database has beyond `init-db`: passwords, MLflow's role and database, and who may connect where.

Run after `init-db`, as the superuser, at every start.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from job import config

PASSWORDS = Path("/run/passwords")

ROLE_EXISTS = "select exists (select from pg_roles where rolname = %s)"
DATABASE_EXISTS = "select exists (select from pg_database where datname = %s)"


def main() -> None:
    """Every statement may be run again."""
    settings = config.load()
    people = [settings.role(name) for name in ("owner", "writer", "reader")]
    with psycopg.connect(autocommit=True) as database:
        make_mlflow(database)
        set_passwords(database, {**dict(zip(people, ("owner", "writer", "reader"), strict=True)), "mlflow": "mlflow"})
        set_passwords(database, {database.info.user: "postgres"})
        taxi = sql.Identifier(database.info.dbname)
        database.execute(sql.SQL("revoke connect on database {} from public").format(taxi))
        for role in people:
            database.execute(sql.SQL("grant connect on database {} to {}").format(taxi, sql.Identifier(role)))
    print("passwords set; MLflow's database is there")


def make_mlflow(database: psycopg.Connection) -> None:
    """A role and a database of its own, closed to the others."""
    if not database.execute(ROLE_EXISTS, ["mlflow"]).fetchone()[0]:
        database.execute("create role mlflow login")
    if not database.execute(DATABASE_EXISTS, ["mlflow"]).fetchone()[0]:
        database.execute("create database mlflow owner mlflow")
    database.execute("revoke all on database mlflow from public")


def set_passwords(database: psycopg.Connection, roles: dict[str, str]) -> None:
    """Each role's to the content of its file; hashed here, so that no log can have it."""
    for role, name in roles.items():
        password = (PASSWORDS / name).read_bytes()
        hashed = database.pgconn.encrypt_password(password, role.encode(), b"scram-sha-256").decode()
        database.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(hashed)))


if __name__ == "__main__":
    main()
