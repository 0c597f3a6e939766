"""Files that may be compressed with gzip or zstd, decompressed within bounds."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from job.errors import JobError

MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x50\x2a\x4d\x18": "zstd"}  # the last one: pzstd
CHUNK = 1 << 20
BLANKS = b" \t\r\n\0"
MOST_BLANKS = 64 << 20
MOST_UNPACKED = 16 << 30


def compression(path: Path) -> str | None:
    """The compression by content, since a server may have decompressed a file whose name ends in .gz."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)


def start(path: Path, size: int) -> bytes:
    """The first bytes of the decompressed content."""
    with _stream(path) as stream:
        return bytes(stream.read(size))


def chunks(path: Path, name: str) -> Iterator[bytes]:
    """The decompressed content in chunks of up to CHUNK bytes.

    Raises JobError for a long run of blanks, which a small compressed file can contain without end.
    """
    blanks = 0
    with _stream(path) as stream:
        while chunk := bytes(stream.read(CHUNK)):
            blanks = 0 if chunk.strip(BLANKS) else blanks + len(chunk)
            if blanks > MOST_BLANKS:
                raise JobError(f"{name} has over {MOST_BLANKS >> 20} MiB of blanks in a row: get it again")
            yield chunk


def unpack(path: Path, target: Path, name: str) -> None:
    """Write the decompressed content to another file; raises JobError if it is too large."""
    size = 0
    with _stream(path) as stream, target.open("wb") as file:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MOST_UNPACKED:
                limit = f"{MOST_UNPACKED / (1 << 30):g} GiB"
                raise JobError(f"{name} takes over {limit} when it is decompressed: decompress it yourself")
            file.write(chunk)


def _stream(path: Path) -> pa.NativeFile:
    packing = compression(path)
    file = pa.OSFile(str(path))
    return pa.CompressedInputStream(file, packing) if packing else file
