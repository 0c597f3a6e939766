"""`why`: where a day's errors were larger than expected."""

import json
from datetime import timedelta

import psycopg
import pytest

from tests.commands.conftest import Job
from tests.postgres.reading.test_excess import FRIDAY, MART, add_day

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def mart(database: psycopg.Connection) -> psycopg.Connection:
    """An ordinary Thursday, and a Friday that was worse than expected."""
    database.execute(MART)
    add_day(database, FRIDAY - timedelta(days=1))
    add_day(database, FRIDAY, error=9)
    return database


@pytest.mark.usefixtures("mart")
def test_the_newest_whole_day_is_explained(job: Job) -> None:
    """The text is for a person, the JSON for a program; --day names another day."""
    done = job("why", "--source", "simulator")
    assert (done.code, done.messages) == (0, [])
    assert "taxi 1: 9.00 minutes off on average instead of the expected 4.00, over 100 rides.\n" in done.out
    assert "100% of the excess came from all kinds of rides at all hours" in done.out
    (explained,) = json.loads(job("why", "--source", "simulator", "--json").out)
    assert (explained["day"], explained["model"], explained["realised"]) == ("2026-01-30", "taxi 1", 9.0)
    assert explained["findings"][0]["share"] == 1.0
    assert "Nothing stands out" in job("why", "--source", "simulator", "--day", "2026-01-29").out


@pytest.mark.usefixtures("mart")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--source", "city"), 1, "no day of the source city is over and has 30 outcomes"),
        (("--source", "city", "--day", "2026-01-30"), 1, "no ride of the source city on 2026-01-30 is in the marts"),
        (("--day", "Friday"), 2, "--day Friday is not a day: write it like 2026-01-31"),
    ],
)
def test_a_day_that_cannot_be_explained_says_why(job: Job, arguments: tuple[str, ...], code: int, words: str) -> None:
    """One sentence says what to give instead."""
    done = job("why", *arguments)
    assert done.code == code
    assert words in done.error


def test_without_marts_it_says_how_to_build_them(job: Job) -> None:
    """The default source is looked up in the marts too."""
    done = job("why")
    assert done.code == 1
    assert "Build the marts: `python -m job dbt run`" in done.error
