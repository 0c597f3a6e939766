"""The model card: training data, accuracy by kind of ride, limits, and what the model must not be used for."""

import pandas as pd

from job.model import evaluate
from job.model.features import INPUTS
from job.model.fit import Fitted
from job.place import Place

ERRORS = {
    "rides": "rides",
    "mae": "mean absolute error, minutes",
    "median_absolute_error": "median absolute error, minutes",
    "rmse": "root mean square error, minutes",
    "r2": "R²",
    "rmsle": "RMSLE",
}
KINDS = {
    "_areas_known": "plausible, both areas known, a fare of $0.01 to $500",
    "": "plausible: 1 to 180 minutes, 0.5 to 80 mph",
    "_all_accepted": "all accepted, recording errors included",
}
STATS = {
    "mae_noisy_miles": "mean absolute error with 20 % noise on the miles, minutes",
    "mae_without_miles": "mean absolute error without the meter's miles, minutes",
    "mae_baseline": "mean absolute error of the baseline (miles at the hour's median speed), minutes",
    "coverage": "share of rides inside the 90 % band",
    "half_width": "mean half-width of the 90 % band, minutes",
}
MISUSE = """\
- Setting fares, choosing whom to pick up, or rating drivers: it predicts durations and nothing else.
- Decisions about a single ride that treat the prediction as certain: areas are coarse and the City rounds times, so
  use the band.
- Other cities or other vehicles, unless it is trained on their rides.
"""
LIMITS = """\
- The miles are the meter's, which are known only after the ride; they stand in for a route estimate. Where no such
  estimate is available, expect the error in the row «without the meter's miles».
- It has learned one city and the days of its training data. It foresees nothing that is not among its inputs, such as
  road works.
"""


def card(fitted: Fitted, place: Place) -> str:
    """The card as Markdown. All errors are measured on held-out trips."""
    parameters = fitted.parameters
    names = ", ".join(f"`{name}`" for name in INPUTS)
    stats = [[description, _value(fitted, name)] for name, description in STATS.items()]
    groups = evaluate.groups(fitted.validation, fitted.predicted, place)
    parts = [
        f"# Duration of taxi rides in {place.name}",
        f"Predicts the minutes of a ride from inputs known when it starts: {names}. The fare is not one of them.",
        "## Data",
        f"{int(parameters['trips']):,} trips from {parameters['first_start']} to {parameters['last_start']}; "
        f"{parameters['trips_left_out']} more were left out because their duration or speed is not plausible. "
        f"SHA-256 of the inputs: `{parameters['trips_sha256']}`.",
        "## Accuracy",
        f"Validated on {parameters['split']}, then fitted on all plausible trips. The miles are the meter's, unless "
        "noted.",
        _table(["rides", *KINDS.values()], _by_kind(fitted)),
        f"For the rides of the column «{KINDS['']}»:",
        _table(["statistic", "value"], stats),
        _table(["by", "", "rides", "mean absolute error", "mean error"], _rows(groups)),
        "## What it must not be used for",
        MISUSE,
        "## Limits",
        LIMITS,
    ]
    return "\n\n".join(parts)


def _by_kind(fitted: Fitted) -> list[list[str]]:
    return [[description, *(_value(fitted, f"{name}{kind}") for kind in KINDS)] for name, description in ERRORS.items()]


def _value(fitted: Fitted, name: str) -> str:
    """The metric as text, or a dash if no ride of this kind was held out."""
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
