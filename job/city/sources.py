"""Sources of the City's records: files, patterns of files, and addresses, parsed from text."""

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pyarrow as pa

from job.city import soda, web
from job.city.api import DataSet
from job.city.download import Download
from job.city.files import LocalFile
from job.city.header import Purpose
from job.errors import UsageError
from job.place import Place

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?/", re.IGNORECASE)
MOST_NAMES = 5


class Source(Protocol):
    """Records that can be read more than once."""

    @property
    def name(self) -> str:
        """The source in messages: a path, or an address without user, password and query."""

    def check(self, purpose: Purpose) -> None:
        """Raise UsageError if it is already known that the source does not suit the purpose."""

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records in the present form, with those of the purpose's columns that the source has.

        Each table is a batch. Raises UsageError if the source does not suit the purpose, JobError if it cannot be read.
        """


def parse(texts: Iterable[str], token: str | None, place: Place) -> list[Source]:
    """Paths, patterns and addresses of the place's records as sources; the token is for the City's API.

    The headers of all local files are read, so that a mistake in the last one is found before the first is scored.
    Raises UsageError for a wrong path, pattern or address, JobError for a damaged file.
    """
    return [source for text in texts for source in _parse(text, token, place)]


def names(sources: Sequence[Source]) -> str:
    """The names of the first few sources, and how many more there are."""
    first, more = sources[:MOST_NAMES], len(sources) - MOST_NAMES
    return ", ".join(source.name for source in first) + (f" and {more:,} more" if more > 0 else "")


def _parse(text: str, token: str | None, place: Place) -> list[Source]:
    if not SCHEME.match(text):
        _require_no_address(text)
        return [LocalFile.parse(path, place) for path in _paths(text)]
    _require_http(text)
    url = soda.json_address(text)
    return [DataSet.parse(text, url, token, place) if url else Download.parse(text, place)]


def _paths(text: str) -> list[Path]:
    """The files that a pattern matches; a file whose own name looks like a pattern is that file."""
    if not glob.has_magic(text) or os.path.exists(text):
        return [Path(text)]
    matches = sorted(match for match in glob.glob(text, recursive=True) if not Path(match).is_dir())
    if not matches:
        raise UsageError(f"no file matches {text}: check the pattern")
    return [Path(match) for match in matches]


def _require_no_address(text: str) -> None:
    """Raise UsageError for a data set's address whose scheme was left out."""
    if HOST.match(text) and not os.path.exists(text) and soda.json_address(f"https://{text}"):
        raise UsageError(f"{web.display_name(text)} is neither a file nor an address: give https://… in single quotes")


def _require_http(address: str) -> None:
    try:
        parts = urlsplit(address)
        supported = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        supported = False
    if not supported:
        name = web.display_name(address)
        raise UsageError(f"{name} cannot be read: give a path, or an http:// or https:// address")
