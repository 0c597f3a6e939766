"""Files of the City's records at an http or https address."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self
from urllib.parse import urlsplit

import pyarrow as pa

from job.city import transfer, web
from job.city.files import LocalFile, format_of
from job.city.header import Purpose
from job.city.session import Session
from job.place import Place

LIMITS = transfer.Limits(seconds=24 * 3600, slow_seconds=60)


@dataclass(frozen=True)
class Download:
    """A file that is downloaded when it is read, and deleted afterwards."""

    address: str = field(repr=False)
    name: str
    file_name: str
    place: Place = field(repr=False)

    @classmethod
    def parse(cls, address: str, place: Place) -> Self:
        """Raise UsageError if the address's path does not end in the suffix of a known format."""
        name, file_name = web.display_name(address), PurePosixPath(urlsplit(address).path).name
        format_of(file_name, name)
        return cls(address, name, file_name, place)

    def check(self, purpose: Purpose) -> None:
        """Do nothing: the columns are known only after the download."""

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records; raises UsageError for unsuitable columns, JobError if the file is damaged or not available."""
        with tempfile.TemporaryDirectory(prefix="taxi-") as folder:
            path = Path(folder, self.file_name)
            self._save(path)
            file = LocalFile.parse(path, self.place, self.name)
            file.check(purpose)
            yield from file.tables(purpose)

    def _save(self, path: Path) -> None:
        with Session(None) as session:
            web.get(session, self.address, {}, lambda response: transfer.save(response, path, LIMITS))
