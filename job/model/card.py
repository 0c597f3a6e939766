"""The model card: what a version learned from, how good it is and for whom, what it must not be used for."""

import pandas as pd

from job.model import evaluate
from job.model.features import INPUTS
from job.model.fit import Fitted

FIGURES = {
    "mae": "mean absolute error, minutes",
    "median_absolute_error": "median absolute error, minutes",
    "rmse": "root mean square error, minutes",
    "r2": "R²",
    "rmsle": "RMSLE",
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


def card(fitted: Fitted) -> str:
    """Markdown; every figure is of trips that the validated model had not seen."""
    about = fitted.parameters
    names = ", ".join(f"`{name}`" for name in INPUTS)
    groups = evaluate.groups(fitted.validation, fitted.predicted)
    parts = [
        "# Duration of Chicago taxi rides",
        f"Minutes of a ride from what is known when it starts: {names}. Not the fare.",
        "## Data",
        f"{int(about['trips']):,} trips from {about['first_start']} to {about['last_start']}; "
        f"{about['trips_left_out']} more were left out, since no ride takes that long or is that fast. "
        f"SHA-256 of the inputs: `{about['trips_sha256']}`.",
        "## Figures",
        f"Validated on {int(about['trips_validated']):,} trips, {about['split']}; then fitted on all.",
        _table(["figure", "value"], [[what, f"{fitted.metrics[name]:.3f}"] for name, what in FIGURES.items()]),
        _table(["by", "", "rides", "mean absolute error", "mean error"], _rows(groups)),
        "## What it must not be used for",
        MISUSE,
        "## Limits",
        LIMITS,
    ]
    return "\n\n".join(parts)


def _rows(groups: pd.DataFrame) -> list[list[str]]:
    return [
        [str(row.group), str(row.value), f"{row.rides:,}", f"{row.mae:.2f}", f"{row.bias:+.2f}"]
        for row in groups.itertuples()
    ]


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
