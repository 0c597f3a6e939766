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
    """Whole lines in blocks not much larger than a chunk; each line of over LONGEST bytes by itself.

    Every line ends in a line feed, whichever line ends the text has.
    """
    unified = chain(map(_unified, chunks), [b"\n"])
    rest = b""
    for chunk in unified:
        rest = rest + chunk if rest else chunk
        if b"\n" not in chunk and len(rest) > LONGEST:
            cut, rest = _long_line(rest, unified)
            yield cut
        if end := rest.rfind(b"\n") + 1:
            yield from _with_long_lines_cut(rest[:end])
            rest = rest[end:]


def _unified(chunk: bytes) -> bytes:
    """The chunk with line feeds; a CRLF that two chunks share leaves a blank line."""
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk


def _long_line(piece: bytes, chunks: Iterator[bytes]) -> tuple[Cut, bytes]:
    """The line that starts with this piece, and the text after it."""
    line = Long()
    while (end := piece.find(b"\n")) < 0:
        line.add(piece)
        piece = next(chunks)
    line.add(piece[:end])
    return line.cut(), piece[end + 1 :]


def _with_long_lines_cut(block: bytes) -> Iterator[bytes | Cut]:
    at = 0
    while len(block) - at > LONGEST:
        if end := block.rfind(b"\n", at, at + LONGEST + 1) + 1:
            at = end
            continue
        if at:
            yield block[:at]
        cut, block = _long_line(block[at:], iter(()))
        yield cut
        at = 0
    if block and not block.isspace():
        yield block
