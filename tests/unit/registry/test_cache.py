"""The cache of models on disk, where several processes use it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from job.registry import loading
from job.registry.cache import Cache


def test_several_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    """Each finds the version whole after it has added it, whoever else does the same; nothing unfinished stays."""
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
