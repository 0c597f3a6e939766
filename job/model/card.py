"""The model card: what a version learned from, how good it is for which rides, and what it must not be used for."""

import pandas as pd

from job.model import evaluate
from job.model.features import INPUTS
from job.model.fit import Fitted
from job.place import Place

METRICS = {
    "rides": "rides",
    "mae": "mean absolute error, minutes",
    "median_absolute_error": "median absolute error, minutes",
    "rmse": "root mean square error, minutes",
    "r2": "R²",
    "rmsle": "RMSLE",
}
KINDS = {
    "_areas_known": "possible, both areas known, a fare of $0.01 to $500",
    "": "possible: 1 to 180 minutes, 0.5 to 80 mph",
    "_all_accepted": "all accepted, recorders' slips too",
}
FIGURES = {
    "mae_noisy_miles": "mean absolute error when the miles are off by 20 %, minutes",
    "mae_without_miles": "mean absolute error without the meter's miles, minutes",
    "mae_baseline": "mean absolute error of miles at the hour's median speed, minutes",
    "coverage": "share of rides inside the 90 % band",
    "half_width": "half the band's width, minutes",
}
MISUSE = """\
- To say what a ride should cost, who should be picked up, or how well somebody drives: it knows durations alone.
- To decide on one ride as if the figure were certain: areas are coarse and the City rounds times; look at the band.
- In another city, or for other vehicles, without training on their rides.
"""
LIMITS = """\
- The miles are the meter's, known when the ride is over; they stand in for a route estimate. Without one, the error is
  that of the line «without the meter's miles».
- It knows the city and the days that it learned from, and no weather, events or road works.
"""


def card(fitted: Fitted, place: Place) -> str:
    """The card as Markdown; every figure is measured on trips that the validated model had not seen."""
    about = fitted.parameters
    names = ", ".join(f"`{name}`" for name in INPUTS)
    figures = [[what, _figure(fitted, name)] for name, what in FIGURES.items()]
    groups = evaluate.groups(fitted.validation, fitted.predicted, place)
    parts = [
        f"# Duration of taxi rides in {place.name}",
        f"Minutes of a ride from what is known when it starts: {names}. Not the fare.",
        "## Data",
        f"{int(about['trips']):,} trips from {about['first_start']} to {about['last_start']}; "
        f"{about['trips_left_out']} more were left out, since no ride takes that long or is that fast. "
        f"SHA-256 of the inputs: `{about['trips_sha256']}`.",
        "## Figures",
        f"Validated on {about['split']}, then fitted on all. The miles are the meter's, but where told otherwise.",
        _table(["of the rides that are", *KINDS.values()], _by_kind(fitted)),
        "Of the possible ones:",
        _table(["figure", "value"], figures),
        _table(["by", "", "rides", "mean absolute error", "mean error"], _rows(groups)),
        "## What it must not be used for",
        MISUSE,
        "## Limits",
        LIMITS,
    ]
    return "\n\n".join(parts)


def _by_kind(fitted: Fitted) -> list[list[str]]:
    return [[what, *(_figure(fitted, f"{name}{kind}") for kind in KINDS)] for name, what in METRICS.items()]


def _figure(fitted: Fitted, name: str) -> str:
    """A dash where there was no such ride."""
    value = fitted.metrics.get(name)
    if value is None:
        return "–"
    return f"{value:,.0f}" if name.startswith("rides") else f"{value:.3f}"


def _rows(groups: pd.DataFrame) -> list[list[str]]:
    return [
        [str(row.group), str(row.value), f"{row.rides:,}", f"{row.mae:.2f}", f"{row.bias:+.2f}"]
        for row in groups.itertuples()
    ]


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
