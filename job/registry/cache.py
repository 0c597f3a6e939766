"""Downloaded models on disk: one folder per digest, and an index from registry entries to digests."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import structlog

from job import redaction
from job.registry import loading

log = structlog.get_logger()

KEEP = 5


@dataclass(frozen=True)
class Entry:
    """A downloaded model version: its registered name, its number and the digest of its files."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True)
class Index:
    """The index file. Keys of `versions` name registry and version; keys of `served`, registry and MODEL_URI.

    No key contains the user or the password of a registry's address.
    """

    versions: dict[str, Entry] = field(default_factory=dict)
    served: dict[str, Entry] = field(default_factory=dict)

    def without_credentials(self) -> "Index":
        """The index as it is written now; earlier versions of the job wrote addresses with their passwords."""
        return Index(
            *({redaction.address(key): entry for key, entry in part.items()} for part in (self.versions, self.served))
        )


class Cache:
    """The folder that MODEL_CACHE names. A damaged model is detected by its digest and downloaded again.

    If the folder cannot be written, as on a full disk, this is logged. A new model is then used from where it was
    downloaded to, and downloaded again by the next run.

    Several processes may use the cache at once, for example a tick, a `train` and a `score --output`. None of them
    replaces a model whose files are intact. If two write the index at the same time, one entry may be lost, and its
    model is downloaded again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def version(self, key: str) -> Entry | None:
        """Return the version that was downloaded under this key, if its files are intact."""
        return self._whole(self._index().versions.get(key))

    def last_served(self, key: str) -> Entry | None:
        """Return the version that was served last under this key, if its files are intact."""
        return self._whole(self._index().served.get(key))

    def has(self, entry: Entry) -> bool:
        """Whether the model's files are present and intact."""
        return self._whole(entry) is not None

    def path(self, entry: Entry) -> Path:
        """Return the folder of the version's files."""
        return self.folder / entry.digest

    def add(self, key: str, entry: Entry, downloaded: Path) -> Path:
        """Copy downloaded files into the cache, completely or not at all; return the folder to load them from."""
        with self._errors_logged():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".partial-", dir=self.folder) as partial:
                shutil.copytree(downloaded, Path(partial, "model"))
                self._put(Path(partial, "model"), entry)
            index = self._index()
            self._write(Index(index.versions | {key: entry}, index.served))
            self._forget_old(keep=entry)
        return self.path(entry) if self.has(entry) else downloaded

    def note_served(self, key: str, entry: Entry) -> None:
        """Record the version as the one served last under this key."""
        index = self._index()
        if index.served.get(key) != entry:
            with self._errors_logged():
                self._write(Index(index.versions, index.served | {key: entry}))

    def _put(self, model: Path, entry: Entry) -> None:
        """Move the files into place, unless another process has already done so."""
        if not self._whole(entry):
            shutil.rmtree(self.path(entry), ignore_errors=True)
            try:
                model.rename(self.path(entry))
            except OSError:
                if not self._whole(entry):
                    raise

    @contextmanager
    def _errors_logged(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.args[0][0][-1] if isinstance(error, shutil.Error) else error.strerror or str(error)
            log.warning(
                "cache.not_written", folder=str(self.folder), error=reason,
                remedy="make room in it, or set MODEL_CACHE to a folder that can be written",
            )  # fmt: skip

    def _whole(self, entry: Entry | None) -> Entry | None:
        try:
            return entry if entry and loading.digest(self.path(entry)) == entry.digest else None
        except OSError:  # not readable, or just being deleted by another process
            return None

    def _index(self) -> Index:
        try:
            parts = json.loads((self.folder / "index.json").read_text(encoding="utf-8"))
            index = Index(**{
                part: {key: Entry(**entry) for key, entry in parts[part].items()} for part in ("versions", "served")
            })  # fmt: skip
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Index()
        if (clean := index.without_credentials()) != index:
            with self._errors_logged():
                self._write(clean)
        return clean

    def _write(self, index: Index) -> None:
        with tempfile.TemporaryDirectory(prefix=".partial-", dir=self.folder) as partial:
            written = Path(partial, "index.json")
            written.write_text(json.dumps(asdict(index), indent=1, sort_keys=True), encoding="utf-8")
            written.replace(self.folder / "index.json")

    def _forget_old(self, keep: Entry) -> None:
        """Delete old versions, which are megabytes each; keep the newest few and those that were served last."""
        served = {entry.digest for entry in self._index().served.values()} | {keep.digest}
        folders = [path for path in self.folder.iterdir() if path.is_dir()]
        folders.sort(key=_written, reverse=True)
        for path in folders[KEEP:]:
            if path.name not in served:
                shutil.rmtree(path, ignore_errors=True)


def _written(folder: Path) -> float:
    """Return the time of modification; a folder that another process has just deleted counts as the oldest."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0
