"""Which groups of rides are further above their expected errors than chance explains."""

import random
from dataclasses import replace

from job.model.excess import Finding, Segment, findings

AREAS = ("Loop", "Near North Side", "Hyde Park", "Uptown")
HOURS, MILES = ("12 to 14", "14 to 16", "16 to 18"), ("00 to 01", "other")
REST = Segment("other", "other", "other", "other", 200, 800.0, 800.0, 200 * 16.0)
AIRPORT = Segment("airport", "O'Hare", "16 to 18", "10 to 20", 50, 300.0, 300.0, 50 * 36.0)


def city(area: str, hours: str, miles: str, excess: float = 0.0, rides: int = 40) -> Segment:
    """City rides with an expected error of 4 minutes, a given mean excess and a spread of 4 minutes around it."""
    return Segment("city", area, hours, miles, rides, 4.0 * rides, (4 + excess) * rides, rides * (16 + excess**2))


def ordinary() -> list[Segment]:
    """A day on which every segment has the expected error."""
    return [REST, AIRPORT, *(city(area, hours, miles) for area in AREAS for hours in HOURS for miles in MILES)]


def with_excess(segments: list[Segment], minutes: float, **names: str) -> list[Segment]:
    """The segments, with this many minutes more of mean excess in those that have these names."""
    return [
        worse(one, minutes) if all(getattr(one, field) == name for field, name in names.items()) else one
        for one in segments
    ]


def worse(one: Segment, minutes: float) -> Segment:
    """The segment with a mean excess of this many minutes more."""
    excess = minutes * one.rides
    return replace(one, realised=one.realised + excess, squared_excess=one.squared_excess + minutes * excess)


def test_an_ordinary_day_has_no_findings() -> None:
    """Nor does a day without rides, or one on which every error is smaller than expected."""
    assert findings(ordinary()) == findings([]) == findings(with_excess(ordinary(), -2)) == []


def test_a_group_is_named_by_what_its_rides_have_in_common() -> None:
    """Its share is of all positive excess, and its errors are means."""
    day = with_excess(with_excess(ordinary(), 4, area="Loop", hours="16 to 18", miles="00 to 01"), 1, kind="airport")
    assert findings(day) == [Finding("city", ("Loop",), (16, 18), "00 to 01", 40, 4.0, 8.0, 160 / 210)]


def test_adjacent_hours_and_several_areas_are_one_group() -> None:
    """City rides of all areas and miles in both pairs of hours are named at once."""
    day = ordinary()
    for hours in HOURS[1:]:
        day = with_excess(day, 3, kind="city", hours=hours)
    assert findings(day) == [Finding("city", (), (14, 18), None, 640, 4.0, 7.0, 1.0)]


def test_hours_with_a_gap_are_not_one_group() -> None:
    """The hours between them are pooled, so nothing is known about their rides."""
    night = [city(area, hours, "other", 3) for area in AREAS for hours in ("00 to 02", "06 to 08")]
    assert {finding.hours for finding in findings([*ordinary(), *night])} == {(0, 2), (6, 8)}


def test_two_areas_are_both_named() -> None:
    """Up to three areas are listed if the group has rides of no other."""
    day = [one for one in ordinary() if one.area not in {"Hyde Park", "Uptown"}]
    (finding,) = findings(with_excess(day, 3, miles="00 to 01"))
    assert (finding.areas, finding.hours, finding.miles) == (("Loop", "Near North Side"), (12, 18), "00 to 01")


def test_a_day_that_is_worse_throughout_is_not_taken_apart() -> None:
    """All rides are the group, pooled ones included: they have neither kind, area, hours nor miles in common."""
    (finding,) = findings(with_excess(ordinary(), 4))
    assert (finding.kind, finding.areas, finding.hours, finding.miles, finding.share) == (None, (), None, None, 1.0)


def test_all_hours_of_a_day_are_not_named() -> None:
    """Rides of each hour of the day have no hours in common, even if no segment is pooled."""
    day = [city("Loop", f"{hour:02} to {hour + 2:02}", "00 to 01", 4) for hour in range(0, 24, 2)]
    (finding,) = findings(day)
    assert (finding.kind, finding.hours) == ("city", None)


def test_unrelated_groups_are_named_clearest_first() -> None:
    """No segment is in two of them."""
    day = with_excess(with_excess(ordinary(), 6, kind="airport"), 7, area="Hyde Park", hours="12 to 14")
    assert [(one.kind, one.areas, one.hours) for one in findings(day)] == [
        ("city", ("Hyde Park",), (12, 14)), ("airport", ("O'Hare",), (16, 18)),
    ]  # fmt: skip


def test_up_to_a_twentieth_above_the_expected_error_is_tolerated() -> None:
    """However many rides there are; a larger excess of as many is named."""

    def many(excess: float) -> list[Segment]:
        return [city("Loop", "16 to 18", "00 to 01", excess, 100_000)]

    assert findings(many(0.19)) == []
    assert len(findings(many(0.3))) == 1


def test_a_few_rides_are_no_pattern() -> None:
    """Neither a group of fewer than thirty rides, nor a large one whose excess comes from a single ride."""
    assert findings([replace(REST, rides=29, realised=2000.0)]) == []
    one_ride_of_180_minutes = replace(REST, realised=REST.realised + 170, squared_excess=REST.squared_excess + 170**2)
    assert findings([one_ride_of_180_minutes]) == []


def test_chance_names_something_on_one_day_in_twenty_at_most() -> None:
    """Each segment's excess is the tolerated one plus noise of its standard error; groups overlap, so few are named."""
    draw, named = random.Random(18), 0
    for _ in range(400):
        day = [worse(one, draw.gauss(0.05 * one.expected, one.squared_excess**0.5) / one.rides) for one in ordinary()]
        named += bool(findings(day))
    assert 2 <= named <= 20
