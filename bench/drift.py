"""Measures what drift and errors detect on days that the model has not seen, undisturbed and under each scenario.

A model is trained on seven simulated days, as in a first run, and scores other weeks. A day is detected if any of its
features has the verdict `drift`, or if its error is over the limit of the alert. What `why` says about the same days is
measured too (bench/why.py). With --real and --older, a model trained on older real trips also scores a newer day.
"""

import argparse
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString

import pandas as pd
import yaml

from bench import why
from bench.places import JOB, embedded
from bench.process import timed
from job import config
from job.commands import dbt
from job.model.training_bins import FEATURES
from job.simulator import scenarios
from job.store import store

DRIFTS = ("airport-surge", "new-area", "sensor-fault")
FALSE_ALARMS = 0.01
# The newest week ends before the model's training days begin.
NEWEST = timedelta(days=22)
VERDICTS = """
select day::text, feature, psi::float8, verdict
from marts.feature_drift
where source = %s and verdict is not null and (rides > 1000 or source = 'city')
order by day
"""
# The realised error of each day, over the expected one and over the one in validation.
ERRORS = """
select raw.local_day(hour_start)::text as day,
    (sum(sum_capped_error) / sum(sum_expected_error))::float8 as expected,
    (sum(sum_absolute_error) / sum(rides_with_outcome) / max(validation_mae))::float8 as validated
from marts.prediction_quality
where source = 'simulator'
group by day
having sum(rides_with_outcome) > 1000
"""
MOST_ERROR = yaml.safe_load((dbt.PROJECT / "dbt_project.yml").read_text())["vars"]["most_error"]
ROW = "  {:<16}{:>6}{:>7}{}"
ERROR_ROW = "  {:<16}{:>6}{:>10}{:>10}{:>12}{:>10}"


def main(weeks: int = 8, real: str | None = None, older: str | None = None) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-", dir="/tmp") as folder:
        environment = embedded(Path(folder) / "home")
        days = _simulate(environment, weeks)
        timed([*JOB, "observe"], environment)
        timed([*JOB, "dbt", "run"], environment)
        _print_simulated(_verdicts(environment, "simulator"), days)
        _print_errors(_read(environment, ERRORS), days)
        why.measure(environment, days)
        if real and older:
            _score_real(environment, real, older)
            _print_real(_verdicts(environment, "city"))


def _simulate(environment: Mapping[str, str], weeks: int) -> dict[str, str]:
    """Score undisturbed weeks, a week under each scenario and a second week of road works; return each day's scenario.

    Road works are judged on weekdays only, and a single week has too few of them.
    """
    names, zone = [*[""] * weeks, *scenarios.NAMES, why.WORKS], config.parse(environment).place.time_zone
    local = pd.Timestamp(datetime.now(UTC) - NEWEST).tz_convert(zone).normalize()
    days: dict[str, str] = {}
    for number, name in enumerate(names):
        first, end = (local.tz_localize(None) - pd.Timedelta(weeks=number + late) for late in (1, 0))
        span = [day.tz_localize(zone).tz_convert("UTC") for day in (first, end)]
        window = f"{span[0].isoformat()}..{(span[1] - pd.Timedelta(minutes=2)).isoformat()}"
        scenario = ["--scenario", name] if name else []
        timed([*JOB, "score", "--window", window, *scenario], environment)
        days |= {str(day.date()): name for day in pd.date_range(first, end, inclusive="left")}
    return days


def _score_real(environment: Mapping[str, str], real: str, older: str) -> None:
    """Train on the older trips and score the newer ones."""
    timed([*JOB, "train", "--trips", older, "--promote"], environment)
    timed([*JOB, "score", "--trips", real], environment)
    timed([*JOB, "dbt", "run"], environment)


def _verdicts(environment: Mapping[str, str], source: str) -> pd.DataFrame:
    return _read(environment, VERDICTS, source)


def _read(environment: Mapping[str, str], query: LiteralString, *parameters: str) -> pd.DataFrame:
    with store.opened(config.parse(environment)) as opened, opened.reading() as database:
        cursor = database.execute(query, parameters)
        return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or ()])


def _print_simulated(verdicts: pd.DataFrame, days: Mapping[str, str]) -> None:
    verdicts = verdicts[verdicts["day"].isin(days)].assign(name=lambda rows: rows["day"].map(days))
    print("largest PSI of each feature on simulated days, by a model trained on seven other days")
    print(ROW.format("", "days", "drift", "".join(f"{feature:>11}" for feature in FEATURES)))
    for name in ("", *scenarios.NAMES):
        rows = verdicts[verdicts["name"] == name]
        detected = rows[rows["verdict"] == "drift"]["day"].nunique()
        largest = rows.groupby("feature")["psi"].max()
        cells = "".join(f"{largest.get(feature, float('nan')):>11.3f}" for feature in FEATURES)
        print(ROW.format(name or "undisturbed", rows["day"].nunique(), detected, cells))
    undisturbed, changed = verdicts[verdicts["name"] == ""], verdicts[verdicts["name"].isin(DRIFTS)]
    alarms = int((undisturbed["verdict"] == "drift").sum())
    days_changed, detected = changed["day"].nunique(), changed[changed["verdict"] == "drift"]["day"].nunique()
    print(
        f"detected {detected} of the {days_changed} days on which features change, missed {days_changed - detected}; "
        "pass: none missed"
    )
    print(f"false alarms {alarms} of {len(undisturbed)} undisturbed verdicts; pass: at most {FALSE_ALARMS:.0%}")


def _print_errors(errors: pd.DataFrame, days: Mapping[str, str]) -> None:
    errors = errors[errors["day"].isin(days)].assign(name=lambda rows: rows["day"].map(days))
    print(f"\nrealised error over the expected one and over the one in validation; an alert is over {MOST_ERROR}")
    print(ERROR_ROW.format("", "days", "expected", "alerts", "validated", "alerts"))
    for name in ("", *scenarios.NAMES):
        rows = errors[errors["name"] == name]
        cells = [f(rows[rule]) for rule in ("expected", "validated") for f in (_largest, _alerts)]
        print(ERROR_ROW.format(name or "undisturbed", len(rows), *cells))
    print("pass: by the expected error, snow on each day, no undisturbed day and no airport-surge")


def _largest(ratios: "pd.Series[float]") -> str:
    return f"{ratios.max():.2f}"


def _alerts(ratios: "pd.Series[float]") -> int:
    return int((ratios > MOST_ERROR).sum())


def _print_real(verdicts: pd.DataFrame) -> None:
    print("\nPSI on a newer real day, by a model trained on older real trips; pass: at least one `drift`")
    for row in verdicts.itertuples():
        print(f"  {row.day}  {row.feature:<12}{row.psi:>7.3f}  {row.verdict}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=8, help="number of undisturbed weeks (default 8)")
    parser.add_argument("--real", metavar="FILE", help="the City's records of a day")
    parser.add_argument("--older", metavar="FILE", help="older records to train on")
    arguments = parser.parse_args()
    main(arguments.weeks, arguments.real, arguments.older)
