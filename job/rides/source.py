"""The sources of rides."""

from typing import Literal, get_args

SourceName = Literal["simulator", "city"]
SOURCES: tuple[SourceName, ...] = get_args(SourceName)
