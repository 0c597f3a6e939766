"""CSV with ragged rows, quotes in odd places, line ends of all kinds and overlong lines."""

import hashlib
import json
from pathlib import Path

import pytest

from job.city import csv_rows, lines, packed
from job.errors import UsageError
from job.rides.ride import Batch
from tests.unit.city.conftest import API_CSV, ASSETS, HEADER, read, rides

GOOD = "{},2022-03-01T00:15:00.000,600,1,8,32,1,1"


def _read(path: Path, *rows: str, header: str = f"{HEADER},company", end: str = "\n") -> Batch:
    path.write_bytes(end.join([header, *rows, ""]).encode())
    (batch,) = read(path)
    return batch


def _malformed(batch: Batch) -> dict[int, str]:
    return {
        position: json.loads(payload)["malformed_record"]
        for position, payload in zip(batch.rejected["position"], batch.rejected["payload"], strict=True)
    }


def test_ragged_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A row with too many or too few fields is rejected as it is written, at its position; blank lines do not count."""
    (batch,) = read(ASSETS / "read" / "ragged.csv")
    assert batch.rides["source_trip_id"].tolist() == ["a", "d"]
    assert batch.rejected[["position", "reason"]].to_numpy().tolist() == [
        [2, "malformed_record"], [3, "nonpositive_miles"], [5, "malformed_record"], [6, "malformed_record"]
    ]  # fmt: skip
    assert json.loads(batch.rejected["payload"][2]) == {"malformed_record": "e,not \ufffd utf8"}

    monkeypatch.setattr(packed, "CHUNK", 300)
    rows = [f"{n},ragged" if n % 3 == 0 or 40 <= n < 80 else GOOD.format(n) for n in range(1, 201)]
    batch = _read(tmp_path / "many.csv", *rows, header=HEADER)
    assert batch.read == 200
    assert (batch.rides.index + 1).tolist() == batch.rides["source_trip_id"].astype(int).tolist()
    assert _malformed(batch) == {position: f"{position},ragged" for position in batch.rejected["position"]}


def test_a_quote_in_a_ragged_row(tmp_path: Path) -> None:
    """It opens no quoted value, so the rows after it are read."""
    batch = _read(tmp_path / "quote.csv", GOOD.format("a"), 'b,5" screen', GOOD.format("c"), header=HEADER)
    assert batch.rides["source_trip_id"].tolist() == ["a", "c"]
    assert batch.rejected["position"].tolist() == [2]


def test_a_character_cut_off_at_the_end_of_the_file(tmp_path: Path) -> None:
    """It is replaced by U+FFFD, like other invalid UTF-8, and not dropped."""
    (tmp_path / "cut.csv").write_bytes(f"{HEADER}\nb,x".encode() + "é".encode()[:1])
    (batch,) = read(tmp_path / "cut.csv")
    assert json.loads(batch.rejected["payload"][0]) == {"malformed_record": "b,x\ufffd"}


@pytest.mark.parametrize("chunk", [7, 300, 1 << 20])
def test_values_with_line_ends(chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A quoted value may contain line ends and blank lines, wherever a chunk of the file ends."""
    monkeypatch.setattr(packed, "CHUNK", chunk)
    rows = [GOOD.format(n) + f',"Cabs\n{n},and\n\n""Others"""' for n in range(1, 101)]
    batch = _read(tmp_path / "lines.csv", *rows)
    assert batch.rides["source_trip_id"].tolist() == [str(n) for n in range(1, 101)]


