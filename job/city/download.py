"""Files of the City's records at an http or https address."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self
from urllib.parse import urlsplit

import pyarrow as pa
import requests

from job.city import web
from job.city.files import LocalFile, format_of
from job.city.header import Purpose
from job.errors import JobError

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Download:
    """A file that is downloaded when it is read, and deleted afterwards."""

    address: str = field(repr=False)
    name: str
    file_name: str

    @classmethod
    def parse(cls, address: str) -> Self:
        """Raise UsageError if the address does not end in the name of a known format."""
        name, file_name = web.display_name(address), PurePosixPath(urlsplit(address).path).name
        format_of(file_name, name)
        return cls(address, name, file_name)

    def check(self, purpose: Purpose) -> None:
        """Do nothing: the columns are known only after the download."""

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records; raises UsageError for unsuitable columns, JobError if the file is damaged or not available."""
        with tempfile.TemporaryDirectory(prefix="taxi-") as folder:
            path = Path(folder, self.file_name)
            self._save(path)
            file = LocalFile.parse(path, self.name)
            file.check(purpose)
            yield from file.tables(purpose)

    def _save(self, path: Path) -> None:
        def save(response: requests.Response) -> None:
            with path.open("wb") as file:
                for block in response.iter_content(MEGABYTE):
                    file.write(block)

        try:
            with web.Session() as session:
                web.get(session, self.address, {}, save)
        except OSError as error:
            reason = error.strerror or error
            raise JobError(f"{self.name} cannot be saved in {path.parent}: {reason}") from error
