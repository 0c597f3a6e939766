"""A ride's id: the UUIDv5 of the record's trip_id, so that the same trip always has the same id."""

import binascii
import hashlib
import uuid

import numpy as np
import pandas as pd
import pyarrow as pa

from job.rides.source import CITY, SourceName

CITY_RIDES = uuid.UUID("6a1f3f0e-5c0b-5b57-9f0e-0d4b3a6c7f11")  # must never change
HYPHENS = (8, 13, 18, 23)


def namespace(source: SourceName) -> uuid.UUID:
    """The namespace of a source's ids, since two feeds may number their trips alike."""
    return CITY_RIDES if source == CITY else uuid.uuid5(CITY_RIDES, source)


def ride_ids(names: pa.StringArray, source: SourceName) -> pa.StringArray:
    """The same as `str(uuid.uuid5(namespace(source), name))` for each trip_id, vectorized."""
    space = namespace(source).bytes
    sha1 = hashlib.sha1  # RFC 9562's
    digests = b"".join([sha1(space + name).digest() for name in names.cast(pa.binary()).to_pylist()])
    identity = np.frombuffer(digests, np.uint8).reshape(-1, 20)[:, :16].copy()
    identity[:, 6] = identity[:, 6] & 0x0F | 0x50  # version 5
    identity[:, 8] = identity[:, 8] & 0x3F | 0x80  # RFC 9562's variant
    hexadecimal = np.frombuffer(identity.tobytes().hex().encode(), np.uint8).reshape(-1, 32)
    written = np.insert(hexadecimal, (8, 12, 16, 20), ord("-"), axis=1)
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(36), len(names), [None, pa.py_buffer(written.tobytes())]
    ).cast(pa.string())


def as_bytes(ids: pa.ChunkedArray) -> pa.FixedSizeBinaryArray:
    """The 16 bytes of each id, given as the text of a UUID in its usual form of 36 characters."""
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(ids), [None, pa.py_buffer(_joined(ids))])


def matrix(ids: "pd.Series[str]") -> np.ndarray:
    """The same as an array with a row for each id and a column for each byte."""
    return np.frombuffer(_joined(pa.chunked_array([pa.Array.from_pandas(ids)])), np.uint8).reshape(-1, 16)


def hashes(ids: "pd.Series[str]") -> np.ndarray:
    """64 bits of each id; its two halves have fixed bits in different places."""
    halves = matrix(ids).view(np.uint64)
    combined: np.ndarray = halves[:, 0] ^ halves[:, 1]
    return combined


def _joined(ids: pa.ChunkedArray) -> bytes:
    written = ids.cast(pa.binary(36)).combine_chunks()
    characters = np.frombuffer(written.buffers()[1], np.uint8).reshape(-1, 36)[written.offset :][: len(written)]
    return binascii.unhexlify(np.delete(characters, HYPHENS, axis=1).tobytes())
