"""The settings of every session, and the server that child processes reach."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from job import config
from job.commands import dbt
from job.config import Config
from job.store import connection, session
from job.store.connection import DatabaseFailed
from job.store.store import Store
from tests.conftest import on_newest
from tests.postgres.conftest import value
from tests.servers import Server

# One value per setting that would change what a statement means or whether it works.
HOSTILE = {
    "search_path": "public, pg_catalog",
    "timezone": "Asia/Kolkata",
    "datestyle": "SQL, DMY",
    "intervalstyle": "iso_8601",
    "default_transaction_isolation": "serializable",
    "default_transaction_read_only": "on",
    "default_transaction_deferrable": "on",
    "standard_conforming_strings": "off",
    "transform_null_equals": "on",
    "array_nulls": "off",
    "extra_float_digits": "-10",
    "bytea_output": "escape",
    "row_security": "off",
    "statement_timeout": "50s",
    "lock_timeout": "50s",
    "idle_session_timeout": "50s",
    "idle_in_transaction_session_timeout": "50s",
    "client_encoding": "SQL_ASCII",
}
EXPECTED = {
    "search_path": "pg_catalog,pg_temp",
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
    "default_transaction_deferrable": "off",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "row_security": "on",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_session_timeout": "0",
    "idle_in_transaction_session_timeout": "1min",
    "client_encoding": "UTF8",
}
# Prints the server, database, role and time zone that libpq's variables lead to.
WHERE = """
import psycopg
with psycopg.connect() as c:
    print(c.info.host, c.info.port, c.info.dbname, c.info.user, c.execute("show timezone").fetchone()[0])
