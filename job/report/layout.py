"""Places a dashboard's panels on the page: those without data share a line, and the others share the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, repeat

from job.report.plot.draw import Drawn


@dataclass(frozen=True)
class Placed:
    """A panel, how many of the page's 24 columns it takes, and whether it is a single line."""

    drawn: Drawn
    width: int
    is_line: bool = False


def placed(panels: Sequence[Drawn]) -> list[Placed]:
    """Panels in reading order, row by row; the lines of a row come after its other panels."""
    places: list[Placed] = []
    for _, in_row in groupby(panels, key=lambda drawn: drawn.panel.row):
        row = list(in_row)
        room = sum(drawn.panel.width for drawn in row)
        lines = [drawn for drawn in row if drawn.empty and drawn.panel.kind != "stat"]
        full = [drawn for drawn in row if drawn not in lines]
        places += map(Placed, full, _shares([drawn.panel.width for drawn in full], room))
        places += map(Placed, lines, _shares([1] * len(lines), room), repeat(True))
    return places


def _shares(widths: Sequence[int], room: int) -> list[int]:
    """Whole numbers in proportion to the widths that add up to the room."""
    ends = [sum(widths[:place]) * room // sum(widths) for place in range(len(widths) + 1)] if widths else []
    return [after - before for before, after in pairwise(ends)]
