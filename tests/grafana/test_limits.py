"""A limit that occurs in several files is the same in all: dbt's variables, `status`, rules, dashboards and docs."""

import re
from typing import Any

import pytest
import yaml

from job import config
from job.rides.plausible import MAX_MINUTES
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
    """The values at which the colour changes."""
    return [step["value"] for step in thresholds["steps"] if step["value"] is not None]


def rule(uid: str) -> tuple[str, float]:
    """An alert rule's query and threshold."""
    (definition,) = [rule for rule in rules() if rule["uid"] == f"chicago-taxi-{uid}"]
    (limit,) = definition["data"][2]["model"]["conditions"][0]["evaluator"]["params"]
    return definition["data"][0]["model"]["rawSql"], limit


@pytest.mark.parametrize("title", ["Coverage of the 90 % band", "Coverage over time"])
def test_coverage_changes_colour_where_it_alerts(title: str) -> None:
    """The colour changes below the minimum and above the maximum coverage."""
    limits = steps(PANELS[title]["fieldConfig"]["defaults"]["thresholds"])
    assert limits == [LOW / 100, HIGH / 100]


@pytest.mark.parametrize(("title", "columns"), [("Drift by feature", 6), ("Drift in the last 24 hours", 1)])
def test_drift_changes_colour_with_its_verdict(title: str, columns: int) -> None:
    """The colour of every feature's cells changes at the limits of the verdicts."""
    properties = [item for override in PANELS[title]["fieldConfig"]["overrides"] for item in override["properties"]]
    limits = [steps(item["value"]) for item in properties if item["id"] == "thresholds"]
    assert limits == [[WATCH, DRIFT]] * columns


@pytest.mark.parametrize("title", ["Time since the last success", "Job: time since the last success"])
def test_dashboards_and_status_use_the_same_age_limit(title: str) -> None:
    """Panels use the default of UNHEALTHY_AFTER, and the alert rule uses the last run's setting."""
    assert steps(PANELS[title]["fieldConfig"]["defaults"]["thresholds"]) == [UNHEALTHY_SECONDS]
    assert "age_seconds / nullif(unhealthy_after_seconds, 0)" in rule("no-recent-success")[0]
    assert rule("no-recent-success")[1] == 1


def test_rule_and_status_use_the_same_share_of_rejects() -> None:
    """The limit and the minimum number of records are the same."""
    statement, limit = rule("rejects-high")
    assert (limit, re.findall(r"sum\(records_read\) >= (\d+)", statement)) == (MAX_REJECTED, [str(ENOUGH_RECORDS)])


def test_rule_and_status_use_the_same_age_of_a_stale_model() -> None:
    """Both warn after the same number of minutes without the registry."""
    assert re.findall(r"interval '(\d+) minutes'", rule("model-stale")[0]) == [str(MAX_STALE_MINUTES)]


@pytest.mark.parametrize("path", WORDS)
def test_texts_state_the_limits(path: str) -> None:
    """The numbers in docs and descriptions are those of dbt's variables."""
    text = " ".join((ROOT / path).read_text().split())
    assert [sentence for sentence in WORDS[path] if sentence not in text] == []


def test_rules_for_errors_coverage_and_drift_have_no_limit() -> None:
    """They read `alerts_by_day`, in which dbt has applied the limits."""
    for uid in ("error-high", "coverage-off", "drift"):
        statement, limit = rule(uid)
        assert limit == 0
        assert "from marts.alerts_by_day where" in statement


def test_durations_are_capped_alike_in_training_and_in_the_marts() -> None:
    """Otherwise realised errors could not be compared with expected ones."""
    assert LIMITS["longest_minutes"] == MAX_MINUTES
