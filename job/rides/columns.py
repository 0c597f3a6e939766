"""Reads columns of records, whether typed or text, as text or numbers. No value raises an error."""

import math
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

REPLACEMENT = "\ufffd"  # replaces what PostgreSQL cannot store
# How tools write an empty value, in lower case: Python, pandas, R, SQL and its dumps, and spreadsheets.
EMPTY = pa.array(
    [
        None, "", "nan", "-nan", "null", "(null)", "\\n", "na", "n/a", "<na>", "none", "nil", "nat", "#n/a", "#na",
        "#null!",
    ]
)  # fmt: skip
# Thousands are grouped only after a digit from 1 to 9: elsewhere, 0,123 is a decimal fraction.
GROUPED = re.compile(r"[-+]?(([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?|\.[0-9]+)")
DOLLAR_SIGN = re.compile(r"([-+(]?)\s*\$\s*")


def column(records: pa.Table, name: str) -> pa.ChunkedArray:
    """A column's values with dictionaries and views decoded; nulls if it is missing."""
    if name not in records.column_names:
        return pa.chunked_array([pa.nulls(len(records), pa.string())])
    values = records[name]
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    view = pa.types.is_string_view(values.type) or pa.types.is_binary_view(values.type)
    return values.cast(pa.binary()) if view else values


def can_be_text(kind: pa.DataType) -> bool:
    """Whether `text` writes values of this type as a text file would contain them."""
    return is_text(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)


def can_be_number(kind: pa.DataType) -> bool:
    """Whether `numbers` can read this type."""
    return can_be_text(kind) or is_number(kind)


def can_be_time(kind: pa.DataType) -> bool:
    """Whether `instants` can read this type."""
    return is_text(kind) or pa.types.is_timestamp(kind) or pa.types.is_date(kind) or pa.types.is_null(kind)


def text(values: pa.ChunkedArray) -> pa.StringArray:
    """Values as text that PostgreSQL can store: invalid UTF-8 and U+0000 are replaced by U+FFFD."""
    try:
        # Cast through bytes, because the text of a file has not been validated as UTF-8.
        valid = (values.cast(pa.binary()) if is_text(values.type) else values).cast(pa.string())
    except pa.ArrowException:
        valid = pa.chunked_array([pa.array([_as_text(value) for value in values], pa.string())])
    return pc.replace_substring(valid.combine_chunks(), "\0", REPLACEMENT)


def is_empty(written: pa.StringArray) -> pa.BooleanArray:
    """Whether each value is null or a notation for an empty value."""
    return pc.is_in(pc.ascii_lower(pc.utf8_trim_whitespace(written)), EMPTY)


def present_text(values: pa.ChunkedArray) -> pa.StringArray:
    """Values as text, null where they are empty."""
    written = text(values)
    return pc.if_else(is_empty(written), pa.scalar(None, pa.string()), written)


def numbers(values: pa.ChunkedArray, dollars: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Values as floats, and whether each value is given, that is, not empty.

    A value that is given and cannot be read is NaN. Text may have a sign or parentheses for a negative number, and
    commas between its thousands; with `dollars`, a dollar sign too.
    """
    if is_number(values.type):
        floats = values.cast(pa.float64(), safe=False).to_numpy() + 0.0  # turns -0.0 into 0.0
        return floats, values.is_valid().to_numpy() & ~np.isnan(floats)
    # Files have few distinct numbers, so each is parsed once.
    codes, distinct = distinct_text(values)
    written = distinct.to_pylist()
    floats = np.array([*(_number(value, dollars) for value in written), np.nan])
    given = ~np.isnan(floats)
    given[:-1] |= ~is_empty(distinct).to_numpy(zero_copy_only=False)
    return floats[codes], given[codes]


def distinct_text(values: pa.ChunkedArray) -> tuple[np.ndarray, pa.StringArray]:
    """The index of each value among the distinct texts, and these texts; a null has the index `len(distinct)`."""
    encoded = text(values).dictionary_encode()
    return encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(), encoded.dictionary


def is_text(kind: pa.DataType) -> bool:
    """Whether values of this type are text or bytes."""
    return any(
        test(kind)
        for test in (
            pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_binary,
            pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary,
        )
    )  # fmt: skip


def is_number(kind: pa.DataType) -> bool:
    """Whether values of this type are numbers."""
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _as_text(value: pa.Scalar) -> str | None:
    try:
        content = value.as_py()
    except (ValueError, ArithmeticError, pa.ArrowException):
        content = value.as_buffer().to_pybytes() if hasattr(value, "as_buffer") else "(unreadable)"
    if isinstance(content, bytes):
        return content.decode(errors="replace")
    return None if content is None else str(content)


def _number(written: str, dollars: bool) -> float:
    """The number, or NaN; unlike float(), it rejects 1_000 and digits of other scripts."""
    try:
        number = float(written) if written.isascii() and "_" not in written else math.nan
    except ValueError:
        number = math.nan
    return number + 0.0 if math.isfinite(number) else _formatted_number(written.strip(), dollars)


def _formatted_number(written: str, dollars: bool) -> float:
    """The number as a spreadsheet or the City's export formats it, or NaN."""
    if dollars:
        written = DOLLAR_SIGN.sub(r"\1", written, count=1) if DOLLAR_SIGN.match(written) else written
    if written.startswith("(") and written.endswith(")"):
        written = f"-{written[1:-1].strip()}"
    return float(written.replace(",", "")) + 0.0 if GROUPED.fullmatch(written) else math.nan
