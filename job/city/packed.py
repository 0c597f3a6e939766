"""Files that may be compressed with gzip or zstd."""

from pathlib import Path

import pyarrow as pa

MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


def compression(path: Path) -> str | None:
    """The compression by content, since a server may have decompressed a file whose name ends in .gz."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)


def stream(path: Path) -> pa.NativeFile:
    """The decompressed content."""
    packing = compression(path)
    file = pa.OSFile(str(path))
    return pa.CompressedInputStream(file, packing) if packing else file
