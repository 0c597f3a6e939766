"""The schedules in the docs are valid for systemd and cron, and the receivers in docs/alerts.md for Grafana."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from job.config import ROOT

DOCUMENTS = "".join((ROOT / "docs" / f"{name}.md").read_text() for name in ("operating", "alerts", "backup"))
SYSTEMD = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(SYSTEMD is None, reason="systemd is not installed")
# One of cron's five fields: *, a number or a range, perhaps with a step; or a list of these.
FIELD = r"(?:\*|\d+(?:-\d+)?)(?:/\d+)?"
LINE = re.compile(rf"(?:{FIELD}(?:,{FIELD})* ){{5}}(?P<command>\S.*)")
TIMES = sorted(set(re.findall(r"(?:OnCalendar=|`)(\*:[\d/:]+|Mon [^`]+ UTC)", DOCUMENTS)))


def blocks(language: str) -> list[str]:
    """The contents of all blocks of code in this language."""
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENTS, re.DOTALL)


@needs_systemd
def test_the_units_are_valid(tmp_path: Path) -> None:
    """systemd-analyze reports nothing about them, once their folder and their Python exist."""
    here = "\n".join(blocks("ini")).replace("/srv/chicago-taxi-scoring/.venv/bin/python", sys.executable)
    units = re.findall(r"^# /etc/systemd/system/(\S+)\n(.*?)(?=^# |\Z)", here, re.DOTALL | re.MULTILINE)
    assert {name for name, _ in units} == {"taxi.service", "taxi.timer", "taxi-failed.service"}
    for name, text in units:
        (tmp_path / name).write_text(text.replace("/srv/chicago-taxi-scoring", str(ROOT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name, _ in units)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "taxi" in line]
    assert ours == []


@needs_systemd
@pytest.mark.parametrize("expression", TIMES)
def test_the_times_are_valid(expression: str) -> None:
    """Also those that the text gives as alternatives."""
    done = subprocess.run(["systemd-analyze", "calendar", expression], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_lines_for_cron_are_valid() -> None:
    """Five fields, no seconds, and no per cent sign, which cron reads as a line feed."""
    for line in "".join(blocks("crontab")).splitlines():
        matched = LINE.fullmatch(line)
        assert matched, line
        assert "%" not in matched["command"]
        assert not re.match(r"[\d*]", matched["command"])
        shell = subprocess.run(["sh", "-n", "-c", matched["command"]], capture_output=True, text=True, check=False)
        assert (shell.returncode, shell.stderr) == (0, "")


def test_the_recipes_run_what_the_stack_runs() -> None:
    """Every command of supercronic's crontab is in cron's lines, with its time limit."""
    lines = "".join(blocks("crontab"))
    for command in re.findall(r"^[^#\n].* \* (timeout .*)$", (ROOT / "crontab").read_text(), re.MULTILINE):
        assert command.replace("python", ".venv/bin/python") in lines


def test_the_contact_points_fit_into_the_file() -> None:
    """In place of the webhook they give a valid file, and each receiver has an id of its own."""
    (receivers,) = [block for block in blocks("yaml") if "type: slack" in block]
    file = (ROOT / "grafana" / "provisioning" / "alerting" / "contact-points.yml").read_text()
    before, after = file.partition("    receivers:\n")[0], file.partition("\npolicies:")[2]
    changed = yaml.safe_load(f"{before}{receivers}\npolicies:{after}")
    (point,) = changed["contactPoints"]
    assert [one["type"] for one in point["receivers"]] == ["slack", "email"]
    assert len({one["uid"] for one in point["receivers"]}) == 2
    assert changed["policies"][0]["receiver"] == point["name"]
