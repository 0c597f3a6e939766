"""The model cache on disk, used by several processes at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from job.registry import loading
from job.registry.cache import Cache


def test_concurrent_processes_do_not_damage_the_cache(tmp_path: Path) -> None:
    """The model is intact after each addition, and no temporary folder remains."""
    model = tmp_path / "model"
    model.mkdir()
    for number in range(3):
        (model / f"part{number}").write_bytes(b"x" * 1_000)

    def add(process: int) -> list[bool]:
        cache, whole = Cache(tmp_path / "cache"), []
        for turn in range(25):
            entry = cache.add(f"{process} {turn}", "taxi", "1", model)
            cache.note_served(f"{process} {turn}", entry)
            whole.append(loading.digest(cache.path(entry)) == entry.digest)
        return whole

    with ThreadPoolExecutor(4) as processes:
        assert all(all(whole) for whole in processes.map(add, range(4)))
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {loading.digest(model), "index.json"}


def test_an_index_with_a_password_is_rewritten(tmp_path: Path) -> None:
    """Earlier versions wrote the registry's whole address; the entries stay, under addresses without credentials."""
    model = tmp_path / "model"
    model.mkdir()
    (model / "part").write_bytes(b"x")
    cache = Cache(tmp_path / "cache")
    old = "http://user:canary@host:5000 models:/taxi@production"
    entry = cache.add("postgresql://user:canary@host/db?password=canary taxi 1 7", "taxi", "1", model)
    cache.note_served(old, entry)
    index = tmp_path / "cache" / "index.json"
    assert "canary" in index.read_text()
    assert cache.last_served("http://host:5000 models:/taxi@production") == entry
    assert cache.version("postgresql://host/db?password=*** taxi 1 7") == entry
    assert "canary" not in index.read_text()
