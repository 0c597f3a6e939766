"""Records and a server of records for the tests of this folder."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from job.city import api, reading, sources, web
from job.rides.ride import Batch
from tests.rides import CHICAGO
from tests.unit.city import soda
from tests.unit.city.soda import Answer

ASSETS = Path(__file__).parents[2] / "assets" / "records"
API_CSV = ASSETS / "read" / "api.csv"
OLDER_CSV = ASSETS / "refused" / "older_form.csv"
HEADER = (
    "trip_id,trip_start_timestamp,trip_seconds,trip_miles,pickup_community_area,dropoff_community_area,fare,trip_total"
)
RECORDS = [
    {"trip_id": f"r{row:02d}", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": "2.5", "fare": str(row)}
    for row in range(25)
]


def read(*texts: Path | str, token: str | None = None) -> list[Batch]:
    """All batches of some sources."""
    return list(reading.batches(sources.parse(map(str, texts), token, CHICAGO), CHICAGO))


def rides(*texts: Path | str, token: str | None = None) -> pd.DataFrame:
    """The rides of all batches."""
    batches = read(*texts, token=token)
    return pd.concat([batch.rides for batch in batches] or [pd.DataFrame()], ignore_index=True)


def labelled(*texts: Path | str) -> pd.DataFrame:
    """The labelled trips."""
    return reading.labelled_trips(sources.parse(map(str, texts), None, CHICAGO), CHICAGO).trips


def records(rows: int, prefix: str = "r") -> pa.Table:
    """Valid records with distinct trip_ids."""
    return pa.table(
        {
            "trip_id": [f"{prefix}{row}" for row in range(rows)],
            "trip_start_timestamp": ["2022-03-01T00:15:00.000"] * rows,
            "trip_seconds": [600.0] * rows,
            "trip_miles": np.arange(rows) % 100 + 1.0,
            "pickup_community_area": ["8"] * rows,
            "dropoff_community_area": pa.nulls(rows, pa.string()),
        }
    )


@dataclass
class City:
    """A server: how it answers, and the requests that it received."""

    address: str
    answer: Callable[[str, dict[str, str]], Answer | None]
    paths: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    logins: list[str | None] = field(default_factory=list)
    protocol: str = "HTTP/1.0"

    @property
    def data_set(self) -> str:
        return f"{self.address}/resource/wrvz-psew"


def page(path: str, query: dict[str, str]) -> Answer:
    """Answer as the City's API does."""
    return soda.answer(RECORDS, path, query)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """A server of RECORDS, ten per page, with hardly any wait between attempts."""
    monkeypatch.setattr(api, "PAGE", 10)
    monkeypatch.setattr(web, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(web, "TIMEOUT_SECONDS", (1, 1))
    with serving() as city:
        yield city


@contextmanager
def serving() -> Iterator[City]:
    """Run a server in a thread while the block runs."""
    city = City("", page)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            city.paths.append(parts.path)
            city.queries.append(dict(parse_qsl(parts.query, keep_blank_values=True)))
            city.tokens.append(self.headers.get("X-App-Token"))
            city.logins.append(self.headers.get("Authorization"))
            self.protocol_version = city.protocol
            answer = city.answer(parts.path, city.queries[-1])
            if answer is None:
                self.close_connection = True
                return
            status, body, headers = answer
            self.send_response(status)
            length = {} if "Transfer-Encoding" in headers else {"Content-Length": str(len(body))}
            for name, value in (length | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    http_server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    city.address = f"http://127.0.0.1:{http_server.server_port}"
    thread = threading.Thread(target=http_server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield city
    finally:
        http_server.shutdown()
        http_server.server_close()
        thread.join()
