"""JSON with missing keys, lines that are not objects, and arrays that are cut off."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from job.city import lines, packed
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
    parsed = rides(tmp_path / "sparse.jsonl")
    assert parsed["trip_miles"].tolist() == [1.5]
    assert parsed[["pickup_community_area", "dropoff_community_area", "fare"]].isna().all(axis=None)


def test_a_key_that_occurs_late(tmp_path: Path) -> None:
    """A column is read although the records from which the header was made do not name it."""
    rows = [{name: row[name] for name in row if name != "pickup_community_area"} for row in records(1_500).to_pylist()]
    rows[-1]["pickup_community_area"] = "8"
    (tmp_path / "late.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert rides(tmp_path / "late.jsonl")["pickup_community_area"].fillna(0).tolist() == [0] * 1_499 + [8]


@pytest.mark.parametrize("ending", ["", '"trip_miles"', "x"])
def test_an_array_that_goes_wrong_late(ending: str, tmp_path: Path) -> None:
    """An array of many chunks that is cut off, or goes on with something else, is an error."""
    rows = json.dumps(records(30_000).to_pylist())[:-1]
    (tmp_path / "late.json").write_text(f"{rows}, {{{ending}")
    with pytest.raises(JobError, match="not a whole JSON array"):
        read(tmp_path / "late.json")


@pytest.mark.parametrize("depth", [101, 985, 990, 1_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting(depth: int, opening: str, closing: str, tmp_path: Path) -> None:
    """A record that is nested more than 100 levels deep is rejected as it is written."""
    value = f"{opening * depth}1{closing * depth}"
    good = json.dumps(records(1).to_pylist()[0])
    deep = f'{{"trip_id": "deep", "trip_miles": {value}}}'
    (tmp_path / "deep.jsonl").write_text(f"{good}\n{deep}\n")
    (tmp_path / "deep.json").write_text(f"[{good}, {deep}]")
    for name in ("deep.jsonl", "deep.json"):
        (batch,) = read(tmp_path / name)
        assert batch.rejected["reason"].tolist() == ["malformed_record"]
        written = json.loads(batch.rejected["payload"][0])["malformed_record"]
        assert written == deep or (depth == 100_000 and written.startswith(deep[:10_000]))


def test_nesting_in_another_column(tmp_path: Path) -> None:
    """A location, as in the City's API, is ignored; a list of miles is rejected with its text."""
    row = records(1).to_pylist()[0]
    rows = [
        row | {"pickup_centroid_location": {"type": "Point", "coordinates": [-87.6, 41.9]}},
        row | {"trip_miles": [1]},
    ]
    (tmp_path / "nested.json").write_text(json.dumps(rows))
    (batch,) = read(tmp_path / "nested.json")
    assert (len(batch.rides), batch.rejected["reason"].tolist()) == (1, ["bad_miles"])


