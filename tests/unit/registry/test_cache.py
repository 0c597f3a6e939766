"""The model cache on disk, used by several processes at once."""

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import structlog

from job.registry import loading
from job.registry.cache import Cache, Entry


def made(folder: Path, content: bytes = b"x") -> tuple[Path, Entry]:
    """A folder of model files, and its entry in a cache."""
    folder.mkdir()
    for number in range(3):
        (folder / f"part{number}").write_bytes(content * 1_000)
    return folder, Entry("taxi", "1", loading.digest(folder))


def test_concurrent_additions_do_not_damage_the_cache(tmp_path: Path) -> None:
    """The model is intact after each, and no temporary folder remains. Threads stand in for processes."""
    model, entry = made(tmp_path / "model")

    def add(thread: int) -> list[bool]:
        cache, intact = Cache(tmp_path / "cache"), []
        for turn in range(25):
            added = cache.add(f"{thread} {turn}", entry, model)
            cache.note_served(f"{thread} {turn}", entry)
            intact.append(added == cache.path(entry) and loading.digest(added) == entry.digest)
        return intact

    with ThreadPoolExecutor(4) as threads:
        assert all(all(intact) for intact in threads.map(add, range(4)))
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {loading.digest(model), "index.json"}


def test_an_index_with_a_password_is_rewritten(tmp_path: Path) -> None:
    """Earlier versions wrote the registry's whole address; the entries stay, under addresses without credentials."""
    model, entry = made(tmp_path / "model")
    cache = Cache(tmp_path / "cache")
    old = "http://user:canary@host:5000 models:/taxi@production"
    cache.add("postgresql://user:canary@host/db?password=canary taxi 1 7", entry, model)
    cache.note_served(old, entry)
    index = tmp_path / "cache" / "index.json"
    assert "canary" in index.read_text()
    assert cache.last_served("http://host:5000 models:/taxi@production") == entry
    assert cache.version("postgresql://host/db?password=*** taxi 1 7") == entry
    assert "canary" not in index.read_text()


def test_a_cache_that_cannot_be_written_is_not_used(tmp_path: Path) -> None:
    """The model stays where it was downloaded to, and a warning names the folder."""
    model, entry = made(tmp_path / "model")
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache")
    with structlog.testing.capture_logs() as logged:
        assert cache.add("key", entry, model) == model
        cache.note_served("key", entry)
    assert cache.last_served("key") is None
    assert {(one["event"], one["folder"], one["error"]) for one in logged} == {
        ("cache.not_written", str(cache.folder), "Not a directory")
    }


def test_a_full_disk_leaves_the_cache_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model that was served last is still there, and no part of the new one remains."""
    cache = Cache(tmp_path / "cache")
    first, served = made(tmp_path / "first")
    cache.add("first", served, first)
    cache.note_served("key", served)
    second, entry = made(tmp_path / "second", b"y")

    def full(_source: Path, target: Path) -> None:
        target.mkdir()
        (target / "part0").touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copytree", full)
    assert cache.add("second", entry, second) == second
    assert cache.version("second") is None
    assert cache.last_served("key") == served
    assert {path.name for path in cache.folder.iterdir()} == {served.digest, "index.json"}


def test_a_model_that_cannot_be_read_is_not_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one that another user wrote, or that another process is deleting."""
    model, entry = made(tmp_path / "model")
    cache = Cache(tmp_path / "cache")
    cache.add("key", entry, model)

    def refused(_folder: Path) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(loading, "digest", refused)
    assert cache.version("key") is None
    assert cache.add("key", entry, model) == model
