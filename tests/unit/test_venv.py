"""tools/venv.sh, which creates .venv."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from job.config import ROOT


def add_wheel(folder: Path) -> str:
    """Write a wheel of one empty module, `probe`, and return the line that locks it."""
    wheel = folder / "probe-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("probe.py", "")
        file.writestr("probe-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: probe\nVersion: 1\n")
        file.writestr("probe-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("probe-1.dist-info/RECORD", "")
    return f"probe==1 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


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


def test_settings_for_other_projects_are_ignored(tmp_path: Path) -> None:
    """What pip.conf, pip's and Python's variables say about where or whether to install does not reach .venv.

    Where packages come from is still read, from pip.conf and from the environment.
    """
    (tmp_path / "wheels").mkdir()
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "empty.lock").write_text(
        add_wheel(tmp_path / "wheels") + 'absent==2 ; sys_platform == "plan9" --hash=sha256:00\n'
    )
    (tmp_path / "pip.conf").write_text(
        f"[global]\nquiet = 2\nfind-links =\n  {tmp_path / 'wheels'}\n[install]\nuser = true\nno-deps = true\n"
    )
    # A copy elsewhere must not count as installed.
    shutil.copytree(tmp_path / "wheels", elsewhere)
    with zipfile.ZipFile(elsewhere / "probe-1-py3-none-any.whl") as wheel:
        wheel.extractall(elsewhere)
    hostile = {
        "PIP_DRY_RUN": "1", "PIP_TARGET": str(elsewhere), "PIP_PREFIX": str(elsewhere),
        "PIP_CONSTRAINT": "no-such-file", "PIP_PYTHON": "/bin/false", "PIP_VERBOSE": "very", "PIP_NO_BINARY": ":all:",
        "PYTHONPATH": str(elsewhere), "PYTHONHOME": "/nowhere", "PYTHONWARNINGS": "error", "TMPDIR": "/nowhere",
    }  # fmt: skip
    used = {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    done = run(tmp_path, PYTHON=sys.executable, **hostile, **used)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / ".venv" / ".installed-empty.lock").exists()
    # The checkout is importable too, wherever Python starts.
    (tmp_path / "ours.py").write_text("")
    subprocess.run([tmp_path / ".venv" / "bin" / "python", "-I", "-c", "import probe, ours"], cwd="/", check=True)


def test_an_environment_that_lacks_a_package_leaves_no_stamp(tmp_path: Path) -> None:
    """If pip exits with 0 and has installed nothing, the script fails and names the package."""
    (tmp_path / "empty.lock").write_text("no-such-package==1 --hash=sha256:00\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\ncase "$*" in *install*) exit 0;; esac\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    done = run(tmp_path, PYTHON=sys.executable)
    assert done.returncode == 1
    assert "missing: no-such-package==1 (1 in all)" in done.stderr
    assert not (tmp_path / ".venv" / ".installed-empty.lock").exists()
