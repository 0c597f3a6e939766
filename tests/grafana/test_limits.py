"""A limit that stands in more than one file is the same in all: dbt's variables, `status`, rules, dashboards, docs."""

import re
from typing import Any

import pytest
import yaml

from job import config
from job.store.reading.warnings import ENOUGH_RECORDS, MAX_REJECTED, MAX_STALE_MINUTES
from tests.grafana.dashboards import DASHBOARDS, GRAFANA, dashboard, rules

ROOT = GRAFANA.parent
LIMITS = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text())["vars"]
UNHEALTHY_SECONDS = config.parse({}).unhealthy_after_minutes * 60
PANELS = {panel["title"]: panel for path in DASHBOARDS for panel in dashboard(path)["panels"]}
LOW, HIGH, RIDES = (LIMITS[name] for name in ("least_coverage", "most_coverage", "least_rides"))
WATCH, DRIFT = LIMITS["psi_watch"], LIMITS["psi_drift"]
ERROR, COVERED = f"over {LIMITS['most_error']} times", f"less than {LOW} % or more than {HIGH} %"
VERDICTS = f"stable below {WATCH}, watch below {DRIFT}, else drift"
MARTS = "dbt_project/models/marts/quality"
WORDS = {
    "docs/runbook.md": [ERROR, COVERED],
    "docs/operating.md": [ERROR, COVERED, f"at least {RIDES} outcomes"],
    "docs/drift.md": [
        f"| below {WATCH} | `stable` |", f"| {WATCH} to below {DRIFT} | `watch` |", f"| {DRIFT} and more | `drift` |",
        f"| fewer than {RIDES} |",
    ],
    "grafana/provisioning/alerting/rules.yml": [ERROR, COVERED],
    "grafana/dashboards/model-quality.json": [
        ERROR, f"outside {LOW} to {HIGH} %", VERDICTS,
    ],
    f"{MARTS}/alerts_by_day.yml": [ERROR, f"outside {LOW} to {HIGH} %"],
    f"{MARTS}/feature_drift.yml": [VERDICTS, f"fewer than {RIDES}"],
    f"{MARTS}/feature_drift_recent.yml": [VERDICTS],
}  # fmt: skip


def steps(thresholds: dict[str, Any]) -> list[float]:
    """Where the colour changes."""
    return [step["value"] for step in thresholds["steps"] if step["value"] is not None]


def rule(uid: str) -> tuple[str, float]:
    """An alert rule's statement and the value above which it fires."""
    (found,) = [rule for rule in rules() if rule["uid"] == f"chicago-taxi-{uid}"]
    (limit,) = found["data"][2]["model"]["conditions"][0]["evaluator"]["params"]
    return found["data"][0]["model"]["rawSql"], limit


@pytest.mark.parametrize("title", ["Coverage of the 90 % band", "Coverage over time"])
def test_coverage_changes_colour_where_it_alerts(title: str) -> None:
    """Below the least and above the most."""
    found = steps(PANELS[title]["fieldConfig"]["defaults"]["thresholds"])
    assert found == [LOW / 100, HIGH / 100]


@pytest.mark.parametrize(("title", "columns"), [("Drift by feature", 6), ("Drift in the last 24 hours", 1)])
def test_drift_changes_colour_with_its_verdict(title: str, columns: int) -> None:
    """Every feature's cells."""
    properties = [known for override in PANELS[title]["fieldConfig"]["overrides"] for known in override["properties"]]
    found = [steps(known["value"]) for known in properties if known["id"] == "thresholds"]
    assert found == [[WATCH, DRIFT]] * columns


@pytest.mark.parametrize("title", ["Time since the last success", "Job: time since the last success"])
def test_the_job_is_as_old_on_a_dashboard_as_in_status(title: str) -> None:
    """A panel's colour follows the default of UNHEALTHY_AFTER; the alert rule reads the setting of the last run."""
    assert steps(PANELS[title]["fieldConfig"]["defaults"]["thresholds"]) == [UNHEALTHY_SECONDS]
    assert "age_seconds / unhealthy_after_seconds" in rule("no-recent-success")[0]
    assert rule("no-recent-success")[1] == 1


def test_rejects_are_as_many_in_the_rule_as_in_status() -> None:
    """The share, and of how many records at least."""
    statement, limit = rule("rejects-high")
    assert (limit, re.findall(r"sum\(records_read\) >= (\d+)", statement)) == (MAX_REJECTED, [str(ENOUGH_RECORDS)])


def test_the_registry_is_away_as_long_in_the_rule_as_in_status() -> None:
    """Minutes in which no run reached it."""
    assert re.findall(r"interval '(\d+) minutes'", rule("model-stale")[0]) == [str(MAX_STALE_MINUTES)]


@pytest.mark.parametrize("path", WORDS)
def test_words_say_the_limits(path: str) -> None:
    """What a person reads, of dbt's variables."""
    text = " ".join((ROOT / path).read_text().split())
    assert [sentence for sentence in WORDS[path] if sentence not in text] == []


def test_no_limit_stands_in_a_rule_or_in_status() -> None:
    """Of errors, coverage and drift both ask `alerts_by_day`."""
    for uid in ("error-high", "coverage-off", "drift"):
        statement, limit = rule(uid)
        assert limit == 0
        assert "from marts.alerts_by_day where" in statement
