"""Records with anything in them, and damaged files: every record is accepted, rejected or a duplicate."""

import csv
import gzip
import io
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from job.city import files, reading, sources
from job.errors import JobError
from tests.faults.ledger import Tally
from tests.rides import CHICAGO

COLUMNS = (
    "trip_id", "trip_start_timestamp", "trip_seconds", "trip_miles", "pickup_community_area",
    "dropoff_community_area", "fare", "trip_total",
)  # fmt: skip
ODD = (
    None, "", " ", "0", "-0.0", "1e400", "-1e400", "1e-400", "NaN", "inf", "true", "null", "٣", "１２", " 8 ", "8.0",
    "08", "8.5", "+8", "8_0", "0x8", "1,000", "$5", "78", "77", "250", "250.0000001", "99999999999999999999",
    "2022-03-13T02:30:00", "2022-11-06T01:30:00", "2022-02-29T00:00:00", "1999-12-31T23:59:59", "0000-00-00T00:00:00",
    "2100-01-01T00:00:00", "9999-12-31T23:59:59", "2022-03-01T24:00:00", "2022-03-01T00:00:60", "2022-03-01 00:15:00",
    "03/01/2022 12:15:00 AM", "13/01/2022 12:15:00 AM", "2022-03-01T00:15:00Z", "2022-03-01T00:15:00+05:00",
    "2022-03-01T00:15:00.1234567890", "\u0000", "a\u0000b", "\ufffd", "🚕" * 199, "x" * 201, "\u200b", "\n", "\r\n",
    '"', '""', ",", "\\", "'; drop table", "\t", "\x1a", "\ufeff", True, [], [1, [2]], {"a": 1}, 8, 8.5, 1e308, -5,
)  # fmt: skip
Record = dict[str, object]


def record(number: int, random: Random) -> Record:
    """A good record, as the API gives it."""
    return {
        "trip_id": f"{number:040x}", "trip_start_timestamp": f"2022-03-01T{random.randrange(24):02}:15:00.000",
        "trip_seconds": str(random.randint(60, 5000)), "trip_miles": f"{random.uniform(0.1, 30):.2f}",
        "pickup_community_area": "8", "dropoff_community_area": "32", "fare": f"{random.uniform(3, 60):.2f}",
        "trip_total": "20",
    }  # fmt: skip


def mutated(count: int, random: Random) -> list[Record]:
    """Records of which half have odd values and some lack a column, have an unknown one or appear twice."""
    made = [record(number, random) for number in range(count)]
    for one in made:
        chance = random.random()
        if chance < 0.5:
            for _ in range(random.choice([1, 1, 2, 3])):
                one[random.choice(COLUMNS)] = random.choice(ODD)
        elif chance < 0.55:
            one.pop(random.choice(COLUMNS))
        elif chance < 0.6:
            one["extra"] = random.choice(ODD)
    return made + [dict(random.choice(made)) for _ in range(count // 10)]


def text(value: object) -> str | None:
    """The value in a file without types."""
    return None if value is None else str(value)


def written(records: list[Record], path: Path, random: Random) -> None:
    """Write the records in the format of the path's suffix."""
    if path.suffix == ".parquet":
        columns = {name: pa.array([text(one.get(name)) for one in records], pa.string()) for name in COLUMNS}
        pq.write_table(pa.table(columns), path, row_group_size=random.choice([100, 10_000]))
        return
    if path.suffix == ".csv":
        content = as_csv(records, random)
    else:
        lines = [json.dumps(one, ensure_ascii=random.random() < 0.5) for one in records]
        content = "\n".join(lines) if path.suffix == ".jsonl" else "[" + ",\n".join(lines) + "]"
    path.write_bytes(content.encode())


def as_csv(records: list[Record], random: Random) -> str:
    """The records with the columns in any order; some rows lack the last one."""
    names = list(COLUMNS)
    random.shuffle(names)
    file = io.StringIO()
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(file, lineterminator=random.choice(["\n", "\r\n"]), quoting=quoting)
    is_export = random.random() < 0.4
    writer.writerow([name.replace("_", " ").title() if is_export else name for name in names])
    for one in records:
        row = [text(one.get(name)) or "" for name in names]
        writer.writerow(row[:-1] if random.random() < 0.01 else row)
    return file.getvalue()


def damage(content: bytes, random: Random) -> bytes:
    """Change, remove or insert some bytes, or cut the end off."""
    changed = bytearray(content)
    for _ in range(random.choice([1, 1, 3, 10])):
        at = random.randrange(len(changed) + 1)
        changed = random.choice([
            changed[:at] + random.randbytes(1) + changed[at + 1 :],
            changed[:at] + changed[at + random.choice([1, 5, 1000]) :],
            changed[:at] + random.randbytes(4) + changed[at:],
            changed[:at],
        ])  # fmt: skip
    return bytes(changed)


def is_storable(payload: str) -> bool:
    """Whether it is a JSON object that PostgreSQL accepts, which means that no text contains U+0000."""
    return isinstance(json.loads(payload), dict) and "\\u0000" not in payload.replace(r"\\", "")


def read(path: Path) -> Mapping[str, int]:
    """How many records the file has, and how many of them became rides, were rejected or were duplicates."""
    counts = {"read": 0, "rides": 0, "rejected": 0, "repeated": 0}
    positions: list[int] = []
    for batch in reading.batches(sources.parse([str(path)], None, CHICAGO), CHICAGO):
        for name, count in (("read", batch.read), ("rides", len(batch.rides)), ("rejected", len(batch.rejected))):
            counts[name] += count
        counts["repeated"] += batch.repeated
        positions += batch.rejected["position"].tolist()
        assert all(is_storable(payload) for payload in batch.rejected.payload)
    assert len(set(positions)) == len(positions)
    return counts


@pytest.mark.quick
@pytest.mark.rounds(40)
def test_mutated_records(
    tally: Tally, random: Random, rounds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each record is counted once; a damaged file gives its records or a sentence. The table counts records."""
    monkeypatch.setattr(files, "BATCH_RECORDS", 500)
    for _ in range(rounds):
        records = mutated(random.choice([5, 50, 300, 900]), random)
        path = tmp_path / f"records.{random.choice(['json', 'jsonl', 'csv', 'parquet'])}"
        written(records, path, random)
        if is_damaged := random.random() < 0.35:
            path.write_bytes(damage(path.read_bytes(), random))
        if path.suffix != ".parquet" and random.random() < 0.2:
            path.write_bytes(gzip.compress(path.read_bytes(), 1))
        try:
            counts = read(path)
        except JobError as error:
            tally.require(is_damaged, f"{path.suffix}: {error}")
            tally.tried += len(records)
            continue
        accounted = counts["rides"] + counts["rejected"] + counts["repeated"]
        tally.tried += counts["read"]
        tally.lost += max(0, counts["read"] - accounted)
        tally.doubled += max(0, accounted - counts["read"])
        tally.require(accounted == counts["read"], f"{path.suffix}: {counts}")
        # A CSV value with a line end may be read as two rows.
        rows = max(len(records), counts["read"]) if path.suffix == ".csv" else len(records)
        tally.require(is_damaged or counts["read"] == rows, f"{path.suffix}: {len(records)} written, {counts}")
