"""The pages in docs/ that these tests follow."""

import re

from job.config import ROOT

PYTHON = ".venv/bin/python -m job "


def blocks(name: str) -> list[tuple[str, str]]:
    """The language and the content of each code block of a page, in their order."""
    text = (ROOT / "docs" / name).read_text()
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
