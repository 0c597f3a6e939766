"""Splits text into lines within bounded memory: a line that is too long is cut, and never takes others with it."""

import hashlib
from collections.abc import Iterator
from itertools import chain

LONGEST = 1 << 20  # bytes of a record
KEPT = 10_000  # bytes of a longer one that are kept


class Cut(str):
    """The start of a record that is too long, followed by its length and a hash that identifies it."""


class Long:
    """Takes the pieces of a record that is too long, and keeps only its start."""

    def __init__(self) -> None:
        self.length = 0
        self._start = b""
        self._digest = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        """Append a piece of the record."""
        self._start += piece[: max(0, KEPT - len(self._start))]
        self._digest.update(piece)
        self.length += len(piece)

    def cut(self) -> Cut:
        """The record as it is kept."""
        kept = self._start.decode(errors="replace")
        note = f"cut after {len(self._start):,} of {self.length:,} bytes, SHA-256 {self._digest.hexdigest()}"
        return Cut(f"{kept}… [{note}]")


def blocks(chunks: Iterator[bytes]) -> Iterator[bytes | Cut]:
    """Whole lines in blocks of up to LONGEST bytes; each longer line by itself.

    Every line ends in a line feed, whichever line ends the text has. Blank lines are removed.
    """
    rest = b""
    unified = chain(map(_unified, chunks), [b"\n"])
    for chunk in unified:
        rest += chunk
        while len(rest) > LONGEST:
            end = rest.rfind(b"\n", 0, LONGEST + 1) + 1
            if end:
                yield from _not_blank(rest[:end])
                rest = rest[end:]
            else:
                cut, rest = _long_line(rest, unified)
                yield cut
    yield from _not_blank(rest)


def _unified(chunk: bytes) -> bytes:
    """The chunk with line feeds; a CRLF that two chunks share leaves a blank line."""
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk


def _not_blank(block: bytes) -> Iterator[bytes]:
    while b"\n\n" in block:
        block = block.replace(b"\n\n", b"\n")
    if block := block.removeprefix(b"\n"):
        yield block


def _long_line(piece: bytes, chunks: Iterator[bytes]) -> tuple[Cut, bytes]:
    """The line that starts with this piece, and the text after it."""
    line = Long()
    while (end := piece.find(b"\n")) < 0:
        line.add(piece)
        piece = next(chunks, b"\n")
    line.add(piece[:end])
    return line.cut(), piece[end + 1 :]
