"""Recognises files of a kind that is not read, or of another kind than their name says, and says what to do."""

import re
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from job.city import packed
from job.errors import UsageError

START = 4096  # bytes of content to look at
PARQUET = b"PAR1"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


class Kind(NamedTuple):
    """A kind of file that is not read.

    content: a pattern of its first bytes.
    suffixes: how names of such files end.
    """

    name: str
    advice: str
    content: bytes
    suffixes: tuple[str, ...] = ()


# The first kind that fits is taken.
KINDS = (
    Kind(
        "an Excel workbook", "save it as CSV UTF-8, with times and numbers unformatted",
        rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|xl/)|\xd0\xcf\x11\xe0",
        (".xlsx", ".xlsm", ".xlsb", ".xls"),
    ),
    Kind("a ZIP archive", "unzip it first", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", (".zip",)),
    Kind("a 7-Zip archive", "unpack it first", rb"7z\xbc\xaf\x27\x1c", (".7z",)),
    Kind("a RAR archive", "unpack it first", rb"Rar!\x1a", (".rar",)),
    Kind("a tar archive", "unpack it first", rb".{257}ustar", (".tar", ".tgz")),
    Kind("compressed with bzip2", "decompress it, or use gzip or zstd", rb"BZh[1-9]", (".bz2",)),
    Kind("compressed with xz", "decompress it, or use gzip or zstd", rb"\xfd7zXZ\0", (".xz",)),
    Kind("compressed with lz4", "decompress it, or use gzip or zstd", rb"\x04\x22M\x18", (".lz4",)),
    Kind("compressed with compress", "decompress it, or use gzip or zstd", rb"\x1f\x9d", (".z",)),
    Kind("compressed twice", "decompress it once", b"|".join(map(re.escape, packed.MAGIC))),
    Kind("an encrypted Parquet file", "decrypt it first", rb"PARE"),
    Kind("an ORC file", "write it as Parquet", rb"ORC", (".orc",)),
    Kind("an Avro file", "write it as Parquet", rb"Obj\x01", (".avro",)),
    Kind("a Feather or Arrow file", "write it as Parquet", rb"ARROW1|FEA1|\xff{4}.{3}\0", (".feather", ".arrow")),
    Kind("an SQLite database", "export its table as CSV", rb"SQLite format 3\0", (".sqlite", ".sqlite3", ".db")),
    Kind("an HDF5 file", "write it as Parquet", rb"\x89HDF", (".h5", ".hdf5")),
    Kind("a Python pickle", "write it as Parquet", rb"\x80[\x02-\x05].{0,20}(?:pandas|\x95)", (".pkl", ".pickle")),
    Kind("a PDF document", "get the records as CSV", rb"%PDF-", (".pdf",)),
    Kind("a Git LFS pointer", "fetch the file itself with git lfs pull", rb"version https://git-lfs"),
    Kind("a web page", "get the records as CSV", rb"(?i)\s*<(?:!doctype html|html|head|body)", (".html", ".htm")),
    Kind("XML", "get the records as CSV or JSON", rb"(?:\xef\xbb\xbf)?\s*<", (".xml",)),
    Kind("separated by tabs", "export it as .csv with commas", rb"(?!)", (".tsv", ".tab")),
)  # fmt: skip


def check_suffix(suffix: str, name: str) -> None:
    """Raise UsageError if names that end like this are of a kind that is not read."""
    for kind in KINDS:
        if suffix in kind.suffixes:
            raise UsageError(f"{name} is {kind.name}, which is not read: {kind.advice}")


def check(path: Path, name: str) -> None:
    """Raise UsageError if the content is of a kind that is not read, or of another kind than the file's name says."""
    start = packed.start(path, START)
    if not start:
        raise UsageError(f"{name} is empty: give a file with the City's records")
    for kind in KINDS:
        if re.compile(kind.content, re.DOTALL).match(start):
            raise UsageError(f"{name} is {kind.name}, which is not read: {kind.advice}")
    suffix = PurePosixPath(path.name.lower().removesuffix(".gz").removesuffix(".zst")).suffix
    if suffix == ".parquet":
        return
    if start.startswith(PARQUET):
        raise UsageError(f"{name} is a Parquet file: let its name end in .parquet")
    if start.startswith(BYTE_ORDER_MARKS) or start[:4].count(0) in (2, 3):
        raise UsageError(f"{name} is written in UTF-16 or UTF-32: save it as UTF-8")
    if not start.strip(b"\0"):
        raise UsageError(f"{name} consists of NUL bytes, so its content was lost: get it again")
    if suffix == ".csv" and re.match(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*["}]', start):
        raise UsageError(f"{name} is JSON: let its name end in .json")
