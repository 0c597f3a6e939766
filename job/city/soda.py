"""Addresses of data sets of the City's API (SODA), in the forms that its site gives, and their queries."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

import pyarrow as pa

from job.city import web
from job.city.header import Header
from job.errors import UsageError
from job.place import Place

ID = r"[a-z0-9]{4}-[a-z0-9]{4}"
ENDING = r"(?:\.(?:json|csv|tsv|geojson|xml|rdf))?"
# Each names a whole data set: the API's versions, its named data sets, and the pages for people.
WHOLE = [
    rf"(?P<folder>.*)/resource/(?P<id>{ID}){ENDING}",
    rf"(?P<folder>)/resource/(?P<id>[\w-]+){ENDING}",
    rf"(?P<folder>)/api/id/(?P<id>{ID}){ENDING}",
    rf"(?P<folder>)/api/v3/views/(?P<id>{ID})/(?:query|export){ENDING}",
    rf"(?P<folder>)(?!/(?:api|download|odata(?:\.svc)?|stories|foundry)/)(?:/[^/]+)*/(?P<id>{ID})"
    "(?:/(?:about_data|data|data_preview|explore))?",
]
EXPORT = rf"/api/views/{ID}/rows\.csv"
# Addresses that belong to a data set but give a part of it, something else, or its records in a shape of their own.
PARTIAL = [
    rf"/foundry/(?P<host>[^/]+)/(?P<id>{ID})(?:/.*)?",
    rf"/(?:api/(?!v3/)(?:[^/]+/)*|odata\.svc/|api/v3/views/)(?P<id>{ID})(?:\.\w+)?(?:/(?!files/).*)?",
    rf"/(?:[^/]+/)*(?P<id>{ID})/explore/.+",
]
PARAMETERS = {"$where", "$select", "$order", "$q", "$limit", "$offset"}
OPTIONS = {"$$exclude_system_fields", "$$read_from_nbe", "$$version"}
TOKENS = ("$$app_token", "app_token")
EXPORT_OPTIONS = {"accessType", "cacheBust", "date"}  # of the site's export links; they select nothing
PAGES = {"query", "pageNumber", "pageSize", "page"}  # SODA 3


def json_address(address: str) -> str | None:
    """The JSON form of a data set's address, without the query; None if the address is that of a file.

    Raises UsageError, which names the address to give instead, for other addresses of a data set.
    """
    parts = urlsplit(address)
    path = re.sub("/+", "/", unquote(parts.path)).removesuffix("/")
    for form in WHOLE:
        if match := re.fullmatch(form, path, re.IGNORECASE):
            return _resource(address, match["folder"], match["id"])
    if re.fullmatch(EXPORT, path, re.IGNORECASE) and "$" not in unquote(parts.query):
        return None
    for form in PARTIAL:
        if match := re.fullmatch(form, path, re.IGNORECASE):
            host = match.groupdict().get("host") or parts.netloc
            whole = web.display_name(_resource(urlunsplit(parts._replace(netloc=host)), "", match["id"]))
            raise UsageError(f"{web.display_name(address)} cannot be read to the end: give {whole}")
    return None


def _resource(address: str, folder: str, name: str) -> str:
    parts = urlsplit(address)
    name = name.lower() if re.fullmatch(ID, name, re.IGNORECASE) else name
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/resource/{name}.json", "", ""))


def parameters(address: str, name: str) -> tuple[dict[str, str], str | None]:
    """The parameters of an address's query, and the app token among them.

    Raises UsageError for a query that would not be sent as intended.
    """
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if parts.query and parts.fragment:
        raise UsageError(f"{name} has a # in its query: write it as %23")
    if any(not key for key, _ in pairs):
        raise UsageError(f"{name} has a parameter without a name: put the address in single quotes, for the shell's $")
    if twice := [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]:
        raise UsageError(f"{name} has the parameter {twice[0]} twice: combine both in one $where")
    parameters = {key: value for key, value in pairs if key not in EXPORT_OPTIONS}
    tokens = [parameters.pop(key) for key in TOKENS if key in parameters]
    return parameters, next(filter(None, tokens), None)


@dataclass(frozen=True)
class Query:
    """Which records to request.

    parameters: the address's own $where, $select and so on, with an $order that includes a unique column.
    offset, end: the first record, and the one after the last, if any.
    """

    parameters: dict[str, str]
    offset: int
    end: int | None

    @classmethod
    def parse(cls, given: dict[str, str], name: str) -> Self:
        """Raise UsageError for parameters that cannot be read page by page."""
        _require_known(given, name)
        own = dict(given)
        first, most = (_whole_number(own.pop(key, None), key, name) for key in ("$offset", "$limit"))
        order = own.get("$order", "")
        if not re.search(r"(?<![\w:])(?:trip_id|:id)\b", order):
            own["$order"] = ", ".join(filter(None, (order, "trip_id")))
        offset = first or 0
        return cls(own, offset, None if most is None else offset + most)

    def narrowed(self, where: str, order: str, most: int) -> Self:
        """The query with an additional condition, another order, and at most this many records."""
        own = self.parameters.get("$where")
        both = f"({own}) and ({where})" if own else where
        end = self.offset + most if self.end is None else min(self.end, self.offset + most)
        return replace(self, parameters=self.parameters | {"$where": both, "$order": order}, end=end)

    def selected(self, name: str, place: Place) -> Header | None:
        """The columns that a $select names; None if it selects all, or there is none."""
        text = self.parameters.get("$select", "*").strip()
        expressions = [part.strip() for part in re.split(r",(?![^(]*\))", text)]
        if "*" in expressions:
            return None
        if any(part.startswith("*") for part in expressions):
            raise UsageError(f"{name} has a $select with an exception: name the columns to select instead")
        own_names = [re.split(r"\s+as\s+", part, flags=re.IGNORECASE)[-1].strip('`" ') for part in expressions]
        return Header.parse(f"the $select of {name}", ((own_name, pa.string()) for own_name in own_names), place)


def _require_known(given: dict[str, str], name: str) -> None:
    for key in given:
        if key in ("$group", "$having"):
            raise UsageError(f"{name} with {key} gives groups, which cannot be read: select single records")
        if key == "$query" or key in PAGES:
            raise UsageError(f"{name} with {key} cannot be read page by page: use $where, $select, … instead")
        if key.startswith("$") and key not in PARAMETERS | OPTIONS:
            raise UsageError(f"{name} with {key} cannot be read: use {', '.join(sorted(PARAMETERS))}")


def _whole_number(text: str | None, key: str, name: str) -> int | None:
    if text is not None and not re.fullmatch("[0-9]{1,15}", text):
        raise UsageError(f"{name} with {key}={text[:40]!r} cannot be read: give a whole number")
    return None if text is None else int(text)
