"""Read a `.env` file, strictly: a line that cannot be read exactly as written is an error, never a warning."""

import io
import re
from collections.abc import Collection
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from job.errors import UsageError

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def read(file: Path, settings: Collection[str]) -> dict[str, str]:
    """Return the file's names and values; empty if there is no such file. A name given twice has its last value.

    `settings` are our own names, whose values have one line each. Raises UsageError with the number of the line.
    """
    return {str(line.key): str(line.value) for line in _lines(file, settings) if line.key is not None}


def _lines(file: Path, settings: Collection[str]) -> list[Binding]:
    lines = list(parse_stream(io.StringIO(_text(file), newline="")))
    for line in lines:
        if reason := _fault(line, settings):
            # python-dotenv counts the blank lines and comments before a name as part of its line.
            number = line.original.line + _blank_lines_before(line.original.string)
            raise UsageError(f"{file} line {number}: {reason}")
    return lines


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        if file.is_symlink():
            raise UsageError(f"{file} cannot be read: it links to a file that does not exist") from error
        return ""
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file} line {number}: it is not UTF-8 ({error.reason}): save the file as UTF-8") from error


def _fault(line: Binding, settings: Collection[str]) -> str | None:
    """Why this line cannot be used, or None. Values are not quoted: they may be passwords."""
    if line.error:
        return "it cannot be read: write NAME=value, and close a quote on the line that opens it"
    if line.key is None:  # a comment or a blank line
        return None
    if line.value is None:
        return "it has no =: write NAME=value"
    if not NAME.fullmatch(line.key):
        return f"{line.key!r} is not a name: write NAME=value"
    return _fault_of_value(line, line.value, settings)


def _fault_of_value(line: Binding, value: str, settings: Collection[str]) -> str | None:
    written = line.original.string.partition("=")[2].strip()
    if "\0" in value:
        return f"the value of {line.key} has a NUL character"
    if "${" in value and not written.startswith("'"):
        return (
            f"the value of {line.key} has ${{…}}, which is not replaced here: put the value in single quotes "
            "if it is meant literally, or write out what it stands for"
        )
    if "\n" in written and _swallows_a_line(line, written, settings):
        return f"the quote that opens the value of {line.key} is not closed on its line"
    return None


def _swallows_a_line(line: Binding, written: str, settings: Collection[str]) -> bool:
    """Whether a value of several lines has lost its closing quote: our settings have one line each."""
    following = "|".join(map(re.escape, settings))
    return line.key in settings or bool(re.search(rf"\n\s*(export\s+)?({following})\s*=", written))


def _blank_lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")
