"""Dates whose month is an English name, as the City's newer export, Oracle and mail headers write them."""

import calendar
import re

import pyarrow as pa
import pyarrow.compute as pc

MONTHS = {"sept": 9} | {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# 2022 Mar 01, 01-MAR-2022, Tue, 01 Mar 2022, and March 1, 2022
DATE = (
    r"^\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    rf"(?:([0-9]{{4}})[- ]({NAME})[- ]([0-9]{{1,2}})|([0-9]{{1,2}})[- ]({NAME})[- ]([0-9]{{4}})"
    rf"|({NAME})\.?\s+([0-9]{{1,2}}),?\s+([0-9]{{4}}))"
)
PATTERN = re.compile(DATE, re.IGNORECASE)


def as_numbers(written: pa.StringArray) -> pa.StringArray:
    """The same times with the date as year, month and day, where it has the name of a month."""
    if not pc.any(pc.match_substring_regex(written, DATE, ignore_case=True)).as_py():
        return written
    return pa.array([None if value is None else PATTERN.sub(_numbered, value) for value in written.to_pylist()])


def _numbered(date: re.Match[str]) -> str:
    year, month, day = date[1] or date[6] or date[9], date[2] or date[5] or date[7], date[3] or date[4] or date[8]
    number = MONTHS.get(month.lower())
    return date[0] if number is None else f"{year}-{number}-{day}"
