"""A disk that is full, read-only or gone: what cannot be kept is not kept, and the run is complete."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import psycopg
import pytest

from job.__main__ import main
from job.embedded import embedded_server
from tests.faults.conftest import Jobs
from tests.faults.ledger import Contents, Tally, contents, running


@contextmanager
def mounted(folder: Path, size: str = "1m") -> Iterator[None]:
    """A small file system of its own in the folder; where none can be mounted, the test is skipped."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, stderr=subprocess.DEVNULL)


def fill(folder: Path) -> None:
    """Leave no room at all."""
    with suppress(OSError), (folder / "filling").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 16))


def make_read_only(folder: Path) -> None:
    """Remount the file system read-only, as after an error of the disk."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def put_a_file_there(folder: Path) -> None:
    """Replace the folder by a file."""
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()
    folder.touch()


def completes(jobs: Jobs, records: Path, expected: Contents, tally: Tally, attempt: str) -> str:
    """Score the records and compare; returns what was printed."""
    done = jobs("score", "--trips", records)
    tally.tried += 1
    tally.require(done.code == 0, f"{attempt}: {done.code} {done.error}")
    with jobs.connected() as connection:
        tally.look_for_halves(connection, attempt)
        tally.compare(expected, contents(connection), attempt)
        tally.require(not running(connection), f"{attempt}: a run is still running")
    return done.printed


@pytest.mark.parametrize("place", ["MODEL_CACHE", "TAXI_HOME"])
@pytest.mark.parametrize("how", [fill, make_read_only, put_a_file_there])
def test_full_disk(jobs: Jobs, records: Path, expected: Contents, tally: Tally, place: str, how: object) -> None:
    """No run fails: the model is used without a cache, and the log says that it is not kept."""
    if place == "TAXI_HOME" and how is put_a_file_there:
        pytest.skip("a usage error, which tests/commands covers")
    folder = jobs.folder / "small"
    with mounted(folder):
        if place == "TAXI_HOME":
            shutil.copy(jobs.home / "mlflow.db", folder)
        jobs.environ[place] = str(folder)
        how(folder)  # type: ignore[operator]
        printed = completes(jobs, records, expected, tally, how.__name__)  # type: ignore[attr-defined]
        tally.require("cache.not_written" in printed, printed)


def test_disk_that_fills_up_after_a_good_run(jobs: Jobs, records: Path, expected: Contents, tally: Tally) -> None:
    """The cached model serves while the registry is away, and a version that is promoted is used without the cache."""
    folder, registry = jobs.folder / "small", jobs.home / "mlflow.db"
    with mounted(folder, "64m"):
        jobs.environ["MODEL_CACHE"] = str(folder)
        completes(jobs, records, expected, tally, "with room")
        fill(folder)
        jobs.create()
        registry.rename(jobs.home / "away")
        registry.mkdir()
        without_challenger = {name: rows for name, rows in expected.items() if name != "shadows"}
        printed = completes(jobs, records, without_challenger, tally, "full, and without a registry")
        tally.require("registry.away" in printed, printed)
        registry.rmdir()
        (jobs.home / "away").rename(registry)
        jobs.good("promote", "2")
        promoted = jobs.good("score")
        tally.require("cache.not_written" in promoted.printed, promoted.printed)
        with jobs.connected() as connection:
            versions = connection.execute("select version from raw.models order by model_id desc limit 1").fetchone()
        tally.require(versions == ("2",), f"scored with {versions}")


def size(folder: Path) -> int:
    """The bytes of all files, some of which may be deleted meanwhile."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


@pytest.fixture(scope="session")
def many_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough records for a run of some seconds."""
    path = tmp_path_factory.mktemp("records") / "many.csv"
    assert main(["simulate", "--rides", "20000", "--start", "2026-02-02", "--output", str(path)]) == 0
    return path


@pytest.mark.rounds(0.4)
def test_disk_of_the_embedded_server_that_fills_up(
    jobs: Jobs, many_records: Path, tally: Tally, random: Random, rounds: int
) -> None:
    """The run fails with one sentence, and with room again the next one completes it."""
    jobs.prepare = None
    jobs.good("score", "--trips", many_records)
    with jobs.connected() as connection:
        expected = contents(connection)
    folder = Path(tempfile.mkdtemp(prefix="taxi-disk-"))  # pytest's own are private, and the server could not enter
    with mounted(folder, "300m"):
        shutil.copy(jobs.home / "mlflow.db", folder)
        jobs.environ |= {"TAXI_HOME": str(folder), **dict.fromkeys(("PGHOST", "PGPORT", "PGDATABASE", "PGUSER"), "")}
        jobs.good("init-db")
        subprocess.run(["cp", "-a", folder / "postgres", jobs.folder / "initialized"], check=True)
        for _ in range(rounds):
            shutil.rmtree(folder / "postgres")
            subprocess.run(["cp", "-a", jobs.folder / "initialized", folder / "postgres"], check=True)
            room = random.randrange(12_000_000)
            empty = size(folder / "postgres" / "base")
            started = jobs.start("score", "--trips", many_records)
            while started.process.exitcode is None and size(folder / "postgres" / "base") < empty + room:
                time.sleep(0.01)
            fill(folder)
            ended = started.wait()
            (folder / "filling").unlink()
            tally.tried += 1
            reported = ended.code == 1 and "No space left on device" in ended.printed and not ended.has_crashed
            tally.require(reported or ended.code == 0, f"{room}: {ended.code} {ended.error}")
            jobs.good("score", "--trips", many_records)
            with (
                embedded_server(folder) as address,
                psycopg.connect(host=address.host, port=address.port, user="postgres", dbname="taxi") as connection,
            ):
                tally.look_for_halves(connection, room)
                tally.compare(expected, contents(connection), room)
                tally.require(not running(connection), f"{room}: a run is still running")
    folder.rmdir()
