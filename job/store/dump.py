"""Dumps of the embedded server, by PostgreSQL's own programs. Connections are the administrator's."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO

import psycopg

from job.errors import JobError
from job.store import session


def write_roles(database: psycopg.Connection, target: IO[bytes]) -> None:
    """Write the server's roles, with passwords, memberships and settings, as SQL. Raises JobError."""
    _output("pg_dumpall", database, target, "--roles-only")


def restore_roles(database: psycopg.Connection, source: IO[bytes]) -> None:
    """Create the roles on a server that has only its administrator. Raises JobError."""
    roles = source.read().replace(f"CREATE ROLE {database.info.user};\n".encode(), b"")
    with _running("psql", database, "-qX", "--set=ON_ERROR_STOP=1", "--output=/dev/null", stdin=True) as process:
        assert process.stdin
        with suppress(BrokenPipeError), process.stdin as pipe:  # psql has ended, and says why
            pipe.write(roles)


def write(database: psycopg.Connection, target: IO[bytes]) -> None:
    """Write the database in pg_dump's custom format. Raises JobError."""
    _output("pg_dump", database, target, "--format=custom")


def restore(database: psycopg.Connection, source: IO[bytes]) -> None:
    """Restore into an empty database, and collect statistics about it. Raises JobError."""
    options = ("--exit-on-error", f"--dbname={database.info.dbname}")
    with _running("pg_restore", database, *options, stdin=True) as process:
        assert process.stdin
        with suppress(BrokenPipeError), process.stdin as pipe:  # pg_restore has ended, and says why
            shutil.copyfileobj(source, pipe)
    database.execute("vacuum analyze")


def _output(program: str, database: psycopg.Connection, target: IO[bytes], *arguments: str) -> None:
    with _running(program, database, *arguments, stdout=True) as process:
        assert process.stdout
        shutil.copyfileobj(process.stdout, target)


@contextmanager
def _running(
    program: str, database: psycopg.Connection, *arguments: str, stdin: bool = False, stdout: bool = False
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run one of PostgreSQL's programs for the block. Raises JobError, with the program's own reason, if it fails."""
    from job import embedded  # only here: the image does not have it

    with (
        TemporaryFile() as errors,
        subprocess.Popen(
            [str(embedded.program(program)), *arguments], env=session.variables(database), stderr=errors,
            stdin=subprocess.PIPE if stdin else None, stdout=subprocess.PIPE if stdout else None,
        ) as process,
    ):  # fmt: skip
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        if process.wait():
            errors.seek(0)
            raise JobError(f"{program} failed: {errors.read().decode(errors='replace').strip()}")
