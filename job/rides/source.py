"""Where rides come from."""

from typing import Literal, get_args

Source = Literal["simulator", "city"]
SOURCES: tuple[Source, ...] = get_args(Source)
