"""The script that makes .venv for whoever types `make run`."""

import os
import shutil
import subprocess
from pathlib import Path

from job.config import ROOT


def run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The script in a folder of its own."""
    return subprocess.run(
        ["sh", str(ROOT / "tools" / "venv.sh"), "empty.lock"],
        cwd=folder, env=os.environ | environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_python_that_fits_it_says_which_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    """Nothing is made; exit code 2."""
    (tmp_path / "empty.lock").write_text("")
    done = run(tmp_path, PYTHON="no-such-python")
    assert done.returncode == 2
    assert "no Python 3.11, 3.12 or 3.13 found" in done.stderr
    assert "apt-get install python3" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    """A python that says it is 3.9 does not fit."""
    (tmp_path / "empty.lock").write_text("")
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert run(tmp_path, PYTHON=str(old)).returncode == 2


def test_a_lock_that_cannot_be_installed_leaves_no_stamp(tmp_path: Path) -> None:
    """The next try starts over instead of running with half of the packages."""
    (tmp_path / "empty.lock").write_text("no-such-package==1 --hash=sha256:" + "0" * 64 + "\n")
    done = run(tmp_path, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not (tmp_path / ".venv" / ".installed-empty.lock").exists()


def test_installing_again_does_nothing(tmp_path: Path) -> None:
    """The stamp is the lock itself: unchanged, nothing is looked at."""
    (tmp_path / "empty.lock").write_text("")
    (tmp_path / ".venv").mkdir()
    shutil.copy(tmp_path / "empty.lock", tmp_path / ".venv" / ".installed-empty.lock")
    done = run(tmp_path, PYTHON="no-such-python")
    assert (done.returncode, done.stderr) == (0, "")
