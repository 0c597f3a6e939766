"""Recognises JSON documents of other forms than an array of records or JSON lines, and says what to write instead."""

import json
import re
from collections.abc import Collection

from job.city.header import api_name
from job.errors import UsageError
from job.place import Place
from job.rides.ride import RECORD_COLUMNS

KEY = re.compile(r'\s*"((?:[^"\\]|\\.)*+)"\s*:\s*')
COMMA = re.compile(r"\s*,")
RECORDS = 'write it with orient="records" (and lines=True for JSON lines)'


def check(start: str, name: str, place: Place) -> None:
    """Raise UsageError if the first object of a text is not a record, but contains the records."""
    values = _top_level(start)
    nested = {key: value[0] for key, value in values.items() if value[:1] in ("[", "{")}
    columns = {key for key in values if api_name(key, place) in RECORD_COLUMNS}
    if "FeatureCollection" in values.get("type", "") or (not columns and "features" in nested):
        raise UsageError(f"{name} is GeoJSON: give the records as CSV, or as a JSON array of objects")
    if not nested:
        return
    if len(nested) == len(values):
        _check_pandas(nested, columns, name)
    if nested.get("meta") == "[":
        raise UsageError(f"{name} is ClickHouse's JSON: write it with FORMAT JSONEachRow")
    if "meta" in nested:
        raise UsageError(f"{name} is the City's JSON without column names: use its CSV export or its API instead")
    arrays = [key for key, bracket in nested.items() if bracket == "["]
    if arrays and not columns:
        raise UsageError(f"{name} wraps its records in an object: write only the array in its {arrays[0]!r}")


def _check_pandas(nested: dict[str, str], columns: Collection[str], name: str) -> None:
    """Raise UsageError for the forms that pandas writes, in which no value of the outer object is a scalar."""
    if columns:
        raise UsageError(f"{name} is column-oriented JSON, pandas' default: {RECORDS}")
    if {"columns", "data"} <= nested.keys() or {"columns", "index"} <= nested.keys():
        raise UsageError(f'{name} is JSON with orient="split": {RECORDS}')
    if "schema" in nested:
        raise UsageError(f'{name} is JSON with orient="table": {RECORDS}')
    if set(nested.values()) == {"{"} and len(nested) > 1:
        raise UsageError(f'{name} is one object of objects, such as JSON with orient="index": {RECORDS}')


def _top_level(text: str) -> dict[str, str]:
    """The keys of the object at the start of a text, which may be cut off, each with the beginning of its value."""
    decoder = json.JSONDecoder()
    values: dict[str, str] = {}
    at = 1
    while key := KEY.match(text, at):
        values[key[1]] = text[key.end() : key.end() + 40]
        try:
            _, at = decoder.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            break
        if not (comma := COMMA.match(text, at)):
            break
        at = comma.end()
    return values
