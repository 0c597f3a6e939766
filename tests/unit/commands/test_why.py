"""`why` in words."""

from dataclasses import replace

import pytest

from job.commands.why import described, group_of
from job.model.excess import Finding
from job.store.reading.excess import Explained

WORKS = Finding("city", ("Loop", "Near North Side"), (16, 18), "01 to 02", 75, 2.254, 5.546, 0.143)
DAY = Explained("2026-01-31", "simulator", "taxi 3", 4100, 4087, 4.666, 4.778, [WORKS])


def test_a_finding_is_a_sentence() -> None:
    """It says how wrong the model was on that day, where the excess came from and how wrong it was there."""
    assert described(DAY).splitlines() == [
        "2026-01-31, simulator, taxi 3: 4.78 minutes off on average instead of the expected 4.67, over 4,087 rides "
        "(13 more have no outcome or no expected error).",
        "14% of the excess came from city rides of 1 to 2 miles from Loop or Near North Side between 16:00 and 18:00: "
        "5.55 minutes instead of 2.25, over 75 rides.",
    ]


def test_a_day_without_findings_says_so() -> None:
    """An ordinary day and one that cannot be judged are told apart."""
    assert "Nothing stands out" in described(replace(DAY, findings=[]))
    unknown = described(replace(DAY, rides_compared=0, expected=None, realised=None, findings=[]))
    assert unknown.startswith("2026-01-31, simulator, taxi 3: nothing to compare, since none of 4,100 rides")


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (replace(WORKS, kind=None, areas=(), hours=None, miles=None), "all kinds of rides at all hours"),
        (replace(WORKS, kind="airport", areas=("A", "B", "C"), hours=None, miles="over 20"),
         "airport rides of over 20 miles from A, B or C"),
        (replace(WORKS, kind="empty area", areas=(), hours=(6, 10), miles="00 to 01"),
         "rides from or to an empty area of at most 1 mile between 06:00 and 10:00"),
        (replace(WORKS, kind=None, areas=("Loop",), hours=None, miles=None), "rides from Loop"),
    ],
)  # fmt: skip
def test_a_group_is_named_by_what_its_rides_share(finding: Finding, words: str) -> None:
    """Properties that the rides do not share are left out."""
    assert group_of(finding) == words