"""
SHOWN = "select current_user, current_setting('timezone'), current_setting('search_path'), current_database()"


@pytest.fixture
def hostile(database: psycopg.Connection) -> Iterator[None]:
    """Hostile values are set for the database and for the role in the database, and in libpq's variables."""
    name = database.info.dbname
    for target in (f"database {name}", f"role taxi_writer in database {name}"):
        for setting, hostile in HOSTILE.items():
            text = hostile if setting == "search_path" else f"'{hostile}'"
            database.execute(f"alter {target} set {setting} = {text}".encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGOPTIONS", "-c datestyle=German -c default_transaction_read_only=on")
        patch.setenv("PGCLIENTENCODING", "LATIN1")
        patch.setenv("PGTZ", "Asia/Tokyo")
        patch.setenv("PGDATESTYLE", "Postgres")
        yield


@pytest.mark.usefixtures("hostile")
def test_no_other_setting_wins(settings: Config) -> None:
    """Settings of the database, of the role in it and of the shell have no effect; texts and times arrive unchanged."""
    with psycopg.connect() as plain:
        assert plain.execute("show intervalstyle").fetchone() == ("iso_8601",)
    with connection.connect(settings, {}) as ours:
        found = {name: value(ours, f"show {name}") for name in EXPECTED}
        assert found == EXPECTED
        assert HOSTILE.keys() == EXPECTED.keys()
        assert value(ours, "select 'Rosé →'") == "Rosé →"
        assert str(value(ours, "select timestamptz '2026-02-01 00:00Z'")) == "2026-02-01 00:00:00+00:00"


def test_settings_of_ones_own_are_kept(settings: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """PGOPTIONS may hold what the server or a pooler needs."""
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=7MB")
    with connection.connect(settings, {}) as ours:
        assert value(ours, "show work_mem") == "7MB"


def test_a_pooler_that_refuses_options_gets_none(
    settings: Config, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are made after connecting, and a child process does not send options either."""
    connect = session._connect

    def refuse_options(parameters: dict[str, str]) -> psycopg.Connection:
        if parameters["options"]:
            raise psycopg.OperationalError("FATAL:  unsupported startup parameter in options: search_path")
        return connect(parameters)

    database.execute(f"alter database {database.info.dbname} set timezone = 'Asia/Tokyo'")
    monkeypatch.setattr(session, "_connect", refuse_options)
    with connection.connect(settings, {}) as ours:
        assert value(ours, "show timezone") == "UTC"
        assert "PGOPTIONS" not in session.variables(ours)


def reached(environment: dict[str, str]) -> str:
    """What WHERE prints in a child process with this environment."""
    done = subprocess.run(
        [sys.executable, "-c", WHERE], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip() or done.stderr


@pytest.fixture
def named_by_a_service(
    server: Server, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> str:
    """Name the server only in a service, after a host that does not answer; return what WHERE should print."""
    for name in ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER"):
        monkeypatch.delenv(name)
    services = tmp_path / "services.conf"
    services.write_text(
        f"[taxi]\nhost=/nowhere,{server.host}\nport={server.port}\ndbname={database.info.dbname}\nuser=taxi_writer\n"
        "target_session_attrs=read-write\noptions=-c work_mem=7MB\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    monkeypatch.setenv("PGSERVICE", "taxi")
    return f"{server.host} {server.port} {database.info.dbname} taxi_writer UTC"


def test_a_child_process_reaches_the_same_server(settings: Config, named_by_a_service: str) -> None:
    """A service with several hosts is resolved to the one that answered; its options are passed on."""
    with connection.connect(settings, {}) as ours:
        variables = session.variables(ours)
    assert reached(variables) == named_by_a_service
    assert "PGSERVICE" not in variables
    assert "PGSERVICEFILE" not in variables
    assert "work_mem=7MB" in variables["PGOPTIONS"]


def test_a_child_process_reaches_the_first_host_that_answers(
    settings: Config, server: Server, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGHOST may list several."""
    monkeypatch.setenv("PGHOST", f"/nowhere,{server.host}")
    with connection.connect(settings, {}) as ours:
        assert session.variables(ours)["PGHOST"] == server.host


def test_the_password_is_passed_on_in_the_environment(settings: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process might not find it in a passfile, which may name another host than the one that was reached."""
    monkeypatch.setenv("PGPASSWORD", "secret word")
    with connection.connect(settings, {}) as ours:
        assert session.variables(ours)["PGPASSWORD"] == "secret word"


@on_newest
def test_dbt_reaches_the_same_server_with_the_same_settings(
    store: Store, named_by_a_service: str, hostile: None, database: psycopg.Connection,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Dbt itself knows neither services nor several hosts."""
    dbt.execute(["--quiet", "show", "--output", "json", "--inline", SHOWN], store)
    shown = capfd.readouterr().out
    for text in ("taxi_dbt", "UTC", "pg_catalog,pg_temp", database.info.dbname):
        assert f'"{text}"' in shown
    assert "PGSERVICE" in os.environ


def test_a_connection_is_watched_from_both_sides(settings: Config, database: psycopg.Connection) -> None:
    """A client or a server that has silently gone is noticed within a minute, even without a timeout of its own."""
    with connection.connect(settings, {}) as ours:
        parameters = ours.info.get_parameters()
        watched = {"keepalives_idle": "20", "keepalives_interval": "5", "keepalives_count": "4"}
        assert watched.items() <= parameters.items()
        assert parameters["tcp_user_timeout"] == "40000"
        assert value(ours, "show client_connection_check_interval") == "10s"
        assert value(ours, "show idle_in_transaction_session_timeout") == "1min"


def test_a_slow_statement_is_not_a_silent_server(settings: Config) -> None:
    """A statement may take longer than `patience` as long as the server is working on it."""
    with connection.connect_once({}) as ours:
        ours.patience = 0.5
        assert value(ours, "select 'done' from pg_sleep(2)") == "done"


def test_an_answer_that_arrives_during_the_check_is_used(settings: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has then finished the statement, which does not mean that it has lost its client."""
    opened = session._open

    def open_late(info: dict[str, str]) -> session.Connection:
        time.sleep(1.5)
        return opened(info)

    with connection.connect_once({}) as ours:
        ours.patience = 0.5
        monkeypatch.setattr(session, "_open", open_late)
        assert value(ours, "select 'done' from pg_sleep(1)") == "done"


class Silent:
    """A proxy in front of the server that can stop forwarding on its open connections without closing them."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(str(folder / ".s.PGSQL.5432"))
        self.listening.listen()
        self.target = target
        self.deaf: set[socket.socket] = set()
        self.sockets = [self.listening]
        threading.Thread(target=self._accept, daemon=True).start()

    def silence(self) -> None:
        """Stop forwarding on the connections that are open now."""
        self.deaf.update(self.sockets)

    def close(self) -> None:
        """Close every socket."""
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self.target))
                self.sockets += [client, server]
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                if source not in self.deaf:
                    sink.sendall(received)
            if source not in self.deaf:
                sink.shutdown(socket.SHUT_WR)


def lose_the_server(settings: Config, proxy: Silent, within_copy: bool) -> None:
    """Take the lock, then silence the proxy."""
    with connection.connect(settings, {}) as ours:
        ours.execute(connection.LOCK.encode())
        if within_copy:
            with ours.cursor().copy("copy raw.windows from stdin"):
                proxy.silence()
        else:
            proxy.silence()
            ours.execute("select 1")


@pytest.mark.parametrize("within_copy", [False, True])
def test_a_silent_connection_ends_on_both_sides(
    server: Server, database: psycopg.Connection, open_folder: Path, monkeypatch: pytest.MonkeyPatch, within_copy: bool
) -> None:
    """Without seeing the connection close, the run fails instead of waiting for ever, and its lock is freed."""
    folder = Path(tempfile.mkdtemp(dir=open_folder))
    proxy = Silent(folder, Path(server.host) / f".s.PGSQL.{server.port}")
    monkeypatch.setenv("PGHOST", str(folder))
    monkeypatch.setenv("PGPORT", "5432")
    monkeypatch.setattr(session.Connection, "patience", 1)
    with pytest.raises(DatabaseFailed, match="does not answer"):
        lose_the_server(config.parse(os.environ), proxy, within_copy)
    with connection.locked(database, 10):
        pass
    proxy.close()
