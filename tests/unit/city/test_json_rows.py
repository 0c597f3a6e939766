"""JSON with missing keys, lines that are not objects, and arrays that are cut off."""

import json
from pathlib import Path

import pytest

from job.errors import JobError
from tests.unit.city.conftest import ASSETS, read, records, rides


def test_odd_lines() -> None:
    """Lines that are not objects are rejected as written; a lone surrogate is replaced; numbers stay as written."""
    (batch,) = read(ASSETS / "read" / "bad_lines.jsonl")
    assert batch.rejected["reason"].tolist() == ["malformed_record"] * 2 + ["bad_trip_id", "nonpositive_miles"]
    assert batch.rejected["position"].tolist() == [2, 3, 4, 5]
    payloads = [json.loads(payload) for payload in batch.rejected["payload"]]
    assert payloads[0] == {"malformed_record": '{"trip_id": "cut'}
    assert payloads[2]["trip_id"] == "half \ufffd"
    assert (payloads[3]["fare"], payloads[3]["trip_total"]) == ("10.250", "1e999")


def test_missing_keys_are_empty_values(tmp_path: Path) -> None:
    """A column that no record names is empty, as in the City's API."""
    record = {"trip_id": "a", "trip_start_timestamp": "2022-03-01T00:15:00.000", "trip_miles": 1.5}
    (tmp_path / "sparse.jsonl").write_text(json.dumps(record))
    found = rides(tmp_path / "sparse.jsonl")
    assert found["trip_miles"].tolist() == [1.5]
    assert found[["pickup_community_area", "dropoff_community_area", "fare"]].isna().all(axis=None)


def test_a_key_that_occurs_late(tmp_path: Path) -> None:
    """A column is read although the records from which the header was made do not name it."""
    rows = [{name: row[name] for name in row if name != "pickup_community_area"} for row in records(1_500).to_pylist()]
    rows[-1]["pickup_community_area"] = "8"
    (tmp_path / "late.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert rides(tmp_path / "late.jsonl")["pickup_community_area"].fillna(0).tolist() == [0] * 1_499 + [8]


@pytest.mark.parametrize("ending", ["", '"trip_miles"', "x"])
def test_an_array_that_goes_wrong_late(ending: str, tmp_path: Path) -> None:
    """An array of many chunks that is cut off, or goes on with something else, is an error and ends."""
    rows = json.dumps(records(30_000).to_pylist())[:-1]
    (tmp_path / "late.json").write_text(f"{rows}, {{{ending}")
    with pytest.raises(JobError, match="not a whole JSON array"):
        read(tmp_path / "late.json")


def test_deep_nesting(tmp_path: Path) -> None:
    """Nesting deeper than Python can parse is a malformed record in JSON lines, and an error in an array."""
    good = json.dumps(records(1).to_pylist()[0])
    (tmp_path / "deep.jsonl").write_text(f"{good}\n{'[' * 100_000}\n")
    (batch,) = read(tmp_path / "deep.jsonl")
    assert batch.rejected["reason"].tolist() == ["malformed_record"]
    (tmp_path / "deep.json").write_text(f"[{good}, {'[' * 100_000}")
    with pytest.raises(JobError, match="not a whole JSON array"):
        read(tmp_path / "deep.json")
