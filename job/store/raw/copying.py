"""Writes Arrow tables into PostgreSQL by binary COPY."""

import numpy as np
import psycopg
import pyarrow as pa
from pgpq import ArrowToPostgresBinaryEncoder
from pgpq.encoders import StringEncoderBuilder
from pgpq.schema import Jsonb

from job.rides.identity import as_bytes

JSON = {b"type": b"jsonb"}  # the metadata of a field whose text is JSON for a column of type jsonb
KEYS = {"run_id": pa.int64(), "batch_id": pa.int64(), "model_id": pa.int32()}


def copy(database: psycopg.Connection, into: str, rows: pa.Table, keys: dict[str, int] | None = None) -> None:
    """COPY the rows into a table whose columns have their types, with `keys` added to each; `trip_id` is text.

    Rows with a trip_id are written in its order, so that neighbours in the primary key are written to the same page.
    """
    if not len(rows):
        return
    if "trip_id" in rows.column_names:
        ids = as_bytes(rows["trip_id"])
        rows = rows.set_column(rows.column_names.index("trip_id"), "trip_id", ids).take(_order(ids))
    for name, key in (keys or {}).items():
        rows = rows.append_column(name, pa.array(np.full(len(rows), key), KEYS[name]))
    encoder = _encoder(rows.schema)
    with database.cursor() as cursor:
        statement = f"copy {into} ({', '.join(rows.column_names)}) from stdin (format binary)"
        with cursor.copy(statement.encode()) as copying:
            copying.write(encoder.write_header())
            for batch in rows.to_batches():
                copying.write(encoder.write_batch(batch))
            copying.write(encoder.finish())


def _order(ids: pa.FixedSizeBinaryArray) -> np.ndarray:
    """The order of the rows by the first eight bytes of their ids, which two ids hardly ever have in common."""
    return np.argsort(np.frombuffer(ids.buffers()[1], ">u8")[::2].astype(np.uint64))


def _encoder(schema: pa.Schema) -> ArrowToPostgresBinaryEncoder:
    builders = {field.name: ArrowToPostgresBinaryEncoder.infer_encoder(field) for field in schema}
    json = {
        field.name: StringEncoderBuilder.new_with_output(field, Jsonb()) for field in schema if field.metadata == JSON
    }
    return ArrowToPostgresBinaryEncoder.new_with_encoders(schema, builders | json)
