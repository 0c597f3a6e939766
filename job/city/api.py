"""Addresses: the City's HTTP API, page by page, and plain downloads; http and https only, with retries that end."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pyarrow as pa
import requests
import tenacity

from job.city import json_rows
from job.city.files import Opened, api_names
from job.errors import JobError, UsageError

PAGE = 20_000  # records, some 20 MB
ATTEMPTS = 4
FIRST_WAIT_SECONDS = 1.0  # doubled each time
TIMEOUT_SECONDS = (10, 60)  # to connect, and between bytes
RESOURCE = re.compile(r"(.*/resource/[a-z0-9]{4}-[a-z0-9]{4})(\.json|\.csv)?/?")
MEGABYTE = 1 << 20

Read = TypeVar("Read")


class _Passing(Exception):
    """What another attempt may not meet again."""


class _Session(requests.Session):
    """Sends the token to the host that was asked, not to one that it names."""

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        super().rebuild_auth(prepared_request, response)  # type: ignore[no-untyped-call]
        if self.should_strip_auth(response.request.url, prepared_request.url):  # type: ignore[no-untyped-call]
            prepared_request.headers.pop("X-App-Token", None)


def is_api(address: str) -> bool:
    """Whether the address is a data set of the City's API, not a file."""
    return RESOURCE.fullmatch(urlsplit(address).path) is not None


def shown(address: str) -> str:
    """The address as messages name it: without user, password and query, which may be secret."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def download(address: str, target: Path) -> None:
    """Fetch a file. Raises JobError when the address does not give it."""

    def save(response: requests.Response) -> None:
        with target.open("wb") as file:
            for block in response.iter_content(MEGABYTE):
                file.write(block)

    try:
        with _Session() as session:
            _get(session, address, {}, save)
    except OSError as error:
        raise JobError(f"{shown(address)} cannot be saved in {target.parent}: {error.strerror or error}") from error


def opened(address: str, token: str | None) -> Opened:
    """The data set's records, in the order of trip_id; the address's own $where, $limit and so on hold.

    Raises UsageError for a query that cannot be paged; JobError, also while reading, when the API does not answer.
    """
    pages = _pages(address, token)
    first = next(pages, [])
    own = api_names(json_rows.keys(first), shown(address))

    def tables(names: Sequence[str]) -> Iterator[pa.Table]:
        columns = {name: own.get(name, name) for name in names}
        if first:
            yield json_rows.table(first, columns)
        for page in pages:
            yield json_rows.table(page, columns)

    return Opened(dict.fromkeys(own, pa.string()), True, tables)


def _pages(address: str, token: str | None) -> Iterator[list[json_rows.Record]]:
    """Pages until an empty one: a server may give fewer records than we ask for."""
    url, asked = query(address)
    offset = int(asked.pop("$offset", 0))
    end = offset + int(asked.pop("$limit")) if "$limit" in asked else None
    before: list[json_rows.Record] = []
    with _Session() as session:
        session.headers.update({"X-App-Token": token} if token else {})
        while end is None or offset < end:
            limit = PAGE if end is None else min(PAGE, end - offset)
            page = _get(session, url, asked | {"$limit": str(limit), "$offset": str(offset)}, _records)
            if not page:
                return
            if page == before:
                raise JobError(f"{shown(address)} gives the same page again and again: is it the City's API?")
            yield page
            before, offset = page, offset + len(page)


def query(address: str) -> tuple[str, dict[str, str]]:
    """Where to ask for JSON, and what: the address's own query in an order that is the same for every page.

    Raises UsageError for one that cannot be paged.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "$query" in asked:
        raise UsageError(f"{shown(address)} with $query cannot be read page by page: write $where, $select, … instead")
    for name in ("$limit", "$offset"):
        if not asked.get(name, "0").isdecimal():
            raise UsageError(f"{shown(address)} with {name}={asked[name]!r} cannot be read: give a whole number")
    order = asked.get("$order", "")
    if not re.search(r"trip_id|:id", order):
        asked["$order"] = ", ".join(filter(None, (order, "trip_id")))
    path = re.sub(r"(\.json|\.csv)?/?$", ".json", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, "", "")), asked


def _get(
    session: requests.Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Read]
) -> Read:
    """What `read` makes of the answer; a few attempts with growing pauses where another may do better."""
    attempts = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=tenacity.wait_exponential(FIRST_WAIT_SECONDS),
        retry=tenacity.retry_if_exception_type(_Passing),
        reraise=True,
    )
    try:
        return attempts(_attempt, session, address, query, read)
    except _Passing as error:
        raise JobError(f"{shown(address)} cannot be read, {ATTEMPTS} times tried: {error}; try again later") from error
    except requests.RequestException as error:
        raise JobError(f"{shown(address)} cannot be read ({type(error).__name__}): check the address") from error
    except ValueError as error:
        raise JobError(f"{shown(address)} answered no JSON array of objects: is it the City's API?") from error


def _attempt(
    session: requests.Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Read]
) -> Read:
    try:
        with session.get(address, params=query, timeout=TIMEOUT_SECONDS, stream=True) as response:
            if response.status_code == requests.codes.too_many_requests or response.status_code >= 500:
                raise _Passing(f"it answered {response.status_code} {response.reason}")
            if not response.ok:
                said = " ".join(response.text[:200].split())
                raise JobError(f"{shown(address)} answered {response.status_code} ({said}): check address and query")
            return read(response)
    except requests.Timeout as error:
        raise _Passing("no answer in time") from error
    except requests.exceptions.SSLError as error:
        raise _Passing("no secure connection") from error
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise _Passing("the connection failed or broke off") from error


def _records(response: requests.Response) -> list[json_rows.Record]:
    content = response.content.decode(errors="replace").strip()
    try:
        page = json_rows.DECODER.decode(content)
    except (ValueError, RecursionError) as error:
        if content.startswith("["):  # without a length in its head an answer that breaks off looks whole
            raise _Passing("the answer broke off") from error
        raise ValueError("no JSON") from error
    if not isinstance(page, list) or not all(isinstance(record, dict) for record in page):
        raise ValueError("no array of objects")
    return page
