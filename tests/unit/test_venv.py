"""tools/venv.sh, which creates .venv."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from job.config import ROOT


def run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the script in this folder."""
    return subprocess.run(
        ["sh", str(ROOT / "tools" / "venv.sh"), "empty.lock"],
        cwd=folder, env=os.environ | environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_supported_python_it_says_how_to_install_one(tmp_path: Path) -> None:
    """It exits with 2 and creates nothing."""
    (tmp_path / "empty.lock").write_text("")
    done = run(tmp_path, PYTHON="no-such-python")
    assert done.returncode == 2
    assert "no Python 3.11, 3.12 or 3.13 found" in done.stderr
    assert "apt-get install python3" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_python_that_is_too_old_is_refused(tmp_path: Path) -> None:
    """A stand-in for Python 3.9 is not used."""
    (tmp_path / "empty.lock").write_text("")
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert run(tmp_path, PYTHON=str(old)).returncode == 2


def test_a_failed_installation_leaves_no_stamp(tmp_path: Path) -> None:
    """The next attempt starts over instead of using an incomplete environment."""
    (tmp_path / "empty.lock").write_text("no-such-package==1 --hash=sha256:" + "0" * 64 + "\n")
    python = tmp_path / ".venv" / "bin" / "python"  # making a real environment takes ten seconds
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = run(tmp_path, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not (tmp_path / ".venv" / ".installed-empty.lock").exists()


def test_installing_again_is_a_no_op(tmp_path: Path) -> None:
    """The stamp is a copy of the lock, and nothing is installed while they are equal."""
    (tmp_path / "empty.lock").write_text("")
    (tmp_path / ".venv").mkdir()
    shutil.copy(tmp_path / "empty.lock", tmp_path / ".venv" / ".installed-empty.lock")
    done = run(tmp_path, PYTHON="no-such-python")
    assert (done.returncode, done.stderr) == (0, "")
