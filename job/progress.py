"""Progress of long commands: a line that is updated on a terminal, and nothing elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown(unit: str) -> Iterator[Callable[[int], None]]:
    """Yield a function that shows the count so far, such as 65,536 `unit`."""
    began, terminal = time.monotonic(), sys.stderr.isatty()

    def show(count: int) -> None:
        if terminal:
            rate = count / max(time.monotonic() - began, 0.001)
            print(f"\r{count:,} {unit}, {rate:,.0f}/s", end=" ", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
