"""Set up the stack's database beyond `init-db`: passwords, MLflow's role and database, and the right to connect.

Runs after `init-db`, as the superuser, at every start.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from job import config

PASSWORDS = Path("/run/passwords")

ROLE_EXISTS = "select exists (select from pg_roles where rolname = %s)"
DATABASE_EXISTS = "select exists (select from pg_database where datname = %s)"


def main() -> None:
    """Set everything up; idempotent."""
    settings = config.load()
    roles = {settings.role(name): name for name in ("owner", "writer", "reader")}
    with psycopg.connect(autocommit=True) as database:
        make_mlflow(database)
        set_passwords(database, roles | {"mlflow": "mlflow", database.info.user: "postgres"})
        taxi = sql.Identifier(database.info.dbname)
        database.execute(sql.SQL("revoke connect on database {} from public").format(taxi))
        for role in roles:
            database.execute(sql.SQL("grant connect on database {} to {}").format(taxi, sql.Identifier(role)))
    print("passwords are set, and MLflow's database exists")


def make_mlflow(database: psycopg.Connection) -> None:
    """Create MLflow's role, and its database, to which no other role can connect."""
    if not database.execute(ROLE_EXISTS, ["mlflow"]).fetchone()[0]:
        database.execute("create role mlflow login")
    if not database.execute(DATABASE_EXISTS, ["mlflow"]).fetchone()[0]:
        database.execute("create database mlflow owner mlflow")
    database.execute("revoke all on database mlflow from public")


def set_passwords(database: psycopg.Connection, files: dict[str, str]) -> None:
    """Set each role's password to the content of its file, hashed here so that no log contains it."""
    for role, file in files.items():
        password = (PASSWORDS / file).read_bytes()
        hashed = database.pgconn.encrypt_password(password, role.encode(), b"scram-sha-256").decode()
        database.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(hashed)))


if __name__ == "__main__":
    main()
