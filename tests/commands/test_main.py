"""The program's edge: help, exit codes, one line for a person, the rest in the log."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from job.__main__ import main
from job.commands import COMMANDS
from job.config import ROOT
from job.errors import JobError
from tests.commands.conftest import Job


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is tested here must not need one."""
    monkeypatch.setenv("PGHOST", str(tmp_path / "no-such-socket"))
    monkeypatch.setenv("CONNECT_WAIT", "0")
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))


def test_help_names_every_command(job: Job) -> None:
    """With a few words each."""
    shown = job("--help")
    assert (shown.code, shown.said) == (0, [])
    for name, what in COMMANDS.items():
        assert f"  {name:<12}{what}" in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_help(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 without any database; dbt's and psql's is their own."""
    try:
        code = main([name, "--help"])
    except SystemExit as end:
        code = end.code  # type: ignore[assignment]
    shown = capfd.readouterr()
    assert code == 0
    assert "usage:" in shown.out.lower()
    assert shown.err == ""
    assert not Path(os.environ["TAXI_HOME"]).exists()


def test_without_a_command(job: Job) -> None:
    """Wrong usage, and where to look."""
    refused = job()
    assert refused.code == 2
    assert "`python -m job --help` lists them" in refused.said[-1]


def test_commands_and_modules_match() -> None:
    """Every command has a module of its name, and every module with a `run` is a command."""
    modules = {path.stem for path in (ROOT / "job" / "commands").glob("*.py") if path.stem != "__init__"}
    runnable = {name for name in modules if hasattr(import_module(f"job.commands.{name}"), "run")}
    assert runnable == {name.replace("-", "_") for name in COMMANDS}


@pytest.mark.parametrize(
    "arguments", [(), ("fly",), ("--verbose",), ("score", "--fly"), ("score", "now"), ("promote",), ("simulate",)]
)
def test_wrong_usage(arguments: tuple[str, ...], job: Job) -> None:
    """Exit code 2; the usage and what is wrong with it."""
    refused = job(*arguments)
    assert (refused.code, refused.out) == (2, "")
    assert refused.said[0].startswith("usage: python -m job")
    assert "error: " in refused.said[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOCK_WAIT", "soon"), ("LOCK_WAIT", "nan"), ("CONNECT_WAIT", "-1"), ("PREDICT_THREADS", "0"),
        ("CATCH_UP_HOURS", "1.5"), ("FIRST_RUN_DAYS", "0"), ("UNHEALTHY_AFTER", "inf"), ("LOG_FORMAT", "xml"),
        ("ROLE_PREFIX", "Me; drop"), ("ALLOW_MODEL_FORMATS", "zip"), ("MODEL_URI", "chicago"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used(name: str, value: str, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2 whatever the command, one line with the setting, its value and what to write."""
    monkeypatch.setenv(name, value)
    refused = job("status")
    assert refused.code == 2
    assert name in refused.error
    assert value in refused.error


def test_what_nobody_expected(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for the person and exit code 1; the traceback is in the log, as one JSON line."""

    def crash(*_: object) -> None:
        raise RuntimeError("the moon\nis gone")

    monkeypatch.setattr("job.commands.status.run", crash)
    crashed = job("status")
    assert crashed.code == 1
    assert crashed.error.startswith("unexpected RuntimeError: the moon is gone")
    (event,) = crashed.named("command.crashed")
    assert "Traceback" in event["exception"]
    assert "in crash" in event["exception"]


def test_a_failure_is_logged_with_its_traceback(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence for the person, the event with the stack for whoever looks into it."""

    def fail(*_: object) -> None:
        raise JobError("the moon is gone: bring it back")

    monkeypatch.setattr("job.commands.status.run", fail)
    failed = job("status")
    assert (failed.code, failed.error) == (1, "the moon is gone: bring it back")
    (event,) = failed.named("command.failed")
    assert (event["level"], event["command"]) == ("error", "status")
    assert "Traceback" in event["exception"]


def test_a_person_at_a_terminal_sees_no_traceback(
    job: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """LOG_FORMAT=console, as it is on a terminal."""
    monkeypatch.setenv("LOG_FORMAT", "console")
    failed = job("status")
    assert failed.code == 1
    assert not any("Traceback" in line or "File " in line for line in failed.said)
    (sentence,) = failed.said  # and it once
    assert sentence.startswith("error: PostgreSQL cannot be reached")


def test_a_reader_that_goes_away_is_no_error() -> None:
    """As with `init-db --print-sql | head -1`: no traceback."""
    command = [sys.executable, "-m", "job", "init-db", "--print-sql"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_database_that_does_not_answer(job: Job) -> None:
    """One sentence that names the settings to look at, exit code 1."""
    for command in (["status"], ["score", "--window", "2026-01-31T08:02Z"], ["dbt", "run"], ["tick"]):
        failed = job(*command)
        assert failed.code == 1
        words = failed.events[0]["error"] if command == ["tick"] else failed.error
        assert words.startswith("PostgreSQL cannot be reached")
        assert "Check PGHOST and PGPORT" in words
