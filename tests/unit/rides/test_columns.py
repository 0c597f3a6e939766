"""Columns as numbers and text: what tools write is read, and nothing is guessed."""

import math
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from job.rides.columns import is_empty, numbers, present_text

EMPTY_WORDS = [
    "", "  ", "NaN", "nan", "NAN", "NULL", "null", "\\N", "NA", "N/A", "n/a", "None", "none", "<NA>", "NaT", "#N/A",
    " NULL ",
]  # fmt: skip


def number(value: object, dollars: bool = False) -> tuple[float, bool]:
    """One value as a number, and whether it is given."""
    kind = pa.string() if value is None else None
    floats, present = numbers(pa.chunked_array([pa.array([value], kind)]), dollars)
    return float(floats[0]), bool(present[0])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("8", 8), ("8.0", 8), (" 8 ", 8), ("\u00a08\u00a0", 8), ("+3", 3), ("-3", -3), (".5", 0.5), ("5.", 5),
        ("1e3", 1000),
        ("1,389", 1389), ("12,345,678.9", 12_345_678.9), ("-1,389", -1389), ("(3.25)", -3.25), ("( 1,389 )", -1389),
        ("007", 7), (8, 8), (2.5, 2.5), (Decimal("2.50"), 2.5),
    ],
)  # fmt: skip
def test_numbers(written: object, expected: float) -> None:
    """Plain numbers, and those that a spreadsheet formats with commas, signs and parentheses."""
    assert number(written) == (expected, True)
    assert number(written, dollars=True) == (expected, True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$8.75", 8.75), ("$1,044.75", 1044.75), ("$ 1,044.75", 1044.75), (" $8.75 ", 8.75), ("-$3.25", -3.25),
        ("$-3.25", -3.25), ("($3.25)", -3.25), ("$ (1,044.75)", -1044.75), ("+$3", 3), ("$.50", 0.5), ("$0.00", 0),
    ],
)  # fmt: skip
def test_dollars(written: str, expected: float) -> None:
    """A dollar sign belongs to money and to nothing else."""
    assert number(written, dollars=True) == (expected, True)
    value, is_given = number(written)
    assert math.isnan(value)
    assert is_given


@pytest.mark.parametrize(
    "written",
    [
        "1,3", "12,34", "1,3890", "1,389,5", ",389", "0,123", "1.389,00", "1 389", "1'389", "1,389.5,0", "8.5.1",
        "600 s", "2.5mi", "8$75", "$$8", "US$8", "8 $", "$", "-", "--3", "(-3)", "(3", "3)", "()", "1_000", "٨", "８",
        "0x1F", "true", "½", "five", "inf", "Infinity", "1e999", "-1e999",
    ],
)  # fmt: skip
@pytest.mark.parametrize("dollars", [False, True])
def test_a_number_that_cannot_be_read_is_not_missing(written: str, dollars: bool) -> None:
    """It is NaN, but counts as given."""
    value, is_given = number(written, dollars)
    assert math.isnan(value)
    assert is_given


@pytest.mark.parametrize("written", [*EMPTY_WORDS, None, math.nan])
def test_empty_numbers(written: object) -> None:
    """What a tool writes for an empty value is missing, as text and as NaN."""
    value, is_given = number(written)
    assert math.isnan(value)
    assert not is_given


def test_infinity_is_not_empty() -> None:
    """In a column of numbers it is given, and callers reject it."""
    assert number(math.inf) == (math.inf, True)


@pytest.mark.parametrize("written", EMPTY_WORDS)
def test_empty_text(written: str) -> None:
    """Text is empty in the same cases; other text stays as it is."""
    values = pa.chunked_array([[written, " Nancy ", "Cab N/A", None]])
    assert present_text(values).to_pylist() == [None, " Nancy ", "Cab N/A", None]
    assert is_empty(pa.array([written])).to_pylist() == [True]


@given(st.floats(-1e12, 1e12), st.integers(0, 3), st.sampled_from(["", " ", "\u00a0"]))
def test_formatted_numbers_are_read_back(value: float, places: int, blank: str) -> None:
    """Commas, signs and dollar signs do not change the number."""
    plain = float(f"{value:.{places}f}")
    for written in (f"{value:,.{places}f}", f"{value:+,.{places}f}", f"{value:.{places}f}"):
        assert number(f"{blank}{written}{blank}") == (plain, True)
    magnitude = f"{abs(value):,.{places}f}"
    for written in (f"${blank}{magnitude}", f"{blank}${magnitude}"):
        assert number(written, dollars=True) == (abs(plain), True)
    for written in (f"(${magnitude})", f"-${magnitude}", f"-${blank}{magnitude}"):
        assert number(written, dollars=True) == (-abs(plain), True)


@given(st.lists(st.none() | st.text(max_size=8) | st.sampled_from([*EMPTY_WORDS, "1,389", "$3"]), max_size=8))
def test_a_value_is_a_number_or_empty_or_unreadable(values: list[str | None]) -> None:
    """No text raises an error, and only a value that is given can be a number."""
    floats, present = numbers(pa.chunked_array([pa.array(values, pa.string())]), dollars=True)
    assert len(floats) == len(present) == len(values)
    assert not np.isfinite(floats[~present]).any()
