"""Splits JSON text into records within bounded memory: arrays, JSON lines, and objects one after another."""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from job.city import json_forms, lines
from job.city.lines import Cut
from job.errors import JobError, UsageError
from job.place import Place

# None is the key of all pairs of a record that has a key twice.
Record = dict[Any, Any]

DEEPEST = 100  # levels of nesting in a record
BETWEEN = re.compile(r"[ \t\r\n,]*+")
IN_STRING = re.compile(r'[^"\\]*+')
BRACKET_OR_QUOTE = re.compile(r'["{}\[\]]')
JOINED = re.compile(r"[ \t]*\{|\s*,\s*\{")
SHOWN = 40  # characters that a message shows


def _record(pairs: list[tuple[str, Any]]) -> Record:
    record: Record = dict(pairs)
    return record if len(record) == len(pairs) else {**record, None: pairs}


# Numbers stay as they are written, so that 1e999, NaN and 0.10 reach the payload of a rejected record unchanged.
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_record)


def records(chunks: Iterator[bytes], name: str, place: Place) -> Iterator[tuple[Record | str, int]]:
    """Each record with the length of its text; one that is malformed, too long or nested too deeply as text.

    Raises UsageError for JSON of another form, JobError for an array that is cut off or contains anything but objects.
    """
    start = b""
    while not start and (chunk := next(chunks, b"")):
        start = chunk.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise UsageError(f"{name} is empty: give a file with the City's records")
    rest = chain([start], chunks)
    if start.startswith(b"["):
        return _Sequence(rest, name).arrays()
    if start.startswith(b"{"):
        json_forms.check(start.decode(errors="replace"), name, place)
    if start.partition(b"\n")[0].strip() == b"{" or _is_joined(start):  # indented, or several on a line
        return _Sequence(rest, name).objects("")
    return _lines(rest)


def _is_joined(start: bytes) -> bool:
    """Whether the first record is followed by a comma, or by another record on the same line."""
    text = start.decode(errors="replace")
    try:
        _, end = DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return bool(JOINED.match(text, end))


def _lines(chunks: Iterator[bytes]) -> Iterator[tuple[Record | str, int]]:
    for block in lines.blocks(chunks):
        if isinstance(block, Cut):
            yield block, lines.LONGEST
            continue
        for line in block.decode(errors="replace").split("\n"):
            if written := line.strip():
                yield _object(written), len(written)


def _object(line: str) -> Record | str:
    if _is_deep(line):
        return line
    try:
        record = DECODER.decode(line)
    except (ValueError, RecursionError):
        return line
    return record if isinstance(record, dict) else line


def _is_deep(text: str, start: int = 0, end: int | None = None) -> bool:
    if text.count("[", start, end) + text.count("{", start, end) <= DEEPEST:
        return False
    nesting = _Nesting()
    nesting.end(text, start)
    return nesting.deepest > DEEPEST


class _Nesting:
    """Finds the end of an object or array in pieces of text, without decoding it."""

    def __init__(self) -> None:
        self.deepest = self._depth = 0
        self._is_quoted = self._is_escaped = False

    def end(self, piece: str, at: int) -> int | None:
        """The place after the closing bracket, or None if it is not in this piece."""
        at += self._is_escaped
        while at < len(piece):
            if self._is_quoted:
                at = self._after_string(piece, at)
                continue
            if not (token := BRACKET_OR_QUOTE.search(piece, at)):
                break
            at = token.end()
            self._is_quoted = token[0] == '"'
            if not self._is_quoted:
                self._depth += 1 if token[0] in "{[" else -1
                self.deepest = max(self.deepest, self._depth)
                if self._depth <= 0:
                    return at
        self._is_escaped = at > len(piece)
        return None

    def _after_string(self, piece: str, at: int) -> int:
        """The place after the string's end or next escape; beyond the piece if its last character is a backslash."""
        at = IN_STRING.match(piece, at).end()  # type: ignore[union-attr]
        if piece[at : at + 1] == "\\":
            return at + 2
        self._is_quoted = at == len(piece)
        return at + 1 - self._is_quoted


class _Sequence:
    """Objects that are separated by commas or blanks, read from a window of the text."""

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._pieces = filter(None, map(decoder.decode, chunks))
        self._name = name
        self._text, self._at = "", 0

    def arrays(self) -> Iterator[tuple[Record | str, int]]:
        """The objects of an array, and of those that follow it."""
        while opening := self._next_character():
            if opening != "[":
                raise JobError(f"{self._name} goes on after the end of its JSON array ({self._shown()}): get it again")
            self._at += 1
            yield from self.objects("]")
            self._at += 1

    def objects(self, closing: str) -> Iterator[tuple[Record | str, int]]:
        """The objects up to the closing bracket, or up to the end of the text if `closing` is empty."""
        while (opening := self._next_character()) != closing:
            if not opening:
                raise self._cut_off("it ends too early")
            if opening != "{":
                advice = json_forms.RECORDS if opening == "[" else "give the City's JSON"
                raise JobError(f"{self._name} is not an array of objects: it contains {self._shown()}; {advice}")
            yield self._next_record()

    def _next_character(self) -> str:
        """The next character that is not between two objects; empty at the end of the text."""
        while True:
            self._at = BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        piece = next(self._pieces, "")
        self._text, self._at = self._text[self._at :] + piece, 0
        return bool(piece)

    def _next_record(self) -> tuple[Record | str, int]:
        while True:
            error = ""  # only its text, because an exception would keep the window in memory
            try:
                record, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                pass
            except ValueError as invalid:  # or cut off by the end of the window
                error = str(invalid)
            else:
                if end - self._at > lines.LONGEST or _is_deep(self._text, self._at, end):
                    return self._undecoded("")
                size, self._at = end - self._at, end
                return record, size
            if len(self._text) - self._at > lines.LONGEST or not self._more():
                return self._undecoded(error)

    def _undecoded(self, error: str) -> tuple[str, int]:
        """The next record as text if it is too long or nested too deeply; otherwise raise JobError with this error.

        The window holds the whole record, more than LONGEST characters, or the rest of the text.
        """
        nesting, long = _Nesting(), lines.Long()
        while (end := nesting.end(self._text, self._at)) is None:
            long.add(self._text[self._at :].encode())
            self._at = len(self._text)
            if not self._more():
                raise self._cut_off(error or "it ends too early")
        written, self._at = self._text[self._at : end], end
        if not long.length and len(written) <= lines.LONGEST:
            if error:
                raise self._cut_off(error)
            return written, len(written)
        long.add(written.encode())
        return long.cut(), lines.LONGEST

    def _cut_off(self, why: str) -> JobError:
        return JobError(f"{self._name} is not a whole JSON array of objects ({why}): get it again")

    def _shown(self) -> str:
        return repr(self._text[self._at : self._at + SHOWN])
