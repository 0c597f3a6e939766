"""The embedded server as a measured server: its CPU time, and a fresh database for each measurement."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg.conninfo import make_conninfo

from job.embedded import embedded_server

SAVED = "bench_saved"


@dataclass(frozen=True)
class Server:
    """The embedded server, whose database is recreated before each measurement."""

    admin: psycopg.Connection
    process: psutil.Process
    login: dict[str, str]

    def address(self) -> str:
        """The database of the measurement, for psycopg."""
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
        return make_conninfo(**{name: self.login[variable] for name, variable in names.items()})

    def reset(self) -> None:
        """Replace the database with a copy of the one that the first run left."""
        self.admin.execute("drop database if exists taxi with (force)")
        self.admin.execute(f"create database taxi template {SAVED}")
        self.admin.execute("checkpoint")

    def cpu(self) -> float:
        """Seconds of CPU time that its processes have used, including those that have ended."""
        while True:
            with suppress(psutil.NoSuchProcess):  # one has just ended; the next sum includes it as ended
                return self._cpu()

    def _cpu(self) -> float:
        total = 0.0
        for process in [self.process, *self.process.children()]:
            times = process.cpu_times()
            total += times.user + times.system
            if process == self.process:
                total += times.children_user + times.children_system
        return total


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """Run the server of this home, with its database renamed to SAVED."""
    with embedded_server(home) as address:
        login = {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": "postgres", "PGDATABASE": "taxi"}
        with psycopg.connect(
            host=address.host, port=address.port, user="postgres", dbname="postgres", autocommit=True
        ) as admin:
            admin.execute(f"alter database taxi rename to {SAVED}")
            pid = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            yield Server(admin, psutil.Process(pid), login)
