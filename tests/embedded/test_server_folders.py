"""TAXI_HOME may be any folder that can be written, and a private one stays private."""

import re
import shutil
import stat
import subprocess
from pathlib import Path

import psutil
import pytest

from job import embedded, server_folders
from job.embedded import embedded_server
from job.errors import JobError, UsageError
from tests.embedded.conftest import as_root, connected, servers

LONG = "a-long-path/" * 12 + "home"


@pytest.mark.parametrize(
    "path", ["with a space/and 'quotes'; & (more)", LONG, "ümläut/家"], ids=["spaces", "long", "letters"]
)
def test_any_path_may_be_taxi_home(base: Path, path: str) -> None:
    """If the path cannot hold a socket, the socket gets a private temporary folder that is removed afterwards."""
    home = base / path
    with embedded_server(home) as address, connected(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
        folder = Path(address.host)
        assert folder != home / "postgres"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert servers(base) == []
    assert not folder.exists()
    with embedded_server(home) as again:
        assert again == address


def test_the_socket_of_a_short_home_is_in_the_data_folder(base: Path) -> None:
    """Only the server's user may enter that folder."""
    with embedded_server(base) as address:
        assert address.host == str(base / "postgres")
        assert stat.S_IMODE((base / "postgres").stat().st_mode) == 0o700


@pytest.mark.parametrize("place", ["file", "file/home", "/proc/taxi"])
def test_a_home_that_cannot_be_created_is_a_usage_error(base: Path, place: str) -> None:
    """The error names the path and TAXI_HOME, and a file in its place is not touched."""
    (base / "file").write_text("mine")
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .*{place} cannot be written: .*Set TAXI_HOME"),
        embedded_server(base / place),
    ):
        pass
    assert (base / "file").read_text() == "mine"


@pytest.mark.parametrize("letter", list('"$`\\'))
def test_a_home_with_shell_characters_is_a_usage_error(base: Path, letter: str) -> None:
    """The wheel quotes the path for a shell, so it is refused before anything is created."""
    with (
        pytest.raises(UsageError, match=f"TAXI_HOME .* cannot be used: .*{re.escape(repr(letter))}"),
        embedded_server(base / f"a{letter}b"),
    ):
        pass
    assert list(base.iterdir()) == []


@as_root
def test_a_full_disk_is_one_sentence_and_leaves_nothing_that_blocks(base: Path) -> None:
    """With more room, the next start succeeds."""
    home = base / "home"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(home)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(JobError, match=r"did not start: .*No space left on device"), embedded_server(home):
            pass
        subprocess.run(["mount", "-o", "remount,size=200m", str(home)], check=True)
        with embedded_server(home) as address, connected(address) as database:
            assert database.execute("select 1").fetchone() == (1,)
    finally:
        subprocess.run(["umount", str(home)], check=True)


@as_root
def test_a_private_folder_stays_private(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root, the data are linked to a folder that the server's user may enter; they persist and may be deleted."""
    monkeypatch.setattr(server_folders, "SHARED", base / "shared")
    private = base / "private"
    private.mkdir(mode=0o700)
    home = private / "home"
    for n in (1, 2):
        with embedded_server(home) as address, connected(address) as database:
            database.execute("create table if not exists kept (n integer)")
            database.execute("insert into kept values (1)")
            assert database.execute("select count(*) from kept").fetchone() == (n,)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert (home / "postgres").resolve().parent == base / "shared"
    shutil.rmtree((home / "postgres").resolve())
    with embedded_server(home) as address, connected(address) as database:
        assert database.execute("select to_regclass('kept')").fetchone() == (None,)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert servers(base) == []


@as_root
def test_a_server_program_below_a_private_folder_is_copied(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is copied only once, and the private folder keeps its permissions."""
    monkeypatch.setattr(server_folders, "SHARED", base / "shared")
    private = base / "private"
    private.mkdir(mode=0o700)
    version, versions = embedded.utils.TARGET_POSTGRES_VERSION, embedded.utils.POSTGRES_VERSIONS
    wheel = versions[version].parents[1]
    for part in (f"{wheel.name}/{versions[version].parent.name}", f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / part, private / part, symlinks=True)
    before, only = dict(versions), {version: private / versions[version].relative_to(wheel.parent)}
    try:
        for _ in range(2):
            versions.clear()
            versions.update(only)
            with embedded_server(base / "home"):
                (server,) = servers(base)
                assert Path(psutil.Process(server).exe()).is_relative_to(base / "shared")
    finally:
        versions.clear()
        versions.update(before)
    assert len(list((base / "shared").iterdir())) == 1
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
