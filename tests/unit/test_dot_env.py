"""Reading .env."""

from pathlib import Path

import pytest

from job import dot_env
from job.config import SETTINGS
from job.errors import UsageError


def read(folder: Path, content: bytes) -> dict[str, str]:
    """Read a file with this content."""
    (folder / ".env").write_bytes(content)
    return dot_env.read(folder / ".env", SETTINGS)


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"", {}),
        (b"# a comment\n\n   \nA=1", {"A": "1"}),
        (b"export A=1", {"A": "1"}),
        (b"A = 1 # one", {"A": "1"}),
        (b"A=", {"A": ""}),
        (b"A=1\nA=2", {"A": "2"}),
        (b"A=1\r\nB='2'\r\n", {"A": "1", "B": "2"}),
        (b"\xef\xbb\xbfA=1", {"A": "1"}),
        (b"PGPASSWORD=pa$word#1", {"PGPASSWORD": "pa$word#1"}),
        (b"PGPASSWORD='pa${ss}word'", {"PGPASSWORD": "pa${ss}word"}),
        (b'KEY="-----BEGIN KEY-----\nYQ==\n"\nA=1', {"KEY": "-----BEGIN KEY-----\nYQ==\n", "A": "1"}),
        ("A='naïve'".encode(), {"A": "naïve"}),
    ],
)
def test_a_value_is_what_the_line_says(content: bytes, values: dict[str, str], tmp_path: Path) -> None:
    """Comments, quotes, export, a byte order mark and any line ends are understood; nothing is interpolated."""
    assert read(tmp_path, content) == values


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"PGHOST: db.example.org", 1, "it cannot be read"),
        (b"A=1\n\n  # c\nPGHOST:db", 4, "it has no ="),
        (b"A=1\nPGHOST", 2, "it has no ="),
        (b"A=1\n\n\nset B=2", 4, "it cannot be read"),
        (b'$env:PGHOST="db"', 1, "is not a name"),
        (b'A=1\r\nCATCH_UP_HOURS="12\r\n', 2, "it cannot be read"),
        (b"A='it's'", 1, "it cannot be read"),
        (b'PGPASSWORD="secret\nPGHOST="\nB=1', 1, "the quote that opens the value of PGPASSWORD is not closed"),
        (b'OTHER="secret\nPGHOST="', 1, "the quote that opens the value of OTHER is not closed"),
        (b"\nPGPASSWORD=pa${ss}word", 2, "the value of PGPASSWORD has ${…}"),
        (b'PGPASSWORD="pa${ss}word"', 1, "the value of PGPASSWORD has ${…}"),
        (b"A=x\0y", 1, "NUL"),
        (b"A=1\nB=caf\xe9", 2, "it is not UTF-8"),
        ("A=1".encode("utf-16"), 1, "it is not UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(content: bytes, line: int, reason: str, tmp_path: Path) -> None:
    """The error names the file and the line, and does not show the value, which may be a password."""
    with pytest.raises(UsageError) as refused:
        read(tmp_path, content)
    assert f"{tmp_path / '.env'} line {line}: " in str(refused.value)
    assert reason in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_missing_file_is_empty(tmp_path: Path) -> None:
    """A .env is optional."""
    assert dot_env.read(tmp_path / ".env", SETTINGS) == {}


def test_what_is_not_a_readable_file_is_refused(tmp_path: Path) -> None:
    """It may be a folder, which Docker creates for a missing mount, or a link that leads nowhere."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("folder", "link"):
        with pytest.raises(UsageError, match="cannot be read"):
            dot_env.read(tmp_path / name, SETTINGS)


def test_python_dotenv_cannot_be_disabled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHON_DOTENV_DISABLED, set for another program, does not hide our settings."""
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    assert read(tmp_path, b"PGHOST=db") == {"PGHOST": "db"}
