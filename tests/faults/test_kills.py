"""A process killed, terminated or interrupted at any moment leaves nothing that the next run does not repair."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import Jobs
from tests.faults.ledger import Tally, contents, running
from tests.faults.processes import Fault

CODES = {0, 1, 130, 143, -9, -15, -2}
WITHOUT_WINDOWS = {"CATCH_UP_HOURS": "0"}
COMMANDS = ["score", pytest.param("trips", marks=pytest.mark.quick), "feed", "observe", "replay", "rescore", "tick"]


@pytest.mark.parametrize("command", COMMANDS)
def test_kill(
    jobs: Jobs, filled: str, records: Path, tally: Tally, random: Random, rounds: int, command: str
) -> None:  # fmt: skip
    """Running the same command again completes the work, and a second time changes nothing."""
    inbox = jobs.folder / "inbox"
    inbox.mkdir()
    (inbox / "records.csv").write_bytes(records.read_bytes())
    arguments, environ, template = {
        "score": (["score"], {}, "template_taxi"),
        "trips": (["score", "--trips", records], {}, "template_taxi"),
        "feed": (["tick"], {"FEED": str(inbox)} | WITHOUT_WINDOWS, "template_taxi"),
        "observe": (["observe"], {}, filled),
        "replay": (["replay"], {}, filled),
        "rescore": (["rescore", "2", "--from", "2026-02-01T00:00Z", "--to", "2026-02-08T00:00Z"], {}, filled),
        "tick": (["tick"], {"FEED": str(inbox)}, filled),
    }[command]
    jobs.environ |= environ
    jobs.create(template)
    jobs.stop_clock()
    reference = jobs.good(*arguments)
    with jobs.connected() as connection:
        expected = contents(connection)
    tally.after = 2 if template == filled else 0
    for _ in range(rounds):
        fault = Fault.drawn(random, reference.round_trips, reference.seconds)
        jobs.create(template)
        jobs.stop_clock()
        ended = jobs(*arguments, fault=fault)
        tally.tried += 1
        tally.require(ended.code in CODES and not ended.has_crashed, f"{fault}: {ended.code} {ended.error}")
        with jobs.connected() as connection:
            tally.look_for_halves(connection, fault)
            for _ in range(2):
                jobs.stop_clock()
                again = jobs(*arguments)
                tally.require(again.code == 0, f"{fault}, again: {again.code} {again.error}")
                tally.look_for_halves(connection, fault)
                tally.compare(expected, contents(connection), fault)
            tally.require(not running(connection), f"{fault}: a run is still running")
