"""Data sets of the City's HTTP API, read page by page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Self
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pyarrow as pa
import requests

from job.city import json_rows, older_export, web
from job.city.header import Purpose
from job.errors import JobError, UsageError

PAGE = 20_000  # records, some 20 MB
RESOURCE = re.compile(r"(.*/resource/[a-z0-9]{4}-[a-z0-9]{4})(\.json|\.csv)?/?")

Page = list[json_rows.Record]


@dataclass(frozen=True)
class Query:
    """Which records to request.

    parameters: the address's own $where, $select and so on, with an $order that is the same for every page.
    offset, end: the first record, and the one after the last, if any.
    """

    parameters: dict[str, str]
    offset: int
    end: int | None

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Raise UsageError for a query that cannot be read page by page."""
        parameters = dict(parse_qsl(text, keep_blank_values=True))
        if "$query" in parameters:
            raise UsageError(f"{name} with $query cannot be read page by page: use $where, $select, … instead")
        for key in ("$limit", "$offset"):
            if not parameters.get(key, "0").isdecimal():
                raise UsageError(f"{name} with {key}={parameters[key]!r} cannot be read: give a whole number")
        offset, limit = int(parameters.pop("$offset", 0)), parameters.pop("$limit", None)
        order = parameters.get("$order", "")
        if not re.search(r"trip_id|:id", order):
            parameters["$order"] = ", ".join(filter(None, (order, "trip_id")))
        return cls(parameters, offset, None if limit is None else offset + int(limit))


@dataclass(frozen=True)
class DataSet:
    """A data set, as an address with an optional query; the token raises the API's limit on requests."""

    address: str = field(repr=False)
    token: str | None = field(repr=False)
    name: str
    query: Query = field(repr=False)

    @classmethod
    def parse(cls, address: str, token: str | None) -> Self:
        """Raise UsageError for a query that cannot be read page by page."""
        name = web.display_name(address)
        return cls(address, token, name, Query.parse(urlsplit(address).query, name))

    def check(self, purpose: Purpose) -> None:
        """Do nothing: the columns are known only from the first page."""

    def tables(self, purpose: Purpose) -> Iterator[pa.Table]:
        """The records, a table for each page, in the order of trip_id.

        Raises UsageError for unsuitable columns, JobError if the API does not answer.
        """
        pages = self._pages()
        first = next(pages, [])
        header = json_rows.header_of(self.name, first)
        purpose.check(header)
        own_names = header.own_names(purpose.columns)
        tables = (json_rows.table(page, own_names) for page in chain([first] if first else [], pages))
        yield from older_export.in_present_form(tables, self.address) if header.is_older else tables

    def _pages(self) -> Iterator[Page]:
        """Request pages until one is empty, since a server may return fewer records than requested."""
        url, end = self._url(), self.query.end
        offset, previous = self.query.offset, Page()
        with web.Session() as session:
            session.headers.update({"X-App-Token": self.token} if self.token else {})
            while end is None or offset < end:
                limit = PAGE if end is None else min(PAGE, end - offset)
                span = {"$limit": str(limit), "$offset": str(offset)}
                page = web.get(session, url, self.query.parameters | span, self._records)
                if not page:
                    return
                if page == previous:
                    raise JobError(f"{self.name} returns the same page again and again: is it the City's API?")
                yield page
                previous, offset = page, offset + len(page)

    def _url(self) -> str:
        """The address of the JSON form, without the query."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc, RESOURCE.sub(r"\1.json", parts.path), "", ""))

    def _records(self, response: requests.Response) -> Page:
        content = response.content.decode(errors="replace").strip()
        try:
            page = json_rows.DECODER.decode(content)
        except (ValueError, RecursionError) as error:
            if content.startswith("["):  # without a Content-Length, a truncated response is not noticed otherwise
                raise web.Transient("the answer was cut off") from error
            page = None
        if not isinstance(page, list) or not all(isinstance(record, dict) for record in page):
            raise JobError(f"{self.name} did not return a JSON array of objects: is it the City's API?")
        return page


def is_data_set(address: str) -> bool:
    """Whether the address is a data set of the City's API rather than a file."""
    return RESOURCE.fullmatch(urlsplit(address).path) is not None
