"""The command line's words become sources: local files, patterns of them, downloads and data sets."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from job.city import sources
from job.city.api import DataSet
from job.city.download import Download
from job.city.files import LocalFile
from job.errors import UsageError
from tests.rides import CHICAGO
from tests.unit.city.conftest import API_CSV, ASSETS, records, rides


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (str(API_CSV), LocalFile, str(API_CSV)),
        ("https://user:p@ss@example.org/a/trips.csv.gz?key=secret", Download, "https://example.org/a/trips.csv.gz"),
        ("http://example.org:8080/resource/wrvz-psew?$where=secret", DataSet,
         "http://example.org:8080/resource/wrvz-psew"),
    ],
)  # fmt: skip
def test_each_kind_of_source(text: str, kind: type, name: str) -> None:
    """The text decides the kind; neither the name nor the representation of an address contains secrets."""
    (source,) = sources.parse([text], "a token", CHICAGO)
    assert isinstance(source, kind)
    assert source.name == name
    for secret in ("p@ss", "secret", "a token"):
        assert secret not in repr(source)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://host/a.csv",
        "s3://key:secret@bucket/a.csv",
        "http:///a.csv",
        "http://[/a.csv",
        "http://host:no/a.csv",
        "http://host:99999/a.csv",
        "http://user:secret/@host/resource/wrvz-psew",
    ],
)
def test_unsupported_addresses(address: str) -> None:
    """Only http and https addresses with a host and a valid port are accepted."""
    with pytest.raises(UsageError, match="give a path, or an http:// or https:// address") as raised:
        sources.parse([address], None, CHICAGO)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("path", ["/resource/wrvz-psew.json", "/resource/wrvz-psew?$where=secret", "/d/wrvz-psew"])
def test_an_address_without_its_scheme(path: str) -> None:
    """It is not taken for a file or a pattern of files."""
    with pytest.raises(UsageError, match="neither a file nor an address: give https") as raised:
        sources.parse([f"data.cityofchicago.org{path}"], None, CHICAGO)
    assert "secret" not in str(raised.value)


def test_patterns(tmp_path: Path) -> None:
    """A pattern stands for the files that it matches, in order; a file with such a name stands for itself."""
    for name in ("b", "a", "[c]"):
        pa.csv.write_csv(records(1, name), tmp_path / f"{name}.csv")
    (tmp_path / "deep.csv").mkdir()
    (tmp_path / "deep.csv" / "d.CSV").write_bytes((tmp_path / "b.csv").read_bytes().replace(b"b0", b"d0"))
    assert rides(tmp_path / "*.csv")["source_trip_id"].tolist() == ["[c]0", "a0", "b0"]
    assert rides(tmp_path / "[ab].csv")["source_trip_id"].tolist() == ["a0", "b0"]
    assert rides(tmp_path / "[c].csv")["source_trip_id"].tolist() == ["[c]0"]
    assert rides(tmp_path / "**" / "d.CSV")["source_trip_id"].tolist() == ["d0"]


def test_a_pattern_without_a_match(tmp_path: Path) -> None:
    """It is a usage error, since the user expected files."""
    with pytest.raises(UsageError, match="no file matches"):
        sources.parse([f"{tmp_path}/*.parquet"], None, CHICAGO)


def test_the_last_file_is_opened_before_the_first_is_read() -> None:
    """A file that cannot be read is refused while parsing, wherever it stands."""
    with pytest.raises(UsageError, match=r"empty\.csv is empty"):
        sources.parse([str(API_CSV), str(ASSETS / "refused" / "empty.csv")], None, CHICAGO)


def test_names_of_many_sources() -> None:
    """A sentence names the first five sources and counts the others."""
    many = sources.parse([f"https://example.org/{number}.csv" for number in range(7)], None, CHICAGO)
    assert sources.names(many[:2]) == "https://example.org/0.csv, https://example.org/1.csv"
    assert sources.names(many).endswith("https://example.org/4.csv and 2 more")
