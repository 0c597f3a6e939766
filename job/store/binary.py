"""Columns as array parameters of statements, in places marked by %b: without a Python object per element."""

import struct
from dataclasses import dataclass

import numpy as np
import pandas as pd
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

from job.rides.identity import matrix


@dataclass(frozen=True)
class Uuids:
    """A uuid[]."""

    texts: "pd.Series[str]"


@dataclass(frozen=True)
class Floats:
    """A float8[]."""

    numbers: np.ndarray


class _UuidsDumper(Dumper):
    format = Format.BINARY
    oid = psycopg.adapters.types["uuid"].array_oid

    def dump(self, given: Uuids) -> bytes:
        return _array(psycopg.adapters.types["uuid"].oid, matrix(given.texts))


class _FloatsDumper(Dumper):
    format = Format.BINARY
    oid = psycopg.adapters.types["float8"].array_oid

    def dump(self, given: Floats) -> bytes:
        network_order = np.ascontiguousarray(given.numbers, ">f8")
        return _array(psycopg.adapters.types["float8"].oid, network_order.view(np.uint8).reshape(-1, 8))


def _array(element_oid: int, elements: np.ndarray) -> bytes:
    """PostgreSQL's binary form of a one-dimensional array without nulls, from a row of bytes per element."""
    count, size = elements.shape
    rows = np.empty((count, 4 + size), np.uint8)
    rows[:, :4] = np.frombuffer(struct.pack(">i", size), np.uint8)
    rows[:, 4:] = elements
    dimensions, has_nulls, lower_bound = 1, 0, 1
    return struct.pack(">iiiii", dimensions, has_nulls, element_oid, count, lower_bound) + rows.tobytes()


# For all connections: the types are ours, so no other statement is affected.
psycopg.adapters.register_dumper(Uuids, _UuidsDumper)
psycopg.adapters.register_dumper(Floats, _FloatsDumper)
