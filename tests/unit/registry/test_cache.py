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
