"""Annotations of a chart over time: a dotted line each, with labels above the plot that never overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from html import escape
from typing import Any

from job.report.plot.frame import wall_clock

Figure = dict[str, Any]

PLOT = 290  # pixels: the narrowest plot, on a phone; labels that fit there fit everywhere
CHARACTER = 6.5  # pixels, on average
GAP = 10  # pixels between a label and whatever is beside it
LINE = 13  # pixels from one line of labels to the next
LINES = 3
COUNTED = " +9"
LONGEST = int((PLOT / 2 - GAP) / CHARACTER) - len(COUNTED)  # characters that fit left or right of any time
PAINT = "var(--cc79a7, #CC79A7)"


@dataclass(frozen=True)
class Mark:
    """An annotation: a time, and what happened then."""

    time: datetime
    text: str


@dataclass
class Label:
    """A mark's text: in which line above the plot, and left or right of its time.

    `begin` and `end` are pixels of the narrowest plot. `more` counts older marks that have no label.
    """

    mark: Mark
    line: int
    is_left: bool
    begin: float
    end: float
    more: int = 0

    def fits(self, placed: Sequence["Label"]) -> bool:
        """Whether it stands inside the plot and overlaps none of these."""
        beside = (old.line != self.line or old.end <= self.begin or self.end <= old.begin for old in placed)
        return self.begin >= 0 and self.end <= PLOT and all(beside)

    @property
    def text(self) -> str:
        """The mark's text, shortened where it is long, and how many marks stand behind it."""
        return f"{_shortened(self.mark.text)} +{self.more}" if self.more else _shortened(self.mark.text)


def labels(marks: Sequence[Mark], start: datetime, end: datetime) -> list[Label]:
    """A label for each mark between the ends of the axis while there is room, from the newest back.

    A label takes the lowest line where it overlaps no other, right of its time or else left of it. A mark without room
    is counted in the last label of the highest line.
    """
    placed: list[Label] = []
    for mark in reversed(within(marks, start, end)):
        at = (mark.time - start) / max(end - start, timedelta(seconds=1)) * PLOT
        label = next((label for label in _choices(mark, at) if label.fits(placed)), None)
        if label:
            placed.append(label)
        else:
            next(label for label in reversed(placed) if label.line == LINES - 1).more += 1
    return placed


def _choices(mark: Mark, at: float) -> Iterator[Label]:
    for line in range(LINES):
        counted = COUNTED if line == LINES - 1 else ""
        width = len(_shortened(mark.text) + counted) * CHARACTER + GAP
        yield Label(mark, line, False, at, at + width)
        yield Label(mark, line, True, at - width, at)


def within(marks: Sequence[Mark], start: datetime, end: datetime) -> list[Mark]:
    """The marks between the ends of the axis, in order."""
    return sorted((mark for mark in marks if start <= mark.time <= end), key=lambda mark: mark.time)


def marked(marks: Sequence[Mark], start: datetime, end: datetime, clock: tzinfo) -> tuple[int, Figure]:
    """The height of the labels in pixels, and the part of a layout that holds lines and labels."""
    placed = labels(marks, start, end)
    at = wall_clock([label.mark.time for label in placed], clock)
    every = wall_clock([mark.time for mark in within(marks, start, end)], clock)
    lines = [_line(x) | {"y0": 0, "y1": 1} for x in every]
    leaders = [
        _line(x) | {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": LINE * (label.line + 1)}
        for label, x in zip(placed, at, strict=True)
    ]
    texts = [_text(label, x) for label, x in zip(placed, at, strict=True)]
    return LINE * max((label.line + 1 for label in placed), default=0), {
        "shapes": lines + leaders,
        "annotations": texts,
    }


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _line(x: str | None) -> Figure:
    return {"type": "line", "yref": "paper", "x0": x, "x1": x, "line": {"color": PAINT, "width": 1.5, "dash": "dot"}}


def _text(label: Label, x: str | None) -> Figure:
    return {
        "x": x, "y": 1, "yref": "paper", "text": escape(label.text), "showarrow": False, "borderpad": 0,
        "bgcolor": "var(--card)",  # a line that leads to a higher label passes behind
        "xanchor": "right" if label.is_left else "left", "xshift": -3 if label.is_left else 3,
        "yanchor": "bottom", "yshift": LINE * label.line, "font": {"size": 11, "color": PAINT},
    }  # fmt: skip