@pytest.mark.parametrize("chunk", [1_000, 1 << 20])
@pytest.mark.parametrize("form", ["[{}]", "{}"])
def test_long_records(form: str, chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A record that is too long is rejected with its start, its length and its hash; those around it are read."""
    monkeypatch.setattr(packed, "CHUNK", chunk)
    monkeypatch.setattr(lines, "LONGEST", 2_500)
    monkeypatch.setattr(lines, "KEPT", 10)
    long = json.dumps({"trip_id": "long", "trip_miles": ['\\"]}'] * 2_000})
    one, other = (json.dumps(row) for row in records(2).to_pylist())
    between = "," if "[" in form else "\n"
    (tmp_path / "long.json").write_text(form.replace("{}", between.join([one, long, other, long])))
    (batch,) = read(tmp_path / "long.json")
    assert batch.rides["source_trip_id"].tolist() == ["r0", "r1"]
    assert batch.rejected["position"].tolist() == [2, 4]
    digest = hashlib.sha256(long.encode()).hexdigest()
    expected = f'{{"trip_id"… [cut after 10 of {len(long):,} bytes, SHA-256 {digest}]'
    assert json.loads(batch.rejected["payload"][0]) == {"malformed_record": expected}


def test_keys_of_the_export_that_occur_late(tmp_path: Path) -> None:
    """Columns are recognised in each record, however their keys are written."""
    rows = [
        {"Trip ID": f"a{n}", "Trip Start Timestamp": "2022-03-01T10:00:00", "Trip Miles": "2"} for n in range(6_000)
    ]
    rows[5_000]["Pickup Community Area"] = "8"
    rows[5_999]["pickup_community_area"] = "32"
    (tmp_path / "late.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    areas = rides(tmp_path / "late.jsonl").set_index("source_trip_id")["pickup_community_area"]
    assert areas.dropna().to_dict() == {"a5000": 8, "a5999": 32}


@pytest.mark.parametrize("further", ['"Trip Miles": "2.5"', '"trip_miles": "9"', '"Unique Key": "r1"'])
def test_two_keys_for_a_column(further: str, tmp_path: Path) -> None:
    """A record with two keys for a column is rejected with all its values; those for unused columns are ignored."""
    good = json.dumps(records(1).to_pylist()[0])
    twice = f"{good[:-1]}, {further}}}"
    (tmp_path / "twice.jsonl").write_text(f'{good[:-1]}, "x": 1, "x": 2}}\n{twice}\n')
    (batch,) = read(tmp_path / "twice.jsonl")
    assert (len(batch.rides), batch.rejected["reason"].tolist()) == (1, ["malformed_record"])
    written = json.loads(batch.rejected["payload"][0])["malformed_record"]
    assert written.count("r0") == 1
    assert further in written


FRAME = pd.DataFrame(records(3).select([0, 1, 3, 4]).to_pylist())
RECORDS = '[{"trip_id": "a"}, {"trip_id": "b"}]'
FORMS = {
    FRAME.to_json(): "is column-oriented JSON, pandas' default: write it with orient=",
    json.dumps(FRAME.to_dict(orient="list")): "is column-oriented JSON",
    FRAME.rename(columns=lambda name: name.replace("_", " ").title()).to_json(indent=2): "is column-oriented JSON",
    FRAME.to_json(orient="split"): 'with orient="split": write it with orient=',
    FRAME.to_json(orient="table"): 'with orient="table": write it with orient=',
    FRAME.to_json(orient="index"): 'such as JSON with orient="index": write it with orient=',
    FRAME.to_json(orient="values"): "is not an array of objects: it contains .*; write it with orient=",
    f'{{"meta": [{{"name": "trip_id"}}], "data": {RECORDS}}}': "is ClickHouse's JSON",
    f'{{"data": {RECORDS}}}': "wraps its records in an object: write only the array in its 'data'",
    f'{{"count": 2, "results": {RECORDS}}}': "wraps its records in an object: write only the array in its 'results'",
    f'{{"type": "FeatureCollection", "features": {RECORDS}}}': "is GeoJSON",
    f"{RECORDS} {{}}": "goes on after the end of its JSON array",
    '{"trip_id":\n"a"}': "neither a JSON array of objects nor JSON lines",
    " \n": "is empty",
}


@pytest.mark.parametrize("content", FORMS)
@pytest.mark.parametrize("filler", ["", "x" * (3 << 20)])
def test_other_forms(content: str, filler: str, tmp_path: Path) -> None:
    """The error says what is wrong with the form, even if the JSON is too long to be decoded as one record."""
    (tmp_path / "form.json").write_text(content.replace('r2"', f'r2{filler}"').replace('b"', f'b{filler}"'))
    with pytest.raises(JobError, match=FORMS[content]):
        read(tmp_path / "form.json")


def test_forms_that_are_read(tmp_path: Path) -> None:
    """One object, objects however they are separated, and arrays one after another are read to the end."""
    rows = records(3).to_pylist()
    for content in (
        "".join(json.dumps(row, indent=2) for row in rows),
        "\n".join(json.dumps(row, indent=2) for row in rows),
        json.dumps(rows, indent=2),
        f"\ufeff{json.dumps(rows[:1])}\n{json.dumps(rows[1:])}\n[]",
        "\r".join(map(json.dumps, rows)),
        "\n\n".join(map(json.dumps, rows)),
        "".join(map(json.dumps, rows)),
        ",\n".join(map(json.dumps, rows)),
        "".join(f"{json.dumps(row)},\n" for row in rows),
    ):
        (tmp_path / "rows.json").write_bytes(content.encode())
        assert rides(tmp_path / "rows.json")["source_trip_id"].tolist() == ["r0", "r1", "r2"]
    (tmp_path / "rows.json").write_text(json.dumps(rows[0]))
    assert rides(tmp_path / "rows.json")["source_trip_id"].tolist() == ["r0"]