@pytest.mark.parametrize("chunk", [7, 300, 1 << 20])
@pytest.mark.parametrize(
    ("companies", "malformed"),
    [
        ({5: '"Flash', 25: 'x"'}, [5]),
        ({5: '"Flash', 6: 'x"'}, [5]),
        ({7: '5" cab'}, []),
        ({7: '5" cab', 8: 'a "b" c', 9: '"a" b', 10: '"a, ""b"""'}, []),
        ({7: '"', 8: '"', 9: '"""'}, [7, 8, 9]),
        ({40: '"Flash'}, [40]),
        ({40: '"Flash\nand\nmore'}, [40, 41, 42]),
        ({1: 'x,"y', 2: '"x","y'}, [1, 2]),
    ],
)
def test_stray_quotes(
    companies: dict[int, str], malformed: list[int], chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A quote that is left open damages its own line only; within a value it is an ordinary character."""
    monkeypatch.setattr(packed, "CHUNK", chunk)
    rows = [f"{GOOD.format(n)},{companies.get(n, 'Taxi')}" for n in range(1, 41)]
    batch = _read(tmp_path / "quotes.csv", *rows)
    written = "\n".join(rows).split("\n")
    assert _malformed(batch) == {position: written[position - 1] for position in malformed}
    assert batch.read == len(written)


def test_an_open_quote_at_the_end() -> None:
    """Only the record with the open quote is rejected."""
    (batch,) = read(ASSETS / "read" / "open_quote.csv")
    assert (len(batch.rides), len(batch.rejected)) == (1, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"])
@pytest.mark.parametrize("chunk", [1, 5, 1 << 20])
def test_line_ends(end: str, chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lines may end as on Unix, Windows or an old Macintosh, and blank lines do not count."""
    monkeypatch.setattr(packed, "CHUNK", chunk)
    rows = [GOOD.format(1), "2,ragged", GOOD.format(3)]
    batch = _read(tmp_path / "ends.csv", *rows, header=HEADER, end=end)
    assert batch.rides["source_trip_id"].tolist() == ["1", "3"]
    assert _malformed(batch) == {2: "2,ragged"}


def test_a_header_that_occurs_again(tmp_path: Path) -> None:
    """In files that were joined, the second header is a rejected record, and the rows after it are read."""
    batch = _read(tmp_path / "joined.csv", GOOD.format(1), HEADER, GOOD.format(2), header=HEADER)
    assert batch.rides["source_trip_id"].tolist() == ["1", "2"]
    assert batch.rejected["position"].tolist() == [2]


def test_excels_separator_line(tmp_path: Path) -> None:
    """A first line that names the separator is skipped; trailing commas are an unnamed column."""
    for header in (f"sep=,\n{HEADER},", f"\ufeffsep=,\r\n\n{HEADER},"):
        batch = _read(tmp_path / "excel.csv", f"{GOOD.format(1)},", header=header)
        assert batch.rides["source_trip_id"].tolist() == ["1"]


@pytest.mark.parametrize(("separator", "words"), csv_rows.OTHER_SEPARATORS.items())
def test_other_separators(separator: str, words: str, tmp_path: Path) -> None:
    """They are refused, and the error names the separator."""
    content = API_CSV.read_text().replace(",", separator)
    for start in ("", f"sep={separator}\n"):
        (tmp_path / "other.csv").write_text(start + content)
        with pytest.raises(UsageError, match=f"has {words} between its columns: export it with commas"):
            read(tmp_path / "other.csv")


@pytest.mark.parametrize("chunk", [1_000, 1 << 20])
def test_long_lines(chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A line that is too long is rejected with its start, its length and its hash; those around it are read."""
    monkeypatch.setattr(packed, "CHUNK", chunk)
    monkeypatch.setattr(lines, "LONGEST", 2_500)
    monkeypatch.setattr(lines, "KEPT", 10)
    long = "2," + "x" * 7_000
    longest_good = GOOD.format("3") + "," + "x" * (2_500 - len(GOOD.format("3")) - 1)
    rows = [
        GOOD.format(1) + ",Taxi",
        long,
        longest_good,
        f"{longest_good}x",
        long.replace("2", "5"),
        f"{GOOD.format(6)},",
    ]
    batch = _read(tmp_path / "long.csv", *rows)
    assert batch.rides["source_trip_id"].tolist() == ["1", "3", "6"]
    digest = hashlib.sha256(long.encode()).hexdigest()
    assert _malformed(batch)[2] == f"2,xxxxxxxx… [cut after 10 of 7,002 bytes, SHA-256 {digest}]"
    assert batch.rejected["position"].tolist() == [2, 4, 5]


def test_a_header_that_is_too_long(tmp_path: Path) -> None:
    """Its file is refused, because such a line is cut."""
    (tmp_path / "long.csv").write_text("x" * (lines.LONGEST + 1))
    with pytest.raises(UsageError, match="a first line of over 1 MiB"):
        read(tmp_path / "long.csv")


def test_names_of_columns(tmp_path: Path) -> None:
    """BigQuery's name for the trip_id is read; two names for one column are refused."""
    (tmp_path / "bigquery.csv").write_text(API_CSV.read_text().replace("trip_id", "unique_key"))
    assert rides(tmp_path / "bigquery.csv")["source_trip_id"].tolist() == ["good", "second"]
    (tmp_path / "both.csv").write_text(f"{HEADER},Unique  Key\n{GOOD.format(1)},2\n")
    with pytest.raises(UsageError, match="has the column trip_id twice"):
        read(tmp_path / "both.csv")
