"""Command-line behaviour: help, exit codes, error messages and the log."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from job import config
from job.__main__ import main
from job.commands import COMMANDS
from job.config import ROOT
from job.errors import JobError
from tests.commands.conftest import Job, in_an_interpreter


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make the database unreachable and use an empty TAXI_HOME, because no test here may need a database."""
    monkeypatch.setenv("PGHOST", str(tmp_path / "no-such-socket"))
    monkeypatch.setenv("CONNECT_WAIT", "0")
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))


def test_help_lists_every_command(job: Job) -> None:
    """Each command is listed with its short description."""
    shown = job("--help")
    assert (shown.code, shown.messages) == (0, [])
    for name, summary in COMMANDS.items():
        assert f"  {name:<12}{summary}" in shown.out


def test_the_version_is_shown(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints the release from pyproject.toml and the code version that each run records."""
    monkeypatch.setenv("CODE_VERSION", "abc")
    shown = job("--version")
    assert (shown.code, shown.messages) == (0, [])
    assert shown.out == f"chicago-taxi-scoring {config.release()}, code version abc\n"
    assert f'version = "{config.release()}"' in (ROOT / "pyproject.toml").read_text()


def test_the_version_needs_valid_settings(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the code version is not known; the error names the setting."""
    monkeypatch.setenv("LOG_FORMAT", "xml")
    refused = job("--version")
    assert (refused.code, refused.out) == (2, "")
    assert "LOG_FORMAT='xml'" in refused.messages[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_help(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """It works without a database and exits with 0; dbt and psql print their own help."""
    try:
        code = main([name, "--help"])
    except SystemExit as end:
        code = end.code  # type: ignore[assignment]
    shown = capfd.readouterr()
    assert code == 0
    assert "usage:" in shown.out.lower()
    assert shown.err == ""
    assert not Path(os.environ["TAXI_HOME"]).exists()


def test_a_missing_command_is_a_usage_error(job: Job) -> None:
    """The error says how to list the commands."""
    refused = job()
    assert refused.code == 2
    assert "`python -m job --help` lists them" in refused.messages[-1]


def test_commands_and_modules_match() -> None:
    """Each command has a module of the same name, and each module with a `run` is a command."""
    modules = {path.stem for path in (ROOT / "job" / "commands").glob("*.py") if path.stem != "__init__"}
    runnable = {name for name in modules if hasattr(import_module(f"job.commands.{name}"), "run")}
    assert runnable == {name.replace("-", "_") for name in COMMANDS}


@pytest.mark.parametrize(
    "arguments", [(), ("fly",), ("--verbose",), ("score", "--fly"), ("score", "now"), ("promote",), ("simulate",)]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], job: Job) -> None:
    """The usage line and the reason are printed on stderr."""
    refused = job(*arguments)
    assert (refused.code, refused.out) == (2, "")
    assert refused.messages[0].startswith("usage: python -m job")
    assert "error: " in refused.messages[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOCK_WAIT", "soon"), ("LOCK_WAIT", "nan"), ("CONNECT_WAIT", "-1"), ("PREDICT_THREADS", "0"),
        ("CATCH_UP_HOURS", "1.5"), ("FIRST_RUN_DAYS", "0"), ("UNHEALTHY_AFTER", "inf"), ("LOG_FORMAT", "xml"),
        ("ROLE_PREFIX", "Me; drop"), ("ALLOW_MODEL_FORMATS", "zip"), ("MODEL_URI", "chicago"),
    ],
)  # fmt: skip
def test_an_invalid_setting_is_a_usage_error(name: str, value: str, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the setting's name and its value."""
    monkeypatch.setenv(name, value)
    refused = job("status")
    assert refused.code == 2
    assert name in refused.error
    assert value in refused.error


def test_an_unexpected_error_is_one_line_and_a_logged_traceback(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command exits with 1, and the log has one JSON event with the traceback."""

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
    """The error is one sentence for the user, and the event in the log has the traceback."""

    def fail(*_: object) -> None:
        raise JobError("the moon is gone: bring it back")

    monkeypatch.setattr("job.commands.status.run", fail)
    failed = job("status")
    assert (failed.code, failed.error) == (1, "the moon is gone: bring it back")
    (event,) = failed.named("command.failed")
    assert (event["level"], event["command"]) == ("error", "status")
    assert "Traceback" in event["exception"]


def test_the_console_log_has_no_traceback(
    job: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With LOG_FORMAT=console, as on a terminal, the error is printed once and without a traceback."""
    monkeypatch.setenv("LOG_FORMAT", "console")
    failed = job("status")
    assert failed.code == 1
    assert not any("Traceback" in line or "File " in line for line in failed.messages)
    (sentence,) = failed.messages  # printed once
    assert sentence.startswith("error: PostgreSQL cannot be reached")


def test_a_closed_pipe_prints_nothing_on_stderr() -> None:
    """`init-db --print-sql | head -1` prints no traceback, and exits with 1."""
    command = [sys.executable, "-m", "job", "init-db", "--print-sql"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 1


def test_a_character_that_the_terminal_lacks_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output to a terminal that is not UTF-8 is complete, and the exit code is the command's."""
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    before = "from job.commands import status; status.run = lambda *_: print('R² → 0.9', file=sys.stdout) or 0"
    shown = in_an_interpreter("status", before=before, encoding="latin-1")
    assert (shown.code, shown.out, shown.messages) == (0, "R² ? 0.9\n", [])


def test_a_closed_output_is_not_an_error() -> None:
    """Some daemons start programs without stdout and stderr."""
    command = ["sh", "-c", f"{sys.executable} -m job --help >&- 2>&-"]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == 0


def test_python_variables_for_another_project_are_ignored(tmp_path: Path) -> None:
    """PYTHONPATH with modules of the same names, PYTHONWARNINGS=error and PYTHONINSPECT have no effect."""
    for name in ("structlog", "dotenv", "job"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')")
    foreign = {
        "PYTHONPATH": str(tmp_path), "PYTHONWARNINGS": "error", "PYTHONINSPECT": "1", "PYTHONOPTIMIZE": "2",
        "PYTHONSTARTUP": "/nowhere", "PYTHONDEVMODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "job", "score", "--help"], cwd=ROOT, env=os.environ | foreign, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: python -m job score" in done.stdout
    assert "Score" in done.stdout  # the docstring, which PYTHONOPTIMIZE would have removed


def test_an_unreachable_database_is_reported_in_one_sentence(job: Job) -> None:
    """Commands that need the database exit with 1 and name the settings to check."""
    for command in (["status"], ["score", "--window", "2026-01-31T08:02Z"], ["dbt", "run"], ["tick"]):
        failed = job(*command)
        assert failed.code == 1
        words = failed.events[0]["error"] if command == ["tick"] else failed.error
        assert words.startswith("PostgreSQL cannot be reached")
        assert "Check PGHOST and PGPORT" in words
