"""Data sets of the City's HTTP API, read page by page."""

import codecs
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Self

import pyarrow as pa
import requests

from job.city import json_rows, soda, transfer, web
from job.city.header import Header, Purpose
from job.city.session import Session
from job.city.soda import Query
from job.city.transfer import Failure, Limits, Transient
from job.errors import JobError
from job.place import Place

PAGE = 20_000  # records, some 20 MB
PAGE_LIMITS = Limits(seconds=300, slow_seconds=15, size=128 << 20)
MOST_SECONDS = 24 * 3600
MOST_PAGES = 100_000  # whose digests are kept
MOST_SHORT_PAGES = 1_000  # of fewer records than requested, as the City's API returns only at the end
BLANKS = 4_096  # bytes before and after the array, at most


@dataclass(frozen=True)
class DataSet:
    """A data set, as an address with an optional query; the token raises the API's limit on requests."""

    address: str = field(repr=False)
    token: str | None = field(repr=False)
    name: str
    url: str = field(repr=False)
    query: Query = field(repr=False)
    place: Place = field(repr=False)

    @classmethod
    def parse(cls, address: str, url: str, token: str | None, place: Place) -> Self:
        """A data set whose JSON form is `url`. Raises UsageError for a query that cannot be read page by page."""
        name = web.display_name(address)
        parameters, own_token = soda.parameters(address, name)
        return cls(address, own_token or token, name, url, Query.parse(parameters, name), place)

    def narrowed(self, where: str, order: str, most: int) -> Self:
        """The data set with an additional condition, another order, and at most this many records."""
        return replace(self, query=self.query.narrowed(where, order, most))

    def check(self, purpose: Purpose) -> None:
        """Raise UsageError if its $select does not suit the purpose; without one, the first page shows the columns."""
        if selected := self.query.selected(self.name, self.place):
            purpose.check(selected)

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records, a table for each page, in the query's order, by default that of trip_id.

        Raises UsageError for unsuitable columns, JobError if the API does not answer.
        """
        with tempfile.TemporaryDirectory(prefix="taxi-") as folder, Session(self.token) as session:
            pages = self._pages(Path(folder, "page.json"), session, purpose)
            if first := next(pages, None):
                header, page = first
                tables = chain([page], (page for _, page in pages))
                yield from header.in_present_form(tables, purpose)

    def _pages(self, path: Path, session: Session, purpose: Purpose) -> Iterator[tuple[Header, pa.Table]]:
        """Request pages until one is empty, since a server may return fewer records than requested.

        Each comes with the first page's header.
        """
        header: Header | None = None
        progress, offset, end = _Progress(self.name), self.query.offset, self.query.end
        while end is None or offset < end:
            limit = PAGE if end is None else min(PAGE, end - offset)
            span = {"$limit": str(limit), "$offset": str(offset)}
            digest = web.get(session, self.url, self.query.parameters | span, lambda response: _save(response, path))
            if header is None:
                header = json_rows.header(path, self.name, self.place)
                purpose.check(header)
            page = self._page(json_rows.tables(path, header, purpose.columns), limit)
            if not page:
                return
            progress.check(digest, is_short=len(page) < limit)
            yield header, page
            offset += len(page)

    def _page(self, tables: Iterator[pa.Table], limit: int) -> pa.Table:
        """All records of a page, which may be none. Raises JobError if there are more than requested."""
        page = pa.table({})
        for table in tables:
            page = pa.concat_tables([page, table], promote_options="default")
            if len(page) > limit:
                raise JobError(f"{self.name} returns more records than requested: is it the City's API?")
        return page


@dataclass
class _Progress:
    """Ends the reading of a server that returns pages for ever."""

    name: str
    deadline: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)
    digests: set[bytes] = field(default_factory=set)
    short: int = 0

    def check(self, digest: bytes, is_short: bool) -> None:
        """Count another page. Raises JobError if it was returned before, or there are too many."""
        if digest in self.digests:
            raise JobError(f"{self.name} returns the same page again and again: is it the City's API?")
        self.digests.add(digest)
        self.short += is_short
        if self.short > MOST_SHORT_PAGES or len(self.digests) > MOST_PAGES or time.monotonic() > self.deadline:
            raise JobError(
                f"{self.name} did not end within {MOST_SECONDS // 3600} hours and {MOST_PAGES:,} pages "
                f"({MOST_SHORT_PAGES:,} if they are shorter than requested): request fewer records with $where"
            )


def _save(response: requests.Response, path: Path) -> bytes:
    """Save a page and return its digest. Raises Failure if it is not an array, Transient if it was cut off."""
    transfer.save(response, path, PAGE_LIMITS)
    with path.open("rb") as file:
        start = file.read(BLANKS).removeprefix(codecs.BOM_UTF8).strip()
        file.seek(-min(BLANKS, path.stat().st_size), os.SEEK_END)
        end = file.read().strip()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").digest()
    if not start:
        raise Transient("the answer is empty")
    if not start.startswith(b"["):
        raise Failure("did not return a JSON array of objects: is it the City's API?")
    if not end.endswith(b"]"):  # without a Content-Length, a truncated response is not noticed otherwise
        raise Transient("the answer was cut off")
    return digest
