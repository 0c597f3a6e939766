"""Operation as documented: upgrades, passwords, scoring files, backup and restore."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from job.config import ROOT
from tests.stack.conftest import Stack, wait_for
from tests.stack.test_up import MARTS, RAW, log_in, passwords

pytestmark = pytest.mark.slow

DOCUMENT = (ROOT / "docs" / "backup.md").read_text()


def test_files_are_scored_from_a_mounted_folder(stack: Stack, tmp_path: Path) -> None:
    """The documented command works with a folder that is mounted read-only."""
    tmp_path.chmod(0o755)
    job = ("docker", "compose", "run", "--rm", "-T")
    trips = ROOT / "tests" / "assets" / "records" / "read"
    done = stack.run(*job, "-v", f"{trips}:/data:ro", "job", "python", "-m", "job", "score", "--trips", "/data/api.csv")
    assert "rides scored from" in done.stdout
    assert stack.number("select count(*) from raw.ride_predictions where source = 'city'") > 0


def test_an_inbox_is_read_from_a_mounted_folder(stack: Stack, tmp_path: Path) -> None:
    """FEED_FOLDER names a folder of this machine, whose files a tick reads; the container cannot write there."""
    tmp_path.chmod(0o755)
    shutil.copy(ROOT / "tests" / "assets" / "records" / "read" / "api.csv", tmp_path / "inbox.csv")
    with_inbox = replace(stack, environment=stack.environment | {"FEED_FOLDER": str(tmp_path), "FEED": "/inbox"})
    job = ("docker", "compose", "run", "--rm", "-T", "--no-deps", "job")

    def is_read() -> bool:
        with_inbox.run(*job, "python", "-m", "job", "tick")  # reads nothing if a scheduled tick holds the lock too long
        return stack.number("select count(*) from raw.feed_files where name = 'inbox.csv' and finished_at < now()") == 1

    wait_for("the inbox is read", is_read)
    assert "Read-only file system" in with_inbox.run(*job, "touch", "/inbox/new", check=False).stderr


def test_an_upgrade_keeps_the_data_and_runs_the_new_code(stack: Stack) -> None:
    """The migrations run again, and later runs record the new version."""
    rides = stack.number(RAW)
    newer = Stack(stack.environment | {"CODE_VERSION": "second"}, stack.services)
    newer.up("--build")
    assert newer.number(RAW) >= rides
    ran = "select count(*) from raw.runs where code_version = 'second' and command = 'score' and status = 'succeeded'"
    wait_for("a run of the new code", lambda: newer.number(ran))
    assert "applied: nothing new" in newer.compose("logs", "--no-log-prefix", "init")


def test_passwords_can_be_set(stack: Stack, tmp_path: Path) -> None:
    """They come from the environment or a file, persist afterwards, and replace the old ones."""
    before = passwords(stack)
    (tmp_path / "owner").write_text("mine.from-a_file~1\n")
    changed = Stack(stack.environment | {"TAXI_READER_PASSWORD": "mine1"}, stack.services)
    changed.compose("run", "--rm", "-T", "-v", f"{tmp_path}:/given:ro", "passwords")
    stack.up("--force-recreate")
    after = passwords(stack)
    assert (after["taxi_reader"], after["taxi_owner"]) == ("mine1", "mine.from-a_file~1")
    for user in ("taxi_reader", "taxi_owner"):
        assert "Logout" in log_in(requests.Session(), stack, user, after[user])
        assert "Logout" not in log_in(requests.Session(), stack, user, before[user])
    assert stack.job("tick").returncode == 0


def test_a_password_with_special_characters_is_refused(stack: Stack) -> None:
    """The error names the variable, and no password changes."""
    changed = Stack(stack.environment | {"TAXI_READER_PASSWORD": "a$b"}, stack.services)
    done = changed.run("docker", "compose", "run", "--rm", "-T", "passwords", check=False)
    assert done.returncode != 0
    assert "error: the password in TAXI_READER_PASSWORD" in done.stderr
    assert "a$b" not in passwords(stack).values()


def test_a_backup_is_restored_into_an_empty_stack(stack: Stack, tmp_path: Path) -> None:
    """With the documented commands, rides, runs, marts and models are the same as before."""
    stack.inside("job", "dbt", "--quiet", "run")
    stack.compose("stop", "job")
    before = state(stack)
    run_documented(stack, "The stack", 0, tmp_path)
    stack.compose("down", "--volumes")
    stack.up()
    run_documented(stack, "The stack", 1, tmp_path)
    stack.compose("stop", "job")
    after = state(stack)
    assert {name: rows[: len(before[name])] for name, rows in after.items()} == before
    stack.up()
    assert stack.job("tick").returncode == 0
    assert stack.number(MARTS) == stack.number(RAW)
    assert stack.number("select count(*) from raw.runs where model_stale") == 0


def state(stack: Stack) -> dict[str, list[list[str]]]:
    """What a backup must restore, in the order in which it grows."""
    return {
        "runs": stack.sql("select run_id, status, rides_scored from raw.runs order by run_id"),
        "rides": stack.sql("select run_id, count(*), sum(trip_miles) from raw.ride_predictions group by 1 order by 1"),
        "models": stack.sql("select name, version, run_id from model_versions order by 1, 2", "mlflow"),
        "zones": stack.sql("select * from raw.zones order by 1"),
    }


def run_documented(stack: Stack, heading: str, number: int, folder: Path) -> None:
    """Run a block of commands from docs/backup.md in a folder, without Grafana if its image is not available."""
    section = re.split(r"^#+ ", DOCUMENT.split(f"# {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    commands = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[number]
    if stack.services:
        commands = commands.replace("up -d --wait", f"up -d --wait {' '.join(stack.services)}")
        commands = commands.replace(" grafana", "")
    compose = {"COMPOSE_FILE": str(ROOT / "docker-compose.yml")}
    Stack(stack.environment | compose, ()).run("sh", "-euc", f"cd {folder}\n{commands}")
