"""A stand-in for the City's API that routes and checks queries as strictly as SODA does."""

import csv
import io
import json
import re
from collections.abc import Sequence

Answer = tuple[int, bytes, dict[str, str]]

NAMES = {"wrvz-psew", "ajtu-isnz", "taxi-trips"}
PARAMETERS = {"$where", "$select", "$order", "$q", "$group", "$having", "$limit", "$offset", "$query", "$$app_token"}
DEFAULT_LIMIT = 1_000
COLUMNS = (
    "trip_id", "taxi_id", "trip_start_timestamp", "trip_end_timestamp", "trip_seconds", "trip_miles",
    "pickup_community_area", "dropoff_community_area", "fare", "tips", "tolls", "extras", "trip_total", "company",
)  # fmt: skip


def answer(records: Sequence[dict[str, str]], path: str, query: dict[str, str]) -> Answer:
    """Answer a request for some of the records."""
    if re.fullmatch(r"/api/views/[a-z0-9]{4}-[a-z0-9]{4}/rows\.csv", path):
        return 200, _as_csv(records), {"Content-Type": "text/csv; charset=utf-8"}  # ignores any query
    match = re.fullmatch(r"/resource/([\w-]+)(\.json|\.csv)?", path)
    if not match or match[1] not in NAMES:
        return _error(404, "dataset.missing", "Not found")
    if unknown := [key for key in query if key not in PARAMETERS and key not in COLUMNS]:
        return _error(400, "query.execution.queryNotParsed", f"Unrecognized arguments [{', '.join(unknown)}]")
    for key in ("$limit", "$offset"):
        if not query.get(key, "0").isdecimal():
            return _error(400, "query.soql.invalid-parameter", f"Invalid parameter {key}: {query[key]}")
    start, limit = int(query.get("$offset", 0)), int(query.get("$limit", DEFAULT_LIMIT))
    rows = records[start : start + limit]
    if "$order" not in query and start:
        rows = records[:limit]  # without an order, pages overlap
    return 200, _as_csv(rows) if match[2] == ".csv" else json.dumps(rows).encode(), {}


def _error(status: int, code: str, message: str) -> Answer:
    return status, json.dumps({"code": code, "error": True, "message": message, "data": {}}).encode(), {}


def _as_csv(records: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()
