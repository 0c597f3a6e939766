"""CSV with ragged rows, quoted line ends and overlong values."""

import json
from pathlib import Path

import pytest

from job.city import csv_rows
from job.errors import JobError
from tests.unit.city.conftest import ASSETS, HEADER, read, rides


def test_ragged_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A row with too many or too few fields is rejected as it is written, at its position; blank lines do not count."""
    (batch,) = read(ASSETS / "read" / "ragged.csv")
    assert batch.rides["source_trip_id"].tolist() == ["a", "d"]
    assert batch.rejected[["position", "reason"]].to_numpy().tolist() == [
        [2, "malformed_record"], [3, "nonpositive_miles"], [5, "malformed_record"], [6, "malformed_record"]
    ]  # fmt: skip
    assert json.loads(batch.rejected["payload"][2]) == {"malformed_record": "e,not \ufffd utf8"}

    monkeypatch.setattr(csv_rows, "BLOCK", 300)
    good = "{},2022-03-01T00:15:00.000,600,1,8,32,1,1"
    lines = [f"{n},ragged" if n % 3 == 0 or 40 <= n < 80 else good.format(n) for n in range(1, 201)]
    (tmp_path / "many.csv").write_text("\n".join([HEADER, *lines]))
    (batch,) = read(tmp_path / "many.csv")
    assert batch.read == 200
    assert (batch.rides.index + 1).tolist() == batch.rides["source_trip_id"].astype(int).tolist()
    for position, payload in zip(batch.rejected["position"], batch.rejected["payload"], strict=True):
        assert json.loads(payload)["malformed_record"] == f"{position},ragged"


def test_a_quote_in_a_ragged_row(tmp_path: Path) -> None:
    """It opens no quoted value, so the rows after it are read."""
    good = "{},2022-03-01T00:15:00.000,600,1,8,32,1,1"
    lines = [HEADER, good.format("a"), 'b,5" screen', good.format("c")]
    (tmp_path / "quote.csv").write_text("\n".join(lines))
    (batch,) = read(tmp_path / "quote.csv")
    assert batch.rides["source_trip_id"].tolist() == ["a", "c"]
    assert batch.rejected["position"].tolist() == [2]


def test_a_character_cut_off_at_the_end_of_the_file(tmp_path: Path) -> None:
    """It is replaced by U+FFFD, like other invalid UTF-8, and not dropped."""
    (tmp_path / "cut.csv").write_bytes(f"{HEADER}\nb,x".encode() + "é".encode()[:1])
    (batch,) = read(tmp_path / "cut.csv")
    assert json.loads(batch.rejected["payload"][0]) == {"malformed_record": "b,x\ufffd"}


def test_values_with_line_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A quoted value may contain line ends, also where a block ends between them."""
    monkeypatch.setattr(csv_rows, "BLOCK", 300)
    lines = [f'{n},2022-03-01T00:15:00.000,600,1,8,32,1,1,"Cabs\n{n},and\n""Others"""' for n in range(1, 101)]
    (tmp_path / "lines.csv").write_text("\n".join([f"{HEADER},company", *lines]))
    assert rides(tmp_path / "lines.csv")["source_trip_id"].tolist() == [str(n) for n in range(1, 101)]


def test_a_row_longer_than_a_block(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is refused in a sentence that gives the limit."""
    monkeypatch.setattr(csv_rows, "BLOCK", 1 << 20)
    (tmp_path / "long.csv").write_text(f'{HEADER}\na,"{"x" * (3 << 20)}",600,1,8,32,1,1\n')
    with pytest.raises(JobError, match="a row of more than 1 MiB"):
        read(tmp_path / "long.csv")
