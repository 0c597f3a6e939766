"""Files at addresses, downloaded from a real server on this machine."""

import gzip
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from job.city import sources
from job.errors import JobError, UsageError
from tests.rides import CHICAGO
from tests.unit.city.conftest import API_CSV, ASSETS, City, rides


@pytest.mark.parametrize("name", ["api.csv", "lines.jsonl", "array.json", "packed.csv.gz"])
def test_a_file_at_an_address(server: City, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read like a local file, without the API's token, and no temporary file is left behind."""
    content = gzip.compress(API_CSV.read_bytes()) if name == "packed.csv.gz" else (ASSETS / "read" / name).read_bytes()
    server.answer = lambda *_: (200, content, {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    parsed = rides(f"{server.address}/some/{name}?download=1", token="secret")
    pd.testing.assert_frame_equal(parsed, rides(API_CSV))
    assert server.queries == [{"download": "1"}]
    assert server.tokens == [None]
    assert not list(tmp_path.iterdir())


def test_an_interrupted_download(server: City) -> None:
    """It starts again from the beginning."""
    content = API_CSV.read_bytes()
    server.answer = lambda *_: (
        200,
        content[: 50 if len(server.queries) == 1 else None],
        {"Content-Length": str(len(content))},
    )
    assert len(rides(f"{server.address}/trips.csv")) == 2
    assert len(server.queries) == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [("truncated.parquet", "is damaged"), ("without_miles.csv", "has no trip_miles"), ("empty.csv", "is empty")],
)
def test_a_refused_file_at_an_address(server: City, name: str, words: str) -> None:
    """The error names the URL without its query, not the temporary file."""
    server.answer = lambda *_: (200, (ASSETS / "refused" / name).read_bytes(), {})
    with pytest.raises(JobError, match=rf"^{server.address}/{name} {words}"):
        rides(f"{server.address}/{name}?key=secret")


@pytest.mark.parametrize("address", ["https://example.org/trips", "https://example.org", "https://example.org/"])
def test_an_address_of_unknown_format(address: str) -> None:
    """A URL must end in the name of a known format; any other is refused before any request."""
    with pytest.raises(UsageError, match="is not a kind of file"):
        sources.parse([address], None, CHICAGO)
