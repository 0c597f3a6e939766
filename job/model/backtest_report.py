"""Presents a backtest as text with tables, as JSON, and as a picture."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from job.model.backtest import Accuracy, Backtest, Period, Segment

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING = "–"
NOMINAL_COVERAGE = 0.9
MOST_DATES = 26  # on the axis of the picture
DIMENSIONS = {"areas": "kind of ride", "hour": "hour", "miles": "miles"}


def text(backtest: Backtest) -> str:
    """The comparison by week, the segments that differ most, what was left out, and the verdict."""
    overall = backtest.overall
    weeks = pd.DataFrame([_week(week, backtest, f"{week.start:%Y-%m-%d %H:%M}") for week in backtest.weeks])
    weeks = pd.concat([weeks, pd.DataFrame([_week(overall, backtest, "all")])])
    parts = [
        f"{backtest.name} version {backtest.candidate} (candidate) against version {backtest.champion} (champion)\n"
        f"on rides of the {backtest.source} from {overall.start:%Y-%m-%d %H:%M} until {overall.end:%Y-%m-%d %H:%M}, "
        "errors in minutes:",
        weeks.to_string(index=False),
        f"left out: {overall.seen:,} rides of the periods that the versions learned from, {overall.implausible:,} "
        "of implausible duration or speed",
    ]
    if backtest.segments:
        segments = pd.DataFrame([_segment(segment, backtest) for segment in backtest.segments])
        parts += ["segments with the largest differences:", segments.to_string(index=False)]
    return "\n\n".join([*parts, f"version {backtest.candidate}: {backtest.why}"])


def as_json(backtest: Backtest) -> str:
    """The whole result as one JSON object."""
    return json.dumps(asdict(backtest), default=datetime.isoformat)


def picture(backtest: Backtest) -> "Figure":
    """Mean errors, their difference with its interval, and coverage, by week."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 8), layout="constrained")
    errors, differences, coverage = figure.subplots(3, sharex=True)
    figure.suptitle(f"{backtest.name} version {backtest.candidate} against version {backtest.champion}")
    weeks = [week for week in backtest.weeks if week.rides]
    starts = np.array([week.start.replace(tzinfo=None) for week in weeks], "datetime64[s]")
    for number, role in ((backtest.champion, "champion"), (backtest.candidate, "candidate")):
        sides: list[Accuracy] = [getattr(week, role) for week in weeks]
        label = f"version {number} ({role})"
        errors.plot(starts, np.array([side.mae for side in sides]), marker="o", label=label)
        coverage.plot(starts, np.array([side.coverage for side in sides], float), marker="o", label=label)
    _differences(differences, weeks, starts)
    errors.set(ylabel="mean absolute error,\nminutes", ylim=(0, 1.2 * errors.get_ylim()[1]))
    errors.legend(loc="lower right")
    coverage.axhline(NOMINAL_COVERAGE, color="black", linewidth=1, linestyle="dotted")
    coverage.set(ylabel="share of rides\nin the 90 % band", ylim=(min(0.7, coverage.get_ylim()[0]), 1))
    coverage.set(xlabel="week from", xticks=starts[:: len(starts) // MOST_DATES + 1])
    coverage.tick_params(axis="x", rotation=45)
    return figure


def _differences(axes: "Axes", weeks: list[Period], starts: np.ndarray) -> None:
    """Candidate minus champion, with the 95 % interval."""
    low, high = (np.array([getattr(week, end) for week in weeks], float) for end in ("low", "high"))
    values = [week.candidate.mae - week.champion.mae for week in weeks if week.candidate and week.champion]
    axes.vlines(starts, low, high, color="black", linewidth=1)
    axes.plot(starts, np.array(values), "o", color="black")
    axes.axhline(0, color="black", linewidth=1, linestyle="dotted")
    axes.set(ylabel="candidate minus champion,\nminutes, with its\n95 % interval")


def _week(week: Period, backtest: Backtest, name: str) -> dict[str, str]:
    interval = NOTHING if week.low is None or week.high is None else f"{week.low:+.2f} to {week.high:+.2f}"
    return {
        "week from": name,
        "rides": f"{week.rides:,}",
        "left out": f"{week.seen + week.implausible:,}",
        **_errors(week, backtest),
        "95 % interval": interval,
        **_of_both("bias", backtest, week, lambda side: f"{side.bias:+.2f}"),
        **_of_both("in band", backtest, week, lambda side: _share(side.coverage)),
        "verdict": week.verdict or f"none: {week.no_verdict_why}",
    }


def _segment(segment: Segment, backtest: Backtest) -> dict[str, str]:
    names = {"segment": f"{DIMENSIONS[segment.dimension]} {segment.segment}", "rides": f"{segment.rides:,}"}
    return names | _errors(segment, backtest)


def _errors(sides: Period | Segment, backtest: Backtest) -> dict[str, str]:
    """The mean absolute error of each version, and the difference."""
    difference = f"{sides.candidate.mae - sides.champion.mae:+.2f}" if sides.candidate and sides.champion else NOTHING
    return _of_both("error", backtest, sides, lambda side: f"{side.mae:.2f}") | {"difference": difference}


def _of_both(
    statistic: str, backtest: Backtest, sides: Period | Segment, written: Callable[[Accuracy], str]
) -> dict[str, str]:
    """A statistic of both versions, by column."""
    return {
        f"{statistic} v{number}": written(side) if side else NOTHING
        for number, side in ((backtest.candidate, sides.candidate), (backtest.champion, sides.champion))
    }


def _share(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.1%}"
