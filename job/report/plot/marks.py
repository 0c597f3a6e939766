"""Annotations of a chart over time: dotted lines and shaded ranges, with labels above the plot that never overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from html import escape
from typing import Any

from job.report.plot.frame import wall_clock

Figure = dict[str, Any]

PLOT = 290  # pixels: the narrowest plot, on a phone; labels that fit there fit everywhere
CHARACTER = 6.5  # pixels, on average
GAP = 10  # pixels between a label and whatever is next to it
LINE = 13  # pixels from one line of labels to the next
LINES = 3
COUNTED = " +9"
LONGEST = int((PLOT * 2 / 3 - GAP) / CHARACTER) - len(COUNTED)  # characters that have room wherever the mark is
SHIFT = {"left": 3, "right": -3, "center": 0}  # pixels between a line and its label, by the end that is at the line
PAINT, STRETCH = "var(--cc79a7, #CC79A7)", "var(--muted)"


@dataclass(frozen=True)
class Mark:
    """An annotation: a time, or a stretch of time `until` another, and what happened then."""

    time: datetime
    text: str
    until: datetime | None = None

    @property
    def paint(self) -> str:
        """The colour of its label."""
        return STRETCH if self.until else PAINT


@dataclass
class Label:
    """A text for a mark: in which line above the plot, and which end of it is at the mark's time.

    `begin` and `end` are pixels of the narrowest plot. `more` counts older marks that have no label.
    """

    time: datetime
    words: str
    paint: str
    line: int
    anchor: str
    begin: float
    end: float
    more: int = 0

    @property
    def text(self) -> str:
        """The words, and the number of older marks without a label."""
        return f"{self.words} +{self.more}" if self.more else self.words

    def fits(self, placed: Sequence["Label"]) -> bool:
        """Whether it stands inside the plot and overlaps none of these."""
        apart = (old.line != self.line or old.end <= self.begin or self.end <= old.begin for old in placed)
        return self.begin >= 0 and self.end <= PLOT and all(apart)


def labels(marks: Sequence[Mark], start: datetime, end: datetime) -> list[Label]:
    """A label for each mark between the ends of the axis while there is room, from the newest back.

    Words that a newer mark begins with as well are left out: «version 3», then «2». A label takes the lowest line where
    it overlaps no other, right of its time if possible. A mark without room is counted in a label of the top line.
    """
    placed: list[Label] = []
    first_words: set[str] = set()
    for mark in reversed(within(marks, start, end)):
        first, _, last = mark.text.rpartition(" ")
        at = (mark.time - start) / max(end - start, timedelta(seconds=1)) * PLOT
        choices = _choices(mark, last if first in first_words else mark.text, at)
        label = next((label for label in choices if label.fits(placed)), None)
        if label:
            placed.append(label)
        else:
            next(label for label in reversed(placed) if label.line == LINES - 1).more += 1
        first_words.add(first)
    return placed


def _choices(mark: Mark, text: str, at: float) -> Iterator[Label]:
    words = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    for line in range(LINES):
        width = len(words + (COUNTED if line == LINES - 1 else "")) * CHARACTER + GAP
        yield Label(mark.time, words, mark.paint, line, "left", at, at + width)
        yield Label(mark.time, words, mark.paint, line, "right", at - width, at)
        yield Label(mark.time, words, mark.paint, line, "center", at - width / 2, at + width / 2)


def within(marks: Sequence[Mark], start: datetime, end: datetime) -> list[Mark]:
    """The marks between the ends of the axis, in order; a stretch that began earlier begins at the start."""
    visible = (mark for mark in marks if mark.time <= end and (mark.until or mark.time) >= start)
    return sorted((replace(mark, time=max(mark.time, start)) for mark in visible), key=lambda mark: mark.time)


def marked(marks: Sequence[Mark], start: datetime, end: datetime, clock: tzinfo) -> tuple[int, Figure]:
    """The height of the labels in pixels, and the part of a layout that holds lines and labels."""
    placed = labels(marks, start, end)
    at = wall_clock([label.time for label in placed], clock)
    shapes = [_drawn(mark, end, clock) for mark in within(marks, start, end)]
    leaders = [
        _line(x, label.paint) | {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": LINE * (label.line + 1)}
        for label, x in zip(placed, at, strict=True)
    ]
    texts = [_text(label, x) for label, x in zip(placed, at, strict=True)]
    return LINE * max((label.line + 1 for label in placed), default=0), {
        "shapes": shapes + leaders,
        "annotations": texts,
    }


def _drawn(mark: Mark, end: datetime, clock: tzinfo) -> Figure:
    """A line over the height of the plot, or a stretch behind it."""
    x, until = wall_clock([mark.time, min(mark.until or end, end)], clock)
    if not mark.until:
        return _line(x, PAINT) | {"y0": 0, "y1": 1}
    return {
        "type": "rect", "yref": "paper", "x0": x, "x1": until, "y0": 0, "y1": 1, "layer": "below",
        "fillcolor": STRETCH, "opacity": 0.15, "line": {"width": 0},
    }  # fmt: skip


def _line(x: str | None, paint: str) -> Figure:
    return {"type": "line", "yref": "paper", "x0": x, "x1": x, "line": {"color": paint, "width": 1.5, "dash": "dot"}}


def _text(label: Label, x: str | None) -> Figure:
    return {
        "x": x, "y": 1, "yref": "paper", "text": escape(label.text), "showarrow": False, "borderpad": 0,
        "bgcolor": "var(--card)",  # a line that leads to a higher label passes behind
        "xanchor": label.anchor, "xshift": SHIFT[label.anchor],
        "yanchor": "bottom", "yshift": LINE * label.line, "font": {"size": 11, "color": label.paint},
    }  # fmt: skip
