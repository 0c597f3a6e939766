"""tools/venv.sh, which creates .venv."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pip
import pytest

from job.config import ROOT

# Locks a package for another system, so that nothing has to be installed.
NOTHING = 'absent==2 ; sys_platform == "plan9" --hash=sha256:00\n'
# A pip that notes what it is given.
NOTES_CALLS = """
import os, sys
with open("calls", "a") as calls:
    print(*sys.argv[1:], *(f"{name}={value}" for name, value in os.environ.items()), file=calls)
"""


def add_wheel(folder: Path) -> str:
    """Write a wheel of one empty module, `probe`, and return the line that locks it."""
    wheel = folder / "probe-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("probe.py", "")
        file.writestr("probe-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: probe\nVersion: 1\n")
        file.writestr("probe-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("probe-1.dist-info/RECORD", "")
    return f"probe==1 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def run(folder: Path, uv: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the script in this folder, with this uv and no other one."""
    path = [each for each in os.environ["PATH"].split(os.pathsep) if not Path(each, "uv").exists()]
    if uv:
        path.insert(0, str(uv.parent))
    return subprocess.run(
        ["sh", str(ROOT / "tools" / "venv.sh"), "empty.lock"],
        cwd=folder, env=os.environ | environ | {"PATH": os.pathsep.join(path)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def add_environment(folder: Path, packages: Path = Path(pip.__file__).parents[1]) -> None:
    """Make an environment with these packages, pip among them; a real one takes ten seconds more."""
    venv.create(folder / ".venv", symlinks=True)
    (site_packages,) = (folder / ".venv" / "lib").glob("python3.*/site-packages")
    (site_packages / "these.pth").write_text(f"{packages}\n")


def stand_in(folder: Path, code: int = 0) -> Path:
    """Make a uv that notes its arguments and variables and ends with this exit code."""
    uv = folder / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(f'#!/bin/sh\necho "$@" > "{folder}/arguments"\nenv > "{folder}/variables"\nexit {code}\n')
    uv.chmod(0o755)
    return uv


def variables(folder: Path) -> dict[str, str]:
    """The variables about packages that the stand-in for uv received."""
    lines = (folder / "variables").read_text().splitlines()
    given = dict(line.partition("=")[::2] for line in lines)
    return {name: value for name, value in given.items() if name.startswith(("UV_", "PIP_", "SSL_CERT_F"))}


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
    add_environment(tmp_path)
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


UV = shutil.which("uv")


@pytest.mark.parametrize(
    "uv", [None, pytest.param(UV, marks=pytest.mark.skipif(UV is None, reason="uv is not installed"))],
    ids=["pip", "uv"],
)  # fmt: skip
def test_settings_for_other_projects_are_ignored(tmp_path: Path, uv: str | None) -> None:
    """What pip.conf, pip's and Python's variables say about where or whether to install does not reach .venv.

    Where packages come from is still read, from pip.conf and from the environment.
    """
    (tmp_path / "wheels").mkdir()
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "empty.lock").write_text(add_wheel(tmp_path / "wheels") + NOTHING)
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
        "UV_TARGET": str(elsewhere), "UV_PYTHON": "/bin/false", "UV_CONSTRAINT": "no-such-file", "UV_NO_BINARY": "1",
        "UV_SYSTEM_PYTHON": "1", "UV_EXCLUDE_NEWER": "1999-01-01", "UV_CONFIG_FILE": "no-such-file",
    }  # fmt: skip
    used = {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    if uv:  # which must not need pip's help
        (tmp_path / "pip.conf").write_text((tmp_path / "pip.conf").read_text() + "no-clean = true\n")
        used |= {"UV_CACHE_DIR": str(tmp_path / "cache")}
    done = run(tmp_path, Path(uv) if uv else None, PYTHON=sys.executable, **hostile, **used)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cache").exists() == bool(uv)
    assert (tmp_path / ".venv" / ".installed-empty.lock").exists()
    # The checkout is importable too, wherever Python starts.
    (tmp_path / "ours.py").write_text("")
    subprocess.run([tmp_path / ".venv" / "bin" / "python", "-I", "-c", "import probe, ours"], cwd="/", check=True)


def test_an_environment_that_lacks_a_package_leaves_no_stamp(tmp_path: Path) -> None:
    """If uv exits with 0 and has installed nothing, the script fails and names the package."""
    (tmp_path / "empty.lock").write_text(f"no-such-package==1 --hash=sha256:{'0' * 64}\n")
    add_environment(tmp_path)
    done = run(tmp_path, stand_in(tmp_path))
    assert done.returncode == 1
    assert "no-such-package==1" in done.stderr
    assert not (tmp_path / ".venv" / ".installed-empty.lock").exists()


def test_uv_gets_what_pip_would_use(tmp_path: Path) -> None:
    """Indexes, certificates and hosts of pip.conf and of pip's variables reach uv, and no other setting does."""
    (tmp_path / "empty.lock").write_text(NOTHING)
    add_environment(tmp_path)
    (tmp_path / "pip.conf").write_text(
        "[global]\ncert = /ca.pem\nindex-url = https://me:pass@mirror/simple\ntimeout = 7\n"
        "trusted-host =\n  mirror\n  other:8080\n[install]\nuser = true\nfind-links =\n  /wheels\n  /more\n"
    )
    given = {name: "" for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_C"))} | {
        "PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "PIP_EXTRA_INDEX_URL": "https://a/simple https://b/simple",
        "PIP_RETRIES": "3", "PIP_TARGET": "/elsewhere", "UV_TARGET": "/elsewhere",
        "UV_HTTP_TIMEOUT": "9",
    }  # fmt: skip
    done = run(tmp_path, stand_in(tmp_path), **given)
    assert done.returncode == 0, done.stderr
    assert variables(tmp_path) == {
        "UV_DEFAULT_INDEX": "https://me:pass@mirror/simple", "UV_INDEX": "https://a/simple https://b/simple",
        "UV_INSECURE_HOST": "mirror other:8080", "UV_FIND_LINKS": "/wheels,/more", "UV_HTTP_TIMEOUT": "7",
        "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", "SSL_CERT_FILE": "/ca.pem",
    }  # fmt: skip
    arguments = (tmp_path / "arguments").read_text()
    assert arguments.startswith("pip install --require-hashes -r empty.lock --no-config ")
    assert "--no-index" not in arguments


@pytest.mark.parametrize("setting", ["PROXY=http://127.0.0.1:9", "KEYRING_PROVIDER=disabled", "NO_CACHE_DIR=1"])
def test_what_only_pip_knows_is_left_to_pip(tmp_path: Path, setting: str) -> None:
    """With such a setting uv is not started, and pip gets it; this pip is a stand-in."""
    (tmp_path / "empty.lock").write_text(NOTHING)
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__main__.py").write_text(NOTES_CALLS)
    add_environment(tmp_path, tmp_path)
    name, _, value = setting.partition("=")
    done = run(tmp_path, stand_in(tmp_path), **{f"PIP_{name}": value})
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "arguments").exists()
    (installed,) = [line for line in (tmp_path / "calls").read_text().splitlines() if line.startswith("install --req")]
    assert f"PIP_{setting}" in installed.split()


def test_pip_installs_what_uv_cannot(tmp_path: Path) -> None:
    """The script succeeds where uv fails and pip does not."""
    (tmp_path / "empty.lock").write_text(NOTHING)
    add_environment(tmp_path)
    done = run(tmp_path, stand_in(tmp_path, code=2))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "arguments").exists()
