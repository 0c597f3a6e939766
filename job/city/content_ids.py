"""Ids of records that have none of their own: digests of their contents."""

import hashlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from job.rides.columns import numbers, present_text

SEPARATOR = "\0"  # occurs in no value that was read as text


def content_ids(columns: Iterable[pa.Array]) -> pa.Array:
    """A digest of each row's values, which are text."""
    rows = pc.binary_join_element_wise(*columns, SEPARATOR, null_handling="replace", null_replacement="")
    return pa.array([hashlib.sha256(row.encode()).hexdigest()[:32] for row in rows.to_pylist()], pa.string())


def label(values: pa.ChunkedArray) -> pa.Array:
    """The values as text, whole numbers without the .0 that a tool adds to a column with gaps."""
    return pc.replace_substring_regex(present_text(values), r"^([0-9]+)\.0$", r"\1")


def in_one_notation(values: pa.ChunkedArray) -> pa.Array:
    """The values as text, numbers in one notation, because one tool writes 0 where another writes 0.0."""
    floats, _ = numbers(values, dollars=True)
    return pc.coalesce(pa.array(floats, mask=~np.isfinite(floats)).cast(pa.string()), present_text(values))
