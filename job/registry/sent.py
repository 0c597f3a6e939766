"""A model's files on their way to another process, which checks and loads them like those of the registry."""

import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Self

from job.model.contract import Model, ModelRefused
from job.registry import loading

_loading = threading.Lock()


@dataclass(frozen=True)
class Sent:
    """The files of a model version, by their paths in its folder, and which formats are allowed."""

    name: str
    version: str
    digest: str
    formats: frozenset[str]
    files: Mapping[str, bytes] = field(compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path, name: str, version: str, digest: str, formats: frozenset[str]) -> Self:
        """Read the files of a folder."""
        paths = [path for path in folder.rglob("*") if path.is_file()]
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        return cls(name, version, digest, formats, files)


def opened(model: Model | Sent) -> Model:
    """The model to predict with. One that was sent is loaded once per process, and predicts on one thread.

    Raises ModelRefused as `loading.load` does, and if the files are not those of the digest.
    """
    if isinstance(model, Model):
        return model
    with _loading:  # so that only one of several threads loads it
        return _loaded(model)


@lru_cache(maxsize=1)
def _loaded(sent: Sent) -> Model:
    with tempfile.TemporaryDirectory(prefix="taxi-model-") as name:
        folder = Path(name)
        for relative, content in sent.files.items():
            path = folder / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if loading.digest(folder) != sent.digest:
            raise ModelRefused(f"model {sent.name} version {sent.version} did not arrive intact")
        return loading.load(folder, sent.name, sent.version, sent.digest, sent.formats, threads=1)
