"""`status --prometheus`: the file that node_exporter's textfile collector reads."""

import re
from pathlib import Path

import psycopg
import pytest
import yaml

from job.config import ROOT
from tests.commands.conftest import API_CSV, MILES, Clock, Job, started

DOCUMENT = (ROOT / "docs" / "alerts.md").read_text()
SAMPLE = re.compile(r'(?P<name>[a-z_]+)(?P<labels>{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*})? (?P<value>-?[0-9.e+-]+)')
# Like promtool's linter: base units only, and no type in a name.
NOT_IN_NAMES = {"minutes", "hours", "days", "milliseconds", "percent", "ms", "min", "counter", "gauge"}


@pytest.fixture
def marts(database: psycopg.Connection) -> None:
    """The two marts that are read, with a day each."""
    database.execute("""
    create table marts.feature_drift as
    select 'city' as source, feature, psi::numeric, day::date
    from (values ('trip_miles', 0.25, '2026-03-01'), ('hour', 0.02, '2026-03-01'), ('hour', 0.9, '2026-02-28'))
        as days (feature, psi, day);
    create table marts.prediction_quality as
    select
        'city' as source, timestamptz '2026-03-01 12:00Z' as hour_start, 12::numeric as rides,
        10::numeric as rides_with_outcome, 45::numeric as sum_absolute_error, 10::numeric as rides_with_expected_error,
        40::numeric as sum_capped_error, 30::numeric as sum_expected_error, 3::numeric as validation_mae,
        10::numeric as rides_with_band, 9::numeric as rides_covered, 5::numeric as sum_expected_error_open,
        2::numeric as rides_with_expected_error_open;
    grant select on marts.feature_drift, marts.prediction_quality to taxi_dbt;
    """)


def written(job: Job, file: Path) -> dict[str, float]:
    """The samples in the file that the command writes, by name and labels; each line follows the format."""
    done = job("status", "--prometheus", file)
    assert (done.code, done.out, done.messages) == (0, "", [])
    families: dict[str, str] = {}
    samples: dict[str, float] = {}
    for line in file.read_text().splitlines():
        if described := re.fullmatch(r"# HELP ([a-z_]+) [A-Z].*\.", line):
            assert described[1] not in families
            families[described[1]] = ""
        elif typed := re.fullmatch(r"# TYPE ([a-z_]+) (counter|gauge)", line):
            assert typed[1] == list(families)[-1]
            families[typed[1]] = typed[2]
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample["name"] == list(families)[-1]
            assert families[sample["name"]]
            assert line.rpartition(" ")[0] not in samples
            samples[line.rpartition(" ")[0]] = float(sample["value"])
    for name, kind in families.items():
        assert name.startswith("taxi_")
        assert name.endswith("_total") == (kind == "counter")
        assert not set(name.split("_")) & NOT_IN_NAMES
    return samples


def test_every_figure_is_written(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock], marts: None, tmp_path: Path
) -> None:
    """Times are seconds since 1970, counts are of all runs, and errors are in seconds."""
    job("score", "--trips", API_CSV, MILES)
    job("score", "--trips", "none.csv")
    started(database, clock)
    database.execute(
        "insert into raw.runs (command, status, finished_at, code_version) values ('dbt', 'failed', now(), '')"
    )
    samples = written(job, tmp_path / "taxi.prom")
    assert samples["taxi_healthy"] == 1
    assert samples["taxi_last_success_timestamp_seconds"] == clock.at.timestamp()
    city = {name: samples[f'taxi_{name}_total{{source="city"}}'] for name in (
        "records_read", "rides_scored", "rides_known", "records_rejected"
    )}  # fmt: skip
    assert city == {"records_read": 7, "rides_scored": 2, "rides_known": 1, "records_rejected": 4}
    assert samples['taxi_runs_total{command="score",status="succeeded"}'] == 1
    assert samples['taxi_runs_total{command="dbt",status="failed"}'] == 1
    assert samples['taxi_runs_total{command="score",status="failed"}'] == 0
    assert samples['taxi_last_run_duration_seconds{command="score"}'] == 0
    assert samples['taxi_model_info{name="chicago-taxi-duration",version="1"}'] == 1
    assert samples["taxi_model_stale"] == 0
    assert samples['taxi_prediction_error_seconds{source="city"}'] == 240
    assert samples['taxi_prediction_expected_error_seconds{source="city"}'] == 180
    assert samples['taxi_prediction_band_coverage_ratio{source="city"}'] == 0.9
    drift = {name: value for name, value in samples.items() if "drift" in name}
    assert drift == {
        'taxi_feature_drift_psi{source="city",feature="hour"}': 0.02,
        'taxi_feature_drift_psi{source="city",feature="trip_miles"}': 0.25,
    }
    documented = set(re.findall(r"^\| `(taxi_[a-z_]+)", DOCUMENT, re.MULTILINE))
    assert {name.partition("{")[0] for name in samples} <= documented


def test_without_marts_the_rest_is_written(
    database: psycopg.Connection, home: Path, job: Job, clock: type[Clock], tmp_path: Path
) -> None:
    """What is not known has no sample, instead of a zero."""
    job("score", "--trips", API_CSV)
    started(database, clock)
    samples = written(job, tmp_path / "taxi.prom")
    assert samples["taxi_healthy"] == 1
    assert not any("prediction" in name or "drift" in name or "refresh" in name for name in samples)


def test_the_exit_code_is_that_of_status(database: psycopg.Connection, job: Job, tmp_path: Path) -> None:
    """The file is written when the job is unhealthy, too, and replaces the one before."""
    file = tmp_path / "taxi.prom"
    file.write_text("older")
    assert job("status", "--prometheus", file).code == 1
    assert "taxi_healthy 0\n" in file.read_text()
    assert [path.name for path in tmp_path.glob("*prom*")] == ["taxi.prom"]


def test_a_file_that_node_exporter_would_not_read_is_refused(job: Job, tmp_path: Path) -> None:
    """The error says how its name must end."""
    refused = job("status", "--prometheus", tmp_path / "taxi.txt")
    assert (refused.code, ".prom" in refused.error) == (2, True)


def test_the_example_of_rules_names_metrics_that_exist() -> None:
    """docs/alerts.md's rules are valid YAML, and each expression reads documented metrics."""
    (example,) = re.findall(r"```yaml\n(groups:.*?)```", DOCUMENT, re.DOTALL)
    documented = set(re.findall(r"^\| `(taxi_[a-z_]+)", DOCUMENT, re.MULTILINE))
    for rule in yaml.safe_load(example)["groups"][0]["rules"]:
        used = set(re.findall(r"taxi_[a-z_]+", rule["expr"])) - {"taxi_prom"}
        assert used <= documented
        assert rule["annotations"]["summary"]
